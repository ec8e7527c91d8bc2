"""What the application does once by itself, soon after it started."""

import logging
import sqlite3
import threading

log = logging.getLogger("brand-diagnosis")
DELAY_SECONDS = 1.0


def start_housekeeping(storage):
    timer = threading.Timer(DELAY_SECONDS, housekeeping, [storage])
    timer.daemon = True
    timer.start()


def housekeeping(storage):
    try:
        with storage.reading() as connection:
            waiting = connection.execute("SELECT COUNT(*) FROM diagnosis_reports WHERE status = 'queued'").fetchone()[0]
        log.info("housekeeping: %d reports wait for a diagnosis", waiting)
    except sqlite3.Error as error:
        log.error("housekeeping: %s", error)
