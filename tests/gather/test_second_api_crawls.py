"""A second crawl of an unchanged source lands nothing new and asks for little."""

import pytest
from apis import apple, cfpb, in_json, steam
from made_up_answers import ADDONS, APPLE, CFPB, FORUM, SEARCH, STORE, app_reviews, complaints, players, post

from minebelief.gather.claims import read_claims

PAGE = b"<html lang=en><main><h1>Claims paid within 3 days</h1><p>No hidden fees. Since 1998.</p></main>"
#: What is asked for again: a page of the newest; of a forum its list, and its topics until enough in a row are known.
CRAWLS = [
    ("steam", {"apps": 1, "company": "a"}, 350, 1),
    pytest.param("cfpb", {"product": "x"}, 350, 1, marks=pytest.mark.slow),
    pytest.param("app_store", {"apps": 1, "company": "a"}, 350, 1, marks=pytest.mark.slow),
    pytest.param("mozilla_addons", {"addons": "keyring-demo"}, 4, 1, marks=pytest.mark.slow),
    ("discourse", {"urls": f"https://{FORUM}/", "company": "a"}, 20, 4),
]


@pytest.mark.parametrize(("spider", "args", "number", "again"), CRAWLS)
def test_it_lands_nothing_and_asks_for_little(apis, gathered, made_by_hand, spider, args, number, again):
    pages = made_by_hand("mozilla_addons_ratings.json")["pages"]
    topics = {"topic_list": {"per_page": 30, "topics": [{"id": n, "slug": "x"} for n in range(1, 21)]}}

    def topic(path, _):
        return in_json({"id": 1, "post_stream": {"posts": [post(1, id=int(path[3:-5]), username=path)]}})

    apis.route(STORE, "/appreviews/", steam(players(350)))
    apis.route(CFPB, SEARCH, cfpb(complaints(350), largest=100))
    apis.route(APPLE, "/us/rss/", apple(app_reviews(350)))
    apis.route(ADDONS, "/api/v5/", lambda _, query: in_json(pages[int(query.get("page", ["1"])[0]) - 1]))
    apis.route(FORUM, "/latest.json", lambda *_: in_json(topics))
    apis.route(FORUM, "/t/", topic)
    first, *_ = gathered(spider, **args)
    asked = len(apis.asked)
    second, *_ = gathered(spider, **args)
    assert (first.items, second.items) == (number, 0)
    assert second.known > 0
    assert len(apis.asked) - asked <= again


def test_claims_known_already_are_told_as_claims(apis, gathered):
    apis.route("figo.example", "/", lambda *_: (200, {"Content-Type": "text/html"}, PAGE))
    first, *_ = gathered("pages", company="figo", urls="https://figo.example/")
    assert (first.items, first.because) == (2, "2 claims on 1 page")
    assert [claim.text for claim in read_claims(first.landing)] == ["Claims paid within 3 days", "No hidden fees."]
    second, *_ = gathered("pages", company="figo", urls="https://figo.example/")
    assert (second.items, second.known, second.because) == (0, 2, "0 claims on 1 page, 2 known already")


def test_a_page_without_a_claim_is_told_as_such(apis, gathered):
    apis.route("figo.example", "/", lambda *_: (200, {"Content-Type": "text/html"}, b"<html lang=en><p>Hello.</p>"))
    empty, *_ = gathered("pages", verdict="suspicious", company="figo", urls="https://figo.example/")
    assert empty.because == "no claims on 1 page"
