"""The list of reports, newest first: the query that every user meets first."""


def page_of_reports(connection, limit, offset):
    rows = connection.execute(
        "SELECT id, brand_name, question, status, progress, created_at FROM diagnosis_reports"
        " ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?",
        (limit, offset),
    ).fetchall()
    total = connection.execute("SELECT COUNT(*) FROM diagnosis_reports").fetchone()[0]
    return [dict(row) for row in rows], total
