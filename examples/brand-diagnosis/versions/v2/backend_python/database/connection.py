"""What the scripts of this folder share: the database, this tree's version, the time."""

import os
import sqlite3
import sys
from datetime import datetime, timezone
from pathlib import Path
from urllib.parse import quote

VERSION = (Path(__file__).resolve().parent.parent.parent / "VERSION").read_text(encoding="utf-8").strip()


def now():
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds")


def open_database():
    """Waits up to ten seconds for another writer; a missing file is an error, not a new database."""
    path = os.environ.get("DATABASE_PATH", "")
    if not os.path.isabs(path):
        sys.exit(f"DATABASE_PATH must be the absolute path of the database, not {path!r}")
    if sqlite3.sqlite_version_info < (3, 35):
        sys.exit(f"SQLite 3.35 or newer is needed (DROP COLUMN), this is {sqlite3.sqlite_version}")
    return sqlite3.connect(f"file:{quote(path)}?mode=rw", uri=True, timeout=10, isolation_level=None)
