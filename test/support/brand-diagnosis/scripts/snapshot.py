"""Prints schema and rows of a SQLite database as JSON, all of one moment, waiting for writers. Argument: its path."""

import json
import sqlite3
import sys
from urllib.parse import quote


def plain(value):
    return {"blob": value.hex()} if isinstance(value, bytes) else value


def table(connection, name):
    info = list(connection.execute(f'PRAGMA table_info("{name}")'))
    columns = [column[1] for column in info]
    key = [column[1] for column in sorted((c for c in info if c[5]), key=lambda c: c[5])] or ["rowid"]
    select = ", ".join(f'"{column}"' for column in key + columns)
    rows = {}
    for row in connection.execute(f'SELECT {select} FROM "{name}"'):
        values = [plain(value) for value in row]
        identity = values[: len(key)]
        rows[str(identity[0]) if len(key) == 1 else json.dumps(identity)] = dict(zip(columns, values[len(key) :]))
    return {"key": key, "columns": columns, "rows": rows}


connection = sqlite3.connect(f"file:{quote(sys.argv[1])}?mode=rw", uri=True, timeout=10, isolation_level=None)
connection.execute("BEGIN")
objects = list(connection.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"))
json.dump(
    {
        "journal": connection.execute("PRAGMA journal_mode").fetchone()[0],
        "integrity": [row[0] for row in connection.execute("PRAGMA integrity_check")],
        "foreignKeys": [list(row) for row in connection.execute("PRAGMA foreign_key_check")],
        "schema": {f"{kind} {name}": " ".join((sql or "").split()) for kind, name, sql in objects},
        "tables": {name: table(connection, name) for kind, name, _ in objects if kind == "table"},
    },
    sys.stdout,
)
