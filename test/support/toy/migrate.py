"""python3 migrate.py up | down: two commits with a pause between, so that there is a middle to die in."""
import os
import signal
import sqlite3
import sys
import time

# Like a program that ends its transaction first: it goes on when it is asked to stop.
signal.signal(signal.SIGTERM, signal.SIG_IGN)
version = open("VERSION", encoding="utf-8").read().strip()
# A rehearsal, on a copy, need not take as long.
live = os.environ["DATABASE_PATH"].endswith("/srv/database.db")
PAUSE = 0 if not live else 5 if version.endswith("-slow") else 0.5
connection = sqlite3.connect(os.environ["DATABASE_PATH"], timeout=10, isolation_level=None)


def run(*statements):
    connection.execute("BEGIN IMMEDIATE")
    for statement in statements:
        connection.execute(statement)
    connection.execute("COMMIT")


if sys.argv[1] == "up":
    run("ALTER TABLE notes ADD COLUMN author TEXT", "UPDATE notes SET author = 'unknown'")
    time.sleep(PAUSE)
    if version.endswith("-refused"):
        sys.exit("this migration does not get through")
    run("CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL)", "CREATE INDEX notes_by_author ON notes (author)", "INSERT INTO tags (name) VALUES ('first')")
else:
    run("DROP INDEX IF EXISTS notes_by_author", "DROP TABLE IF EXISTS tags")
    time.sleep(PAUSE)
    if any(column[1] == "author" for column in connection.execute("PRAGMA table_info(notes)")):
        run("ALTER TABLE notes DROP COLUMN author")
