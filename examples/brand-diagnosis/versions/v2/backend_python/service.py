"""Service: what the application does, without HTTP and without SQL."""

import time

from checksum import report_checksum
from history import page_of_reports

STATUSES = ("queued", "running", "completed", "failed")


class NotFound(Exception):
    pass


class Invalid(Exception):
    pass


class Damaged(Exception):
    pass


def text(value, name, longest):
    if not isinstance(value, str) or not value.strip() or len(value) > longest:
        raise Invalid(f"{name} must be a text of 1 to {longest} characters")
    return value.strip()


class DiagnosisService:
    def __init__(self, storage):
        self._storage = storage

    def health(self):
        return {"reports": self._storage.count_reports()}

    def history(self, page, limit):
        if page < 1 or not 1 <= limit <= 100:
            raise Invalid("page must be 1 or more, limit 1 to 100")
        with self._storage.reading() as connection:
            items, total = page_of_reports(connection, limit, (page - 1) * limit)
        return {"items": items, "total": total, "page": page, "limit": limit}

    def create(self, body):
        requested_by = body.get("requested_by")
        return self._storage.create_report(
            text(body.get("brand_name"), "brand_name", 100),
            text(body.get("question"), "question", 1000),
            None if requested_by is None else text(requested_by, "requested_by", 100),
        )

    def report(self, report_id):
        """The whole report; Damaged if its content is not what was written."""
        whole = self._storage.report(report_id)
        if whole is None:
            raise NotFound(f"report {report_id}")
        expected = report_checksum(whole["report"], whole["results"], whole["analysis"])
        if expected != whole["report"]["checksum"]:
            raise Damaged(f"report {report_id}: checksum {whole['report']['checksum']}, content has {expected}")
        return {**whole["report"], "results": whole["results"], "analysis": whole["analysis"], "snapshots": whole["snapshots"]}

    def archive(self, report_id):
        if not self._storage.archive(report_id):
            raise NotFound(f"report {report_id}")
        return {"id": report_id, "storage_tier": "cold"}

    def changes(self, report_id, since):
        """What changed after revision `since`; None if nothing did, so that polling costs next to nothing."""
        whole = self._storage.report(report_id)
        if whole is None:
            raise NotFound(f"task {report_id}")
        report = whole["report"]
        if since >= report["revision"]:
            return None
        return {
            "id": report["id"],
            "revision": report["revision"],
            "status": report["status"],
            "progress": report["progress"],
            "results": [row for row in whole["results"] if row["revision"] > since],
            "analysis": whole["analysis"],
        }

    def advance(self, report_id, body):
        """A step of a diagnosis: progress, perhaps one model's answer; the analysis is made when it completes."""
        status, progress, result = body.get("status", "running"), body.get("progress"), body.get("result")
        if status not in STATUSES or not isinstance(progress, int) or not 0 <= progress <= 100:
            raise Invalid(f"status must be one of {', '.join(STATUSES)}, progress 0 to 100")
        if result is not None:
            result = {
                "model": text(result.get("model"), "model", 100),
                "answer": text(result.get("answer"), "answer", 10_000),
                "score": float(result.get("score", 0)),
            }
        revision = self._storage.advance(report_id, status, progress, result, analyse if status == "completed" else None)
        if revision is None:
            raise NotFound(f"task {report_id}")
        return {"id": report_id, "revision": revision}

    def query_time(self):
        started = time.perf_counter()
        page = self.history(1, 20)
        return {"query": "history", "rows": len(page["items"]), "ms": round((time.perf_counter() - started) * 1000, 3)}


def analyse(results):
    scores = [row["score"] for row in results]
    average = round(sum(scores) / len(scores), 2) if scores else 0.0
    verdict = "well known" if average >= 70 else "known" if average >= 40 else "hardly known"
    return {"answers": len(scores), "average_score": average, "summary": verdict}
