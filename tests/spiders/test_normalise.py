"""Texts, authors, ratings, languages and dates as sites write them."""

from datetime import UTC, datetime

import pytest
from minebelief.spiders.normalise import (
    author_name,
    clean_text,
    day_order,
    language_code,
    parse_date,
    parse_rating,
)

NOW = datetime(2026, 1, 15, 12, 0)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("<p>One.</p><p>Two<br>lines.</p>", "One.\n\nTwo\nlines."),
        ("Fish &amp; chips &#8211; cold", "Fish & chips – cold"),
        ("It&amp;#39;s late", "It's late"),
        ("&lt;b&gt;Never&lt;/b&gt; again", "Never again"),
        ("5 < 6 and <3 this", "5 < 6 and <3 this"),
        ("a\u00a0 b\u200b\r\nc\n\n\n\nd", "a b\nc\n\nd"),
        ("<ul><li>slow</li><li>dear</li></ul>", "slow\n\ndear"),
        ("<script>alert(1)</script>Fine", "Fine"),
        ("  \n ", None),
        (None, None),
        ({"@value": "Hallo", "@language": "de"}, "Hallo"),
        (["first", "second"], "first"),
    ],
)
def test_text_is_what_a_reader_sees(raw, text):
    assert clean_text(raw) == text


@pytest.mark.timeout(60)
@pytest.mark.parametrize("opening", ["<!--", "<script ", "<STYLE>", "<template "])
def test_what_is_opened_a_hundred_thousand_times_and_never_closed_takes_no_time(opening):
    assert "the end" in clean_text(opening * 100_000 + "> the end")


def test_hidden_parts_are_left_out_whatever_their_case():
    assert clean_text("a<!-- b --> c<SCRIPT>x<!-- y</Script >d <style>e") == "a c d e"


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Ann B.", "Ann B."),
        ({"@type": "Person", "name": "Ann"}, "Ann"),
        ([{"name": "Ann"}, {"name": "Bo"}], "Ann, Bo"),
        ({"givenName": "Ann", "familyName": "Lee"}, "Ann Lee"),
        ("https://shop.example/users/7", None),
        ("Anonymous", None),
        ("Verified Buyer", None),
        ("A Google user", None),
        ("Guest", None),
        ("", None),
    ],
)
def test_an_author_is_a_name_or_nobody(raw, name):
    assert author_name(raw) == name


@pytest.mark.parametrize(
    ("value", "best", "worst", "expected"),
    [
        (5, None, None, (5, 5, 1.0)),
        ("1", None, None, (1, 5, 0.0)),
        ("4,5", "5", "1", (4.5, 5, 0.875)),
        ("8,2", "10", "0", (8.2, 10, 0.82)),
        (3, 5, 0, (3, 5, 0.6)),
        ("5", "5", "5", (5, 5, 1.0)),
        (7, None, None, (7, 10, 6 / 9)),
        (87, None, None, (87, 100, 86 / 99)),
        ("4 out of 5", None, None, (4, 5, 0.75)),
        ("3/6", None, 0, (3, 6, 0.5)),
        ("80%", None, None, (80, 100, 0.8)),
        ("★★★★☆", None, None, (4, 5, 0.75)),
        (1, 1, 0, (1, 1, 1.0)),
        (0, None, None, None),
        (0, 5, 0, (0, 5, 0.0)),
        (9, 5, 1, None),
        ("-2", 5, 1, None),
        ("none", None, None, None),
        (None, None, None, None),
        (float("nan"), None, None, None),
    ],
)
def test_a_rating_knows_its_scale(value, best, worst, expected):
    rating = parse_rating(value, best, worst)
    if expected is None:
        assert rating is None
    else:
        assert (rating.value, rating.scale) == expected[:2]
        assert rating.stars == pytest.approx(expected[2])


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("2022-05-06", datetime(2022, 5, 6)),
        ("2022-5-6", datetime(2022, 5, 6)),
        ("2022-05-06T23:30:00-05:00", datetime(2022, 5, 7, 4, 30)),
        ("2022-05-06T10:00:00.123Z", datetime(2022, 5, 6, 10)),
        ("2022-05-06 10:00:00 +0200", datetime(2022, 5, 6, 8)),
        ("2022-05-06T25:99", datetime(2022, 5, 6)),
        ("2020-02-11T18:16:58Z", datetime(2020, 2, 11, 18, 16, 58)),
        ("May 6, 2022", datetime(2022, 5, 6)),
        ("6 mai 2022", datetime(2022, 5, 6)),
        ("04-27-2021 09:50", datetime(2021, 4, 27, 9, 50)),
        ("27.04.2021", datetime(2021, 4, 27)),
        ("04/27/2021 9:50 PM", datetime(2021, 4, 27, 21, 50)),
        ("Tue Apr 01 2025 20:08:29 GMT+0100 (British Summer Time)", datetime(2025, 4, 1, 19, 8, 29)),
        ("Wed, 21 Oct 2015 07:28:00 GMT", datetime(2015, 10, 21, 7, 28)),
        ("2 weeks ago", datetime(2026, 1, 1, 12)),
        ("vor 3 Tagen", datetime(2026, 1, 12, 12)),
        ("yesterday", datetime(2026, 1, 14, 12)),
        ("20220506", datetime(2022, 5, 6)),
        (1651795200, datetime(2022, 5, 6)),
        (1651795200000, datetime(2022, 5, 6)),
        ({"@value": "2022-05-06"}, datetime(2022, 5, 6)),
        ("2022-02-31", None),
        ("0000-00-00", None),
        ("13-45-2021 99:99", None),
        ("2035-01-01", None),
        ("1970-01-01", None),
        ("soon", None),
        ("", None),
        (None, None),
        (True, None),
    ],
)
def test_a_date_is_naive_utc_or_nothing(raw, found):
    assert parse_date(raw, NOW) == found


def test_the_other_dates_of_a_page_tell_days_from_months():
    assert day_order(["03-04-2021", "25-04-2021"], "en-US") == "DMY"
    assert day_order(["03-04-2021", "04-25-2021"], "de") == "MDY"
    assert (day_order(["03-04-2021"], "en-US"), day_order(["03-04-2021"], "en-GB")) == ("MDY", "DMY")
    assert parse_date("03-04-2021", NOW, "de", "DMY") == datetime(2021, 4, 3)


def test_a_date_in_the_language_of_the_page():
    assert parse_date("6. März 2022", NOW, "de") == datetime(2022, 3, 6)
    assert parse_date(datetime(2022, 3, 6, tzinfo=UTC).isoformat(), NOW) == datetime(2022, 3, 6)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        (("en-US",), "en"),
        ((None, "de_AT"), "de"),
        (("se",), "sv"),
        (("und", "fr"), "fr"),
        (("English",), None),
    ],
)
def test_a_language_is_two_or_three_letters(values, code):
    assert language_code(*values) == code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20220506T101112", datetime(2022, 5, 6, 10, 11, 12)),
        ("20220506T1011+0200", datetime(2022, 5, 6, 8, 11)),
        ("2022-05-06T10:11:12Z[UTC]", datetime(2022, 5, 6, 10, 11, 12)),
        ("2022-05-06T10:11:12+02:00[Europe/Berlin]", datetime(2022, 5, 6, 8, 11, 12)),
        ("03.04.2022", datetime(2022, 4, 3)),
        ("03.04.22", datetime(2022, 4, 3)),
        ("04/03/2022", datetime(2022, 4, 3)),
        ("Posted 3 days ago", datetime(2022, 5, 28, 12)),
        ("30+ days ago", datetime(2022, 5, 1, 12)),
        ("Reviewed on May 6, 2022", datetime(2022, 5, 6)),
    ],
)
def test_dates_of_machines_and_of_the_impatient(text, expected):
    assert parse_date(text, datetime(2022, 5, 31, 12), "en", "MDY") == expected
