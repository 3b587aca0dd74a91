"""When two records are the same review, and when a name is none."""

from datetime import datetime

import pytest
from minebelief.spiders.identity import identify, own_id
from minebelief.spiders.items import Review
from minebelief.spiders.seen import Seen

PAGE = "https://shop.example/item?page=2"
LETTER = "They took the car although every payment was made on time, and nobody answers my letters about it."


def review(native_id: str, **given) -> Review:
    values = {"company": "acme", "url": PAGE, "body": LETTER, "published_at": datetime(2024, 5, 6), **given}
    return Review(native_id=native_id, **values)


@pytest.mark.parametrize("raw", ["review-1", "review_12", "comment 3", "r7", "12", "#review-2", "_:b0", "", None])
def test_a_place_on_a_page_is_no_id(raw):
    assert own_id(raw, PAGE) is None


@pytest.mark.parametrize("raw", ["58201", "review-58201", "3fa9c2d17b", "ab12cd34", "great-phone-by-ann"])
def test_an_id_of_the_site_is_one(raw):
    assert own_id(raw, PAGE) == raw


def test_the_same_letter_of_two_people_without_names_is_two_reviews():
    seen = Seen()
    assert [seen.add(review("7000001")), seen.add(review("7000002"))] == ["new", "new"]
    assert seen.add(review("7000001")) == "repeated"


def test_the_same_text_of_one_author_under_two_ids_is_one_review():
    seen = Seen()
    assert seen.add(review("7000001", author="Ann")) == "new"
    assert seen.add(review("7000002", author="Ann")) == "repeated"


def test_without_ids_the_same_text_of_one_day_is_one_review():
    seen = Seen()
    first = review("", author=None)
    again = review("", author=None)
    named = [Review(**{**vars_of(item), "native_id": identify(item, None)}) for item in (first, again)]
    assert [seen.add(item) for item in named] == ["new", "repeated"]


def vars_of(item: Review) -> dict:
    return {name: getattr(item, name) for name in Review.__dataclass_fields__}
