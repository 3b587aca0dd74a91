"""Whole crawls of sites on this machine that misbehave."""

import gzip
import json
import socket
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from local_site import Site

from minebelief.gather.crawl import crawl, read_landing

FAST = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, "RETRY_TIMES": 1, "RETRY_PRIORITY_ADJUST": 0}


@pytest.fixture
def site():
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def run(site, tmp_path):
    """Crawl the site from ``/1``."""

    def start(path="/1", *, settings=None, **args):
        given = {"company": "acme", "urls": [site.url + path], **args}
        options = {**FAST, **(settings or {})}
        return crawl("acme", "schema_org", given, tmp_path, allow_local=True, timeout=60, settings=options)

    return start


def in_turn(*answers):
    """A route that gives one answer after the other, and then the last again."""
    left = list(answers)

    def answer():
        return left.pop(0) if len(left) > 1 else left[0]

    return answer


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Retry-After": "2"}, b""),
        pytest.param({"Retry-After": "date"}, b"", marks=pytest.mark.slow),
        pytest.param(
            {"Content-Type": "application/json"},
            b'{"error_type": "rate_limit", "extras": {"wait_seconds": 2}}',
            marks=pytest.mark.slow,
        ),
        pytest.param(
            {"Content-Type": "application/json; charset=utf-8", "Content-Encoding": "gzip"},
            gzip.compress(b'{"items": [], "backoff": 2}'),
            marks=pytest.mark.slow,
        ),
    ],
    ids=["seconds", "date", "error", "backoff"],
)
def test_a_429_is_waited_for_as_long_as_it_says(site, run, headers, body):
    site.page("/1", 1)
    good = site.routes["/1"]

    def busy():
        site.routes["/1"] = good
        told = dict(headers)
        if told.get("Retry-After") == "date":
            told["Retry-After"] = format_datetime(datetime.now(UTC) + timedelta(seconds=3), usegmt=True)
        return 429, told, body

    site.routes["/1"] = busy
    outcome = run()
    assert (outcome.items, outcome.verdict) == (1, "ok")
    assert site.gaps()[-1] >= 2


@pytest.mark.slow
def test_requests_are_never_closer_than_the_site_asks(site, run):
    """Crawl-delay 2 throughout; after the second page it wants 3 seconds once."""
    site.routes["/robots.txt"] = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nCrawl-delay: 2\n")
    for number in range(1, 5):
        site.page(f"/{number}", number, following=f"/{number + 1}" if number < 4 else None)
    site.routes["/3"] = in_turn((429, {"Retry-After": "3"}, b""), site.routes["/3"])
    assert run().items == 4
    assert site.paths() == ["/1", "/2", "/3", "/3", "/4"]
    gaps = site.gaps()
    assert min(gaps) >= 2
    assert gaps[3] >= 3


def test_one_request_at_a_time_a_second_apart_is_the_usual_pace(site, tmp_path):
    """As on other people's sites, where nothing is switched off."""
    for number in range(1, 4):
        site.page(f"/{number}", number)
    busy, together = threading.Lock(), []
    for number in range(1, 4):
        page = site.routes[f"/{number}"]

        def slow(page=page):
            together.append(not busy.acquire(blocking=False))
            try:
                return page
            finally:
                if not together[-1]:
                    busy.release()

        site.routes[f"/{number}"] = slow
    usual = {"AUTOTHROTTLE_ENABLED": True, "DOWNLOAD_DELAY": 1, "CONCURRENT_REQUESTS_PER_DOMAIN": 1}
    urls = [f"{site.url}/{number}" for number in range(1, 4)]
    outcome = crawl(
        "acme", "schema_org", {"company": "acme", "urls": urls}, tmp_path, allow_local=True, timeout=60, settings=usual
    )
    assert (outcome.items, together) == (3, [False] * 3)
    assert min(site.gaps()) >= 1


def test_a_503_is_tried_again(site, run):
    site.page("/1", 1)
    site.routes["/1"] = in_turn((503, {}, b""), site.routes["/1"])
    assert (run().items, site.paths()) == (1, ["/1", "/1"])


def test_robots_txt_keeps_its_part_of_the_site_closed(site, run):
    rules = b"User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /2\n"
    site.routes["/robots.txt"] = (200, {"Content-Type": "text/plain"}, rules)
    site.page("/1", 1, following="/2")
    site.page("/2", 2)
    outcome = run()
    assert (outcome.items, site.paths()) == (1, ["/1"])


def test_a_robots_txt_out_of_reach_closes_everything(site, run):
    site.routes["/robots.txt"] = (503, {}, b"")
    site.page("/1", 1)
    outcome = run()
    assert site.paths() == []
    assert (outcome.verdict, outcome.because) == (
        "failed",
        "its robots.txt could not be read, so everything counts as forbidden",
    )


def test_a_crawl_delay_of_a_robots_txt_that_moved_is_kept(site, run):
    site.routes["/robots.txt"] = (301, {"Location": "/rules"}, b"")
    site.routes["/rules"] = (200, {"Content-Type": "text/plain"}, b"\xef\xbb\xbfUser-agent: *\nCrawl-delay: 1.5\n")
    site.page("/1", 1, following="/2")
    site.page("/2", 2)
    assert run().items == 2
    assert site.gaps()[-1] >= 1.5


def test_a_next_page_that_is_the_page_itself_ends_the_chain(site, run):
    site.page("/1", 1, following="/1")
    assert (run().items, site.paths()) == (1, ["/1"])


def test_a_cursor_that_comes_again_ends_the_chain(site, run):
    site.page("/1", 1, following="/1?cursor=a")
    site.page("/1?cursor=a", 2, following="/1?cursor=b")
    site.page("/1?cursor=b", 2, following="/1?cursor=c")
    site.page("/1?cursor=c", 2, following="/1?cursor=d")
    assert (run().items, site.paths()) == (2, ["/1", "/1?cursor=a", "/1?cursor=b"])


def test_an_empty_page_is_no_end_and_no_error(site, run):
    site.page("/1", 1, following="/2")
    site.routes["/2"] = (200, {}, b'<a rel="next" href="/3">more</a>')
    site.page("/3", 3, following="/4")
    site.routes["/4"] = (200, {}, b"")
    outcome = run()
    assert (outcome.items, outcome.pages, outcome.verdict) == (2, 4, "ok")


def test_json_that_is_cut_off_gives_what_was_whole(site, run):
    whole = json.dumps([{"@type": "Review", "reviewBody": f"Text number {n}.", "author": f"P{n}"} for n in range(3)])
    cut = whole[: whole.index("Text number 2") + 6]
    site.routes["/1"] = (200, {}, f'<script type="application/ld+json">{cut}</script>'.encode())
    outcome = run()
    bodies = [record.body for record in read_landing(outcome.landing)]
    assert bodies[:2] == ["Text number 0.", "Text number 1."]


def test_a_wrong_charset_costs_no_page(site, run):
    review = {"@type": "Review", "reviewBody": "Größer als gedacht, wird nie wieder gekauft.", "author": "Zoë"}
    page = f'<script type="application/ld+json">{json.dumps(review, ensure_ascii=False)}</script>'
    site.routes["/1"] = (200, {"Content-Type": "text/html; charset=utf-8"}, page.encode("cp1252"))
    other = page.replace("Zoë", "Chloë").encode("utf-8")
    site.routes["/2"] = (200, {"Content-Type": "text/html; charset=no-such"}, other)
    outcome = run(urls=[f"{site.url}/1", f"{site.url}/2"])
    found = [(record.author, record.body) for record in read_landing(outcome.landing)]
    assert sorted(found) == [(name, "Größer als gedacht, wird nie wieder gekauft.") for name in ("Chloë", "Zoë")]


def test_a_redirect_in_a_circle_ends(site, run):
    site.routes["/1"] = (302, {"Location": "/2"}, b"")
    site.routes["/2"] = (302, {"Location": "/3"}, b"")
    site.routes["/3"] = (302, {"Location": "/1"}, b"")
    outcome = run()
    assert outcome.verdict == "failed"
    assert len(site.paths()) <= 6


def test_a_redirect_to_ever_new_addresses_ends(site, run):
    for number in range(1, 20):
        site.routes[f"/{number}"] = (302, {"Location": f"/{number + 1}"}, b"")
    outcome = run()
    assert (outcome.verdict, outcome.because) == ("failed", "1 of 1 page failed (redirected in a circle)")
    assert len(site.paths()) == 6


def test_a_redirect_to_a_private_address_is_not_followed(site, run):
    site.routes["/1"] = (302, {"Location": f"http://127.0.0.2:{site.server.server_port}/secret"}, b"")
    site.page("/secret", 1)
    outcome = run()
    assert (outcome.items, outcome.verdict, site.paths()) == (0, "failed", ["/1"])


class Wire:
    """A server that answers every page with what ``talk`` writes to the connection, byte by byte."""

    def __init__(self, talk):
        self.talk, self.sent, self.asked, self.over = talk, 0, 0, threading.Event()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while not self.over.is_set():
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self.answer, args=(connection,), daemon=True).start()

    def answer(self, connection):
        with connection:
            connection.settimeout(30)
            try:
                request = connection.recv(65536)
                if b"/robots.txt" in request.split(b"\r\n")[0]:
                    connection.sendall(b"HTTP/1.1 404 None\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    return
                self.asked += 1
                for part in self.talk(self):
                    connection.sendall(part)
                    self.sent += len(part)
            except OSError:
                return

    def close(self):
        self.over.set()
        self.socket.close()


@pytest.fixture
def wire(tmp_path):
    made = []

    def start(talk, **args):
        server = Wire(talk)
        made.append(server)
        given = {"company": "acme", "urls": [server.url + "/1"], **args}
        options = {**FAST, "DOWNLOAD_TIMEOUT": 3}
        return server, crawl("acme", "schema_org", given, tmp_path, allow_local=True, timeout=60, settings=options)

    yield start
    for server in made:
        server.close()


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
PAGE = b'<html><script type="application/ld+json">{"@type": "Review", "reviewBody": "Half a page."}</script>'


def test_a_body_of_200_megabytes_is_refused_before_it_is_read(wire):
    def talk(server):
        yield HEAD + b"Content-Length: 200000000\r\n\r\n"
        for _ in range(2000):
            yield b" " * 100_000

    server, outcome = wire(talk)
    assert (outcome.items, outcome.verdict) == (0, "failed")
    assert server.sent < 30_000_000


def test_a_body_of_200_megabytes_that_does_not_say_so_is_given_up(wire):
    def talk(server):
        yield HEAD + b"Connection: close\r\n\r\n"
        for _ in range(2000):
            yield b" " * 100_000

    server, outcome = wire(talk, max_bytes=1_000_000)
    assert (outcome.items, outcome.verdict) == (0, "failed")
    assert server.sent < 2 * server.asked * 8_000_000


def test_a_bomb_is_not_unfolded(site, run):
    bomb = gzip.compress(b"<html>" + b" " * 100_000_000)
    site.page("/1", 1, following="/2")
    site.routes["/2"] = (200, {"Content-Encoding": "gzip"}, bomb)
    outcome = run()
    assert (outcome.items, outcome.verdict) == (1, "suspicious")
    assert "1 of 2 pages failed" in outcome.because


def test_a_connection_cut_half_way_is_no_page(wire):
    def talk(server):
        yield HEAD + b"Content-Length: 100000\r\n\r\n" + PAGE

    server, outcome = wire(talk)
    assert (outcome.items, outcome.verdict, server.asked) == (0, "failed", 2)


def test_a_site_that_falls_silent_is_not_waited_for(wire):
    def talk(server):
        yield HEAD
        server.over.wait(30)

    start = time.monotonic()
    server, outcome = wire(talk)
    assert time.monotonic() - start < 30
    assert (outcome.items, outcome.verdict, server.asked) == (0, "failed", 2)
    assert "failed (TimeoutError)" in outcome.because or "Timeout" in outcome.because


def test_a_site_that_drips_is_not_waited_for(wire):
    def talk(server):
        yield HEAD + b"Content-Length: 100000\r\n\r\n"
        while not server.over.wait(0.2):
            yield b" "

    _, outcome = wire(talk)
    assert (outcome.items, outcome.verdict) == (0, "failed")
