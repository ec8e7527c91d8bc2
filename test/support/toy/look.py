"""python3 look.py FILE: schema, rows and soundness of a database, as JSON, in one transaction."""
import json
import sqlite3
import sys

connection = sqlite3.connect(sys.argv[1], timeout=10, isolation_level=None)
connection.execute("BEGIN")
schema = {f"{kind} {name}": " ".join(sql.split()) for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")}
notes = {str(id): text for id, text in connection.execute("SELECT id, text FROM notes")}
sound = [row[0] for row in connection.execute("PRAGMA integrity_check")]
journal = connection.execute("PRAGMA journal_mode").fetchone()[0]
print(json.dumps({"schema": schema, "notes": notes, "sound": sound, "journal": journal}))
