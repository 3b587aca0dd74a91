"""Recorded answers through a whole crawl: the envelopes rebuilt around them, spiders in their own process."""

import json

import pytest
from apis import Apis, apple, cfpb, in_json, steam
from mapped_hosts import mapped

from minebelief.gather.crawl import crawl, read_landing
from minebelief.gather.record import Reject


@pytest.fixture
def gathered(recordings, tmp_path, monkeypatch):
    """Crawl a site whose route is made of recorded answers; the ids of its reviews, and what was rejected."""
    apis = Apis()
    settings = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, **mapped(apis.port, monkeypatch)}

    def gather(spider, routes, **args):
        for host, start, route in routes:
            apis.route(host, start, route)
        outcome = crawl("src", spider, args, tmp_path, contact="me@example.org", timeout=60, settings=settings)
        assert (outcome.verdict, outcome.exceptions, apis.unmatched) == ("ok", 0, []), outcome.because
        records = list(read_landing(outcome.landing))
        rejects = [record.reason for record in records if isinstance(record, Reject)]
        return [record.native_id for record in records if not isinstance(record, Reject)], rejects

    yield gather
    apis.close()


@pytest.fixture
def recorded(recordings):
    return lambda name: json.loads((recordings.folder / name).read_text(encoding="utf-8"))


def test_631_players_of_one_game_arrive(gathered, recorded):
    records = list(recorded("api-steam/review_252490.json")["reviews"].values())
    route = ("store.steampowered.com", "/appreviews/252490", steam(records))
    ids, rejects = gathered("steam", [route], apps=[252490], company="rust")
    assert sorted(ids) == sorted(record["recommendationid"] for record in records)
    assert rejects == []


def test_50_complaints_arrive_whatever_the_page_s_size(gathered, recorded):
    hits = recorded("api-cfpb/search_vehicle_loan_size50.json")["hits"]["hits"]
    route = ("www.consumerfinance.gov", "/data-research/", cfpb(hits, largest=15))
    ids, rejects = gathered("cfpb", [route], product="Vehicle loan or lease")
    assert ids == [hit["_id"] for hit in hits]
    assert rejects == []


def test_500_reviews_of_an_app_arrive(gathered, recorded):
    entries = recorded("api-apple-rss/tonomb_595068606_accumulated500.json")
    route = ("itunes.apple.com", "/us/rss/customerreviews/", apple(entries))
    ids, _ = gathered("app_store", [route], apps="595068606", company="app")
    assert sorted(ids) == sorted(entry["id"]["label"] for entry in entries)


def test_a_forum_s_topics_and_the_posts_behind_them_arrive(gathered, recorded):
    host, topics = "forum.example", recorded("api-discourse/perceval_discourse_topics.json")
    long, short = (recorded(f"api-discourse/perceval_discourse_topic_{number}.json") for number in (1148, 1149))
    behind = recorded("api-discourse/perceval_discourse_posts.json")["post_stream"]["posts"][:2]
    short["post_stream"]["stream"] = []  # the recording has the posts of 1148 again

    def by_id(_, query):
        assert query["post_ids[]"] == ["21", "22"]
        return in_json({"id": 1148, "post_stream": {"posts": behind}})

    routes = [
        (host, "/latest.json", lambda *_: in_json(topics)),
        (host, "/t/1148.json", lambda *_: in_json(long)),
        (host, "/t/1148/posts.json", by_id),
        (host, "/t/1149.json", lambda *_: in_json(short)),
    ]
    ids, rejects = gathered("discourse", routes, urls=f"https://{host}/", company="ublock")
    assert len(set(ids)) == len(ids) == 21  # 19 posts of the first twenty and 2 behind them; 1149 has no others
    assert rejects == ["no words of the writer's own"]
