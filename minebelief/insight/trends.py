"""``themes`` → ``trends`` and ``movements``: prevalence by month, and what rises or fades."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pyarrow as pa

from minebelief.comparison import adjusted, exact_p, weighted_shares
from minebelief.industry import Industry
from minebelief.insight.count import SHARED, Field
from minebelief.insight.intervals import wilson
from minebelief.months import Calendar, Cell, calendar_of, mentions_by_month, strata
from minebelief.progress import Progress
from minebelief.store import Store, read_sql

__all__ = ["AFTER", "BEFORE", "EVERYONE", "LEAST", "RATE", "movements", "trends"]

AFTER, BEFORE, LEAST = 3, 12, 3
"""The newest whole months that are held against up to twelve before them, and how many there must be of each."""

RATE = 0.05
"""The false discovery rate: the expected share of false calls among all, and where nothing moves the chance of any."""

EVERYONE = "*"


def trends(store: Store, industry: Industry, field: Field, progress: Progress) -> None:
    """Count every active theme by month, and test which ones rise or fade."""
    key = industry.industry
    themes = [row[0] for row in store.rows(read_sql("steps/active_themes.sql"), {"industry": key})]
    progress.start("trends", len(themes))
    calendar = calendar_of(store, key)
    mentions = mentions_by_month(store, key, themes)
    moved = movements(calendar, mentions, field)
    with store.transaction():
        for table in ("trends", "movements"):
            store.execute(f"delete from {table} where industry = ?", [key])
        if themes and calendar.opinions:
            store.insert("trends", _by_month(key, themes, calendar, mentions, field))
        if moved:
            rows = [{"industry": key, **row} for row in moved]
            store.insert("movements", pa.Table.from_pylist(rows))
    progress.advance("trends", len(themes))
    counts = {trend: sum(row["trend"] == trend and row["company"] == EVERYONE for row in moved) for trend in _WORDS}
    progress.finish("trends", f"{counts['rising']} rising, {counts['fading']} fading")


_WORDS = ("rising", "fading", "steady")


def movements(
    calendar: Calendar, mentions: Mapping[str, Mapping[Cell, int]], field: Field
) -> list[dict[str, str | float]]:
    """Each theme's newest whole months against those before, over the field (company ``*``) and by company.

    Both stretches are of the same companies and sources in the same mix, so that a new source or a burst of reviews of
    one company is no trend. p is exact for mentions that fall independently; over all themes, and over all themes by
    company, it is adjusted to a false discovery rate (q), and what has a q up to 0.05 is called.

    Returns:
        Rows of ``movements``; none where the data are too short.
    """
    after = calendar.stretch(AFTER)
    before = calendar.stretch(BEFORE, AFTER)
    if len(after) < LEAST or len(before) < LEAST:
        return []
    months = {*before, *after}
    compared = {
        cell: count
        for cell, count in calendar.opinions.items()
        if cell[0] in field.companies and cell[1] in field.sources and cell[2] in months
    }
    rows: list[dict[str, str | float]] = []
    for company in (None, *field.companies):
        own: list[dict[str, str | float]] = []
        for theme, said in mentions.items():
            parts = strata(compared, said, before, after, company)
            if not parts:
                continue
            old, new, low, high = weighted_shares(parts)
            own.append(
                {
                    "theme_id": theme,
                    "company": company or EVERYONE,
                    "before": old,
                    "after": new,
                    "difference": new - old,
                    "low": low,
                    "high": high,
                    "p": exact_p(parts),
                }
            )
        rows += own
    for everyone in (True, False):
        some = [row for row in rows if (row["company"] == EVERYONE) is everyone]
        for row, q in zip(some, adjusted([float(row["p"]) for row in some]), strict=True):
            called = "rising" if float(row["difference"]) > 0 else "fading"
            row["q"] = float(q)
            row["trend"] = called if q <= RATE else "steady"
    return rows


def _by_month(
    industry: str,
    themes: list[str],
    calendar: Calendar,
    mentions: Mapping[str, Mapping[Cell, int]],
    field: Field,
) -> pa.Table:
    """The rows of ``trends``: by source, over the compared sources (source ``*``) and over the field (``*`` too)."""
    groups: dict[Cell, list[int]] = {}
    cells = sorted(calendar.opinions)
    for place, (company, source, month) in enumerate(cells):
        groups.setdefault((company, source, month), []).append(place)
        if source in field.sources:
            groups.setdefault((company, SHARED, month), []).append(place)
            if company in field.companies:
                groups.setdefault((EVERYONE, SHARED, month), []).append(place)
    keys = sorted(groups)
    within = np.zeros((len(cells), len(keys)), np.float32)
    for column, key in enumerate(keys):
        within[groups[key], column] = 1
    said = np.array([[mentions[theme].get(cell, 0) for cell in cells] for theme in themes], np.float32)
    k = np.rint(said @ within).astype(int).ravel()
    opinions = np.array([calendar.opinions[cell] for cell in cells], np.float32)
    n = np.tile(np.rint(opinions @ within).astype(int), len(themes))
    k = np.minimum(k, n)
    low, high = wilson(k, n)
    partial = calendar.partial
    return pa.table(
        {
            "industry": pa.array([industry] * len(n)),
            "theme_id": pa.array([theme for theme in themes for _ in keys]),
            "company": pa.array([company for company, _, _ in keys] * len(themes)),
            "source": pa.array([source for _, source, _ in keys] * len(themes)),
            "month": pa.array([month for _, _, month in keys] * len(themes), pa.date32()),
            "reviews": n.astype(np.int32),
            "mentions": k.astype(np.int32),
            "prevalence": k / n,
            "low": low,
            "high": high,
            "partial": pa.array([_is(month, partial) for _, _, month in keys] * len(themes)),
        }
    )


def _is(month: date, partial: date | None) -> bool:
    return partial is not None and month >= partial
