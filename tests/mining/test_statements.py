from collections import Counter

import pytest

from minebelief.mining.statements import fitness, fits_as_statement, fits_as_voice, keywords


@pytest.mark.parametrize(
    "text",
    ["Claims take too long to be paid.", "Nobody answers the phone.", "The app crashes a lot!", "Order got cancelled"],
)
def test_a_plain_complaint_can_speak_for_a_theme(text):
    assert fits_as_voice(text, names=False)
    assert fits_as_statement(text, "pet insurance")


@pytest.mark.parametrize(
    "text",
    [
        "Too slow.",
        "It takes long to be paid.",
        "And nobody ever answers the phone.",
        "Why does nobody answer the phone?",
        "They told her that nobody can help",
        "The bill was $340 too high again",
        "I called yesterday and nobody was there",
        "The price is fine but nobody answers",
        "Cancellation of the order",
        "NOBODY EVER ANSWERS THE PHONE",
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen",
    ],
)
def test_what_needs_its_context_cannot(text):
    assert not fits_as_voice(text, names=False)


@pytest.mark.parametrize(
    "text",
    [
        "The premium goes up every year",
        "Claims are never paid in full",
        "Refunds take months to arrive",
        "The reimbursement of claims is not.",
        "Horrible pet insurance",
        "Very bad service experience",
    ],
)
def test_what_sweeps_or_tells_of_no_matter_is_a_voice_at_most(text):
    assert fits_as_voice(text, names=False)
    assert not fits_as_statement(text, "pet insurance")


def test_what_says_it_strongly_is_less_fit():
    values = fitness([*["The bill is too high", "The bill is extremely high"] * 20])
    assert values[1] < values[0]


def test_a_company_name_disqualifies():
    assert not fits_as_voice("Acme never answers the phone.", names=True)


def test_plain_sentences_are_fitter_than_special_ones():
    plain = ["Nobody answers the phone."] * 30 + ["The phone is never answered."] * 30
    values = fitness([*plain, "Nobody at Zanzibar answers the phone."])
    assert values[-1] < values[0]
    assert (values <= 0).all()


def test_keywords_are_the_words_that_set_a_theme_apart():
    inside = ["the claim was denied", "they denied the claim", "claim denied again"]
    outside = Counter({"claim": 4, "denied": 3, "phone": 50, "again": 30})
    assert keywords(inside, outside, total=100)[:2] == ["denied", "claim"]
