"""A second crawl of an unchanged source lands nothing new and asks for little."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from apis import FAST, apple, cfpb, in_json, steam
from made_up_answers import ADDONS, APPLE, CFPB, FORUM, SEARCH, STORE, app_reviews, complaints, players, post
from mapped_hosts import mapped
from marked_up import ld, review

from minebelief.gather.claims import read_claims
from minebelief.gather.crawl import CrawlJob, crawl_all
from minebelief.gather.crawl_verdict import judge

HTML = {"Content-Type": "text/html"}
PAGE = b"<html lang=en><main><h1>Claims paid within 3 days</h1><p>No hidden fees. Since 1998.</p></main>"
#: Spiders with their arguments, and what a first crawl lands.
SOURCES = {
    "steam": ({"apps": 1, "company": "a"}, 350),
    "cfpb": ({"product": "x"}, 350),
    "app_store": ({"apps": 1, "company": "a"}, 350),
    "mozilla_addons": ({"addons": "keyring-demo"}, 4),
    "discourse": ({"urls": f"https://{FORUM}/", "company": "a"}, 20),
    "pages": ({"urls": "https://figo.example/", "company": "figo"}, 2),
    "schema_org": ({"urls": "https://shop.example/1", "company": "a"}, 60),
}


def test_it_lands_nothing_and_asks_for_one_page(apis, tmp_path, monkeypatch, made_by_hand):
    """Of every spider, all of them side by side."""
    pages = made_by_hand("mozilla_addons_ratings.json")["pages"]
    apis.route(STORE, "/appreviews/", steam(players(350)))
    apis.route(CFPB, SEARCH, cfpb(complaints(350), largest=100))
    apis.route(APPLE, "/us/rss/", apple(app_reviews(350)))
    apis.route(ADDONS, "/api/v5/", lambda _, query: in_json(pages[int(query.get("page", ["1"])[0]) - 1]))
    apis.route("figo.example", "/", lambda *_: (200, HTML, PAGE))
    apis.route("shop.example", "/", marked_up)
    Forum(apis, dict.fromkeys(range(1, 21), 1))
    jobs = [CrawlJob(spider, spider, args) for spider, (args, _) in SOURCES.items()]
    settings = {**FAST, **mapped(apis.port, monkeypatch)}
    first = crawl_all(jobs, tmp_path, contact="me@example.org", timeout=120, settings=settings)
    assert {one.source: (one.verdict, one.items) for one in first} == {
        spider: ("ok", number) for spider, (_, number) in SOURCES.items()
    }
    apis.asked.clear()
    second = crawl_all(jobs, tmp_path, contact="me@example.org", timeout=120, settings=settings)
    assert {one.source: (one.verdict, one.items) for one in second} == dict.fromkeys(SOURCES, ("ok", 0))
    assert all(one.known for one in second)
    hosts = (STORE, CFPB, APPLE, ADDONS, FORUM, "figo.example", "shop.example")
    assert Counter(address.split("/")[0] for address in apis.asked) == dict.fromkeys(hosts, 1)


def marked_up(path, _):
    """Three pages of reviews of a shop, newest first."""
    page = int(path.removeprefix("/"))
    told = [review(f"Waited {n} weeks for an answer.", author=f"Person {n}") for n in range(20 * page, 20 * page + 20)]
    link = f'<a rel="next" href="/{page + 1}">more</a>' if page < 3 else ""
    return 200, HTML, (ld(told) + link).encode()


class Forum:
    """A forum of topics with so many posts each, those bumped last first, the first of them pinned. Every sixth post
    is by its staff. Lists have five topics to a page.
    """

    def __init__(self, apis, topics):
        self.asked = apis.asked
        self.topics = dict(topics)
        self.bumped = {number: f"2025-06-01T10:{number:02}:00Z" for number in topics}
        apis.route(FORUM, "/latest.json", self.listed)
        apis.route(FORUM, "/t/", self.topic)

    def write(self, number, posts=1, *, bump=True):
        self.topics[number] = self.topics.get(number, 0) + posts
        if bump:
            self.bumped[number] = datetime.now(UTC).isoformat()

    def listed(self, _, query):
        order = sorted(self.topics, key=lambda number: (number == 1, self.bumped[number]), reverse=True)
        page = int(query["page"][0])
        shown = [
            {"id": n, "slug": f"topic-{n}", "pinned": n == 1, "bumped_at": self.bumped[n],
             "highest_post_number": self.topics[n]}
            for n in order[5 * page : 5 * page + 5]
        ]  # fmt: skip
        more = {"more_topics_url": "/latest"} if order[5 * page + 5 :] else {}
        return in_json({"topic_list": {"topics": shown, **more}})

    def topic(self, path, query):
        topic = int(path.split("/")[2].removesuffix(".json"))
        ids = [1000 * topic + number for number in range(1, self.topics[topic] + 1)]
        shown = [int(one) for one in query["post_ids[]"]] if "post_ids[]" in query else ids[:20]
        posts = [
            post(n % 1000, id=n, topic_id=topic, topic_slug=f"topic-{topic}", username=f"m{n}", staff=n % 6 == 0)
            for n in shown
        ]
        told = {"highest_post_number": len(ids), "last_posted_at": self.bumped[topic]}
        return in_json({"id": topic, "slug": f"topic-{topic}", "post_stream": {"posts": posts, "stream": ids}, **told})

    def paths(self):
        """What was asked for since the last time."""
        paths = [address.removeprefix(FORUM).partition("?")[0] for address in self.asked]
        self.asked.clear()
        return paths


def test_a_forum_is_read_again_where_something_is_new(apis, gathered):
    forum = Forum(apis, dict.fromkeys(range(1, 13), 3))

    def crawl(**args):
        outcome, reviews, _ = gathered("discourse", urls=f"https://{FORUM}/", company="a", **args)
        return sorted(int(review.native_id.rpartition("/")[2]) for review in reviews), forum.paths(), outcome

    first, asked, _ = crawl()
    assert first == [n for topic in range(1000, 12001, 1000) for n in range(topic + 1, topic + 4) if n % 6]
    assert len(asked) == 3 + 12
    again, asked, outcome = crawl()
    assert (again, asked) == ([], ["/latest.json"])
    assert outcome.known == len([n for t in (1000, *range(9000, 12001, 1000)) for n in range(t + 1, t + 4) if n % 6])
    forum.write(3)  # one of the oldest, on the last page until now
    forum.write(11, 2, bump=False)
    for number in (4, 5, 6, 7, 8):  # lifted above it, and all that they say is known
        forum.write(number, 0)
    new, asked, _ = crawl()
    assert new == [3004, 11005]
    assert sorted(asked) == ["/latest.json"] * 3 + [f"/t/{number}.json" for number in (11, 3, 4, 5, 6, 7, 8)]


@pytest.mark.slow
def test_an_unchanged_topic_given_by_its_address_is_one_page(apis, gathered):
    forum = Forum(apis, {7: 65})
    address = f"https://{FORUM}/t/topic-7/7"
    first, *_ = gathered("discourse", urls=address, company="a")
    assert (first.items, len(forum.paths())) == (54, 4)
    second, *_ = gathered("discourse", urls=address, company="a")
    assert (second.items, forum.paths()) == (0, ["/t/7.json"])
    forum.write(7)
    third, *_ = gathered("discourse", urls=address, company="a")
    assert (third.items, len(forum.paths())) == (1, 4)


def test_claims_known_already_are_told_as_claims(apis, gathered):
    apis.route("figo.example", "/", lambda *_: (200, HTML, PAGE))
    first, *_ = gathered("pages", company="figo", urls="https://figo.example/")
    assert (first.items, first.because) == (2, "2 claims on 1 page")
    assert [claim.text for claim in read_claims(first.landing)] == ["Claims paid within 3 days", "No hidden fees."]
    second, *_ = gathered("pages", company="figo", urls="https://figo.example/")
    assert (second.items, second.known, second.because) == (0, 2, "0 claims on 1 page, 2 known already")


def test_a_page_without_a_claim_is_told_as_such():
    assert judge({"finish_reason": "finished", "pages/read": 1}, 0, what="claims") == (
        "suspicious",
        "no claims on 1 page",
    )
