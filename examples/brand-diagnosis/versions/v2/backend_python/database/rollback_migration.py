"""Takes back what this version's run_migration.py did to the schema, and nothing of earlier versions.

May be run again. Environment: DATABASE_PATH.
"""

import sys

sys.dont_write_bytecode = True

from connection import VERSION, open_database
from migrations import MIGRATIONS, DropColumn


def roll_back(connection):
    connection.execute("BEGIN IMMEDIATE")
    mine = {row[0] for row in connection.execute("SELECT name FROM schema_migrations WHERE applied_by = ?", (VERSION,))}
    for migration in reversed(MIGRATIONS):
        if migration.name not in mine:
            continue
        for step in migration.down:
            if isinstance(step, DropColumn):
                drop_column(connection, step)
            else:
                connection.execute(step)
        connection.execute("DELETE FROM schema_migrations WHERE name = ?", (migration.name,))
        print(f"{migration.name}: taken back")
    connection.execute("COMMIT")


def drop_column(connection, step):
    if any(column[1] == step.column for column in connection.execute(f"PRAGMA table_info({step.table})")):
        connection.execute(f"ALTER TABLE {step.table} DROP COLUMN {step.column}")


if __name__ == "__main__":
    database = open_database()
    try:
        roll_back(database)
    finally:
        database.close()
