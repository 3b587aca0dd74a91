"""Texts, authors, ratings and languages as sites write them."""

import pytest
from minebelief.spiders.normalise import (
    author_name,
    clean_text,
    language_code,
    parse_rating,
)


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
