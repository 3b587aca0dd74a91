"""Whole crawls in their own process, against a site on this machine."""

import gzip
import json
import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from local_site import Site

from minebelief.errors import CrawlError
from minebelief.gather import crawl as module
from minebelief.gather.crawl import CrawlJob, crawl, crawl_all, judge, read_landing
from minebelief.gather.crawl_files import CrawlFiles, landing_files
from minebelief.gather.crawl_sites import on_this_machine
from minebelief.gather.record import Reject, ReviewRecord

FAST = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, "RETRY_TIMES": 1}


@pytest.fixture
def site():
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def run(site, tmp_path):
    """Crawl the site from ``path``."""

    def start(path="/reviews", *, settings=None, source="acme", spider="schema_org", **args):
        progress = args.pop("on_progress", None)
        given = {"company": "acme", "urls": [site.url + path], **args}
        return crawl(
            source,
            spider,
            given,
            tmp_path / "landing",
            allow_local=True,
            timeout=30,
            settings={**FAST, **(settings or {})},
            on_progress=progress,
        )

    return start


def test_a_chain_of_pages_lands_as_records(site, run):
    site.page("/reviews", 1, 2, following="/reviews?page=2")
    site.page("/reviews?page=2", 2, 3, following="/reviews?page=3")
    site.page("/reviews?page=3", 4, following="/reviews?page=3")
    seen = []
    outcome = run(on_progress=seen.append)
    assert (outcome.verdict, outcome.because) == ("ok", "4 reviews on 3 pages")
    assert (outcome.items, outcome.pages, outcome.finish_reason, outcome.exceptions) == (4, 3, "finished", 0)
    records = list(read_landing(outcome.landing))
    assert records[0] == ReviewRecord(
        company="acme",
        locator=f"{site.url}/reviews",
        native_id=records[0].native_id,
        rating=2.0,
        scale=5.0,
        stars=0.25,
        body="Waited 1 weeks for an answer & got none.",
        author="Person 1",
        language="en",
        published_at=datetime(2024, 5, 6),
        url=f"{site.url}/reviews",
    )
    assert [record.author for record in records] == ["Person 1", "Person 2", "Person 3", "Person 4"]
    assert site.log[0][1] == "/robots.txt"
    assert (seen[-1].source, seen[-1].items, seen[-1].pages) == ("acme", 4, 3)
    left = {path.name for path in outcome.landing.parent.iterdir()}
    assert left == {outcome.landing.name, "acme.log", "acme.lock", "acme.whole"}


def test_rejected_records_land_with_their_reason(site, run):
    data = [
        {"@type": "CriticReview", "reviewBody": "Our verdict."},
        {"@type": "Review", "reviewBody": "comment"},
    ]
    site.routes["/reviews"] = (
        200,
        {},
        f'<script type="application/ld+json">{json.dumps(data)}</script>'.encode(),
    )
    outcome = run()
    assert list(read_landing(outcome.landing)) == [
        Reject(f"{site.url}/reviews", "editorial review, not a customer's", "Our verdict."),
        Reject(f"{site.url}/reviews", "placeholder text", "comment"),
    ]
    assert (outcome.items, outcome.verdict) == (0, "suspicious")


@pytest.mark.slow
def test_a_pattern_and_limits(site, run):
    for number in range(1, 6):
        site.page(f"/r/{number}", number * 2, number * 2 + 1)
    assert run("/r/1", page_pattern="/r/{page}").items == 10
    assert run("/r/1", source="two", page_pattern="/r/{page}", max_pages=2).items == 4
    assert run("/r/1", source="deep", page_pattern="/r/{page}", max_depth=2).items == 6
    limited = run("/r/1", source="three", page_pattern="/r/{page}", max_reviews=3)
    assert (limited.items, limited.finish_reason, limited.verdict) == (3, "max_reviews", "ok")


def test_robots_txt_is_obeyed(site, run):
    site.routes["/robots.txt"] = (
        200,
        {"Content-Type": "text/plain"},
        b"User-agent: minebelief\nDisallow: /reviews",
    )
    site.page("/reviews", 1)
    outcome = run()
    assert site.paths() == []
    assert (outcome.verdict, outcome.because, outcome.landing) == ("failed", "robots.txt forbids it", None)


@pytest.mark.slow
def test_crawl_delay_is_kept(site, run):
    site.routes["/robots.txt"] = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nCrawl-delay: 1.2")
    site.page("/reviews", 1, following="/two")
    site.page("/two", 2, following="/three")
    site.page("/three", 3)
    assert run().items == 3
    assert min(site.gaps()) >= 1.2


@pytest.mark.parametrize("form", ["seconds", pytest.param("date", marks=pytest.mark.slow)])
def test_retry_after_is_kept(site, run, form):
    site.page("/after", 1)
    good = site.routes.pop("/after")

    def busy_once():
        site.routes["/reviews"] = good
        moment = datetime.now(UTC) + timedelta(seconds=3)
        return (
            429,
            {"Retry-After": "2" if form == "seconds" else format_datetime(moment, usegmt=True)},
            b"slow down",
        )

    site.routes["/reviews"] = busy_once
    outcome = run()
    assert (outcome.items, outcome.verdict) == (1, "ok")
    assert site.gaps()[-1] >= 2


def test_a_site_that_wants_hours_of_rest_is_left_in_peace(site, run):
    site.page("/reviews", 1, following="/two")
    site.routes["/two"] = (503, {"Retry-After": "7200"}, b"")
    outcome = run()
    assert site.paths() == ["/reviews", "/two"]
    assert (outcome.items, outcome.finish_reason, outcome.verdict) == (1, "asked_to_wait", "suspicious")


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.2:{port}/secret",
        "http://localhost:{port}/secret",
        *(
            pytest.param(url, marks=pytest.mark.slow)
            for url in (
                "http://2130706433:{port}/secret",
                "http://[::ffff:127.0.0.1]:{port}/secret",
                "http://169.254.169.254/latest/meta-data",
                "http://elsewhere.example.com/",
                "file:///etc/passwd",
            )
        ),
    ],
)
def test_a_redirect_to_a_private_address_or_another_site_is_not_followed(site, run, target):
    target = target.format(port=site.server.server_port)
    moved = (302, {"Location": target}, b"")

    def busy_first():  # a retry must not open the way either
        site.routes["/reviews"] = moved
        return 503, {}, b""

    site.routes["/reviews"] = busy_first
    site.page("/secret", 1)
    outcome = run()
    assert set(site.paths()) == {"/reviews"}
    assert (outcome.items, outcome.verdict) == (0, "failed")


def test_a_private_site_is_refused_unless_its_source_allows_it(site, tmp_path):
    site.page("/reviews", 1)
    outcome = crawl(
        "acme",
        "schema_org",
        {"urls": [f"{site.url}/reviews"]},
        tmp_path,
        contact="me@example.org",
        timeout=20,
    )
    assert (outcome.verdict, outcome.because) == (
        "failed",
        "its address is not public, or leads off its site",
    )
    assert site.log == []


def test_a_name_that_resolves_to_this_machine_is_refused_when_it_connects(site, tmp_path):
    """The middleware, which would refuse the name as it is written, is off: the resolver alone must hold."""
    site.page("/reviews", 1)
    url = f"http://localhost:{site.server.server_port}/reviews"
    off = {"DOWNLOADER_MIDDLEWARES": "{}", "ROBOTSTXT_OBEY": False, **FAST}
    outcome = crawl("acme", "schema_org", {"urls": [url]}, tmp_path, contact="me@example.org", timeout=20, settings=off)
    assert site.log == []
    assert outcome.verdict == "failed"
    assert "Lookup" in outcome.because or "CannotResolve" in outcome.because


def test_a_public_site_is_not_crawled_without_a_contact(tmp_path, monkeypatch):
    monkeypatch.delenv("MINEBELIEF_CONTACT", raising=False)
    with pytest.raises(CrawlError, match="export MINEBELIEF_CONTACT=you@"):
        crawl("acme", "schema_org", {"urls": ["https://shop.example.com/"]}, tmp_path)


def test_the_user_agent_says_who_asks(site, tmp_path):
    site.page("/reviews", 1)
    args = {"urls": [f"{site.url}/reviews"]}
    crawl(
        "acme",
        "schema_org",
        args,
        tmp_path,
        contact="me@example.org",
        allow_local=True,
        timeout=20,
        settings=FAST,
    )
    (agent,) = site.agents
    assert agent.startswith("minebelief/")
    assert "me@example.org" in agent


def test_wrong_arguments_are_told_in_one_line(run):
    outcome = run(pages=3)
    assert outcome.verdict == "failed"
    assert outcome.because.startswith("schema_org: unknown argument 'pages' (accepted: ")


def test_pages_that_fail_are_counted_and_told(site, run):
    site.page("/reviews", 1, following="/two")
    site.routes["/two"] = (403, {}, b"go away")
    outcome = run()
    assert (outcome.items, outcome.verdict) == (1, "suspicious")
    assert outcome.because == "1 of 2 pages failed (403)"


def test_no_reviews_where_there_were_some_last_time_is_a_failure(site, run):
    site.page("/reviews", 1, 2)
    assert run().verdict == "ok"
    site.routes["/reviews"] = (200, {}, b"<html>Please enable JavaScript</html>")
    outcome = run()
    assert (outcome.verdict, outcome.because) == (
        "failed",
        "no reviews on 1 page where there were 2 last time",
    )
    assert outcome.landing is None


def test_a_page_that_unfolds_beyond_its_bound_is_not_read(site, run):
    bomb = gzip.compress(b"<html>" + b" " * 40_000_000)
    site.page("/reviews", 1, following="/bomb")
    site.routes["/bomb"] = (200, {"Content-Encoding": "gzip"}, bomb)
    outcome = run()
    assert (outcome.items, outcome.pages, outcome.verdict) == (1, 1, "suspicious")


@pytest.fixture
def processes(monkeypatch):
    """The processes that crawls started."""
    started = []

    class Recorded(subprocess.Popen):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            started.append(self)

    monkeypatch.setattr(module.subprocess, "Popen", Recorded)
    return started


def test_an_interrupt_keeps_what_was_gathered_and_leaves_nothing_running(site, run, processes, tmp_path):
    site.page("/reviews", 1, following="/slow")
    release = threading.Event()

    def slow():
        release.wait(20)
        return 200, {}, b""

    site.routes["/slow"] = slow

    def interrupt(progress):
        if progress.items:
            release.set()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(on_progress=interrupt)
    assert [process.poll() is not None for process in processes] == [True]
    (landed,) = (tmp_path / "landing").glob("*.jsonl.gz")
    assert [record.author for record in read_landing(landed)] == ["Person 1"]


def test_a_crawl_that_is_killed_keeps_its_reviews_and_is_a_failure(site, run, processes):
    site.page("/reviews", 1, 2, following="/two")
    site.page("/two", 3)
    two = site.routes["/two"]

    def kill():
        processes[0].kill()
        return two

    site.routes["/two"] = kill
    outcome = run()
    assert (outcome.items, outcome.verdict) == (2, "failed")
    assert len(list(read_landing(outcome.landing))) == 2


def test_what_a_killed_program_left_behind_lands_with_the_next_crawl(site, run, tmp_path):
    folder = tmp_path / "landing"
    folder.mkdir()
    whole, broken = '{"company": "acme", "url": "u", "body": "Kept."}\n', '{"company": "acme", "url"'
    (folder / "acme.20240101T000000000000Z.jsonl.part").write_text(whole + broken)
    site.page("/reviews", 1)
    assert run().items == 1
    (earlier, _) = sorted(folder.glob("acme.*.jsonl.gz"))
    assert [record.body for record in read_landing(earlier)] == ["Kept."]


@pytest.mark.slow
def test_sources_of_one_site_wait_for_each_other_and_a_failure_stays_alone(site, tmp_path):
    other = Site()
    try:
        for number, path in enumerate(("/a", "/b")):
            site.page(path, number)
        other.page("/c", 3)
        elsewhere = other.url.replace("127.0.0.1", "localhost")
        jobs = [
            CrawlJob("a", "schema_org", {"urls": [f"{site.url}/a"]}, allow_local=True),
            CrawlJob("wrong", "schema_org", {"urls": []}, allow_local=True),
            CrawlJob("c", "schema_org", {"urls": [f"{elsewhere}/c"]}, allow_local=True),
            CrawlJob("b", "schema_org", {"urls": [f"{site.url}/b"]}, allow_local=True),
        ]
        outcomes = crawl_all(jobs, tmp_path, max_parallel=3, timeout=30, settings=FAST)
    finally:
        other.server.shutdown()
        other.server.server_close()
    assert [(outcome.source, outcome.verdict) for outcome in outcomes] == [
        ("a", "ok"),
        ("wrong", "failed"),
        ("c", "ok"),
        ("b", "ok"),
    ]
    assert [path for _, path in site.log] == ["/robots.txt", "/a", "/robots.txt", "/b"]


def test_the_spider_runs_as_plain_scrapy_too(site, tmp_path):
    site.page("/reviews", 1)
    command = [
        sys.executable,
        "-P",
        "-m",
        "scrapy",
        "crawl",
        "schema_org",
        "-O",
        "out.jsonl",
        "-s",
        "DOWNLOAD_DELAY=0",
    ]
    command += ["-a", f"urls={site.url}/reviews", "-a", "allow_local=true"]
    environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "minebelief.spiders.settings"}
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True, timeout=60)
    (line,) = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["body"] == "Waited 1 weeks for an answer & got none."


def test_a_line_that_cannot_be_read_becomes_a_reject(tmp_path):
    path = tmp_path / "acme.jsonl.gz"
    lines = [
        '{"company": "acme", "url": "u", "published_at": "2024-05-06T07:08:09", "later": 1}',
        '{"url": ',
        '{"url": "u"}',
    ]
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    record, broken, nobody = read_landing(path)
    assert record == ReviewRecord("acme", "u", url="u", published_at=datetime(2024, 5, 6, 7, 8, 9))
    assert (broken.locator, broken.excerpt) == ("acme.jsonl.gz:2", '{"url":')
    assert nobody == Reject("u", "no company")


def test_sections_of_a_source_have_files_of_their_own(site, tmp_path):
    for number, path in enumerate(("/a", "/b")):
        site.page(path, number, 10 + number)
    (tmp_path / "acme+b.20240101T000000000000Z.jsonl.part").write_text('{"company": "b", "url": "u"}\n')
    jobs = [
        CrawlJob("acme", "schema_org", {"urls": [f"{site.url}/{name}"]}, allow_local=True, section=name)
        for name in ("a", "b")
    ]
    outcomes = crawl_all(jobs, tmp_path, timeout=30)
    assert [(outcome.section, outcome.items) for outcome in outcomes] == [("a", 2), ("b", 2)]
    for source in ("acme+a", "acme b", "acme-b"):  # other sources with names that look alike
        (tmp_path / CrawlFiles.of(source, tmp_path).landed.name).write_bytes(b"")
    left, *landed = landing_files("acme", tmp_path)
    assert left.name == "acme+b.20240101T000000000000Z.jsonl.gz"
    assert landed == [outcome.landing for outcome in outcomes]
    assert len(landing_files("acme b", tmp_path)) == len(landing_files("acme-b", tmp_path)) == 1


def test_a_site_on_this_machine_is_not_spared_unless_it_asks(site, tmp_path):
    for number in range(6):
        site.page(f"/{number}", number)
    args = {"urls": [f"{site.url}/{number}" for number in range(6)]}
    crawl("acme", "schema_org", args, tmp_path, allow_local=True, timeout=30)
    assert max(site.gaps()) < 0.9
    site.log.clear()
    site.routes["/robots.txt"] = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nCrawl-delay: 0.5")
    crawl("acme", "schema_org", args, tmp_path, allow_local=True, timeout=30)
    assert len(site.paths()) == 6
    assert min(site.gaps()) >= 0.5


def test_a_private_site_elsewhere_is_crawled_like_any_other():
    assert on_this_machine({"urls": "http://localhost:8000/a http://127.0.0.1/b"})
    for urls in ("http://10.0.0.1/a", "http://localhost/a,https://shop.example.com/", "", "http://[oops/"):
        assert not on_this_machine({"urls": urls})


def test_reviews_from_before_a_day_are_left_out(site, run):
    site.page("/reviews", 1, 2)
    assert run(since="2024-05-06").items == 2
    assert run(since="2024-05-07").items == 0


@pytest.mark.parametrize(
    ("stats", "items", "before", "verdict", "because"),
    [
        ({"finish_reason": "finished", "pages/read": 3}, 9, None, "ok", "9 reviews on 3 pages"),
        ({}, 4, None, "failed", "the crawl broke off after 4 reviews; the next one continues from there"),
        ({"finish_reason": "finished", "pages/read": 3}, 0, None, "suspicious", "no reviews on 3 pages"),
        (
            {
                "finish_reason": "finished",
                "pages/read": 1,
                "spider_exceptions/count": 1,
                "spider_exceptions/KeyError": 1,
            },
            0,
            None,
            "failed",
            "1 page raised an error (KeyError); no reviews on 1 page",
        ),
        (
            {"finish_reason": "finished", "pages/read": 1, "pages/failed": 3, "pages/failed/403": 3},
            2,
            None,
            "failed",
            "3 of 4 pages failed (403)",
        ),
        (
            {"finish_reason": "finished", "pages/read": 1, "reviews/known": 20},
            0,
            20,
            "ok",
            "0 reviews on 1 page, 20 known already",
        ),
        (
            {"finish_reason": "finished", "frontier/continued": 1},
            0,
            20,
            "ok",
            "0 reviews on 0 pages",
        ),
        (
            {"finish_reason": "finished", "robotstxt/out_of_reach": 1, "robotstxt/forbidden": 1},
            0,
            None,
            "failed",
            "its robots.txt could not be read, so everything counts as forbidden",
        ),
        (
            {"finish_reason": "closespider_timeout", "pages/read": 5},
            8,
            9,
            "suspicious",
            "stopped at its time limit; the next crawl continues from there",
        ),
    ],
)
def test_a_verdict_says_why(stats, items, before, verdict, because):
    assert judge(stats, items, before) == (verdict, because)
