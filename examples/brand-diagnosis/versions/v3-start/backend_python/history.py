"""The list of reports, newest first: the query that every user meets first."""

from ranking import rank_by_brand
from storage import has_tiers


def page_of_reports(connection, limit, offset):
    tier = "storage_tier" if has_tiers(connection) else "NULL AS storage_tier"
    rows = connection.execute(
        f"SELECT id, brand_name, question, status, progress, created_at, {tier} FROM diagnosis_reports"
        " ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?",
        (limit, offset),
    ).fetchall()
    total = connection.execute("SELECT COUNT(*) FROM diagnosis_reports").fetchone()[0]
    return rank_by_brand([dict(row) for row in rows]), total
