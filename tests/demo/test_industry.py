"""The made-up industry is what its truth says, and is as dirty as real reviews are."""

import os
import random
import re
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.cluster import KMeans
from sklearn.feature_extraction.text import TfidfVectorizer

from minebelief.demo import generate
from minebelief.demo.industry import REVIEW_SITES
from minebelief.demo.plan import quotas

SMALL = {"reviews": 400, "months": 6}


def test_the_same_seed_gives_the_same_industry_whatever_the_hash_seed():
    code = (
        "import hashlib, json; from minebelief.demo import generate; i = generate(5, reviews=400, months=6);"
        "print(hashlib.sha256(json.dumps([i.truth, repr(i.reviews), repr(i.employee_reviews)]).encode())"
        ".hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert len(digests) == 1


def test_another_seed_and_other_wordings_give_another_industry():
    first, second, tuned = generate(1, **SMALL), generate(2, **SMALL), generate(1, "tune", **SMALL)
    assert first.reviews != second.reviews
    assert not {s for _, s in said(first)} & {s for _, s in said(tuned)}


def said(industry):
    return {(s.matter, s.text) for r in industry.reviews for s in r.sentences if s.matter}


def test_there_are_enough_reviews_on_every_site(demo):
    assert len(demo.reviews) >= 3000
    assert len(demo.companies) == 6
    for company in demo.companies:
        for site in REVIEW_SITES:
            assert len(demo.of(site, company.key)) > 80
        assert sum(r.company == company.key and r.counted for r in demo.reviews) > 400
    assert {review.month for review in demo.reviews} == set(range(1, 15))


@pytest.mark.parametrize("wordings", ["tune", "test"])
def test_realised_shares_are_the_planted_ones(wordings):
    industry = generate(7, wordings, reviews=1800)
    for company in industry.companies:
        counted = [r for r in industry.reviews if r.company == company.key and r.counted]
        for matter in industry.catalogue.matters:
            due = sum(matter.rate(company.key, review.month, 14) for review in counted)
            found = sum(matter.id in review.matters for review in counted)
            assert abs(found - due) <= 1.5, (company.key, matter.id)


def test_one_company_complaints_are_heard_at_one_company(demo):
    ids = [matter.id for matter in demo.catalogue.matters if matter.kind == "one-company"]
    assert len(ids) == 3
    for id_ in ids:
        heard = Counter(review.company for review in demo.reviews if id_ in review.matters)
        assert len(heard) == 1
        (company,) = heard
        assert demo.truth["matters"][index(demo, id_)]["prevalence"][company] > 0.06


def index(industry, id_):
    return next(i for i, entry in enumerate(industry.truth["matters"]) if entry["id"] == id_)


def test_matters_are_said_only_while_they_are_alive(demo):
    for matter in demo.catalogue.matters:
        months = {review.month for review in demo.reviews if matter.id in review.matters}
        assert min(months) >= matter.first
        assert max(months) <= (matter.last or 14)


def test_trends_rise_and_fade(demo):
    for id_, rising in (("handset-locked", True), ("voicemail-late", False)):
        months = Counter(r.month for r in demo.reviews if r.counted and id_ in r.matters)
        early, late = sum(months[m] for m in range(1, 5)), sum(months[m] for m in range(11, 15))
        assert (late > 3 * early) if rising else (early > 3 * late)


def test_planted_sentences_stand_verbatim_in_the_body(demo):
    for review in (*demo.reviews, *demo.employee_reviews):
        assert all(sentence.text in review.body for sentence in review.sentences)


def test_stars_follow_content_with_noise(demo):
    values = {matter.id for matter in demo.catalogue.matters if matter.positive}
    good = [r.stars for r in demo.reviews if r.matters and set(r.matters) <= values]
    bad = [r.stars for r in demo.reviews if r.matters and not set(r.matters) & values]
    assert np.mean(good) > 4.2
    assert np.mean(bad) < 2.3
    assert 1 in good or 2 in good
    assert 5 in bad
    assert all(1 <= review.rating <= review.scale for review in demo.reviews)


def test_ids_are_unique_and_no_author_writes_twice_about_a_company(demo):
    ids = [review.native_id for review in (*demo.reviews, *demo.employee_reviews)]
    assert len(set(ids)) == len(ids)
    own = [r for r in demo.reviews if r.author and not r.duplicate_of]
    assert len({(r.company, r.author) for r in own}) == len(own)
    bodies = [r.body for r in demo.reviews if r.counted]
    assert len(set(bodies)) == len(bodies)


def test_copies_are_the_same_review_on_another_site(demo):
    by_id = {review.native_id: review for review in demo.reviews}
    copies = [review for review in demo.reviews if review.duplicate_of]
    assert len(copies) >= 50
    for copy in copies:
        first = by_id[copy.duplicate_of]
        assert (copy.body, copy.author, copy.company) == (first.body, first.author, first.company)
        assert copy.site != first.site
        assert timedelta(0) <= copy.published - first.published <= timedelta(3)


def test_shills_come_in_bursts_of_two_days(demo):
    assert [burst["company"] for burst in demo.truth["shill_bursts"]] == ["murrowtel", "brambletel"]
    for burst in demo.truth["shill_bursts"]:
        reviews = [review for review in demo.reviews if review.native_id in burst["reviews"]]
        assert len(reviews) >= 20
        assert {review.stars for review in reviews} == {5}
        assert len({review.published for review in reviews}) == 2
        assert len({review.body for review in reviews}) <= 4


def test_the_dirt_of_real_reviews_is_there(demo):
    bodies = [review.body for review in demo.reviews if review.body]
    assert Counter(r.language for r in demo.reviews).keys() == {"en", "es", "fr", "de"}
    assert sum(r.body is None for r in demo.reviews) > 50
    assert sum(r.reply is not None for r in demo.reviews) > 100
    assert sum(r.author is None for r in demo.reviews) > 50
    for pattern in ("[👍👎😡😊]", "<br/?>|&amp;|&nbsp;", r"@example\.com", r"555-01\d\d", "\n", "^[^A-Z]+$"):
        assert sum(bool(re.search(pattern, body)) for body in bodies) >= 10, pattern


def test_personal_data_cannot_belong_to_anybody(demo):
    for review in demo.reviews:
        for text in filter(None, (review.body, review.reply)):
            assert all(host.startswith("example") or host.endswith(".example")
                       for host in re.findall(r"\w@([\w.]*\w)", text))  # fmt: skip
            assert all(number.startswith("555-01") for number in re.findall(r"\d{3}-\d{4}", text))


def test_tfidf_kmeans_recovers_at_most_half_of_the_beliefs(demo):
    """What anyone tries first must not be enough, or the demo would prove nothing."""
    said = [s for r in demo.reviews if r.counted and r.stars <= 3 for s in r.sentences]
    matters = np.array([sentence.matter or "" for sentence in said])
    beliefs = [matter.id for matter in demo.catalogue.matters if not matter.positive]
    for stop_words in ("english", None):
        table = TfidfVectorizer(stop_words=stop_words, min_df=2, sublinear_tf=True)
        words = table.fit_transform([sentence.text for sentence in said])
        found = KMeans(len(demo.catalogue.matters), n_init=1, random_state=0).fit_predict(words)
        recovered = [
            belief
            for belief in beliefs
            if any(
                np.mean(matters[found == cluster] == belief) >= 0.5
                and np.mean(found[matters == belief] == cluster) >= 0.5
                for cluster in np.unique(found[matters == belief])
            )
        ]
        assert len(recovered) <= len(beliefs) / 2, recovered


@given(
    st.lists(st.tuples(st.floats(0, 0.3), st.integers(0, 80)), min_size=1, max_size=14),
    st.integers(0, 1000),
)
def test_quotas_follow_the_running_total(months, seed):
    rates, sizes = zip(*months, strict=True)
    counts = quotas(rates, sizes, random.Random(seed))
    due = np.cumsum(np.multiply(rates, sizes))
    assert np.all(np.abs(np.cumsum(counts) - due) < 1 + 1e-9)
    assert all(count == 0 for count, rate in zip(counts, rates, strict=True) if rate == 0)


def test_reviews_are_shown_newest_first(demo):
    for later, earlier in pairwise(demo.of("plainly", "tindrel")):
        assert later.published >= earlier.published
