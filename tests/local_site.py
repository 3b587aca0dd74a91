"""A site on this machine for tests of whole crawls."""

import itertools
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

__all__ = ["Site"]


class Site:
    """A site made of routes (path to status, headers, body) that writes down who asked for what and when."""

    def __init__(self):
        self.routes = {}
        self.log = []
        self.agents = set()
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                site.log.append((time.monotonic(), self.path))
                site.agents.add(self.headers["User-Agent"])
                route = site.routes.get(self.path, (404, {}, b"no such page"))
                status, headers, body = route() if callable(route) else route
                self.send_response(status)
                for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def page(self, path, *numbers, following=None, **headers):
        link = f'<a rel="next" href="{following}">more</a>' if following else ""
        reviews = [
            {
                "@type": "Review",
                "reviewBody": f"Waited {number} weeks for an answer & got none.",
                "author": f"Person {number}",
                "datePublished": "2024-05-06",
                "reviewRating": {"ratingValue": 1 + number % 5},
            }
            for number in numbers
        ]
        script = f'<script type="application/ld+json">{json.dumps(reviews)}</script>'
        self.routes[path] = (200, headers, f"<html lang=en>{script}{link}</html>".encode())

    def paths(self):
        return [path for _, path in self.log if path != "/robots.txt"]

    def gaps(self):
        times = [moment for moment, _ in self.log]
        return [later - earlier for earlier, later in itertools.pairwise(times)]
