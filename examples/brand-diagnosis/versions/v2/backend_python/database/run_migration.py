"""Brings the schema to this version. Everything in one transaction; what is there already is left as it is.

Environment: DATABASE_PATH; MIGRATION_PAUSE_SECONDS, a pause after each statement, to rehearse an interruption.
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
        started = now()
        for statement in migration.up:
            connection.execute(statement)
            print(f"{migration.name}: {statement[:60]}", flush=True)
            time.sleep(pause)
        connection.execute(
            "INSERT INTO schema_migrations (name, applied_by, started_at, finished_at) VALUES (?, ?, ?, ?)",
            (migration.name, VERSION, started, now()),
        )
    connection.execute("COMMIT")


if __name__ == "__main__":
    database = open_database()
    try:
        migrate(database, float(os.environ.get("MIGRATION_PAUSE_SECONDS", "0")))
        for table in TABLES:
            print(f"{table}: {database.execute(f'SELECT COUNT(*) FROM {table}').fetchone()[0]} rows")
    finally:
        database.close()
