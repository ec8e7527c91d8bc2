"""Repository: the only module besides history.py that knows SQL."""

import sqlite3
from contextlib import contextmanager
from datetime import datetime, timezone
from urllib.parse import quote

from checksum import checksum, report_checksum


def now():
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds")


def has_tiers(connection):
    """Asked each time: the schema can go forward and back under a running application."""
    columns = connection.execute("PRAGMA table_info(diagnosis_reports)")
    return any(column["name"] == "storage_tier" for column in columns)


class Storage:
    """One connection a transaction, and one that stays open: without it each answer would end with a checkpoint."""

    def __init__(self, path):
        # mode=rw: a missing file is an error, not a new and empty database.
        self._uri = f"file:{quote(path)}?mode=rw"
        self._keeper = self._connect()
        self._keeper.execute("PRAGMA journal_mode = WAL")

    def close(self):
        self._keeper.close()

    def _connect(self):
        connection = sqlite3.connect(self._uri, uri=True, timeout=5, isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    @contextmanager
    def reading(self):
        yield from self._transaction("BEGIN")

    @contextmanager
    def writing(self):
        yield from self._transaction("BEGIN IMMEDIATE")

    def _transaction(self, begin):
        connection = self._connect()
        try:
            connection.execute(begin)
            yield connection
            connection.execute("COMMIT")
        finally:
            # Closing rolls back whatever was not committed.
            connection.close()

    def count_reports(self):
        with self.reading() as connection:
            return connection.execute("SELECT COUNT(*) FROM diagnosis_reports").fetchone()[0]

    def create_report(self, brand_name, question, requested_by=None):
        report = {"brand_name": brand_name, "question": question, "created_at": now()}
        with self.writing() as connection:
            cursor = connection.execute(
                "INSERT INTO diagnosis_reports (brand_name, question, requested_by, checksum, created_at)"
                " VALUES (?, ?, ?, ?, ?)",
                (brand_name, question, requested_by, report_checksum(report, [], []), report["created_at"]),
            )
            if has_tiers(connection):
                connection.execute("UPDATE diagnosis_reports SET storage_tier = 'hot' WHERE id = ?", (cursor.lastrowid,))
        return cursor.lastrowid

    def archive(self, report_id):
        """Moves a report to the cold tier. False: no such report, or the schema has no tiers yet."""
        with self.writing() as connection:
            whole = self._whole(connection, report_id)
            if whole is None or not has_tiers(connection):
                return False
            connection.execute("UPDATE diagnosis_reports SET storage_tier = 'cold' WHERE id = ?", (report_id,))
            connection.execute(
                "INSERT INTO diagnosis_archives (report_id, checksum, archived_at) VALUES (?, ?, ?)"
                " ON CONFLICT (report_id) DO NOTHING",
                (report_id, whole["report"]["checksum"], now()),
            )
            return True

    def report(self, report_id):
        """The report with everything that belongs to it, of one moment; None if there is no such report."""
        with self.reading() as connection:
            return self._whole(connection, report_id)

    def _whole(self, connection, report_id):
        row = connection.execute("SELECT * FROM diagnosis_reports WHERE id = ?", (report_id,)).fetchone()
        if row is None:
            return None
        return {"report": dict(row), **{name: self._parts(connection, name, report_id) for name in ("results", "analysis", "snapshots")}}

    def _parts(self, connection, name, report_id):
        rows = connection.execute(f"SELECT * FROM diagnosis_{name} WHERE report_id = ? ORDER BY id", (report_id,))
        return [dict(row) for row in rows]

    def advance(self, report_id, status, progress, result=None, analyse=None):
        """Next revision of a report, its new parts and its new checksum: all of it or none. None: no such report."""
        with self.writing() as connection:
            whole = self._whole(connection, report_id)
            if whole is None:
                return None
            revision = whole["report"]["revision"] + 1
            if result:
                connection.execute(
                    "INSERT INTO diagnosis_results (report_id, model, answer, score, revision, created_at)"
                    " VALUES (?, ?, ?, ?, ?, ?)",
                    (report_id, result["model"], result["answer"], result["score"], revision, now()),
                )
            if analyse:
                self._add_analysis(connection, report_id, analyse)
            whole = self._whole(connection, report_id)
            connection.execute(
                "UPDATE diagnosis_reports SET status = ?, progress = ?, revision = ?, checksum = ? WHERE id = ?",
                (status, progress, revision, report_checksum(whole["report"], whole["results"], whole["analysis"]), report_id),
            )
            return revision

    def _add_analysis(self, connection, report_id, analyse):
        results = self._parts(connection, "results", report_id)
        found = analyse(results)
        connection.execute(
            "INSERT INTO diagnosis_analysis (report_id, answers, average_score, summary, created_at) VALUES (?, ?, ?, ?, ?)",
            (report_id, found["answers"], found["average_score"], found["summary"], now()),
        )
        connection.execute(
            "INSERT INTO diagnosis_snapshots (report_id, sha256, created_at) VALUES (?, ?, ?)",
            (report_id, checksum([[row["model"], row["answer"], row["score"]] for row in results]), now()),
        )
