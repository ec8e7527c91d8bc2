"""A service of a few lines over one table. Its version is what the file VERSION beside it says."""
import json
import os
import sqlite3
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HERE = os.path.dirname(os.path.abspath(__file__))
VERSION = open(os.path.join(HERE, "VERSION"), encoding="utf-8").read().strip()
NEW = VERSION != "v1.0.0"


def connect():
    connection = sqlite3.connect(os.environ["DATABASE_PATH"], timeout=10)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


class Handler(BaseHTTPRequestHandler):
    def answer(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.send_header("x-version", VERSION)
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        connection = connect()
        count = connection.execute("SELECT COUNT(*) FROM notes").fetchone()[0]
        connection.close()
        if self.path == "/notes":
            self.answer(200, {"count": -1 if VERSION.endswith("-wrong") else count})
        elif self.path == "/stats":
            self.answer(500 if VERSION.endswith("-worse") else 200, {"count": count})
        else:
            self.answer(200, {"version": VERSION})

    def do_POST(self):
        text = self.rfile.read(int(self.headers.get("content-length", "0"))).decode()
        connection = connect()
        with connection:
            if NEW:
                row = connection.execute("INSERT INTO notes (text, author) VALUES (?, ?)", (text, VERSION))
            else:
                row = connection.execute("INSERT INTO notes (text) VALUES (?)", (text,))
        connection.close()
        self.answer(201, {"id": row.lastrowid})

    def log_message(self, *args):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


Server(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
