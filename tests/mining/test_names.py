"""Names that only one company's customers use are found; what is a matter is not."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from minebelief.mining.names import learn_names

PLAIN = [
    "The claim was paid late and nobody called back.",
    "My rider was polite, and the food came cold.",
    "I was on hold for an hour on Monday before they hung up.",
]


def reviews(own: str, *, company: str = "acme", count: int = 20, elsewhere: int = 0, others: int = 200):
    """Reviews of three companies, in some of which a sentence stands."""
    said = [(company, own)] * count + [("other", own)] * elsewhere
    return said + [(key, PLAIN[n % 3]) for n in range(others) for key in ("acme", "other", "third")]


def names(rows):
    return [name.name for name in learn_names(rows)]


def test_a_person_that_one_company_employs_is_a_name():
    found = learn_names(reviews("I spoke to Janelle and she paid."))
    assert [(one.name, one.company, one.reviews, one.elsewhere) for one in found] == [("janelle", "acme", 20, 0)]


def test_the_possessive_is_the_same_name():
    rows = reviews("I loved Janelle's patience.", count=10) + [("acme", "Thanks to Janelle.")] * 10
    assert names(rows) == ["janelle"]


def test_a_name_at_every_company_is_none():
    assert names(reviews("I spoke to Janelle and she paid.", elsewhere=20)) == []


def test_a_few_mentions_are_too_few():
    assert names(reviews("I spoke to Janelle and she paid.", count=9)) == []


def test_one_company_alone_has_no_names():
    assert learn_names([("acme", "I spoke to Janelle and she paid.")] * 500) == []


def test_matters_are_no_names_however_much_they_are_of_one_company_and_capitalised():
    for matter in ("Claim", "Wellness", "Rider", "Premium", "Voucher", "Refund", "Awful", "Thursday", "Deductible"):
        assert names(reviews(f"It was the {matter} again.")) == [], matter


def test_what_is_written_small_or_in_capitals_is_no_name():
    assert names(reviews("They found a zorbital in him.")) == []
    assert names(reviews("They found a UXTI in him.")) == []


def test_the_beginning_of_a_sentence_says_nothing_of_capitals():
    assert names(reviews("Zorbital again. Zorbital again.")) == []


COMPANIES = st.sampled_from(["acme", "other", "third"])
WORDS = st.sampled_from(["Janelle", "Zorb", "claim", "they", "paid", "It", "was", "Bryn", "WAS", "."])
TEXTS = st.lists(WORDS, max_size=8).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(COMPANIES, TEXTS, st.integers(1, 30)), max_size=12))
def test_every_name_is_used_by_ten_reviews_of_its_company_and_hardly_by_others(drawn):
    rows = [(company, text) for company, text, times in drawn for _ in range(times)]
    totals = Counter(company for company, _ in rows)
    found = learn_names(rows)
    assert found == learn_names(list(reversed(rows)))
    for one in found:
        own = sum(company == one.company and one.name in text.casefold().split() for company, text in rows)
        assert one.reviews == own >= 10
        others = len(rows) - totals[one.company]
        assert one.reviews / totals[one.company] >= 10 * one.elsewhere / others
        assert one.name in ("janelle", "zorb", "bryn")
