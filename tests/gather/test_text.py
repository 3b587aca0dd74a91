"""Text is cleaned of what machines add, and otherwise left as it was written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minebelief.gather.text import clean_line, clean_text, excerpt, reply_text


@pytest.mark.parametrize(
    ("found", "cleaned"),
    [
        ("  It's fine.  ", "It's fine."),
        ("It’s “fine”…", "It’s “fine”…"),
        ("isn\u00e2\u20ac\u2122t caf\u00c3\u00a9", "isn’t café"),
        ("don\x92t, na\xefve", "don’t, naïve"),
        ("cafe\u0301", "café"),
        ("Q&amp;A &#39;x&#39; &amp;lt;3", "Q&A 'x' <3"),
        ("AT&T &copy=1", "AT&T &copy=1"),
        ("<p>One</p><p>Two <b>bold</b><br/>three</p>", "One\n\nTwo bold\nthree"),
        ('<a href="x">link</a> 3 < 4 > 2 <3 <sarcasm>', "link 3 < 4 > 2 <3 <sarcasm>"),
        ("<script>alert(1)</script>Hi<!-- there -->", "Hi"),
        ("a\r\nb\r\n\r\n\r\nc\t d\xa0 e", "a\nb\n\nc d e"),
        ("a\u200bb\u202ec\x00d\ufeff", "abcd"),
        ("👨\u200d👩\u200d👧 a\u200d", "👨\u200d👩\u200d👧 a"),
        ("\ud83d\ude00 \ud83d!", "😀 !"),
        (" \u200b\n", None),
        (None, None),
        (float("nan"), None),
        (12.0, "12"),
    ],
)
def test_text_is_cleaned_but_verbatim(found, cleaned):
    assert clean_text(found) == cleaned


@given(st.text(st.characters(codec=None), max_size=200))
def test_cleaned_text_can_be_stored_and_shown(text):
    cleaned = clean_text(text)
    if cleaned is not None:
        cleaned.encode("utf-8")
        assert cleaned == cleaned.strip() != ""
        assert unicodedata.is_normalized("NFC", cleaned)
        assert not [c for c in cleaned if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"]


@given(st.text(st.characters(codec=None), max_size=200))
def test_a_line_is_one_line_and_an_excerpt_is_short(text):
    assert "\n" not in (clean_line(text) or "")
    assert len(excerpt(text * 3)) <= 80
    assert excerpt(text).isprintable() or not text.isascii()


@pytest.mark.parametrize(
    ("found", "reply"),
    [
        ("Thank you!", "Thank you!"),
        ("{'id': 7, 'body': 'Sorry\\nabout that', 'modified': '2020-09-30T01:00:00Z'}", "Sorry\nabout that"),
        ('{"id": 7, "body": "Sorry"}', "Sorry"),
        ({"text": "Sorry"}, "Sorry"),
        ({"id": 7}, None),
        ("{not a record}", "{not a record}"),
        ("", None),
        (None, None),
    ],
)
def test_a_reply_is_found_in_the_record_that_holds_it(found, reply):
    assert reply_text(found) == reply
