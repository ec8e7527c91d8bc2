"""Writes reports straight into the database until standard input closes, as another program of the system would.

Arguments: the database, the folder with the application's storage.py, the file of acknowledged ids, milliseconds
between two writes. A line is added to the file only after the commit; what fails is counted and tried again.
"""

import sys

sys.dont_write_bytecode = True

import sqlite3
import threading

database, backend, acknowledged, every_ms = sys.argv[1:]
sys.path.insert(0, backend)
from storage import Storage

ended = threading.Event()


def until_closed():
    # When the test that started this one dies, the pipe closes and this one ends.
    sys.stdin.read()
    ended.set()


def writer():
    written, failed = 0, {}
    while not ended.wait(int(every_ms) / 1000):
        storage = None
        try:
            # A new connection each time: the file may be replaced between two writes.
            storage = Storage(database)
            report_id = storage.create_report(f"Writer brand {written + 1}", "Was this row kept?", "writer@example.com")
        except sqlite3.Error as error:
            failed[str(error)] = failed.get(str(error), 0) + 1
            continue
        finally:
            if storage:
                storage.close()
        with open(acknowledged, "a", encoding="utf-8") as file:
            file.write(f"{report_id}\n")
        written += 1
    print(f"{written} written, failed: {failed}")


threading.Thread(target=until_closed, daemon=True).start()
writer()
