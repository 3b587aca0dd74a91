"""``minebelief probe``: what a site offers, on a terminal and as JSON."""

import json
import sys
import tomllib
from types import SimpleNamespace

import pytest
from local_site import Site

from minebelief.industry import load_industry


@pytest.fixture
def site():
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture(autouse=True)
def no_contact(monkeypatch, tmp_path):
    monkeypatch.delenv("MINEBELIEF_CONTACT", raising=False)
    monkeypatch.chdir(tmp_path)


def test_it_shows_reviews_fields_paging_and_rules(call, site, tmp_path):
    site.page("/shop", 1, 2, following="/shop?page=2")
    site.page("/shop?page=2", 2, 3)
    rules = b"User-agent: *\nCrawl-delay: 0.1\n"
    site.routes["/robots.txt"] = (200, {"Content-Type": "text/plain"}, rules)
    done = call("probe", f"{site.url}/shop", "--allow-local")
    assert done.code == 0
    assert "allowed, one request every 0.1 s" in done.out
    assert "/shop?page=2 (2 reviews, 1 of them new)" in " ".join(done.out.split())
    assert "each page says where the next one is (rel=next)" in done.out
    assert "rating 3" in done.out
    assert "“Waited 1 weeks for an answer & got none.”" in done.out
    assert site.paths() == ["/shop", "/shop?page=2"]


def test_its_lines_make_an_industry_file(call, site, tmp_path):
    review = {"@type": "Review", "reviewBody": "Never again, really.", "itemReviewed": {"name": "Bean & Post"}}
    page = f'<script type="application/ld+json">{json.dumps(review)}</script>'
    site.routes["/shop"] = (200, {}, page.encode())
    done = call("probe", f"{site.url}/shop", "--allow-local")
    lines = done.out.partition("For the industry file:")[2]
    assert tomllib.loads(lines)["companies"] == {"bean-post": {"name": "Bean & Post"}}
    (tmp_path / "coffee.toml").write_text(f'industry = "coffee"\n{lines}')
    (source,) = load_industry(tmp_path / "coffee.toml").sources
    assert (source.company, source.urls, source.allow_local) == ("bean-post", (f"{site.url}/shop",), True)


def test_a_numbered_page_counts_only_if_it_shows_other_reviews(call, site):
    site.page("/shop", 1, 2)
    site.page("/shop?page=2", 1, 2)
    site.page("/shop/page/2/", 3, 4)
    links = b'<a href="?page=2">2</a><a href="/shop/page/2/">2</a></html>'
    site.routes["/shop"] = (200, {}, site.routes["/shop"][2].replace(b"</html>", links))
    done = call("probe", f"{site.url}/shop", "--allow-local", "--format", "json")
    report = json.loads(done.out)
    assert (report["paging"], report["page_pattern"]) == ("pattern", f"{site.url}/shop/page/{{page}}/")
    assert f'page_pattern = "{site.url}/shop/page/{{page}}/"' in report["lines"]
    tomllib.loads("\n".join(report["lines"]))
    assert report["fields"]["body"] == report["reviews"] == 4


def test_reviews_that_are_not_newest_first_are_told(call, site):
    reviews = [
        {"@type": "Review", "reviewBody": f"Text number {day}.", "datePublished": f"2024-05-{day}"}
        for day in (11, 14, 12)
    ]
    site.routes["/shop"] = (200, {}, f'<script type="application/ld+json">{json.dumps(reviews)}</script>'.encode())
    done = call("probe", f"{site.url}/shop", "--allow-local")
    assert "3, not newest first" in done.out
    assert "stop_after_known = 0" in done.out


@pytest.mark.parametrize(
    ("route", "because"),
    [
        ((403, {}, b"no"), "the page could not be had: 403"),
        ((200, {}, b"<p>Welcome!</p>"), "no review is marked up on the page"),
        ((200, {"Content-Type": "image/png"}, b"\x89PNG\r\n\x1a\n\x00\x01"), "it is no web page"),
    ],
)
def test_where_there_is_nothing_it_says_why_and_exits_with_one(call, site, route, because):
    site.routes["/shop"] = route
    done = call("probe", f"{site.url}/shop", "--allow-local")
    assert done.code == 1
    assert because in done.err
    assert len(done.err.splitlines()) == 1
    assert "For the industry file" not in done.out


def test_what_robots_txt_forbids_is_not_read(call, site):
    site.routes["/robots.txt"] = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /shop")
    site.page("/shop", 1)
    done = call("probe", f"{site.url}/shop", "--allow-local")
    assert (done.code, site.paths()) == (1, [])
    assert "its robots.txt forbids this address" in done.err


def test_a_public_site_needs_a_contact(call):
    done = call("probe", "https://shop.example.com/")
    assert done.code == 2
    assert "export MINEBELIEF_CONTACT=you@example.org" in done.err


def test_a_private_address_is_refused(call, site):
    done = call("probe", f"{site.url}/shop", "--contact", "me@example.org")
    assert done.code == 1
    assert "not a public address" in done.err
    assert site.log == []


def test_what_is_no_address_is_refused(call):
    done = call("probe", "shop.example.com")
    assert done.code == 2
    assert "give one that begins with https:// or http://" in done.err


def test_a_forum_is_looked_at_by_its_own_spider(call, site):
    from made_up_answers import post

    def told(payload):
        return 200, {"Content-Type": "application/json; charset=utf-8"}, json.dumps(payload).encode()

    home = b'<html><head><meta name="generator" content="Discourse 3.4"></head><body>Hello</body></html>'
    site.routes["/"] = (200, {}, home)
    topics = [{"id": 7, "slug": "orders", "highest_post_number": 3}]
    site.routes["/latest.json?page=0"] = told({"topic_list": {"topics": topics}})
    site.routes["/t/7.json"] = told({"id": 7, "post_stream": {"posts": [post(1), post(2), post(3, staff=True)]}})
    done = call("probe", f"{site.url}/", "--allow-local")
    assert done.code == 0
    shown = " ".join(done.out.split())
    assert "its API's own, which the spider discourse follows" in shown
    assert "reviews 2" in shown
    assert "left out 1 × written by the forum's staff" in shown
    assert "author 2" in shown
    lines = tomllib.loads(done.out.partition("For the industry file:")[2])
    assert lines["sources"][0]["urls"] == [f"{site.url}/"]
    assert site.paths() == ["/", "/latest.json?page=0", "/t/7.json"]
    again = call("probe", f"{site.url}/latest.json?page=0", "--allow-local", "--format", "json")
    assert json.loads(again.out)["spider"] == "discourse"


def test_on_a_terminal_the_contact_is_asked_for_and_kept(call, monkeypatch, tmp_path):
    from minebelief.cli import contact, probe

    asked = []

    def probe_site(url, **options):
        asked.append(options["contact"])
        raise KeyboardInterrupt

    monkeypatch.setattr(contact, "sys", SimpleNamespace(stdin=Terminal(), stderr=Terminal()))
    monkeypatch.setattr(contact.click, "prompt", lambda *_, **__: " me@example.org ")
    stand_in = SimpleNamespace(import_module=lambda _: SimpleNamespace(probe_site=probe_site))
    monkeypatch.setattr(probe, "importlib", stand_in)
    assert call("probe", "https://shop.example.com/").code == 130
    monkeypatch.setattr(contact, "sys", sys)
    assert call("probe", "https://shop.example.com/").code == 130
    assert asked == ["me@example.org", "me@example.org"]
    assert tomllib.loads((tmp_path / ".minebelief" / "settings.toml").read_text()) == {"contact": "me@example.org"}


class Terminal:
    def isatty(self):
        return True
