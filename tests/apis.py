"""APIs of real sites, rebuilt on this machine around records of any number, made up or recorded.

A route is a host and the beginning of a path. What no route matches is answered with 599 and remembered, so that
a test can say that nothing else was asked for.
"""

import json
import threading
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Query = dict[str, list[str]]
Reply = tuple[int, dict[str, str], bytes]
Route = Callable[[str, Query], Reply]

#: Scrapy settings of a crawl that need not spare anybody.
FAST = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, "RETRY_TIMES": 1}
ROBOTS = "User-agent: *\nDisallow: /private/\n"


class Apis:
    """A server on this machine for sites by their names."""

    def __init__(self) -> None:
        self.routes: list[tuple[str, str, Route]] = []
        self.asked: list[str] = []
        self.unmatched: list[str] = []
        apis = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                status, headers, body = apis.answer(self.headers["Host"], self.path)
                self.send_response(status)
                for name, value in {"Content-Type": "application/json; charset=utf-8", **headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port: int = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def answer(self, host: str, target: str) -> Reply:
        parts = urlsplit(target)
        if parts.path == "/robots.txt":
            return 200, {"Content-Type": "text/plain"}, ROBOTS.encode()
        self.asked.append(f"{host}{target}")
        for known, start, route in reversed(self.routes):
            if host == known and parts.path.startswith(start):
                return route(parts.path, parse_qs(parts.query))
        self.unmatched.append(f"{host}{target}")
        return 599, {}, b"no such route"

    def route(self, host: str, start: str, route: Route) -> None:
        """Paths of ``host`` that begin with ``start``; later routes go first."""
        self.routes.append((host, start, route))


def in_json(payload: Any, status: int = 200, **headers: str) -> Reply:
    return status, headers, json.dumps(payload).encode()


def steam(records: Sequence[dict[str, Any]], *, short: int | None = None, envelope: str | None = None) -> Route:
    """Steam's paging: a cursor for the next page, and at the end an empty page that repeats its cursor.

    Page number ``short`` (from 0) lacks half of its records, as happens where some are filtered afterwards.
    """

    def page(_: str, query: Query) -> Reply:
        asked = json.loads(query["input_json"][0]) if envelope else {name: value[0] for name, value in query.items()}
        cursor, size = asked["cursor"], int(asked["num_per_page"])
        start = 0 if cursor == "*" else int(cursor.removeprefix("AoJ4+").removesuffix("=="))
        shown = list(records[start : start + size])
        following = f"AoJ4+{start + size}==" if shown else cursor
        if short is not None and start == short * size:
            shown = shown[: size // 2]
        told = {"success": 1, "query_summary": {"num_reviews": len(shown)}, "reviews": shown, "cursor": following}
        return in_json({envelope: told} if envelope else told)

    return page


def cfpb(hits: Sequence[dict[str, Any]], *, largest: int = 20, ahead: int = 2) -> Route:
    """The complaint search: ``search_after`` names the last hit of the page before, and only some break points
    ahead are told, counted from the first page.
    """

    def page(_: str, query: Query) -> Reply:
        wanted = set(query.get("company", []))
        found = [hit for hit in hits if not wanted or hit["_source"]["company"] in wanted]
        size = min(int(query["size"][0]), largest)
        places = ["_".join(map(str, hit["sort"])) for hit in found]
        after = query.get("search_after")
        start = places.index(after[0]) + 1 if after else 0
        points = {
            str(number): found[(number - 1) * size - 1]["sort"]
            for number in range(2, 2 + ahead)
            if (number - 1) * size < len(found)
        }
        return in_json(
            {
                "hits": {"total": {"value": len(found), "relation": "eq"}, "hits": found[start : start + size]},
                "_meta": {"license": "CC0", "break_points": points},
            }
        )

    return page


def apple(entries: Sequence[dict[str, Any]], *, size: int = 50) -> Route:
    """The customer-review feed: ten pages, the last of which names itself as the next one."""

    def page(path: str, _: Query) -> Reply:
        number = int(path.split("/page=")[1].split("/")[0])
        shown: Any = list(entries[(number - 1) * size : number * size])
        following = path.replace(f"page={number}", f"page={min(number + 1, 10)}")
        feed: dict[str, Any] = {
            "link": [{"attributes": {"rel": "next", "href": f"https://itunes.apple.com{following}"}}]
        }
        if shown:
            feed["entry"] = shown[0] if len(shown) == 1 else shown
        return in_json({"feed": feed})

    return page
