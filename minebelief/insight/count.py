"""``themes`` → ``prevalence`` and ``theme_counts``: how many say it, at how many companies, and is it common."""

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pyarrow as pa

from minebelief.industry import Industry
from minebelief.insight.audit import Corrected, Tally, correct
from minebelief.insight.intervals import mean_of_shares, wilson
from minebelief.insight.judged import replay_judgements, tallies, write_audits
from minebelief.insight.shrinkage import shrink
from minebelief.mining.stability import STABLE
from minebelief.progress import Progress
from minebelief.store import Store, read_sql
from minebelief.workspace import Workspace

__all__ = ["Field", "count", "field_of"]

SHARED = "*"
MONTHS = 3
"""Where the data span so many months, a common belief is heard in as many."""

Counts = dict[tuple[str, str], int]


@dataclass(frozen=True)
class Field:
    """The companies that are compared, and the sources over which they are.

    ``reviews`` counts opinions by company and source: reviews that were mined, one author once per company.
    ``sources`` are those that all companies of the field have, complaints to an agency only where nothing else is
    shared; ``shared`` is False where they share none, and then they are compared over all sources. ``months`` is how
    many months the data span. ``window`` is the time in which all companies of the field have reviews there, if each
    keeps enough of them for the field; without one they are compared over all time.
    """

    reviews: Counts
    companies: tuple[str, ...]
    sources: tuple[str, ...]
    shared: bool
    months: int
    window: tuple[datetime, datetime] | None = None

    def total(self, company: str) -> int:
        """A company's opinions over the compared sources."""
        return self.reviews[company, SHARED]

    @property
    def parameters(self) -> dict[str, object]:
        """What queries over the compared sources and time take."""
        since, until = self.window or (None, None)
        return {"sources": list(self.sources), "since": since, "until": until}

    @property
    def needed(self) -> int:
        """At how many companies a common belief clears the floor."""
        return max(3, math.ceil(len(self.companies) / 2))


def field_of(store: Store, industry: Industry) -> Field:
    """Count the opinions and find the field."""
    where = {"industry": industry.industry}
    own: dict[str, dict[str, int]] = defaultdict(dict)
    for company, source, opinions in store.rows(read_sql("steps/opinions.sql"), where):
        own[company][source] = opinions
    all_sources = sorted({source for sources in own.values() for source in sources})
    counted = {(company, source): n for company, sources in own.items() for source, n in sources.items()}

    def totals(sources: list[str], window: tuple[datetime, datetime] | None = None) -> dict[str, int]:
        since, until = window or (None, None)
        parameters = {**where, "sources": sources, "since": since, "until": until}
        return dict(store.rows(read_sql("steps/opinions_over.sql"), parameters))

    everywhere = totals(all_sources)
    field = sorted(company for company, n in everywhere.items() if n >= industry.field_min)
    shared = [source for source in all_sources if field and all(source in own[company] for company in field)]
    complaints = {source for (source,) in store.rows(read_sql("steps/complaint_sources.sql"), where)}
    shared = [source for source in shared if source not in complaints] or shared
    window = _window(store, where, shared or all_sources, field)
    over = totals(shared or all_sources, window)
    if window and any(over.get(company, 0) < industry.field_min for company in field):
        window = None
        over = totals(shared) if shared else everywhere
    counted.update({(company, SHARED): over.get(company, 0) for company in everywhere})
    months = store.value(read_sql("steps/months.sql"), where) or 0
    return Field(counted, tuple(field), tuple(shared or all_sources), bool(shared), int(months), window)


def _window(
    store: Store, where: dict[str, str], sources: list[str], field: list[str]
) -> tuple[datetime, datetime] | None:
    found = store.rows(read_sql("steps/window.sql"), {**where, "sources": sources, "companies": field})
    return found[0] if found and field else None


@dataclass(frozen=True)
class _Audit:
    """What judges say of a theme, and in how many opinions something is near its border."""

    theme: str
    tally: Tally
    near: Counts

    def corrected(self, keys: list[tuple[str, str]], mentions: np.ndarray, reviews: np.ndarray) -> Corrected | None:
        """The corrected shares at some companies and sources; None where too little was judged."""
        if not self.tally.corrects or not keys:
            return None
        near = np.array([self.near.get(key, 0) for key in keys])
        return correct(mentions, near, reviews, self.tally, seed=int(self.theme[1:]))


def count(store: Store, industry: Industry, progress: Progress, workspace: Workspace | None = None) -> Field:
    """Count every active theme; returns the field that was compared.

    Figures of themes that people judged in the workspace are corrected by what they found.
    """
    where = {"industry": industry.industry}
    replay_judgements(store, industry.industry, workspace)
    field = field_of(store, industry)
    kinds = dict(store.rows(read_sql("steps/active_themes.sql"), where))
    themes = list(kinds)
    progress.start("count", len(themes))
    mentions: dict[str, Counts] = defaultdict(dict)
    for theme, company, source, n in store.rows(read_sql("steps/mentions.sql"), {**where, **field.parameters}):
        mentions[theme][company, source] = n
    seen = {row[0]: row[1:] for row in store.rows(read_sql("steps/theme_extent.sql"), where)}
    audits = _audits(store, where, field, themes)
    prevalence = [
        row
        for theme in themes
        for row in _prevalence(industry.industry, theme, field, mentions[theme], audits.get(theme))
    ]
    stability = dict(store.rows("select theme_id, stability from theme_identity where industry = $industry", where))
    judged = [
        _judge(industry, theme, field, mentions[theme], seen[theme], audits.get(theme), stability.get(theme))
        for theme in themes
    ]
    with store.transaction():
        for table in ("prevalence", "theme_counts"):
            store.execute(f"delete from {table} where industry = ?", [industry.industry])
        store.execute(
            "insert or replace into compared values (?, ?, ?, ?, ?)",
            [industry.industry, list(field.sources), field.shared, *(field.window or (None, None))],
        )
        found = {
            theme: (audit.tally, _compared(mentions[theme]), _compared(audit.near)) for theme, audit in audits.items()
        }
        write_audits(store, industry.industry, found)
        if themes:
            store.insert("prevalence", pa.Table.from_pylist(prevalence))
            store.insert("theme_counts", pa.Table.from_pylist(judged, schema=_COUNTS))
    progress.advance("count", len(themes))
    progress.finish(
        "count",
        f"{sum(bool(row['common']) for row in judged if kinds[str(row['theme_id'])] == 'belief')} common beliefs",
    )
    return field


_COUNTS = pa.schema(
    [
        *[(name, pa.string()) for name in ("industry", "theme_id")],
        *[(name, pa.int32()) for name in ("sentences", "reviews", "companies")],
        *[(name, pa.float64()) for name in ("prevalence", "low", "high", "prevalence_volume")],
        *[(name, pa.int32()) for name in ("spread", "months")],
        ("common", pa.bool_()),
        ("because", pa.string()),
        *[(name, pa.timestamp("us")) for name in ("first_seen", "last_seen")],
    ]
)


def _compared(counts: Counts) -> int:
    """All of them over the compared sources."""
    return sum(n for (_, source), n in counts.items() if source == SHARED)


def _audits(store: Store, where: dict[str, str], field: Field, themes: list[str]) -> dict[str, _Audit]:
    found = {theme: tally for theme, tally in tallies(store, where["industry"]).items() if theme in set(themes)}
    near: dict[str, Counts] = defaultdict(dict)
    if found:
        parameters = {**where, **field.parameters, "themes": list(found)}
        for theme, company, source, n in store.rows(read_sql("steps/border_mentions.sql"), parameters):
            near[theme][company, source] = n
    return {theme: _Audit(theme, tally, near[theme]) for theme, tally in found.items()}


def _prevalence(
    industry: str, theme: str, field: Field, mentions: Counts, audit: _Audit | None
) -> list[dict[str, object]]:
    keys = sorted(key for key, n in field.reviews.items() if n > 0)
    n = np.array([field.reviews[key] for key in keys])
    k = np.array([mentions.get(key, 0) for key in keys])
    share, (low, high) = k / n, wilson(k, n)
    if audit and (corrected := audit.corrected(keys, k, n)):
        share, low, high = corrected.share, corrected.low, corrected.high
    shrunk: dict[int, list[float]] = {}
    for source in sorted({source for _, source in keys}):
        at = [i for i, key in enumerate(keys) if key[1] == source]
        drawn = shrink(share[at] * n[at], n[at])
        for place, i in enumerate(at):
            shrunk[i] = [float(part[place]) for part in (drawn.share, drawn.low, drawn.high)]
    return [
        {
            "industry": industry,
            "theme_id": theme,
            "company": company,
            "source": source,
            "reviews": int(n[i]),
            "mentions": int(k[i]),
            "prevalence": float(share[i]),
            "low": float(low[i]),
            "high": float(high[i]),
            "shrunk": shrunk[i][0],
            "shrunk_low": shrunk[i][1],
            "shrunk_high": shrunk[i][2],
        }
        for i, (company, source) in enumerate(keys)
    ]


def _judge(
    industry: Industry,
    theme: str,
    field: Field,
    mentions: Counts,
    extent: tuple[int, int, int, int, datetime | None, datetime | None],
    audit: _Audit | None,
    stability: float | None,
) -> dict[str, object]:
    sentences, reviews, companies, months, first, last = extent
    compared = [company for company in field.companies if field.total(company) > 0]
    k = np.array([mentions.get((company, SHARED), 0) for company in compared])
    n = np.array([field.total(company) for company in compared])
    share, (low, _) = k / np.maximum(n, 1), wilson(k, n)
    mean, mean_low, mean_high = mean_of_shares(k, n) if len(n) else (None, None, None)
    corrected = audit.corrected([(company, SHARED) for company in compared], k, n) if audit else None
    if corrected:
        share, low, (mean, mean_low, mean_high) = corrected.share, corrected.low, corrected.mean
    spread = int((low >= industry.floor).sum())
    common, because = _is_common(industry, field, spread, months, stability)
    return {
        "industry": industry.industry,
        "theme_id": theme,
        "sentences": sentences,
        "reviews": reviews,
        "companies": companies,
        "prevalence": mean,
        "low": mean_low,
        "high": mean_high,
        "prevalence_volume": float((share * n).sum() / n.sum()) if len(n) else None,
        "spread": spread,
        "months": months,
        "common": common,
        "because": because,
        "first_seen": first,
        "last_seen": last,
    }


def _is_common(industry: Industry, field: Field, spread: int, months: int, stability: float | None) -> tuple[bool, str]:
    if len(field.companies) < 3:
        return False, (
            f"only {len(field.companies)} companies have at least {industry.field_min} reviews with text; "
            "a common belief needs three"
        )
    where = f"clears {industry.floor:.1%} at {spread} of {len(field.companies)} companies"
    if spread < field.needed:
        return False, f"{where}, {field.needed} are needed"
    if field.months >= MONTHS and months < MONTHS:
        return False, f"{where}, but is heard in {months} of {field.months} months only, {MONTHS} are needed"
    if stability is not None and stability < STABLE:
        return False, f"{where}, but comes back in resamples with an overlap of {stability:.2f}, {STABLE} is needed"
    return True, where if field.shared else f"{where}, over different sources, since they share none"
