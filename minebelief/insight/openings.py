"""Beliefs as openings, for one company or for a new entrant: how much there is to win, and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from minebelief.insight.impact import DRAWS, Impact
from minebelief.insight.intervals import wilson

__all__ = ["Belief", "Opening", "find_openings"]

RIVAL_MENTIONS = 30
"""Who speak of a matter at a rival before its satisfaction says anything."""

RIVALS = 2
"""Rivals with so many from which 'unmet' can be told."""


@dataclass(frozen=True)
class Belief:
    """A belief with its counts at k companies, over the compared sources and time.

    ``mentions``, ``positive``, ``negative`` and ``reviews`` have shape (k,): reviews that say the belief, voices that
    praise its opposite, voices that complain on the matter, all opinions. ``anchors`` is how many measurable anchors
    its sentences hold, None where nobody looked. ``claimed_by`` names companies that claim its opposite. ``fits`` names
    the value or purpose that its opposite serves, empty for none, None where none are given.
    """

    belief_id: str
    common: bool
    because: str
    mentions: np.ndarray
    reviews: np.ndarray
    positive: np.ndarray
    negative: np.ndarray
    impact: Impact
    claimed_by: tuple[str, ...] = ()
    anchors: int | None = None
    anchor: str = ""
    fits: str | None = None


@dataclass(frozen=True)
class Opening:
    """One belief judged for one company; numbers as in the published table ``openings``."""

    belief_id: str
    rank: int
    mean_rank: float
    importance: float
    opportunity: float
    low: float
    high: float
    satisfaction: float | None
    best_rival: str | None
    best_rival_satisfaction: float | None
    lead: float | None
    lead_low: float | None
    lead_high: float | None
    headroom: float | None
    gates: Mapping[str, str] = field(default_factory=dict)
    verdict: str = ""
    because: str = ""


def find_openings(
    beliefs: Sequence[Belief],
    companies: Sequence[str],
    names: Mapping[str, str],
    in_field: Sequence[bool],
    company: str | None,
    floor: float,
    random_state: int = 0,
) -> list[Opening]:
    """Judge every belief for one company, or for a new entrant where ``company`` is None.

    Importance is ten times the percentile, among the beliefs, of prevalence (each company of the field weighing the
    same) times star penalty; prevalence alone where no stars are known. Opportunity adds how far satisfaction lies
    below it (Ulwick, Harvard Business Review 2002), so it goes from 0 to 20. Both are computed on bootstrap samples of
    the counts; the order is that of the mean rank over them, ties by the opportunity's lower bound.

    Args:
        beliefs: with counts in the order of ``companies``.
        companies: keys of k companies.
        names: what to call them.
        in_field: which of them are compared.
        company: for whom.
        floor: prevalence below which a complaint or praise is noise.
        random_state: seed of the bootstrap.
    """
    if not beliefs:
        return []
    own = companies.index(company) if company is not None else None
    random = np.random.default_rng(random_state)
    field_rows = np.flatnonzero(np.asarray(in_field, bool))
    stars = any(belief.impact.draws is not None for belief in beliefs)
    pain = np.array([_pain(belief, field_rows, random, stars) for belief in beliefs])
    satisfied = np.array([_satisfied(belief, own, field_rows, random) for belief in beliefs])
    importance = _percentiles(pain)
    opportunity = importance + np.maximum(importance - 10 * satisfied, 0)
    ranks = (-opportunity[:, 1:]).argsort(axis=0, kind="stable").argsort(axis=0) + 1
    low, high = np.quantile(opportunity[:, 1:], [0.025, 0.975], axis=1)
    mean_rank = ranks.mean(axis=1)
    openings = []
    ids = [belief.belief_id for belief in beliefs]
    order = sorted(range(len(beliefs)), key=lambda i: (round(mean_rank[i], 6), -low[i], len(ids[i]), ids[i]))
    for rank, i in enumerate(order, 1):
        belief = beliefs[i]
        standing = _standing(belief, own, companies, in_field)
        gates, verdict, because = _judge(belief, own, companies, names, in_field, floor, standing)
        openings.append(
            Opening(
                belief_id=belief.belief_id,
                rank=rank,
                mean_rank=float(mean_rank[i]),
                importance=float(importance[i, 0]),
                opportunity=float(opportunity[i, 0]),
                low=float(low[i]),
                high=float(high[i]),
                satisfaction=None if standing.spoken == 0 else standing.satisfaction,
                best_rival=standing.best_rival,
                best_rival_satisfaction=standing.best,
                lead=standing.lead[0] if standing.lead else None,
                lead_low=standing.lead[1] if standing.lead else None,
                lead_high=standing.lead[2] if standing.lead else None,
                headroom=None if standing.spoken == 0 else 1 - standing.satisfaction,
                gates=gates,
                verdict=verdict,
                because=because,
            )
        )
    return openings


def _pain(belief: Belief, rows: np.ndarray, random: np.random.Generator, stars: bool) -> np.ndarray:
    """Prevalence times penalty: as counted, then in DRAWS samples; shape (1 + DRAWS,)."""
    k, n = belief.mentions[rows], np.maximum(belief.reviews[rows], 1)
    drawn = random.binomial(n, np.clip((k + 0.5) / (n + 1), 0, 1), (DRAWS, len(rows))) if len(rows) else None
    share = np.zeros(1 + DRAWS) if drawn is None else np.append((k / n).mean(), (drawn / n).mean(axis=1))
    if not stars:
        return share
    if belief.impact.penalty is None or belief.impact.draws is None:
        return np.zeros(1 + DRAWS)
    return share * np.maximum(np.append(belief.impact.penalty[0], belief.impact.draws), 0)


def _satisfied(belief: Belief, own: int | None, rows: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Satisfaction at one company, or the mean of the field's; as counted, then in DRAWS samples.

    Where few speak it is drawn to one half by half a voice on each side.
    """
    rows = rows if own is None else np.array([own])
    good, spoken = belief.positive[rows], belief.positive[rows] + belief.negative[rows]
    if spoken.sum() == 0:
        return np.full(1 + DRAWS, 0.5)
    rows, good, spoken = rows[spoken > 0], good[spoken > 0], spoken[spoken > 0]
    drawn = random.beta(good + 0.5, spoken - good + 0.5, (DRAWS, len(rows)))
    return np.append(((good + 0.5) / (spoken + 1)).mean(), drawn.mean(axis=1))


def _percentiles(values: np.ndarray) -> np.ndarray:
    """Ten times the percentile of each value within its column, ties in the middle; shape as given."""
    from scipy.stats import rankdata

    count = len(values)
    if count == 1:
        return np.full(values.shape, 10.0)
    return np.asarray(10 * (rankdata(values, axis=0) - 1) / (count - 1))


@dataclass(frozen=True)
class _Standing:
    """How one company, or the field, stands on a matter against its rivals."""

    satisfaction: float
    spoken: int
    low: float
    best_rival: str | None
    best: float | None
    lead: tuple[float, float, float] | None


def _standing(belief: Belief, own: int | None, companies: Sequence[str], in_field: Sequence[bool]) -> _Standing:
    spoken = belief.positive + belief.negative
    low, high = wilson(belief.positive, spoken)
    share = belief.positive / np.maximum(spoken, 1)
    rivals = [i for i in range(len(companies)) if i != own and spoken[i] >= RIVAL_MENTIONS]
    best = max(rivals, key=lambda i: (low[i], share[i]), default=None)
    if own is None:
        rated = [i for i in range(len(companies)) if in_field[i] and spoken[i] > 0]
        mean = float(np.mean([share[i] for i in rated])) if rated else 0.0
        total = int(sum(spoken[i] for i in rated))
        return _Standing(mean, total, 0.0, *_named(best, companies, share), None)
    lead = None
    if best is not None and spoken[own] >= RIVAL_MENTIONS:
        difference = float(share[own] - share[best])  # intervals of differences: Newcombe, Statistics in Medicine 1998
        down = np.hypot(share[own] - low[own], high[best] - share[best])
        up = np.hypot(high[own] - share[own], share[best] - low[best])
        lead = (difference, difference - float(down), difference + float(up))
    return _Standing(float(share[own]), int(spoken[own]), float(low[own]), *_named(best, companies, share), lead)


def _named(best: int | None, companies: Sequence[str], share: np.ndarray) -> tuple[str | None, float | None]:
    return (None, None) if best is None else (companies[best], float(share[best]))


def _judge(
    belief: Belief,
    own: int | None,
    companies: Sequence[str],
    names: Mapping[str, str],
    in_field: Sequence[bool],
    floor: float,
    standing: _Standing,
) -> tuple[dict[str, str], str, str]:
    """The gates, the verdict in words, and what decided each gate."""
    called = [names.get(company, company) for company in companies]
    parts = {
        "common": ("pass" if belief.common else "fail", belief.because),
        "unmet": _unmet(belief, own, called),
        "not_copied": _not_copied(belief, own, companies, called, floor),
        "beyond_expected": _beyond_expected(belief, own, called, in_field, standing),
        "specific": _specific(belief),
        "fits_values": _fits(belief),
    }
    gates = {name: gate for name, (gate, _) in parts.items()}
    table_stake = gates["beyond_expected"] == "fail"
    if gates["common"] == "fail":
        verdict = "unproven"
    elif table_stake:
        verdict = "table stake"
    elif gates["not_copied"] == "fail":
        verdict = "copy"
    elif gates["unmet"] == "fail":
        verdict = "contested"
    elif gates["specific"] == "fail":
        verdict = "too vague"
    elif "unknown" in (gates["unmet"], gates["beyond_expected"]):
        verdict = "unproven"
    else:
        verdict = "open"
    because = "; ".join(f"{name.replace('_', ' ')}: {gate}, {why}" for name, (gate, why) in parts.items())
    return gates, verdict, because


def _unmet(belief: Belief, own: int | None, called: Sequence[str]) -> tuple[str, str]:
    spoken = belief.positive + belief.negative
    low, _ = wilson(belief.positive, spoken)
    rivals = [i for i in range(len(called)) if i != own and spoken[i] >= RIVAL_MENTIONS]
    meets = [i for i in rivals if low[i] > 0.5]
    if meets:
        best = max(meets, key=lambda i: low[i])
        share = belief.positive[best] / spoken[best]
        return "fail", (
            f"{share:.0%} of {spoken[best]} who speak of it at {called[best]} are satisfied"
            + (f", and {len(meets) - 1} more rivals are above one half" if len(meets) > 1 else "")
        )
    if len(rivals) < RIVALS:
        return (
            "unknown",
            f"{RIVALS} rivals with {RIVAL_MENTIONS} customers who speak of it are needed, found: {len(rivals)}",
        )
    best = max(rivals, key=lambda i: belief.positive[i] / spoken[i])
    share = belief.positive[best] / spoken[best]
    return "pass", f"no rival satisfies more than half for sure, the best {called[best]} with {share:.0%}"


def _not_copied(
    belief: Belief, own: int | None, companies: Sequence[str], called: Sequence[str], floor: float
) -> tuple[str, str]:
    low, _ = wilson(belief.positive, belief.reviews)
    praised = [i for i in range(len(called)) if i != own and belief.reviews[i] > 0 and low[i] >= floor]
    claimed = [called[i] for i in range(len(called)) if i != own and companies[i] in belief.claimed_by]
    if not praised and not claimed:
        return "pass", f"no rival is praised for the opposite in {floor:.1%} of its reviews, and none claims it"
    said = []
    if praised:
        best = max(praised, key=lambda i: low[i])
        share = belief.positive[best] / belief.reviews[best]
        others = f" and {len(praised) - 1} more are" if len(praised) > 1 else " is"
        said.append(f"{called[best]}{others} praised for the opposite, {called[best]} in {share:.1%} of its reviews")
    if claimed:
        said.append(f"{', '.join(claimed)} {'claims' if len(claimed) == 1 else 'claim'} it")
    return "fail", " and ".join(said)


def _beyond_expected(
    belief: Belief, own: int | None, called: Sequence[str], in_field: Sequence[bool], standing: _Standing
) -> tuple[str, str]:
    spoken = belief.positive + belief.negative
    rated = [i for i in range(len(called)) if in_field[i] and spoken[i] >= RIVAL_MENTIONS]
    meet = [i for i in rated if belief.positive[i] > belief.negative[i]]
    impact = belief.impact
    if impact.kano == "must-be" and len(rated) >= RIVALS and 2 * len(meet) > len(rated):
        return "fail", f"a must-be that {len(meet)} of {len(rated)} companies meet"
    if standing.best is not None and own is not None and standing.low > standing.best:
        return "pass", f"{standing.satisfaction:.0%} are satisfied, past the best rival"
    _, most = wilson(belief.positive, spoken)
    rivals = [i for i in rated if i != own]
    if impact.reward is None and len(rivals) >= RIVALS and all(most[i] < 0.5 for i in rivals):
        return "pass", f"at none of {len(rivals)} rivals is half satisfied, so whoever solves it is past the best"
    if impact.reward is None:
        return "unknown", "too few praise it, or there are no stars, to tell what it earns"
    reward, low, high = (5 * part for part in impact.reward)  # in stars of five, as people know them
    told = f"praise of it goes with {reward:+.2f} stars of five [{low:+.2f} to {high:+.2f}]"
    if low > 0:
        return "pass", told
    return ("fail" if high <= 0 else "unknown"), told


def _specific(belief: Belief) -> tuple[str, str]:
    if belief.anchors is None:
        return "unknown", "no measurable anchors were looked for"
    if belief.anchors:
        return "pass", f"{belief.anchors} sentences name a quantity" + (
            f", such as {belief.anchor}" * bool(belief.anchor)
        )
    return "fail", "no sentence names a time, price, count, distance or guarantee"


def _fits(belief: Belief) -> tuple[str, str]:
    if belief.fits is None:
        return "unknown", "the industry file names no values and no purpose"
    if belief.fits:
        return "pass", f"serves “{belief.fits}”"
    return "fail", "near none of your values, nor the purpose"
