"""Brand diagnosis: how well do language models know a brand? The HTTP application.

Environment: PORT, DATABASE_PATH (absolute path of the SQLite file), HOST (default 127.0.0.1).
"""

import sys

# A release is a plain checkout: running it must leave no files in it.
sys.dont_write_bytecode = True

import logging
import os
import sqlite3
import time
from pathlib import Path

from flask import Flask, g, jsonify, request
from werkzeug.exceptions import HTTPException

from server import serve
from service import Damaged, DiagnosisService, Invalid, NotFound
from storage import Storage

VERSION = (Path(__file__).resolve().parent.parent / "VERSION").read_text(encoding="utf-8").strip()
log = logging.getLogger("brand-diagnosis")


def create_app(service):
    app = Flask("brand-diagnosis")
    app.json.ensure_ascii = False

    @app.before_request
    def start_clock():
        g.started = time.perf_counter()

    @app.after_request
    def access_line(response):
        took = (time.perf_counter() - g.started) * 1000
        log.info("%s %s %d %.1fms", request.method, request.path, response.status_code, took)
        response.headers["X-Version"] = VERSION
        return response

    @app.get("/health")
    def health():
        try:
            return {"status": "ok", "version": VERSION, "database": "ok", **service.health()}
        except sqlite3.Error as error:
            log.critical("database: %s", error)
            return {"status": "error", "version": VERSION, "database": str(error)}, 503

    @app.get("/api/history")
    def history():
        return service.history(number("page", 1), number("limit", 20))

    @app.get("/api/reports/<int:report_id>")
    def report(report_id):
        return service.report(report_id)

    @app.post("/api/reports")
    def create():
        report_id = service.create(body())
        return service.report(report_id), 201, {"Location": f"/api/reports/{report_id}"}

    @app.get("/api/tasks/<int:report_id>")
    def task(report_id):
        changes = service.changes(report_id, number("since", 0))
        return ("", 204) if changes is None else changes

    @app.post("/api/tasks/<int:report_id>/progress")
    def advance(report_id):
        return service.advance(report_id, body())

    @app.get("/api/stats/query")
    def query_time():
        return service.query_time()

    register_errors(app)
    return app


def number(name, default):
    value = request.args.get(name, str(default))
    if not value.isdecimal():
        raise Invalid(f"{name} must be a whole number, not {value!r}")
    return int(value)


def body():
    value = request.get_json(silent=True)
    if not isinstance(value, dict):
        raise Invalid("the body must be a JSON object")
    return value


def register_errors(app):
    @app.errorhandler(Invalid)
    def invalid(error):
        return jsonify(error=str(error)), 400

    @app.errorhandler(NotFound)
    def not_found(error):
        return jsonify(error=f"not found: {error}"), 404

    @app.errorhandler(Damaged)
    def damaged(error):
        log.critical("%s", error)
        return jsonify(error="the report is damaged"), 500

    @app.errorhandler(Exception)
    def unexpected(error):
        if isinstance(error, HTTPException):
            return jsonify(error=error.name), error.code
        log.error("%s %s: %s: %s", request.method, request.path, type(error).__name__, error)
        return jsonify(error="internal error"), 500


def main():
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(levelname)s %(asctime)s %(message)s")
    database = os.environ.get("DATABASE_PATH", "")
    if not os.path.isabs(database):
        log.critical("DATABASE_PATH must be the absolute path of the database, not %r", database)
        return 1
    try:
        storage = Storage(database)
    except sqlite3.Error as error:
        log.critical("%s: %s; backend_python/database/init_db.py makes a new one", database, error)
        return 1
    app = create_app(DiagnosisService(storage))
    serve(app, os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "5000")), VERSION)
    storage.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
