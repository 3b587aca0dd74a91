"""Which reviews are the same as one met before."""

import gzip
import json
from dataclasses import asdict, replace
from datetime import datetime

import pytest
from minebelief.spiders.items import Review
from minebelief.spiders.seen import Seen

ONE = Review(
    "shop",
    "https://shop.example/kettle",
    native_id="https://shop.example/kettle",
    author="Ann",
    body="It broke on the first day.",
    published_at=datetime(2024, 5, 6),
)


def standings(seen, *reviews):
    return [seen.add(seen.settled(review)) for review in reviews]


@pytest.mark.parametrize(
    "other",
    [
        replace(ONE, author="Bob", body="Boils in a minute."),
        replace(ONE, author=None, body="Boils in a minute.", published_at=datetime(2024, 5, 7)),
    ],
)
def test_two_peoples_reviews_under_one_address_are_two(other):
    first = ONE if other.author else replace(ONE, author=None)
    seen = Seen()
    assert standings(seen, first, other, other, first) == ["new", "new", "repeated", "repeated"]
    assert seen.settled(other).native_id.startswith("h:")


@pytest.mark.parametrize(
    "other", [replace(ONE, body="It broke on the first day. Twice."), replace(ONE, author="Ann B."), ONE]
)
def test_one_review_that_is_told_otherwise_is_one(other):
    assert standings(Seen(), ONE, other) == ["new", "repeated"]


def test_ratings_of_two_people_under_one_address_are_two():
    silent = replace(ONE, body=None, stars=1.0)
    assert standings(Seen(), silent, replace(silent, author="Bob")) == ["new", "new"]


def test_what_shares_its_address_is_known_to_the_next_crawl_in_any_order(tmp_path):
    other = replace(ONE, author="Bob", body="Boils in a minute.")
    first = Seen()
    landed = [first.settled(ONE), first.add(ONE) and first.settled(other)]
    path = tmp_path / "shop.20240601.jsonl.gz"
    with gzip.open(path, "wt") as file:
        for review in landed:
            file.write(json.dumps(asdict(review), default=str) + "\n")
    seen = Seen()
    seen.add_landed([path])
    assert seen.knows(other)
    assert standings(seen, other, ONE) == ["known", "known"]
    assert not seen.knows(replace(ONE, author="Cid", body="It leaks at the lid."))


def test_an_edited_review_is_the_same_review(tmp_path):
    path = tmp_path / "shop.20240601.jsonl.gz"
    with gzip.open(path, "wt") as file:
        file.write(json.dumps(asdict(ONE), default=str) + "\n")
    seen = Seen()
    seen.add_landed([path])
    assert standings(seen, replace(ONE, body="They sent another one.")) == ["changed"]
