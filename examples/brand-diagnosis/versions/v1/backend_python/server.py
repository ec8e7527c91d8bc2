"""Runs the WSGI application until SIGTERM or SIGINT, and lets the requests in flight end."""

import logging
import os
import signal
import threading

from werkzeug.serving import WSGIRequestHandler, make_server

log = logging.getLogger("brand-diagnosis")


class QuietHandler(WSGIRequestHandler):
    # A connection that never asks must not hold up the stop; access lines are the application's.
    timeout = 5

    def log_request(self, code="-", size="-"):
        pass


def serve(app, host, port, version):
    server = make_server(host, port, app, threaded=True, request_handler=QuietHandler)
    # Threads that server_close() waits for, so that a request in flight gets its answer.
    server.daemon_threads = False

    def stop(signum, _frame):
        log.info("stopping on %s", signal.Signals(signum).name)
        threading.Thread(target=server.shutdown, daemon=True).start()
        ending = threading.Timer(6, lambda: os._exit(0))
        ending.daemon = True
        ending.start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    log.info("version %s listens on %s:%d", version, host, port)
    server.serve_forever(poll_interval=0.05)
    server.server_close()
