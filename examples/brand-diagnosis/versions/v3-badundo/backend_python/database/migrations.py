"""The migrations in their order, each with its way back. Expand only: the version before works on the new schema."""

from typing import List, NamedTuple, Union


class DropColumn(NamedTuple):
    """Dropped only where it is: a migration may have been interrupted before it came to the column."""

    table: str
    column: str


class Migration(NamedTuple):
    name: str
    up: List[str]
    down: List[Union[str, DropColumn]]


MIGRATIONS = [
    Migration(
        "0002_storage_tiers",
        up=[
            "ALTER TABLE diagnosis_reports ADD COLUMN storage_tier TEXT",
            "CREATE INDEX idx_reports_tier ON diagnosis_reports (storage_tier, created_at)",
            "CREATE TABLE diagnosis_archives ("
            "report_id INTEGER PRIMARY KEY REFERENCES diagnosis_reports (id) ON DELETE CASCADE, "
            "checksum TEXT NOT NULL, archived_at TEXT NOT NULL)",
        ],
        down=[
            "DROP TABLE IF EXISTS diagnosis_archives",
            "DROP INDEX IF EXISTS idx_reports_tier",
            DropColumn("diagnosis_reports", "storage_tier"),
        ],
    ),
    Migration(
        "0003_requesters",
        up=[
            "ALTER TABLE diagnosis_reports ADD COLUMN requester TEXT",
            "CREATE TABLE diagnosis_requesters (name TEXT PRIMARY KEY, since TEXT NOT NULL)",
            "INSERT INTO diagnosis_requesters (name, since) SELECT requested_by, MIN(created_at) FROM diagnosis_reports"
            " WHERE requested_by IS NOT NULL GROUP BY requested_by",
        ],
        down=[
            "DROP TABLE IF EXISTS diagnosis_requesters",
            DropColumn("diagnosis_reports", "requester"),
        ],
    ),
]
