"""The industry file's guesses, values and purpose, held against what customers say."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from minebelief.industry import Industry
from minebelief.insight.hearing import Heard, Hearing, Share, Subject
from minebelief.insight.intervals import wilson
from minebelief.insight.wording import as_customers_say

__all__ = ["Judged", "blind_spots", "evidence_rows", "judge_hunches", "judge_purposes", "judge_values", "satisfied"]

LEAST = 3
"""Reviews from which something counts as heard at all."""

NAMES = 0.72
"""Similarity from which a guess names a belief, so that it is no blind spot."""

CANDIDATES = 5

PRAISED = 4.0
"""A common complaint is contradicted only where praise outweighs it so many times more than praise does in general."""

NINETY = 1.2815515655446004
"""One-sided 90%."""

_OUTCOME = re.compile(
    r"\bpeace of mind\b|\b(?:no|never|without|less|don['’]?t|nothing|one less thing) (?:to |have to |need to )?worr\w+|"
    r"\bworry[- ]free\b|\bsleep (?:better|well|easy|at night)\b|\bstress[- ]free\b|\b(?:without|less) stress\w*|"
    r"\b(?:never|don['’]?t|didn['’]?t) (?:have to )?miss\w*\b|\breliev\w+|\brelief\b|"
    r"\b(?:feel|feels|felt|feeling) (?:safe\w*|secure\w*|protected|at ease|relaxed|confident|free\b)|"
    r"\b(?:saved|saves) (?:my|our|his|her|their) (?:life|lives|dog|cat|pet|day|marriage|business|family)\b|"
    r"\b(?:life|lives) (?:is |are |so |much |a lot )*(?:easier|better|simpler)\b|"
    r"\b(?:more|gives? \w+) time (?:for|with)\b|\bfor the people (?:i|we|you) love\b|"
    r"\b(?:my|our) (?:family|kids|children|mother|mom|parents|loved ones)\b|"
    r"\bchoose between\b|\bindependen\w+",
    re.IGNORECASE,
)
"""Praise that names what something does to a life, and not what it is."""


@dataclass(frozen=True)
class Judged:
    """Rows for tables of the work database, by table."""

    rows: dict[str, list[dict[str, object]]]


def judge_hunches(hearing: Hearing) -> Judged:
    """Which guesses are confirmed, contradicted, rare or unheard, and which common beliefs nobody guessed."""
    industry = hearing.industry
    heard = hearing.hear([Subject((text,), praise=False) for text in industry.beliefs])
    rows, evidence = [], []
    for position, (text, found) in enumerate(zip(industry.beliefs, heard, strict=True), start=1):
        said, praised = hearing.share(found.says), hearing.share(found.opposes)
        verdict, because = _hunch_verdict(hearing, said, praised)
        themes = found.opposes_themes if verdict == "contradicted" else found.says_themes
        rows.append(
            {
                "industry": industry.industry,
                "hunch": text,
                "position": position,
                "theme_id": themes[0] if themes else None,
                "verdict": verdict,
                **_figures(said, "mentions", "prevalence", ""),
                "spread": said.spread,
                **_figures(praised, "praised_mentions", "praised", "praised_"),
                "because": because,
            }
        )
        evidence += evidence_rows(hearing, "hunch", text, "*", found)
    missed: list[dict[str, object]] = [
        {"industry": industry.industry, "theme_id": theme} for theme in blind_spots(hearing, heard)
    ]
    return Judged({"hunches": rows, "blind_spots": missed, "heard": evidence})


def _hunch_verdict(hearing: Hearing, said: Share, praised: Share) -> tuple[str, str]:
    floor, field = hearing.industry.floor, hearing.field
    size = len(said.by_company)
    if said.share is None:
        return "unheard", "no company has enough reviews with text to say"
    where = f"clears {floor:.1%} at {said.spread} of {size} companies"
    praise = f"{praised.mentions:,} {_reviews(praised.mentions)} praise the same matter"
    common = size >= 3 and said.spread >= field.needed
    far_more = praised.mentions >= PRAISED * max(hearing.praise_odds, 0.5) * said.mentions
    if common and not far_more:
        return "confirmed", f"{where}; {praise}" if praised.mentions > said.mentions else where
    if satisfied(praised.mentions, said.mentions) and (praised.mentions >= max(LEAST, 2 * said.mentions)):
        return "contradicted", f"{praise}, {said.mentions:,} {_reviews(said.mentions, 'complain', 'complains')}"
    if said.mentions < LEAST:
        return "unheard", f"{said.mentions or 'no'} {_reviews(said.mentions)} of {_total(hearing):,} say it"
    if (said.high or 0) >= floor or said.spread > 0:
        at = [c for c in said.by_company if _clears(hearing, c, said.by_company[c])]
        names = ", ".join(hearing.industry.companies[c].name for c in at[:4])
        told = f"{where}{f' ({names})' if at and len(at) <= 4 else ''}"
        return "confirmed", told if said.spread else f"{told}, but is within reach of it on average"
    return "rare", f"{said.share:.2%} of the reviews say it, certainly below the floor of {floor:.1%}"


def blind_spots(hearing: Hearing, heard: Sequence[Heard]) -> list[str]:
    """The common beliefs that none of the guesses names, most prevalent first."""
    common = [theme for theme in hearing.themes if theme.common and theme.kind == "belief"]
    named = {theme for found in heard for theme in found.says_themes}
    said = [set(found.says.tolist()) for found in heard]
    guesses = list(hearing.industry.beliefs)
    near = (
        hearing.nearness(hearing.encoder.encode([hearing.masker.mask(text) for text in guesses])) if guesses else None
    )
    spots = []
    for theme in common:
        held = set(hearing.held[theme.theme_id].tolist())
        column = hearing.themes.index(theme)
        close = near is not None and float(near[:, column].max()) >= NAMES
        if theme.theme_id not in named and not close and not any(len(held & rows) > 0.3 * len(held) for rows in said):
            spots.append(theme.theme_id)
    return spots


def judge_values(hearing: Hearing) -> Judged:
    """Which of the user's values customers praise, which they miss, and which nobody talks about."""
    industry = hearing.industry
    heard = hearing.hear([Subject(as_customers_say(text), praise=True) for text in industry.values])
    rows, evidence = [], []
    for position, (text, found) in enumerate(zip(industry.values, heard, strict=True), start=1):
        said, missed = hearing.share(found.says), hearing.share(found.opposes)
        verdict, because = _value_verdict(hearing, said, missed)
        themes = found.says_themes or found.opposes_themes
        rows.append(
            {
                "industry": industry.industry,
                "own_value": text,
                "position": position,
                "theme_id": themes[0] if themes else None,
                "verdict": verdict,
                **_figures(said, "mentions", "prevalence", ""),
                **_figures(missed, "missed_mentions", "missed", "missed_"),
                "because": because,
            }
        )
        evidence += evidence_rows(hearing, "value", text, "*", found)
    return Judged({"own_values": rows, "heard": evidence})


def _value_verdict(hearing: Hearing, said: Share, missed: Share) -> tuple[str, str]:
    total = _total(hearing)
    if said.mentions + missed.mentions < LEAST:
        return "unheard", f"nobody talks about it: {said.mentions + missed.mentions} of {total:,} reviews touch on it"
    told = f"{said.mentions:,} {_reviews(said.mentions)} of {total:,} praise it, {missed.mentions:,} miss it"
    if missed.mentions >= LEAST and satisfied(missed.mentions, said.mentions):
        return "missed", told
    if said.mentions < LEAST or (said.share or 0) < hearing.industry.floor / 10:
        return "rare", told
    return "heard", told


def judge_purposes(hearing: Hearing) -> Judged:
    """Whether customers say what the purpose says, at whom, what breaks it; and praise that could be one."""
    industry = hearing.industry
    rows, evidence = [], []
    if industry.purpose:
        subject = Subject(as_customers_say(industry.purpose), praise=True)
        (found,) = hearing.hear([subject])
        near = hearing.nearness(hearing.encoder.encode([hearing.masker.mask(w) for w in subject.wordings])).max(axis=0)
        # the matter of a purpose is wider than that of a promise: the theme of praise nearest to it speaks for it too
        themes = [
            hearing.themes[j].theme_id
            for j in np.argsort(-np.round(near, 4), kind="stable")
            if near[j] >= 0.70
            and hearing.themes[j].kind == "value"
            and _names_outcome(hearing, hearing.themes[j].theme_id)
        ]
        rows_said = np.union1d(found.says, np.concatenate([hearing.held[t] for t in themes])) if themes else found.says
        found = Heard(
            *_extended(found, rows_said),
            found.opposes,
            found.opposes_similarity,
            found.says_themes,
            found.opposes_themes,
        )
        said = hearing.share(found.says)
        broken = [
            theme.theme_id
            for j, theme in enumerate(hearing.themes)
            if theme.kind == "belief" and (near[j] >= 0.60 or theme.theme_id in found.opposes_themes)
        ]
        rows.append(
            _purpose_row(hearing, industry, industry.purpose, 0, said, (themes or list(found.says_themes)), broken)
        )
        evidence += evidence_rows(hearing, "purpose", industry.purpose, "*", found)
    taken = {str(row["purpose"]) for row in rows}
    candidates = [t for t in hearing.themes if t.kind == "value" and _names_outcome(hearing, t.theme_id)]
    for theme in [t for t in candidates if t.statement not in taken][:CANDIDATES]:
        said = hearing.share(hearing.held[theme.theme_id])
        column = hearing.themes.index(theme)
        near = hearing.nearness(hearing.encoder.encode([hearing.masker.mask(theme.statement)]))[0]
        broken = [
            t.theme_id for j, t in enumerate(hearing.themes) if t.kind == "belief" and near[j] >= 0.64 and j != column
        ]
        if theme.statement in taken:
            continue
        taken.add(theme.statement)
        rows.append(_purpose_row(hearing, industry, theme.statement, len(rows) or 1, said, [theme.theme_id], broken))
    return Judged({"purposes": rows, "heard": evidence})


def _extended(found: Heard, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    known = dict(zip(found.says.tolist(), found.says_similarity.tolist(), strict=True))
    order = sorted(rows.tolist(), key=lambda row: (-known.get(row, 0.0), row))
    return np.array(order, int), np.array([known.get(row, 0.0) for row in order])


def _names_outcome(hearing: Hearing, theme_id: str) -> bool:
    """Whether at least three in ten of a theme's sentences name what it does to a life."""
    rows = hearing.held[theme_id]
    return len(rows) > 0 and sum(_OUTCOME.search(hearing.texts[row]) is not None for row in rows) >= 0.3 * len(rows)


def _purpose_row(
    hearing: Hearing,
    industry: Industry,
    text: str,
    rank: int,
    said: Share,
    themes: Sequence[str],
    broken: Sequence[str],
) -> dict[str, object]:
    shares = {c: n / max(hearing.field.total(c), 1) for c, n in said.by_company.items() if n > 0}
    at = sorted(shares, key=lambda company: (-shares[company], company))
    enough = said.mentions >= LEAST and (said.share or 0) >= hearing.industry.floor / 10
    verdict = "heard" if enough else "rare" if said.mentions else "unheard"
    names = ", ".join(f"{industry.companies[c].name} {shares[c]:.1%}" for c in at[:3])
    told = f"{said.mentions:,} {_reviews(said.mentions)} say it" if said.mentions else "no customer says it"
    return {
        "industry": industry.industry,
        "purpose": text,
        "origin": "industry file" if rank == 0 else "customers",
        "rank": rank,
        "theme_id": themes[0] if themes else None,
        "verdict": verdict,
        **_figures(said, "mentions", "prevalence", ""),
        "heard_at": at,
        "broken_by": list(broken),
        "because": f"{told}, most at {names}" if names else told,
    }


def evidence_rows(hearing: Hearing, kind: str, subject: str, company: str, found: Heard) -> list[dict[str, object]]:
    """The sentences for and against a subject as rows of the table ``heard``."""
    stances = {"says": (found.says, found.says_similarity), "opposes": (found.opposes, found.opposes_similarity)}
    return [
        {
            "industry": hearing.industry.industry,
            "kind": kind,
            "subject": subject,
            "company": company,
            "sentence_id": hearing.sentence_ids[row],
            "stance": stance,
            "similarity": round(float(score), 4),
            "rank": rank,
        }
        for stance, (rows, scores) in stances.items()
        for rank, (row, score) in enumerate(zip(rows, scores, strict=True), start=1)
    ]


def satisfied(for_it: int, against: int) -> bool:
    """Whether more than half of those who speak are for it, with 90% certainty (one-sided Wilson score).

    Verdicts in words rest on it; the intervals beside them are the usual ones of 95%.
    """
    n = for_it + against
    if n == 0:
        return False
    share = for_it / n
    half = NINETY * np.sqrt(share * (1 - share) / n + NINETY**2 / (4 * n**2))
    return bool((share + NINETY**2 / (2 * n) - half) / (1 + NINETY**2 / n) > 0.5)


def _figures(share: Share, mentions: str, value: str, prefix: str) -> dict[str, object]:
    return {mentions: share.mentions, value: share.share, f"{prefix}low": share.low, f"{prefix}high": share.high}


def _clears(hearing: Hearing, company: str, mentions: int) -> bool:
    low, _ = wilson(np.array([mentions]), np.array([hearing.field.total(company)]))
    return bool(low[0] >= hearing.industry.floor)


def _total(hearing: Hearing) -> int:
    return sum(n for (_, source), n in hearing.field.reviews.items() if source == "*")


def _reviews(n: int, plural: str = "reviews", singular: str = "review") -> str:
    return singular if n == 1 else plural
