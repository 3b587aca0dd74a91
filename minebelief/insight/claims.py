"""What companies promise about themselves, held against what their own customers say."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from minebelief.insight.hearing import Heard, Hearing, Subject
from minebelief.insight.hunches import Judged, evidence_rows, satisfied
from minebelief.insight.intervals import wilson
from minebelief.insight.wording import as_customers_say
from minebelief.store import Store, read_sql

__all__ = ["Promise", "judge_claims", "promises", "same_claim"]

SAME = 0.74
"""Cosine from which two companies promise the same."""

LEAST = 3


@dataclass(frozen=True)
class Promise:
    """A company's promise; ``url`` is the page that a crawl found it on, None for one of the industry file."""

    company: str
    text: str
    url: str | None = None


def promises(store: Store, hearing: Hearing) -> list[Promise]:
    """The promises of the industry file, then those that crawls of the companies' own pages found."""
    industry = hearing.industry
    found = [Promise(key, text) for key, company in industry.companies.items() for text in company.claims]
    known = {(promise.company, promise.text.casefold()) for promise in found}
    for company, text, url in store.rows(read_sql("steps/claims_on_pages.sql"), {"industry": industry.industry}):
        if company in industry.companies and (company, text.casefold()) not in known:
            known.add((company, text.casefold()))
            found.append(Promise(company, text, url))
    return found


def same_claim(vectors: np.ndarray) -> np.ndarray:
    """Which promises are the same, from their unit vectors of shape (n, d): booleans of shape (n, n)."""
    return np.asarray(vectors @ vectors.T >= SAME)


def judge_claims(store: Store, hearing: Hearing) -> Judged:
    """How many of a company's own reviews confirm each of its promises, and who else makes it."""
    made = promises(store, hearing)
    if not made:
        return Judged({"claims": [], "heard": []})
    texts = sorted({promise.text for promise in made})
    heard = dict(
        zip(texts, hearing.hear([Subject(as_customers_say(text), praise=True) for text in texts]), strict=True)
    )
    vectors = hearing.encoder.encode([hearing.masker.mask(_third_person(text)) for text in texts])
    place = {text: i for i, text in enumerate(texts)}
    same = same_claim(vectors)
    claiming = {promise.company for promise in made}
    rows, evidence = [], []
    for promise in made:
        found = _of(hearing, heard[promise.text], promise.company)
        rivals = sorted(
            {o.company for o in made if o.company != promise.company and same[place[promise.text], place[o.text]]}
        )
        rows.append(_row(hearing, promise, found, rivals, len(claiming)))
        evidence += evidence_rows(hearing, "claim", promise.text, promise.company, found)
    return Judged({"claims": rows, "heard": evidence})


def _third_person(text: str) -> str:
    wordings = as_customers_say(text)
    return wordings[min(1, len(wordings) - 1)]


def _of(hearing: Hearing, found: Heard, company: str) -> Heard:
    """What one company's customers said of it."""
    own = np.array([one == company for one in hearing.companies], bool)
    for_it, against = own[found.says], own[found.opposes]
    return Heard(
        found.says[for_it],
        found.says_similarity[for_it],
        found.opposes[against],
        found.opposes_similarity[against],
        found.says_themes,
        found.opposes_themes,
    )


def _row(hearing: Hearing, promise: Promise, found: Heard, rivals: Sequence[str], claiming: int) -> dict[str, object]:
    industry = hearing.industry
    confirming = hearing.counts(found.says).get(promise.company, 0)
    contradicting = hearing.counts(found.opposes).get(promise.company, 0)
    both = confirming + contradicting
    low, high = wilson(np.array([confirming]), np.array([both]))
    themes = found.says_themes or found.opposes_themes
    verdict, because = _verdict(confirming, contradicting)
    if len(rivals) + 1 >= max(3, claiming):
        verdict = "claimed-by-all"
        because = (
            f"all {len(rivals) + 1} companies that make promises make this one, so it sets nobody apart; {because}"
        )
    elif rivals:
        names = ", ".join(industry.companies[key].name for key in rivals)
        because = f"{because}; {names} {'claim' if len(rivals) > 1 else 'claims'} the same"
    return {
        "industry": industry.industry,
        "company": promise.company,
        "claim": promise.text,
        "origin": "own pages" if promise.url else "industry file",
        "url": promise.url,
        "theme_id": themes[0] if themes else None,
        "reviews": hearing.field.reviews.get((promise.company, "*"), 0),
        "confirming": confirming,
        "contradicting": contradicting,
        "satisfaction": confirming / both if both else None,
        "low": float(low[0]) if both else None,
        "high": float(high[0]) if both else None,
        "rivals": list(rivals),
        "verdict": verdict,
        "because": because,
    }


def _verdict(confirming: int, contradicting: int) -> tuple[str, str]:
    both = confirming + contradicting
    if both < LEAST:
        return "unheard", f"{both or 'no'} of its customers' reviews {'talks' if both == 1 else 'talk'} about it"
    told = f"{confirming:,} of its customers' reviews confirm it, {contradicting:,} contradict it"
    if satisfied(confirming, contradicting):
        return "confirmed", told
    if satisfied(contradicting, confirming):
        return "contradicted", told
    return "disputed", told
