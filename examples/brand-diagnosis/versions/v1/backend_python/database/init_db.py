"""Makes the database of a new installation: the base schema and six reports. Does nothing where that was done before.

Environment: DATABASE_PATH.
"""

import sys

sys.dont_write_bytecode = True

import os
import sqlite3
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from checksum import report_checksum

SCHEMA = """
CREATE TABLE diagnosis_reports (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  brand_name TEXT NOT NULL,
  question TEXT NOT NULL,
  requested_by TEXT,
  status TEXT NOT NULL DEFAULT 'queued',
  progress INTEGER NOT NULL DEFAULT 0,
  revision INTEGER NOT NULL DEFAULT 1,
  checksum TEXT NOT NULL,
  created_at TEXT NOT NULL
);
CREATE INDEX idx_reports_created ON diagnosis_reports (created_at DESC, id DESC);
CREATE TABLE diagnosis_results (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  report_id INTEGER NOT NULL REFERENCES diagnosis_reports (id) ON DELETE CASCADE,
  model TEXT NOT NULL,
  answer TEXT NOT NULL,
  score REAL NOT NULL,
  revision INTEGER NOT NULL,
  created_at TEXT NOT NULL
);
CREATE INDEX idx_results_report ON diagnosis_results (report_id);
CREATE TABLE diagnosis_analysis (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  report_id INTEGER NOT NULL REFERENCES diagnosis_reports (id) ON DELETE CASCADE,
  answers INTEGER NOT NULL,
  average_score REAL NOT NULL,
  summary TEXT NOT NULL,
  created_at TEXT NOT NULL
);
CREATE INDEX idx_analysis_report ON diagnosis_analysis (report_id);
CREATE TABLE diagnosis_snapshots (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  report_id INTEGER NOT NULL REFERENCES diagnosis_reports (id) ON DELETE CASCADE,
  sha256 TEXT NOT NULL,
  created_at TEXT NOT NULL
);
CREATE INDEX idx_snapshots_report ON diagnosis_snapshots (report_id);
CREATE TABLE schema_migrations (
  name TEXT PRIMARY KEY,
  applied_by TEXT NOT NULL,
  started_at TEXT NOT NULL,
  finished_at TEXT
);
INSERT INTO schema_migrations VALUES ('0001_base', '1.0.0', '2024-10-01T00:00:00.000+00:00', '2024-10-01T00:00:00.000+00:00');
"""

# One brand was diagnosed twice: brand names are not unique.
REPORTS = [
    ("Lantern Tea 灯笼茶", "Which brands of green tea would you recommend?", "lin@example.com", "2024-10-08T09:12:00.000+00:00"),
    ("Northpole Bikes", "Which city bike lasts ten years?", "mara@example.com", "2024-11-19T14:03:00.000+00:00"),
    ("Aoki Ceramics", "Who makes good rice bowls?", None, "2024-12-30T23:59:00.000+00:00"),
    ("Lantern Tea 灯笼茶", "哪个绿茶品牌最值得推荐？", "lin@example.com", "2025-01-20T03:30:00.000+00:00"),
    ("Halvorsen Boats", "What should I know before buying a wooden boat?", "ida@example.com", "2025-02-03T08:00:00.000+00:00"),
    ("Quillfeather Paper", "Which paper suits a fountain pen?", "omar@example.com", "2025-02-25T16:45:00.000+00:00"),
]


def initialise(path):
    connection = sqlite3.connect(path, timeout=10, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'schema_migrations'").fetchone():
            connection.execute("ROLLBACK")
            return False
        for statement in SCHEMA.split(";\n"):
            connection.execute(statement)
        for brand_name, question, requested_by, created_at in REPORTS:
            report = {"brand_name": brand_name, "question": question, "created_at": created_at}
            connection.execute(
                "INSERT INTO diagnosis_reports (brand_name, question, requested_by, checksum, created_at) VALUES (?, ?, ?, ?, ?)",
                (brand_name, question, requested_by, report_checksum(report, [], []), created_at),
            )
        connection.execute("COMMIT")
        return True
    finally:
        connection.close()


if __name__ == "__main__":
    database = os.environ.get("DATABASE_PATH", "")
    if not os.path.isabs(database):
        sys.exit(f"DATABASE_PATH must be the absolute path of the database, not {database!r}")
    print("database made: 6 reports" if initialise(database) else "the database is there already")
