from hypothesis import given
from hypothesis import strategies as st

from minebelief.mining.sentences import split_review, split_text


def texts(title, body, kind="review"):
    return [sentence.text for sentence in split_review(title, body, kind)]


def test_a_missing_blank_after_a_full_stop_ends_a_sentence():
    assert texts(None, "They kept all of my money.I got no answer at all.") == [
        "They kept all of my money.",
        "I got no answer at all.",
    ]


def test_amounts_dates_and_addresses_are_not_cut():
    text = "It was $3.50 on 12.5.2020 when I wrote to help@example.com about it."
    assert texts(None, text) == [text]


def test_a_clause_with_a_subject_of_its_own_is_a_sentence():
    assert texts(None, "The people are nice, but they never call me back.") == [
        "The people are nice",
        "they never call me back.",
    ]
    assert texts(None, "The app crashes a lot and nobody answers my mails; I gave up on them.") == [
        "The app crashes a lot",
        "nobody answers my mails",
        "I gave up on them.",
    ]


def test_a_clause_that_cannot_stand_alone_is_not_cut_off():
    for whole in (
        "Nice app but it crashes.",
        "Signing up was easy but expensive.",
        "They are slow and rude to people.",
    ):
        assert texts(None, whole) == [whole]


def test_pieces_of_one_or_two_words_join_the_sentence_before():
    assert texts(None, "I was on hold for an hour. Really? That's fine.") == [
        "I was on hold for an hour. Really? That's fine."
    ]


def test_a_new_paragraph_is_a_new_sentence():
    assert texts(None, "Nobody ever answers\nRude staff") == ["Nobody ever answers", "Rude staff"]


def test_a_title_that_repeats_the_body_is_left_out():
    assert texts("They never called me…", "They never called me back. I gave up.") == [
        "They never called me back.",
        "I gave up.",
    ]


def test_title_sentences_count_down_and_body_sentences_up():
    found = split_review("Poor support. Never again with them.", "The bill was wrong. Nobody would fix it.")
    assert [sentence.position for sentence in found] == [-1, -2, 0, 1]


def test_the_handles_that_a_mention_begins_with_are_its_address():
    assert texts(None, "@carrier @friend my bag is still lost", "mention") == ["my bag is still lost"]
    assert texts(None, "@carrier", "mention") == []
    assert texts(None, "@carrier my bag is lost", "review") == ["@carrier my bag is lost"]


def test_nothing_comes_of_nothing():
    assert split_review(None, None) == []
    assert split_review("…", " \n!? ") == []


@given(st.text(max_size=300))
def test_offsets_point_at_the_text(text):
    for start, end in split_text(text):
        assert text[start:end].strip() == text[start:end] != ""
    found = [s for s in split_review(None, text) if s.position >= 0]
    assert all(" ".join(text[s.start : s.end].split()) == s.text for s in found)
    assert [s.start for s in found] == sorted(s.start for s in found)
