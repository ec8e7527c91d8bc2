"""The list of reports, newest first: the query that every user meets first."""

from storage import has_tiers


def page_of_reports(connection, limit, offset):
    if not has_tiers(connection):
        return [], 0
    rows = connection.execute(
        "SELECT id, brand_name, question, status, progress, created_at, storage_tier FROM diagnosis_reports"
        " WHERE storage_tier = 'archived'"
        " ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?",
        (limit, offset),
    ).fetchall()
    total = connection.execute("SELECT COUNT(*) FROM diagnosis_reports WHERE storage_tier = 'archived'").fetchone()[0]
    return [dict(row) for row in rows], total
