"""Brings the schema to this version. What is there already is left as it is.

Environment: DATABASE_PATH; MIGRATION_PAUSE_SECONDS, a pause after each migration, to rehearse an interruption.
"""

import sys

sys.dont_write_bytecode = True

import os
import time

from connection import VERSION, now, open_database
from migrations import MIGRATIONS

TABLES = ("diagnosis_reports", "diagnosis_results", "diagnosis_analysis", "diagnosis_snapshots")


def migrate(connection, pause):
    connection.execute("BEGIN IMMEDIATE")
    done = {row[0] for row in connection.execute("SELECT name FROM schema_migrations WHERE finished_at IS NOT NULL")}
    for migration in MIGRATIONS:
        if migration.name in done:
            print(f"{migration.name}: there already", flush=True)
            continue
        connection.execute(
            "INSERT OR IGNORE INTO schema_migrations (name, applied_by, started_at) VALUES (?, ?, ?)",
            (migration.name, VERSION, now()),
        )
        # Commits what is open, then runs each statement by itself: not the one transaction that it looks like.
        connection.executescript(";\n".join(migration.up))
        time.sleep(pause)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE schema_migrations SET finished_at = ? WHERE name = ?", (now(), migration.name))
    connection.execute("COMMIT")


if __name__ == "__main__":
    database = open_database()
    try:
        migrate(database, float(os.environ.get("MIGRATION_PAUSE_SECONDS", "0")))
        for table in TABLES:
            print(f"{table}: {database.execute(f'SELECT COUNT(*) FROM {table}').fetchone()[0]} rows")
    finally:
        database.close()
