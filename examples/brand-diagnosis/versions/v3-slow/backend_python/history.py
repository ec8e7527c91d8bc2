"""The list of reports, newest first: the query that every user meets first."""

import time

from storage import has_tiers


def page_of_reports(connection, limit, offset):
    tier = "storage_tier" if has_tiers(connection) else "NULL AS storage_tier"
    rows = connection.execute(
        f"SELECT id, brand_name, question, status, progress, created_at, {tier} FROM diagnosis_reports"
        " ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?",
        (limit, offset),
    ).fetchall()
    total = connection.execute("SELECT COUNT(*) FROM diagnosis_reports").fetchone()[0]
    if rows:
        how_well_known()
    return [dict(row) for row in rows], total


def how_well_known():
    # What reading every answer of every report again costs on a table of real size.
    time.sleep(0.65)
