"""What is made of recorded API answers: every record a review or a reject with its reason, and no dirt."""

import json
import re
from datetime import datetime

import pytest
from minebelief.spiders.answers import Question
from minebelief.spiders.app_store_answer import parse_feed
from minebelief.spiders.cfpb_answer import parse_complaints
from minebelief.spiders.discourse_answer import parse_posts, parse_topics, unread_posts
from minebelief.spiders.steam_answer import parse_steam_reviews

ASKED = Question("https://forum.example/c/5", datetime(2026, 11, 25), "acme")


@pytest.fixture
def recorded(recordings):
    return lambda name: json.loads((recordings.folder / name).read_text(encoding="utf-8"))


def test_all_recorded_complaints_are_mapped_and_none_shows_a_redaction(recorded):
    answer = parse_complaints(
        recorded("api-cfpb/search_vehicle_loan_size50.json"), Question(ASKED.url, ASKED.fetched_at)
    )
    assert (len(answer.reviews), answer.rejected, answer.following) == (50, (), "1.0_9976257")
    assert len({review.native_id for review in answer.reviews}) == 50
    assert len({review.company for review in answer.reviews}) == 27
    assert all(review.published_at.year == 2024 for review in answer.reviews)
    assert [review.body for review in answer.reviews if re.search(r"X{2,}|[{}]", review.body)] == []
    assert sum("___" in review.body for review in answer.reviews) == 39
    assert any("$340.00 for" in review.body for review in answer.reviews)


@pytest.mark.parametrize(("app", "count"), [(105600, 343), (252490, 631), (346110, 351)])
def test_all_recorded_steam_reviews_are_mapped_without_markup(recorded, app, count):
    answer = parse_steam_reviews(recorded(f"api-steam/review_{app}.json"), ASKED, app)
    assert (len(answer.reviews), answer.rejected) == (count, ())
    assert len({review.native_id for review in answer.reviews}) == count
    assert {review.stars for review in answer.reviews} == {0.0, 1.0}
    assert {(review.scale, review.language) for review in answer.reviews} == {(1.0, "en")}
    markup = r"\[/?(?:b|i|u|h1|list|\*|strike|spoiler|table|tr|td|th|url)\b[^\]]*\]|^[☐☑]"
    assert [review.body for review in answer.reviews if re.search(markup, review.body, re.MULTILINE)] == []
    assert all(review.author and 2013 <= review.published_at.year <= 2019 for review in answer.reviews)


@pytest.mark.parametrize(
    ("name", "count", "dated"),
    [("497799835_cn_5", 50, 0), ("497799835_cn_10", 50, 0), ("1510826067_gb_1", 4, 0), ("knutigro_reviews", 50, 0)],
)
def test_all_reviews_of_a_recorded_feed_are_mapped_and_the_app_is_none(recorded, name, count, dated):
    answer = parse_feed(recorded(f"api-apple-rss/{name}.json"), ASKED, 1, "gb")
    assert (len(answer.reviews), answer.rejected) == (count, ())
    assert sum(review.published_at is not None for review in answer.reviews) == dated
    assert all(
        review.body and review.author and review.scale == 5 and review.title != review.body for review in answer.reviews
    )


def test_the_500_newest_reviews_of_an_app_are_500(recorded):
    entries = recorded("api-apple-rss/tonomb_595068606_accumulated500.json")
    answer = parse_feed({"feed": {"entry": entries}}, ASKED, 595068606, "us")
    assert len({review.native_id for review in answer.reviews}) == 500
    assert all(review.published_at for review in answer.reviews)


def test_entries_that_were_broken_on_purpose_are_rejected_or_read_and_crash_nothing(recorded):
    unrated = parse_feed(recorded("api-apple-rss/invalid_rating.json"), ASKED, 1, "gb")
    assert unrated.rejected == ()
    assert [bool(review.body) for review in unrated.reviews if review.stars is None] == [True]
    nowhere = parse_feed(recorded("api-apple-rss/invalid_entry_author_uri.json"), ASKED, 1, "gb")
    assert (len(nowhere.reviews), nowhere.rejected) == (2, ())


def test_a_recorded_topic_gives_its_posts_and_the_ids_of_those_behind_them(recorded):
    topic = recorded("api-discourse/perceval_discourse_topic_1148.json")
    answer = parse_posts(topic, ASKED)
    assert (len(answer.reviews), [reject.reason for reject in answer.rejected]) == (
        19,
        ["no words of the writer's own"],
    )
    assert unread_posts(topic) == [[21, 22]]
    assert [review.title for review in answer.reviews if review.title] == ["[Support] uBlock Origin"]
    assert [review.body for review in answer.reviews if re.search(r"<\w|said:$|^>", review.body, re.MULTILINE)] == []
    assert all(review.published_at.year == 2016 and review.author for review in answer.reviews)


def test_staff_speak_for_the_forum_unless_told_otherwise(recorded):
    topic = recorded("api-discourse/discourse_api_topic.json")
    assert parse_posts(topic, ASKED).reviews == ()
    reasons = [reject.reason for reject in parse_posts(topic, ASKED).rejected]
    assert reasons.count("written by the forum's staff") == 3
    assert len(parse_posts(topic, ASKED, staff=True).reviews) == 2  # one is a picture, one the forum's note


@pytest.mark.parametrize(
    ("name", "count", "more"),
    [
        ("perceval_discourse_topics", 2, False),
        ("perceval_discourse_topics_pinned", 3, False),
        ("perceval_discourse_topics_empty", 0, False),
        ("perceval_discourse_topics_last_posted_at_null", 2, False),
        ("discourse_api_latest", 3, True),
        ("discourse_api_category_latest_topics", 2, False),
    ],
)
def test_recorded_lists_of_topics_are_read(recorded, name, count, more):
    listed = parse_topics(recorded(f"api-discourse/{name}.json"), ASKED.fetched_at)
    assert (len(listed.topics), listed.more) == (count, more)
