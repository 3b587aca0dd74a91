"""Answers of APIs as they should not be, and what is cleaned out of texts."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from minebelief.spiders.answers import Question
from minebelief.spiders.app_store_answer import parse_feed
from minebelief.spiders.cfpb_answer import clean_narrative, parse_complaints
from minebelief.spiders.discourse import listing_address, topic_of
from minebelief.spiders.discourse_answer import cooked_text, forum_base, parse_posts, parse_topics, unread_posts
from minebelief.spiders.mozilla_addons_answer import parse_ratings
from minebelief.spiders.steam_answer import is_answer, parse_steam_reviews, strip_bbcode

ASKED = Question("https://forum.example/latest.json", datetime(2026, 11, 25))


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("I owed {$340.00} on XX/XX/XXXX.", "I owed $340.00 on ___."),
        ("From XX/XX/2024 to XX/XX/year>, XXXX XXXX called", "From ___ to ___, ___ called"),
        ("numbeXXXX and IXXXX too", "numbe ___ and I ___ too"),
        ("They sell XXL and XL shirts ; {$1,200.50} each", "They sell XXL and XL shirts; $1,200.50 each"),
        ("( ID : XXXX )", "(ID : ___)"),
        ("Wait ... what &amp; why", "Wait ... what & why"),
        ("XXXX XXXX XX/XX/XXXX", None),
        ("", None),
    ],
)
def test_redactions_become_blanks(raw, text):
    assert clean_narrative(raw) == text


def test_the_break_point_of_the_next_page_goes_before_the_place_of_the_last_hit():
    hits = [{"_source": {"complaint_what_happened": f"Number {n}"}, "sort": [1.0, str(n)]} for n in range(3)]
    payload = {"hits": {"hits": hits}, "_meta": {"break_points": {"2": [1.0, "7"]}}}
    assert parse_complaints(payload, ASKED, 1).following == "1.0_7"
    assert parse_complaints(payload, ASKED, 2).following == "1.0_2"
    assert parse_complaints({"hits": {"hits": []}, **payload["_meta"]}, ASKED, 1).following is None


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("[h1]Late[/h1][b]Never[/b] again", "Late\nNever again"),
        ("[list][*]crashes[*]lags[/list]", "crashes\nlags"),
        ("[url=https://x.example]look[/url] [img]https://x.example/a.png[/img]", "look"),
        ("[table][tr][td]a[/td][td]b[/td][/tr][/table]", "a  b"),
        ("the [original] game [spoiler]dies[/spoiler]", "the [original] game dies"),
        ("Graphics\n☐ Bad\n☑ Good\n[ ] Ugly\n[x] Fine", "Graphics\nGood\nFine"),
        ("☐ only empty boxes", "☐ only empty boxes"),
    ],
)
def test_bbcode_goes_and_what_is_not_ticked_was_not_said(raw, text):
    assert strip_bbcode(raw) == text


def test_one_steam_page_in_both_envelopes_is_the_same():
    told = {"reviews": [{"recommendationid": "9", "review": "Fun", "voted_up": True}], "cursor": "AoJ4"}
    assert parse_steam_reviews(told, ASKED, 1) == parse_steam_reviews({"response": told}, ASKED, 1)
    assert is_answer({"success": 1, "reviews": []})
    assert is_answer({"response": {"query_summary": {}}})
    assert not is_answer({"error": "gone"})
    assert not is_answer(None)


def test_a_rating_without_words_is_kept_and_nothing_at_all_is_rejected():
    records = [{"recommendationid": "1", "review": "", "voted_up": False}, {"recommendationid": "2", "review": " "}]
    answer = parse_steam_reviews({"reviews": records}, ASKED, 7)
    assert [(review.stars, review.body, review.company) for review in answer.reviews] == [(0.0, None, "7")]
    assert [reject.reason for reject in answer.rejected] == ["neither text nor rating"]


def test_ratings_made_by_hand_are_read_with_replies(made_by_hand):
    first, second = (parse_ratings(page, ASKED) for page in made_by_hand("mozilla_addons_ratings.json")["pages"])
    assert first.following.endswith("page=2&page_size=50")
    angry, silent, _ = first.reviews
    assert (angry.company, angry.stars, angry.body) == (
        "keyring-demo",
        0.0,
        "It logs me out every day & forgets the vault.\nI gave up.",
    )
    assert angry.url == "https://addons.mozilla.org/firefox/addon/keyring-demo/reviews/100001/"
    assert angry.reply == "Sorry! Version 2.5 keeps you logged in."
    assert (silent.stars, silent.body, silent.author) == (1.0, None, "Ada L.")
    assert second.following is None
    assert [reject.reason for reject in second.rejected] == ["neither text nor rating", "deleted on the site"]


def test_a_single_entry_of_a_feed_may_be_an_object_or_missing():
    entry = {"id": {"label": "1"}, "im:rating": {"label": "2"}, "content": {"label": "Slow"}}
    assert len(parse_feed({"feed": {"entry": entry}}, ASKED, 5, "us").reviews) == 1
    assert parse_feed({"feed": {}}, ASKED, 5, "us").found == 0
    odd = parse_feed({"feed": {"entry": ["x", {"im:rating": {"label": "9"}}, {}]}}, ASKED, 5, "us")
    assert (len(odd.reviews), len(odd.rejected)) == (0, 3)


def test_a_post_is_its_writer_s_own_words():
    cooked = """<aside class="quote"><blockquote><p>Quoted.</p></blockquote></aside><p>I agree &amp; left.</p>
    <aside class="onebox"><p>Preview</p></aside><pre><code>rm</code></pre><p>Twice.</p>"""
    assert cooked_text(cooked) == "I agree & left.\n\nTwice."
    assert cooked_text("<blockquote><p>Only quoted.</p></blockquote>") is None


@pytest.mark.parametrize(
    ("url", "listing", "topic"),
    [
        ("https://f.example", "https://f.example/latest.json?page=1", None),
        ("https://f.example/c/help/5?order=created", "https://f.example/c/help/5.json?order=created&page=1", None),
        ("https://f.example/forum/tag/vpn", "https://f.example/forum/tag/vpn.json?page=1", None),
        ("https://f.example/forum/t/slow/12/3", None, "12"),
        ("https://f.example/t/12", None, "12"),
    ],
)
def test_addresses_of_forums_lists_and_topics_are_told_apart(url, listing, topic):
    assert topic_of(url) == topic
    assert forum_base(url) == ("https://f.example/forum" if "/forum" in url else "https://f.example")
    if listing:
        assert listing_address(url, 1) == listing


NAMES = (
    "feed entry id label content title author hits _source _meta break_points sort reviews response cursor results "
    "next user reply body addon post_stream posts stream cooked topic_list topics im:rating review voted_up"
)
KEYS = NAMES.split()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=25,
)


@given(JSON)
def test_no_json_whatever_it_holds_breaks_a_reader(payload):
    for answer in (
        parse_complaints(payload, ASKED),
        parse_steam_reviews(payload, ASKED, 1),
        parse_ratings(payload, ASKED),
        parse_feed(payload, ASKED, 1, "us"),
        parse_posts(payload, ASKED),
    ):
        assert answer.found >= 0
    assert isinstance(parse_topics(payload, ASKED.fetched_at).topics, tuple)
    assert isinstance(unread_posts(payload), list)
