"""The made-up sites, served on this machine."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from ..errors import CrawlError
from .industry import MadeUpIndustry
from .pages import SITES, MadeUpSite

__all__ = ["serve"]

_HOST = "127.0.0.1"
_ROBOTS = "User-agent: *\nAllow: /\n"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_GET(self) -> None:
        if self.path == "/robots.txt":
            self._answer(HTTPStatus.OK, _ROBOTS, "text/plain")
            return
        page = self.server.site.page(self.path)
        if page is None:
            self._answer(HTTPStatus.NOT_FOUND, "Nothing here.\n", "text/plain")
        else:
            self._answer(HTTPStatus.OK, page, "text/html")

    do_HEAD = do_GET  # noqa: N815  (http.server looks for this name)

    def _answer(self, status: HTTPStatus, text: str, kind: str) -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the name that http.server gives)
        """Say nothing: the crawler reports what it fetched."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    site: MadeUpSite

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a crawler that goes away in the middle of an answer is no error."""


@contextmanager
def serve(industry: MadeUpIndustry, port: int = 0, *, today: date | None = None) -> Iterator[dict[str, str]]:
    """Serve the made-up sites while the context lasts; gives each site's address, without a final slash.

    With `port` 0 every site takes a free port, held from then on, so that nobody can take it in between; else
    the sites take `port` and those that follow it. Relative dates on the pages refer to `today`, by default this
    machine's. Raises `CrawlError` when a port is taken, or none is free.
    """
    with ExitStack() as stack:
        urls = {}
        for i, name in enumerate(SITES):
            server = stack.enter_context(_open(port + i if port else 0))
            urls[name] = f"http://{_HOST}:{server.server_address[1]}"
            server.site = MadeUpSite(name, industry, urls[name], today or date.today())
            thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.shutdown)
        yield urls


def _open(port: int) -> _Server:
    try:
        return _Server((_HOST, port), _Handler)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        if port:
            where, advice = f"{_HOST}:{port}", "give another port, or 0 for any free one"
        else:
            where, advice = f"any port of {_HOST}", "end a program that serves or holds many connections, and try again"
        raise CrawlError(f"cannot serve the made-up sites on {where} ({reason}); {advice}") from None
