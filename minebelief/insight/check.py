"""Grading a differentiator that someone proposes, as a consultant would: specific, more than expected, no copy."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from minebelief.insight.concrete import Concreteness, concreteness_of
from minebelief.insight.evidence import Belief, Claim, Evidence, Praise
from minebelief.insight.levels import Level, level_of, levels_of
from minebelief.insight.wording import as_customers_say
from minebelief.mining.encoder import Encoder

__all__ = ["Answered", "Checker", "Gate", "Graded"]

ANSWERS, BESIDE = 0.52, 0.02
"""Nearness to a belief from which a sentence works on it, and how much less near another one may be that it works on
too. Tuned, with the two below, on 30 graded sentences of ten made-up industries."""

PRAISED, CLAIMED, CLAIMED_LEVEL = 0.62, 0.68, 0.58

LOOKS = 12
"""Themes of each kind, nearest by their statements, whose quotes are read too."""

MOST = 0.75
"""The share of companies whose customers praise something from which it is expected of all."""

_EXPECTED = re.compile(
    r"\bas (?:always|usual|ever|expected|it should be|you(?:['’]d| would)? expect|everywhere|with everybody|"
    r"in any|on any|at any|"
    r"you do at|in every|one expects)\b|\blike (?:with |in |on |from |at )?(?:any|every|all)\b|"
    r"\bsame as in any\b|\bof course\b|"
    r"\bnaturally\b|\bthe usual\b|\busual\b|\b(?:that['’]?s )?normal\b|\bleast (?:one|you|i) expects?\b|"
    r"\bnothing special\b|"
    r"\bthey all (?:have|do)\b|\bnowadays\b|\bstandard\b|\bwould expect\b|\bshould be\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[;:,]|\b(?:and|or|if|otherwise)\b")

# From complaint to praise of the same matter: what both lack in common is polarity.
_OPPOSITES = (
    ("They never answer the phone", "They answer the phone at once"),
    ("Everything is always late", "Everything is always on time"),
    ("The price went up again", "The price stays the same"),
    ("They refuse to pay", "They pay without fuss"),
    ("It is dirty", "It is clean"),
    ("Nobody tells you anything", "They tell you everything"),
    ("Very hard to cancel", "Very easy to cancel"),
    ("It broke after a week", "It lasts for years"),
    ("The staff are rude", "The staff are friendly"),
    ("It was damaged and things were missing", "It was complete and intact"),
    ("Long queues and waiting", "No queues and no waiting"),
    ("Extra charges everywhere", "No extra charges"),
)


@dataclass(frozen=True)
class Gate:
    """What one gate says: ``result`` is pass, fail or unknown."""

    result: str
    because: str


@dataclass(frozen=True)
class Answered:
    """A belief that the sentence works on."""

    id: str
    statement: str
    prevalence: float | None
    companies: int
    quote: str | None


@dataclass(frozen=True)
class Graded:
    """A proposed differentiator with its gates; ``verdict`` in words is one of table stake, too vague, copy,
    customer-neutral, unproven and strong."""

    sentence: str
    specific: Gate
    beyond_expected: Gate
    not_copied: Gate
    answers: tuple[Answered, ...]
    verdict: str
    because: str


class Checker:
    """Grades sentences against what is known of an industry.

    Args:
        evidence: beliefs, praise and claims of the industry.
        encoder: judges what is about the same; it is loaded at the first sentence.
    """

    def __init__(self, evidence: Evidence, encoder: Encoder) -> None:
        self.evidence = evidence
        self.encoder = encoder
        worse = encoder.encode([worse for worse, _ in _OPPOSITES])
        better = encoder.encode([better for _, better in _OPPOSITES])
        away = worse.mean(axis=0) - better.mean(axis=0)
        self._away = away / np.linalg.norm(away)
        self._beliefs = self._stated([one.statement for one in evidence.beliefs])
        self._praise = self._stated([one.statement for one in evidence.praise])
        self._quoted: dict[str, np.ndarray] = {}
        claims = [claim.text for claim in evidence.claims]
        self._claims = encoder.encode(claims) if claims else np.zeros((0, len(away)), np.float32)

    def _stated(self, statements: Sequence[str]) -> np.ndarray:
        return self.encoder.encode(statements) if statements else np.zeros((0, len(self._away)), np.float32)

    def _said(self, theme: Belief | Praise) -> np.ndarray:
        """The vectors of a theme's quotes, of its statement where it has none."""
        if theme.id not in self._quoted:
            self._quoted[theme.id] = self.encoder.encode(list(theme.quotes) or [theme.statement])
        return self._quoted[theme.id]

    def _flat(self, vectors: np.ndarray) -> np.ndarray:
        flat = vectors - np.outer(vectors @ self._away, self._away)
        return np.asarray(flat / np.linalg.norm(flat, axis=1, keepdims=True))

    def check(self, sentence: str, company: str | None = None) -> Graded:
        """Grade a sentence.

        Args:
            sentence: what the company would promise or do.
            company: key of the company that speaks, whose own claims and praise are no copy; None for a new entrant.
        """
        vectors = self.encoder.encode(_parts(sentence))
        concrete = concreteness_of(sentence)
        praise = self._praise_of(vectors)
        beliefs = self._answers(vectors, praise)
        levels = levels_of(sentence)
        specific = _specific(concrete)
        beyond = self._beyond(sentence, concrete, levels, beliefs, [one for one, _ in praise])
        copied = self._copied(vectors, levels, [one for one, _ in praise], company)
        answers = tuple(
            Answered(one.id, one.statement, one.prevalence, one.companies, one.quotes[0] if one.quotes else None)
            for one in beliefs
        )
        verdict, because = _verdict(specific, beyond, copied, answers)
        return Graded(sentence, specific, beyond, copied, answers, verdict, because)

    def _praise_of(self, vectors: np.ndarray) -> list[tuple[Praise, float]]:
        """Praise of the same, nearest first."""
        stated = (vectors @ self._praise.T).max(axis=0)
        near = {
            i: max(float(stated[i]), float((vectors @ self._said(self.evidence.praise[i]).T).max()))
            for i in _nearest(stated)
        }
        order = sorted(near, key=lambda i: -round(near[i], 4))
        return [(self.evidence.praise[i], near[i]) for i in order if near[i] >= PRAISED]

    def _answers(self, vectors: np.ndarray, praise: Sequence[tuple[Praise, float]]) -> list[Belief]:
        flat = self._flat(vectors)
        stated = (flat @ self._flat(self._beliefs).T).max(axis=0) if len(self._beliefs) else np.zeros(0)
        near = {
            i: float(stated[i] + (flat @ self._flat(self._said(self.evidence.beliefs[i])).T).max()) / 2
            for i in _nearest(stated)
        }
        best = max(near.values(), default=0.0)
        if best < ANSWERS or (praise and praise[0][1] > best + 0.1):
            return []
        order = sorted(near, key=lambda i: -round(near[i], 4))
        return [self.evidence.beliefs[i] for i in order if near[i] >= max(ANSWERS, best - BESIDE)][:3]

    def _beyond(
        self,
        sentence: str,
        concrete: Concreteness,
        levels: Sequence[Level],
        beliefs: Sequence[Belief],
        praise: Sequence[Praise],
    ) -> Gate:
        for one in praise:
            said = next((quote for quote in one.quotes if _EXPECTED.search(quote)), None)
            at = len(one.by_company)
            if said:
                return Gate("fail", f"customers take it for granted: “{said}”")
            if len(self.evidence.names) > 1 and at >= MOST * len(self.evidence.names):
                quote = f": “{one.quotes[0]}”" if one.quotes else ""
                of = f"{at} of {len(self.evidence.names)} companies"
                return Gate("fail", f"customers of {of} praise it already{quote}")
        for belief in beliefs:
            for quote in belief.quotes:
                for level in levels:
                    reported = level_of(quote, level.measure)
                    if reported is None:
                        continue
                    better = level.amount > reported.amount if level.lasting else level.amount < reported.amount
                    told = f"{level.phrase} against {reported.phrase} that customers report (“{quote}”)"
                    return Gate("pass", told) if better else Gate("fail", f"no better than now: {told}")
        if not concrete.specific:
            return Gate("unknown", "too vague to be compared with what customers report")
        if praise:
            names = ", ".join(self.evidence.names.get(key, key) for key in praise[0].by_company)
            return Gate("pass", f"only customers of {names or 'few companies'} praise it so far")
        countable = bool(levels) or any(map(str.isdigit, sentence))
        if beliefs and (not countable or any(level.guarantee for level in levels)):
            return Gate("pass", f"customers report the opposite: “{(beliefs[0].quotes or (beliefs[0].statement,))[0]}”")
        if beliefs:
            return Gate("unknown", "customers report no level that it could be compared with")
        return Gate("unknown", "no customer talks about it, so nobody knows what is expected")

    def _copied(
        self, vectors: np.ndarray, levels: Sequence[Level], praise: Sequence[Praise], company: str | None
    ) -> Gate:
        evidence = self.evidence
        near = (vectors @ self._claims.T).max(axis=0) if len(self._claims) else np.zeros(0)
        for i in np.argsort(-np.round(near, 4), kind="stable"):
            claim = evidence.claims[i]
            if claim.company != company and _same(claim, float(near[i]), levels):
                return Gate("fail", f"{self._name(claim.company)} claims it already: “{claim.text}”")
        for one in praise:
            rivals = {k: v for k, v in one.by_company.items() if k != company and v >= evidence.floor}
            if rivals:
                best = max(sorted(rivals), key=lambda key: rivals[key])
                quote = f": “{one.quotes[0]}”" if one.quotes else ""
                return Gate("fail", f"{rivals[best]:.0%} of {self._name(best)}'s reviews praise it already{quote}")
        if not evidence.knows_rivals_of(company):
            return Gate("unknown", "nothing is known of what rivals claim or are praised for")
        return Gate("pass", "no rival claims it, and no rival's customers praise it")

    def _name(self, key: str) -> str:
        return self.evidence.names.get(key, key)


def _nearest(scores: np.ndarray) -> list[int]:
    """The themes worth a closer look, nearest first."""
    return [int(i) for i in np.argsort(-np.round(scores, 4), kind="stable")[:LOOKS]]


def _parts(sentence: str) -> list[str]:
    """A sentence as it stands, as customers would say it, and its clauses."""
    clauses = [part.strip() for part in _CLAUSE.split(sentence) if len(part.split()) >= 3]
    return list(dict.fromkeys((*as_customers_say(sentence), *clauses)))


def _same(claim: Claim, near: float, levels: Sequence[Level]) -> bool:
    if near >= CLAIMED:
        return True
    known = {(level.measure, level.amount) for level in levels_of(claim.text) if not level.guarantee}
    return near >= CLAIMED_LEVEL and any((one.measure, one.amount) in known for one in levels)


def _specific(concrete: Concreteness) -> Gate:
    if concrete.specific:
        return Gate("pass", f"it can be checked: {', '.join(f'“{word}”' for word in concrete.words[:3])}")
    if concrete.vague:
        words = ", ".join(f"“{word}”" for word in concrete.vague[:3])
        return Gate("fail", f"{words} cannot be checked: name a time, a price, a count or a guarantee")
    return Gate("fail", "it names nothing that can be checked: a time, a price, a count or a guarantee is missing")


def _verdict(specific: Gate, beyond: Gate, copied: Gate, answers: Sequence[Answered]) -> tuple[str, str]:
    if beyond.result == "fail":
        return "table stake", beyond.because
    if specific.result == "fail":
        return "too vague", specific.because
    if copied.result == "fail":
        return "copy", copied.because
    if not answers:
        return "customer-neutral", "it works on nothing that customers complain about"
    if "unknown" in (beyond.result, copied.result):
        return "unproven", beyond.because if beyond.result == "unknown" else copied.because
    worked = ", ".join(f"“{one.statement}”" for one in answers)
    return "strong", f"specific, more than customers get today, no rival's, and it works on {worked}"
