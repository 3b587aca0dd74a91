"""How much stability flatters: it chooses anew among statements that were tried, a whole discovery tries others too.

Themes of a kind are found among all reasons of a work database, and then, by whole discoveries, among those of some of
the resamples that stability is made of. Each theme's overlap with what is found there is set beside the overlap that
stability gives it for the same resample.

    python benchmarks/stability.py WORKSPACE/.minebelief/work.duckdb INDUSTRY.toml [--resamples 4] [--kind value]
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from minebelief.industry import load_industry
from minebelief.mining.corpus import load_corpus
from minebelief.mining.discovery import ThemeDiscovery
from minebelief.mining.encoder import Encoder
from minebelief.mining.matching import Matcher
from minebelief.mining.stability import overlaps, resamples
from minebelief.mining.themes import FoundTheme, Reasons, find_themes
from minebelief.store import Store

LARGEST = 15


def part(reasons: Reasons, rows: np.ndarray) -> Reasons:
    """Some of the reasons."""
    lists = ([getattr(reasons, name)[row] for row in rows] for name in ("ids", "reviews", "texts", "masked"))
    return Reasons(*lists, reasons.vectors[rows], reasons.clear[rows], reasons.wish[rows])


def members(reasons: Reasons, themes: Sequence[FoundTheme]) -> list[set[str]]:
    """The sentence ids of each theme."""
    return [{reasons.ids[row] for row in theme.rows} for theme in themes]


def told(stability: np.ndarray, whole: np.ndarray) -> str:
    """Mean overlaps of all themes and of the largest, in words."""
    parts = [
        f"{what} {own.mean():.3f} and {own[:LARGEST].mean():.3f}"
        for what, own in (("stability", stability), ("whole discoveries", whole))
    ]
    return f"{len(whole)} themes and the {LARGEST} largest: {', '.join(parts)}"


def main() -> None:
    """Print, for each resample, the mean overlap both ways."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("industry", type=Path)
    parser.add_argument("--kind", default="belief", choices=["belief", "value"])
    parser.add_argument("--resamples", type=int, default=4)
    given = parser.parse_args()
    industry = load_industry(given.industry)
    encoder = Encoder(industry.encoder)
    with Store(given.work) as store:
        corpus = load_corpus(store, industry, encoder)
    reasons, clear = corpus.reasons(given.kind), corpus.clear(given.kind)
    texts = sorted(set(reasons.masked))
    discovery = ThemeDiscovery()
    found = find_themes(discovery, industry, encoder, reasons, corpus.vectors, clear, Matcher(encoder, texts))
    whole = members(reasons, found)
    cheap = overlaps(discovery, texts, reasons, whole)
    drawn, everywhere = resamples(reasons.reviews), resamples(corpus.reviews)
    both = []
    for number in range(given.resamples):
        some = part(reasons, np.flatnonzero(drawn[:, number]))
        inside = everywhere[:, number]
        matcher = Matcher(encoder, sorted(set(some.masked)))
        again = find_themes(ThemeDiscovery(), industry, encoder, some, corpus.vectors[inside], clear[inside], matcher)
        theirs, here = members(some, again), set(some.ids)
        own = [
            max((len(theme & here & other) / len(theme & here | other) for other in theirs), default=0.0)
            for theme in whole
        ]
        both.append((cheap[number], np.array(own)))
        print(f"resample {number}: {told(*both[-1])}", flush=True)
    mine, other = (np.mean([pair[side] for pair in both], axis=0) for side in (0, 1))
    print(f"together: {told(mine, other)}; correlation over themes {np.corrcoef(mine, other)[0, 1]:.2f}")


if __name__ == "__main__":
    main()
