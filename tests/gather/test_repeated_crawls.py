"""Crawls that are repeated, broken off and continued, against a site on this machine."""

import gzip
import json
import threading

import pytest
from local_site import Site

from minebelief.gather import crawl as module
from minebelief.gather.crawl import crawl, read_landing
from minebelief.gather.crawl_files import CrawlFiles, landing_files

FAST = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, "RETRY_TIMES": 0}


@pytest.fixture
def site():
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def run(site, tmp_path):
    """Crawl the site from ``/1``; gives the outcome and the paths that were asked for."""

    def start(path="/1", *, settings=None, timeout=60, **args):
        site.log.clear()
        given = {"company": "acme", "urls": [site.url + path], **args}
        options = {**FAST, **(settings or {})}
        outcome = crawl("acme", "schema_org", given, tmp_path, allow_local=True, timeout=timeout, settings=options)
        return outcome, site.paths()

    return start


@pytest.fixture
def pages(site):
    """Serve reviews by number on a chain of pages, newest (highest) first."""

    def serve(newest, per_page=10):
        numbers = list(range(newest, 0, -1))
        parts = [numbers[at : at + per_page] for at in range(0, newest, per_page)]
        for place, part in enumerate(parts, 1):
            site.page(f"/{place}", *part, following=f"/{place + 1}" if place < len(parts) else None)
        return len(parts)

    return serve


def landed(folder):
    """The authors of all reviews that ever landed, in order."""
    return [record.author for path in landing_files("acme", folder) for record in read_landing(path)]


def test_a_second_crawl_of_an_unchanged_site_reads_one_page_and_lands_nothing(run, pages, tmp_path):
    pages(40)
    first, asked = run()
    assert (first.items, len(asked)) == (40, 4)
    second, asked = run()
    assert (second.items, second.known, second.landing, second.verdict) == (0, 10, None, "ok")
    assert asked == ["/1"]
    assert len(landed(tmp_path)) == 40


def test_what_is_new_is_read_until_what_is_known(run, pages, tmp_path):
    pages(40)
    run()
    pages(53)
    second, asked = run()
    assert second.items == 13
    assert asked == ["/1", "/2", "/3"]
    assert sorted(landed(tmp_path)) == sorted(f"Person {number}" for number in range(1, 54))


def test_a_limit_leaves_no_gap_between_crawls(run, pages, tmp_path):
    pages(40)
    assert run(max_reviews=20)[0].items == 20
    pages(100)
    assert [run(max_reviews=20)[0].items for _ in range(3)] == [20, 20, 20]
    assert {f"Person {number}" for number in range(21, 101)} <= set(landed(tmp_path))


def test_the_limit_of_the_first_crawl_is_what_is_wanted(run, pages):
    pages(40)
    assert run(max_reviews=20)[0].items == 20
    again, asked = run(max_reviews=20)
    assert (again.items, asked) == (0, ["/1"])


def test_a_known_review_that_was_changed_lands_again(site, run, tmp_path):
    def serve(text):
        reviews = [
            {
                "@type": "Review",
                "identifier": f"review-{n}",
                "reviewBody": text if n == 1003 else "As before.",
            }
            for n in range(1000, 1010)
        ]
        site.routes["/1"] = (200, {}, f'<script type="application/ld+json">{json.dumps(reviews)}</script>'.encode())

    serve("Paid at last.")
    assert run()[0].items == 10
    serve("Paid at last. Edit: they took it back.")
    outcome, _ = run()
    (record,) = read_landing(outcome.landing)
    assert (record.native_id, record.body) == ("review-1003", "Paid at last. Edit: they took it back.")


def test_where_the_newest_are_not_first_every_page_is_read(run, pages):
    pages(40)
    run(stop_after_known=0)
    outcome, asked = run(stop_after_known=0)
    assert (outcome.items, outcome.known, len(asked)) == (0, 40, 4)


def test_a_crawl_that_missed_a_page_is_followed_by_one_that_reads_all(site, run, pages, tmp_path):
    pages(40)
    third = site.routes["/3"]
    site.routes["/3"] = (500, {}, b"")
    first, _ = run()
    assert (first.items, first.verdict) == (20, "suspicious")
    site.routes["/3"] = third
    second, asked = run()
    assert (second.items, asked) == (20, ["/1", "/2", "/3", "/4"])
    assert run()[1] == ["/1"]


def test_other_arguments_are_another_crawl(site, run, pages):
    pages(40)
    site.routes["/1"] = (200, {}, site.routes["/1"][2].replace(b"rel=", b"data-rel="))
    assert run()[0].items == 10
    outcome, asked = run(page_pattern="/{page}", max_pages=4)
    assert (outcome.items, len(asked)) == (30, 4)


def test_a_day_ends_the_chain_but_never_before_page_one(site, run, pages):
    pages(40)
    outcome, asked = run(since="2024-05-07")
    assert (outcome.items, outcome.verdict, asked) == (0, "ok", ["/1"])
    assert outcome.because == "0 reviews on 1 page, 10 too old"


def test_relative_dates_make_no_new_reviews(site, run, tmp_path):
    text = "They promised to call me back on Monday and never did."
    review = {"@type": "Review", "reviewBody": text, "author": "Ann", "datePublished": "2 weeks ago"}
    page = f'<script type="application/ld+json">{json.dumps(review)}</script>'
    site.routes["/1"] = (200, {}, page.encode())
    assert run()[0].items == 1
    site.routes["/1"] = (200, {}, page.replace("2 weeks", "3 weeks").encode())
    assert (run()[0].items, len(landed(tmp_path))) == (0, 1)


def test_a_time_limit_is_no_loss(site, run, pages, tmp_path):
    pages(40)
    go_on = threading.Event()
    third = site.routes["/3"]

    def slow():
        go_on.wait(20)
        return third

    site.routes["/3"] = slow
    first, _ = run(max_minutes=1.5 / 60)
    assert (first.finish_reason, first.verdict) == ("closespider_timeout", "suspicious")
    go_on.set()
    second, asked = run(max_minutes=1.5 / 60)
    assert (second.verdict, "/1" in asked) == ("ok", False)
    assert sorted(landed(tmp_path)) == sorted(f"Person {number}" for number in range(1, 41))


def test_two_crawls_of_one_source_do_not_meet(site, run, pages, tmp_path, monkeypatch):
    pages(10)
    monkeypatch.setattr(module, "_GRACE", 0.1)
    files = CrawlFiles.of("acme", tmp_path)
    with (
        files.owned(0),
        pytest.raises(module.CrawlError, match="another crawl of this source is running; wait until"),
    ):
        run()
    assert run()[0].items == 10


@pytest.fixture
def processes(monkeypatch):
    """Every process that the module starts."""
    started = []

    class Recorded(module.subprocess.Popen):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            started.append(self)

    monkeypatch.setattr(module.subprocess, "Popen", Recorded)
    return started


@pytest.mark.slow
def test_a_crawl_killed_at_ten_points_and_continued_gives_every_review_once(site, run, pages, processes, tmp_path):
    """Killed while a page is on its way, parsed, and landing: at other moments every time."""
    assert pages(2000, per_page=20) == 100
    plain = dict(site.routes)
    points = {8 + 9 * number: (0.0, 0.002, 0.005, 0.01, 0.02, 0.04)[number % 6] for number in range(10)}

    def deadly(path, delay):
        def answer():
            site.routes[path] = plain[path]
            if delay:
                threading.Timer(delay, processes[-1].kill).start()
            else:
                processes[-1].kill()
            return plain[path]

        return answer

    for point, delay in points.items():
        site.routes[f"/{point}"] = deadly(f"/{point}", delay)
    asked = []
    outcomes = []
    for _ in range(len(points) + 1):
        outcome, paths = run()
        outcomes.append(outcome.verdict)
        asked += paths
    assert outcomes == ["failed"] * len(points) + ["ok"]
    found = landed(tmp_path)
    assert len(found) == 2000
    assert set(found) == {f"Person {number}" for number in range(1, 2001)}
    assert len(asked) <= 100 + 2 * len(points)
    assert run()[1] == ["/1"]


def test_an_orphaned_crawl_that_still_writes_is_waited_for(site, pages, run, tmp_path):
    """The lock is inherited by the crawl's process, so it outlives the program that started it."""
    pages(10)
    files = CrawlFiles.of("acme", tmp_path)
    script = "import sys, time; print('up', flush=True); sys.stdin.read()"
    with files.owned(0) as lock:
        orphan = module.subprocess.Popen(
            [module.sys.executable, "-c", script],
            stdin=module.subprocess.PIPE,
            stdout=module.subprocess.PIPE,
            pass_fds=[lock],
        )
        assert orphan.stdout.readline() == b"up\n"
    with pytest.raises(module.CrawlError), files.owned(0):
        pass
    orphan.communicate()
    with files.owned(5):
        assert orphan.returncode == 0


def test_a_damaged_landing_file_costs_only_itself(run, pages, tmp_path):
    pages(20)
    (tmp_path / "acme.20240101T000000000000Z.jsonl.gz").write_bytes(gzip.compress(b'{"url": "u"}\n')[:-9] + b"x")
    assert run()[0].items == 20
