"""Recorded pages served on this machine as if they were the web.

A manifest says which recording stands at which host, path and query. A crawl with the settings of
``mapped_hosts.mapped`` sees the real addresses everywhere, so that robots.txt, the guard of addresses and rel=next work
as in production. Whatever the manifest does not know is answered with 599 and noted in ``unmatched``: a test with
anything there has failed.
"""

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

__all__ = ["RecordedWeb", "Recording", "manifest_of"]

ROBOTS = "User-agent: *\nAllow: /\n"


@dataclass(frozen=True)
class Recording:
    """What stands at an address."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def _key(url: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Host, path and query of an address, whatever the order of its parameters."""
    parts = urlsplit(url)
    return parts.netloc.lower(), parts.path or "/", tuple(sorted(parse_qsl(parts.query, keep_blank_values=True)))


def manifest_of(folder: Path) -> dict[str, str]:
    """The recorded pages whose index says at which address they stood: address to file, the first of each."""
    rows = re.findall(r"^\| (\S+\.html) \| (https?://\S+) \|", (folder / "INDEX.md").read_text("utf-8"), re.MULTILINE)
    manifest: dict[str, str] = {}
    for name, url in rows:
        manifest.setdefault(url, name)
    return manifest


class RecordedWeb:
    """A server for recordings by address. ``asked`` are the addresses that were asked for, in order, without those
    of a robots.txt.
    """

    def __init__(self, recordings: Mapping[str, Recording], robots: Mapping[str, str] | None = None) -> None:
        self.recordings = {_key(url): recording for url, recording in recordings.items()}
        self.robots = dict(robots or {})
        self.asked: list[str] = []
        self.unmatched: list[str] = []
        web = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                recording = web.answer(self.headers.get("Host", ""), self.path)
                self.send_response(recording.status)
                self.send_header("Content-Type", recording.content_type)
                self.send_header("Content-Length", str(len(recording.body)))
                for name, value in recording.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(recording.body)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port: int = self.server.server_port
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def answer(self, host: str, path: str) -> Recording:
        url = f"https://{host}{path}"
        if path == "/robots.txt":
            return Recording(self.robots.get(host, ROBOTS).encode(), "text/plain")
        self.asked.append(url)
        if recording := self.recordings.get(_key(url)):
            return recording
        self.unmatched.append(url)
        return Recording(f"no recording of {url}".encode(), "text/plain", 599)

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
