"""How often a theme is called rising or fading where nothing moves, and how often where something does.

At the level of counts, with the shares of the themes of pet insurance's published database, or made-up ones like them:
six companies at two sources, whose sizes change from month to month, so that the mix changes while no theme does.

*quiet*    Nothing moves: in each of so many months the newest three are tested against twelve before them, for 120
           themes at once. A month with any call is a false one; they should be at most the stated rate.
*shifted*  Nothing moves, but one company and one source triple in the newest months.
*planted*  In each month some themes rise or fall by 5 points, at 1,000 reviews in either stretch; the share that is
           called, and the share of all calls that are false.

    python benchmarks/trend_rates.py
"""

import argparse
from datetime import UTC, date, datetime

import numpy as np

from minebelief.insight.count import SHARED, Field
from minebelief.insight.trends import AFTER, BEFORE, RATE, movements
from minebelief.months import Calendar, plus

COMPANIES = ("a", "b", "c", "d", "e", "f")
SOURCES = ("one", "two")
LAST = date(2025, 6, 1)
MONTHS = [plus(LAST, -n) for n in reversed(range(AFTER + BEFORE))]
THEMES = 120
FIELD = Field({(company, SHARED): 1 for company in COMPANIES}, COMPANIES, SOURCES, True, 15)


def sizes(draw: np.random.Generator, before: int, after: int, shifted: bool) -> dict[tuple[str, str, date], int]:
    """Reviews by company, source and month: so many in all before and after."""
    weights = draw.dirichlet(np.full(len(COMPANIES) * len(SOURCES), 4.0))
    found = {}
    for stretch, total in ((MONTHS[:BEFORE], before), (MONTHS[BEFORE:], after)):
        own = weights.copy()
        if shifted and stretch[0] == MONTHS[BEFORE]:
            own[0:2] *= 3
            own[1::2] *= 3
        own /= own.sum()
        for month, many in zip(stretch, draw.multinomial(total, np.full(len(stretch), 1 / len(stretch))), strict=True):
            counts = draw.multinomial(many, own)
            cells = [(company, source, month) for company in COMPANIES for source in SOURCES]
            found |= dict(zip(cells, map(int, counts), strict=True))
    return {cell: count for cell, count in found.items() if count}


def month(draw: np.random.Generator, before: int, after: int, planted: int, shifted: bool) -> tuple[int, int, int]:
    """One month's test of all themes: planted ones called rightly, wrong calls, and calls by company."""
    opinions = sizes(draw, before, after, shifted)
    base = np.clip(draw.lognormal(np.log(0.015), 0.9, THEMES), 0.001, 0.2)
    by_company = {company: draw.lognormal(0, 0.4, THEMES) for company in COMPANIES}
    moved = np.zeros(THEMES)
    if planted:
        moved[:planted] = 0.05 * draw.choice([-1, 1], planted)
        base[:planted] = np.maximum(base[:planted], 0.005) + np.where(moved[:planted] < 0, 0.05, 0)
    mentions: dict[str, dict[tuple[str, str, date], int]] = {}
    for theme in range(THEMES):
        said = {}
        for (company, source, when), count in opinions.items():
            share = base[theme] + (moved[theme] if when in MONTHS[BEFORE:] else 0)
            factor = 1.0 if theme < planted else by_company[company][theme]
            said[company, source, when] = int(draw.binomial(count, min(0.9, share * factor)))
        mentions[str(theme)] = said
    newest = datetime(LAST.year, LAST.month, 30, tzinfo=UTC).replace(tzinfo=None)
    rows = movements(Calendar(opinions, newest), mentions, FIELD)
    called = {int(str(r["theme_id"])): r["trend"] for r in rows if r["company"] == "*" and r["trend"] != "steady"}
    right = sum(called.get(t) == ("rising" if moved[t] > 0 else "fading") for t in range(planted))
    local = sum(r["company"] != "*" and r["trend"] != "steady" for r in rows)
    return right, len(called) - right, local


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--months", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    draw = np.random.default_rng(given.seed)
    for name, before, after, planted, shifted in (
        ("quiet", 4000, 1000, 0, False),
        ("shifted", 4000, 1000, 0, True),
        ("planted", 1000, 1000, 6, False),
    ):
        found = np.array([month(draw, before, after, planted, shifted) for _ in range(given.months)])
        right, wrong, local = found.T
        line = f"{name}: {given.months} months"
        if planted:
            calls = right.sum() + wrong.sum()
            line += f", called {right.sum()} of {planted * given.months} ({right.sum() / planted / given.months:.0%})"
            line += f", {wrong.sum()} of {calls} calls false ({wrong.sum() / calls:.1%}, stated: {RATE:.0%})"
        else:
            line += f", any call over the field in {(wrong > 0).mean():.1%} of them (stated: {RATE:.0%})"
            line += f", at a company in {(local > 0).mean():.1%}"
        print(line, flush=True)


if __name__ == "__main__":
    main()
