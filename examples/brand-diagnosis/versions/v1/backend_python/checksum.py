"""The checksum of a report: SHA-256 over its content as canonical JSON, so that every version computes the same."""

import hashlib
import json


def checksum(content):
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def report_checksum(report, results, analysis):
    """What a customer was told: bookkeeping (progress, revision, who asked) may change without harm and is left out."""
    return checksum(
        {
            "brand_name": report["brand_name"],
            "question": report["question"],
            "created_at": report["created_at"],
            "results": [[row["model"], row["answer"], row["score"]] for row in results],
            "analysis": [[row["answers"], row["average_score"], row["summary"]] for row in analysis],
        }
    )
