"""Crawls of APIs in their own process, against the APIs rebuilt on this machine under their real names."""

import json
import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from apis import FAST, apple, cfpb, in_json, steam
from made_up_answers import ADDONS, APPLE, CFPB, FORUM, SEARCH, STORE, WEB, app_reviews, complaints, players, post
from mapped_hosts import mapped

from minebelief.gather.crawl import crawl_all, read_landing
from minebelief.gather.record import ReviewRecord
from minebelief.gather.sources import crawl_jobs
from minebelief.industry import load_industry
from minebelief.templates import industry_text


def test_steam_is_read_to_its_empty_page_past_a_short_one(apis, gathered):
    apis.route(STORE, "/appreviews/252490", steam(players(250), short=1))
    outcome, reviews, _ = gathered("steam", company="rust", apps=[252490])
    assert (outcome.items, outcome.pages, outcome.finish_reason) == (200, 4, "finished")
    assert reviews[1] == ReviewRecord(
        company="rust",
        locator="https://steamcommunity.com/app/252490/reviews/",
        url="https://steamcommunity.com/app/252490/reviews/",
        native_id="9000001",
        rating=0.0,
        scale=1.0,
        stars=0.0,
        body="Crashed 1 times today, and no word from the studio.",
        reply="We are on it.",
        author="76561190000000001",
        language="en",
        published_at=datetime(2023, 11, 14, 21, 13, 20),
    )


def test_where_steams_store_is_switched_off_its_web_api_is_read(apis, gathered):
    apis.route(STORE, "/appreviews/", lambda *_: (302, {"Location": f"https://{STORE}/"}, b""))
    apis.route(WEB, "/IUserReviewsService/GetAppReviews/v1/", steam(players(120), envelope="response"))
    outcome, reviews, _ = gathered("steam", apps="252490")
    assert (len(reviews), reviews[0].company) == (120, "252490")
    assert outcome.pages == 3


def test_a_cursor_that_repeats_ends_a_game(apis, gathered):
    def stuck(_, query):
        number = 0 if query["cursor"] == ["*"] else 100
        return in_json({"success": 1, "reviews": players(200)[number : number + 100], "cursor": "AoJ4same"})

    apis.route(STORE, "/appreviews/", stuck)
    outcome, reviews, _ = gathered("steam", apps=[1], company="rust")
    assert (len(reviews), outcome.pages) == (200, 2)


def test_since_ends_a_game_at_the_first_page_that_is_older(apis, gathered):
    apis.route(STORE, "/appreviews/", steam(players(1000)))
    _, reviews, _ = gathered("steam", apps=[1], company="rust", since="2023-11-12")
    assert {review.published_at.date() >= date(2023, 11, 12) for review in reviews} == {True}
    assert len(apis.asked) <= 2


def test_complaints_are_read_past_the_break_points(apis, gathered):
    apis.route(CFPB, SEARCH, cfpb(complaints(90)))
    outcome, reviews, _ = gathered("cfpb", product=["Vehicle loan or lease"])
    assert (outcome.items, outcome.pages) == (90, 6)
    assert reviews[1] == ReviewRecord(
        company="ACME AUTO FINANCE, INC.",
        locator="https://www.consumerfinance.gov/data-research/consumer-complaints/search/detail/7999999",
        url="https://www.consumerfinance.gov/data-research/consumer-complaints/search/detail/7999999",
        kind="complaint",
        native_id="7999999",
        body="On ___ they charged me $11.00 for payment 1.",
        published_at=datetime(2024, 9, 3, 17, 0),
    )
    assert all("has_narrative=true" in url and "Vehicle+loan+or+lease" in url for url in apis.asked)


def test_only_the_companies_wanted_are_asked_for(apis, gathered):
    apis.route(CFPB, SEARCH, cfpb(complaints(30)))
    _, reviews, _ = gathered("cfpb", companies=["ACME AUTO FINANCE, INC."], company="acme")
    assert {review.company for review in reviews} == {"acme"}
    assert len(reviews) == 15


def test_the_bureau_is_asked_at_most_twenty_times_a_minute(monkeypatch):
    from minebelief.spiders.cfpb import CfpbSpider
    from scrapy.utils.test import get_crawler

    crawler = get_crawler(CfpbSpider, {"DOWNLOAD_DELAY": 1.0})
    assert crawler.settings.getfloat("DOWNLOAD_DELAY") * 20 > 60


def test_the_app_store_gives_ten_pages_of_fifty(apis, gathered):
    apis.route(APPLE, "/us/rss/customerreviews/", apple(app_reviews(700)))
    outcome, reviews, _ = gathered("app_store", apps=[595068606], company="eats")
    assert (len(reviews), outcome.pages) == (500, 10)
    assert (reviews[4].title, reviews[4].stars, reviews[4].author) == ("Number 4", 1.0, "buyer4")
    assert reviews[4].published_at == datetime(2024, 3, 18, 22, 57, 22)
    assert len(set(apis.asked)) == 10


def test_a_page_of_one_review_and_a_broken_one_are_read(apis, gathered):
    entries = app_reviews(51)
    entries[3]["im:rating"] = {"label": ""}
    apis.route(APPLE, "/gb/rss/customerreviews/", apple(entries))
    _, reviews, rejects = gathered("app_store", apps=[1], countries="gb", company="eats")
    assert (len(reviews), rejects) == (51, [])
    assert [review.body for review in reviews if review.stars is None] == [entries[3]["content"]["label"]]


def test_ratings_of_add_ons_are_followed_from_page_to_page(apis, gathered, made_by_hand):
    pages = made_by_hand("mozilla_addons_ratings.json")["pages"]
    apis.route(ADDONS, "/api/v5/ratings/rating/", lambda _, query: in_json(pages[int(query.get("page", ["1"])[0]) - 1]))
    outcome, reviews, rejects = gathered("mozilla_addons", addons=["keyring-demo"])
    assert (len(reviews), len(rejects), outcome.pages) == (4, 2, 2)
    assert reviews[0].reply == "Sorry! Version 2.5 keeps you logged in."


def test_a_forum_is_read_topic_by_topic_and_long_ones_by_their_posts_ids(apis, gathered):
    posts = {100 + number: post(number) for number in range(1, 46)}
    topic = {"id": 7, "title": "Where is my order?", "post_stream": {"stream": list(posts)}}
    topic["post_stream"]["posts"] = list(posts.values())[:20]

    def listed(_, query):
        page = int(query["page"][0])
        topics = [{"id": 7, "slug": "orders", "last_posted_at": "2025-06-01T10:00:00.000Z"}] if page == 0 else []
        more = {"more_topics_url": "/c/help/5?page=1"} if page == 0 else {}
        return in_json({"topic_list": {"per_page": 30, "topics": topics, **more}})

    def by_id(_, query):
        return in_json({"id": 7, "post_stream": {"posts": [posts[int(one)] for one in query["post_ids[]"]]}})

    apis.route(FORUM, "/c/help/5.json", listed)
    apis.route(FORUM, "/t/7.json", lambda *_: in_json(topic))
    apis.route(FORUM, "/t/7/posts.json", by_id)
    outcome, reviews, _ = gathered("discourse", urls=[f"https://{FORUM}/c/help/5"], company="acme")
    assert (len(reviews), outcome.pages) == (45, 5)
    assert {review.kind for review in reviews} == {"mention"}
    assert [review.title for review in reviews if review.title] == ["Where is my order?"]
    assert reviews[0].url == f"https://{FORUM}/t/orders/7/1"


def test_two_forums_may_number_their_topics_alike(apis, gathered):
    other = f"other.{FORUM}"

    def listed(*_):
        return in_json({"topic_list": {"topics": [{"id": number, "slug": "x"} for number in (1, 2, 3)]}})

    def topic_of(forum):
        def topic(path, _):
            number = int(path.split("/")[2].removesuffix(".json"))
            said = post(1, id=number, topic_id=number, username=f"{forum[:5]}{number}")
            return in_json({"id": number, "post_stream": {"posts": [said]}})

        return topic

    for forum in (FORUM, other):
        apis.route(forum, "/latest.json", listed)
        apis.route(forum, "/t/", topic_of(forum))
    _, reviews, _ = gathered("discourse", urls=[f"https://{FORUM}/", f"https://{other}/"], company="acme")
    assert len(reviews) == 6


def test_a_topic_that_is_gone_or_pushed_on_costs_no_other(apis, gathered):
    pages = [[1, 2, 3], [3, 4], [5]]

    def listed(_, query):
        page = int(query["page"][0])
        topics = [{"id": number, "slug": "x", "pinned": number == 1} for number in pages[page]]
        return in_json({"topic_list": {"topics": topics, **({"more_topics_url": "/latest"} if page < 2 else {})}})

    def topic(path, _):
        number = int(path.split("/")[2].removesuffix(".json"))
        if number in (2, 4):
            return (404, {}, b"") if number == 2 else (200, {}, b'{"post_stream": ')
        return in_json(
            {"id": number, "post_stream": {"posts": [post(1, id=number, topic_id=number, username=f"x{number}")]}}
        )

    apis.route(FORUM, "/latest.json", listed)
    apis.route(FORUM, "/t/", topic)
    outcome, reviews, _ = gathered("discourse", urls=f"https://{FORUM}/", company="acme", verdict="suspicious")
    assert [review.native_id.rpartition("/")[2] for review in reviews] == ["1", "3", "5"]
    assert outcome.because == "2 of 8 pages failed (404, not JSON)"


def test_since_leaves_topics_closed_that_nobody_wrote_in(apis, gathered):
    def listed(_, query):
        days = ["2020-01-01", "2025-06-01", "2025-05-01"] if query["page"] == ["0"] else ["2024-02-01", "2024-01-01"]
        start = 1 + 3 * int(query["page"][0])
        topics = [
            {"id": start + place, "pinned": day == "2020-01-01", "last_posted_at": f"{day}T10:00:00Z"}
            for place, day in enumerate(days)
        ]
        return in_json({"topic_list": {"topics": topics, "more_topics_url": "/latest"}})

    apis.route(FORUM, "/latest.json", listed)
    apis.route(
        FORUM, "/t/", lambda path, _: in_json({"post_stream": {"posts": [post(1, cooked=f"<p>About {path}</p>")]}})
    )
    gathered("discourse", urls=f"https://{FORUM}/", company="acme", since="2025-01-01")
    assert [url.partition("?")[0] for url in apis.asked] == [
        f"{FORUM}/latest.json",
        f"{FORUM}/t/2.json",
        f"{FORUM}/t/3.json",
        f"{FORUM}/latest.json",
    ]


def test_an_answer_that_is_cut_off_is_asked_for_again(apis, gathered):
    whole = apple(app_reviews(20))
    cut = []

    def once(path, query):
        status, headers, body = whole(path, query)
        if not cut:
            cut.append(path)
            return status, headers, body[:300]
        return status, headers, body

    apis.route(APPLE, "/us/rss/", once)
    _, reviews, _ = gathered("app_store", apps=[1], company="eats")
    assert len(reviews) == 20


def test_an_api_that_gives_no_json_is_a_failure_with_its_reason(apis, gathered):
    apis.route(CFPB, SEARCH, lambda *_: (200, {"Content-Type": "text/html"}, b"<h1>Maintenance</h1>"))
    outcome, _, _ = gathered("cfpb", product="Mortgage", verdict="failed")
    assert outcome.because == "1 of 1 page failed (not JSON)"


def test_a_company_s_promises_land_as_claims_and_as_nothing_else(apis, gathered):
    home = "<html lang=en><main><h1>Claims paid within 3 days</h1><a href=/why>Why us</a><a href=//x.example/>x</a>"
    why = "<html lang=en><main><p>We answer every call in 2 minutes. Founded in 1998.</p><h1>Claims paid within 3 days"
    for path, page in (("/", home), ("/why", why)):
        apis.route("www.acme.example", path, lambda *_, page=page: (200, {"Content-Type": "text/html"}, page.encode()))
    outcome, _, _ = gathered("pages", company="acme", urls=["https://www.acme.example/"], links=1)
    assert (outcome.items, outcome.pages) == (2, 2)


@pytest.mark.parametrize(
    ("spider", "args", "told"),
    [
        ("cfpb", {}, "at least one of product, companies and search_term"),
        ("cfpb", {"products": "Mortgage"}, "unknown argument 'products' (accepted: "),
        ("steam", {"apps": "rust"}, "argument 'apps.0': found 'rust'; accepted: a whole number"),
        ("steam", {"apps": 1, "language": "en"}, "found 'en'; accepted: all, arabic"),
        ("mozilla_addons", {}, "argument 'addons' is missing: Slugs of the add-ons"),
        ("app_store", {"apps": 1, "countries": "usa"}, "found 'usa'; accepted: the two letters of a country"),
        (
            "discourse",
            {"urls": "forum.example"},
            "found 'forum.example'; accepted: an address that begins with https://",
        ),
        ("pages", {"urls": "https://acme.example/"}, "argument 'company' is missing"),
    ],
)
def test_wrong_arguments_are_refused_with_what_is_accepted(spider, args, told):
    from minebelief.spiders.settings import SPIDER_MODULES
    from scrapy.settings import Settings
    from scrapy.spiderloader import SpiderLoader

    from minebelief.errors import UsageError

    made = SpiderLoader(Settings({"SPIDER_MODULES": SPIDER_MODULES})).load(spider)
    with pytest.raises(UsageError) as refused:
        made(**args)
    assert told in str(refused.value)
    assert str(refused.value).startswith(f"{spider}: ")


@pytest.mark.slow
@pytest.mark.parametrize("template", ["cfpb", "steam", "mozilla_addons", "app_store", "discourse"])
def test_a_template_gathers_reviews_of_every_company_in_it(apis, tmp_path, monkeypatch, made_by_hand, template):
    path = tmp_path / "it.toml"
    path.write_text(industry_text("it", template, path), encoding="utf-8")
    industry = load_industry(path)
    legal = [names[-1] for company in industry.companies.values() if (names := company.aliases)]
    hits = complaints(2 * len(legal))
    for hit, name in zip(hits, legal * 2, strict=True):
        hit["_source"]["company"] = name
    apis.route(CFPB, SEARCH, cfpb(hits))
    apis.route(STORE, "/appreviews/", steam(players(5)))
    apis.route(APPLE, "/us/rss/", apple(app_reviews(5)))
    rating = made_by_hand("mozilla_addons_ratings.json")["pages"][1]
    apis.route(
        ADDONS,
        "/api/v5/",
        lambda _, query: in_json(json.loads(json.dumps(rating).replace("keyring-demo", query["addon"][0]))),
    )
    topics = {"topic_list": {"topics": [{"id": 7, "slug": "orders"}]}}
    for job in crawl_jobs(industry):
        for url in job.args.get("urls", ()):
            host, listing = url.split("/")[2], url.split("/", 3)[3] or "latest"
            apis.route(host, f"/{listing}.json", lambda *_: in_json(topics))
            apis.route(host, "/t/7.json", lambda *_: in_json({"id": 7, "post_stream": {"posts": [post(1)]}}))
    settings = {**FAST, **mapped(apis.port, monkeypatch)}
    outcomes = crawl_all(crawl_jobs(industry), tmp_path / "l", contact="me@example.org", timeout=60, settings=settings)
    assert {(outcome.verdict, outcome.because) for outcome in outcomes if outcome.verdict != "ok"} == set()
    found = [record for outcome in outcomes for record in read_landing(outcome.landing)]
    companies = {industry.company_key(record.company) for record in found if isinstance(record, ReviewRecord)}
    assert companies == set(industry.companies)


def test_a_spider_runs_as_plain_scrapy_from_a_checkout(apis, tmp_path, monkeypatch):
    apis.route(APPLE, "/us/rss/", apple(app_reviews(3)))
    settings = {**FAST, **mapped(apis.port, monkeypatch), "MINEBELIEF_CONTACT": "me@example.org"}
    command = [sys.executable, "-m", "scrapy", "crawl", "app_store", "-a", "apps=1", "-O", str(tmp_path / "out.jsonl")]
    for name, value in settings.items():
        command += ["-s", f"{name}={value}"]
    environment = {name: value for name, value in os.environ.items() if name != "SCRAPY_SETTINGS_MODULE"}
    checkout = Path(__file__).parents[2]
    subprocess.run(command, cwd=checkout, env=environment, check=True, capture_output=True, timeout=60)
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["title"] for line in lines] == ["Number 0", "Number 1", "Number 2"]
