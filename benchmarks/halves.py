"""Whether two disjoint random halves of the reviews of pet insurance find the same themes.

Each half is mined by itself, up to its themes. Then the reasons of half B are given to the themes of half A, by their
statements and what A knows of words, and each is held against the theme of B that shares most sentences with it: the
share of themes of A with an overlap (Jaccard) of at least 0.5 is the figure. Then the other way round.

    python benchmarks/halves.py $MINEBELIEF_DATA/pet-insurance --vectors OLD/.minebelief/work.duckdb
"""

import argparse
import os
import random
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from replay import FILE, Row, read_reviews, workspace_with, write_reviews

from minebelief.industry import Industry, load_industry
from minebelief.mining.corpus import load_corpus
from minebelief.mining.discovery import ThemeDiscovery
from minebelief.mining.encoder import Encoder
from minebelief.mining.epochs import load_model
from minebelief.mining.known import Known, load_known
from minebelief.mining.matching import Matcher
from minebelief.mining.scores import belonging
from minebelief.mining.themes import Reasons
from minebelief.pipeline import Run
from minebelief.progress import Silent
from minebelief.store import Store

KINDS = ("belief", "value")
OVERLAP = 0.5
LARGEST = 15


@dataclass(frozen=True)
class Half:
    """A mined half: by kind its reasons, its themes (largest first) and what it learnt of words."""

    reasons: dict[str, Reasons]
    themes: dict[str, list[Known]]
    rarity: dict[str, np.ndarray]


def mine(folder: Path, reviews: dict[str, list[Row]], kept: set[str], vectors: Path | None) -> Half:
    """Mine some of the reviews up to their themes, in a workspace of their own."""
    write_reviews(folder / "data" / "pet-insurance", reviews, lambda row: row["id"] in kept)
    os.environ["MINEBELIEF_DATA"] = str(folder / "data")
    with workspace_with(vectors, folder) as workspace:
        with Run.opened(FILE, workspace, Silent()) as run:
            for name, step in run.steps():
                step()
                if name == "discover":
                    break
        with Store(workspace.work) as store:
            return read(store, load_industry(FILE))


def read(store: Store, industry: Industry) -> Half:
    """What a work database holds of themes."""
    corpus = load_corpus(store, industry, Encoder(industry.encoder))
    known = [theme for theme in load_known(store, industry.industry).values() if theme.status == "active"]
    known.sort(key=lambda theme: (-len(theme.members), theme.theme_id))
    return Half(
        {kind: corpus.reasons(kind) for kind in KINDS},
        {kind: [theme for theme in known if theme.kind == kind] for kind in KINDS},
        {kind: (load_model(store, industry.industry, f"words of {kind}") or {})["rarity"] for kind in KINDS},
    )


def overlaps(a: Half, b: Half, kind: str, encoder: Encoder) -> np.ndarray:
    """For each theme of A, given B's reasons, the largest Jaccard overlap with a theme of B."""
    settings = ThemeDiscovery()
    reasons = b.reasons[kind]
    texts = sorted(set(reasons.masked))
    statements = [theme.statements[0].masked for theme in a.themes[kind]]
    columns = Matcher.remembered(encoder, a.rarity[kind]).scores(statements, texts)
    belongs = belonging(columns, settings.match, settings.also)
    row = {text: place for place, text in enumerate(texts)}
    rows = [row[text] for text in reasons.masked]
    given = belongs[rows]
    place = {name: row for row, name in enumerate(reasons.ids)}
    own = np.zeros((len(reasons.ids), len(b.themes[kind])), bool)
    for column, theme in enumerate(b.themes[kind]):
        own[[place[name] for name in theme.members], column] = True
    shared = given.T.astype(np.float32) @ own.astype(np.float32)
    either = given.sum(axis=0)[:, None] + own.sum(axis=0)[None] - shared
    return np.asarray((shared / np.maximum(either, 1)).max(axis=1, initial=0))


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reviews", type=Path)
    parser.add_argument("--vectors", type=Path, help="a work database with vectors, which change no result")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    reviews = read_reviews(given.reviews)
    names = sorted(row["id"] for rows in reviews.values() for row in rows)
    random.Random(given.seed).shuffle(names)
    with tempfile.TemporaryDirectory() as name:
        parts = [set(names[: len(names) // 2]), set(names[len(names) // 2 :])]
        a, b = (mine(Path(name) / str(place), reviews, part, given.vectors) for place, part in enumerate(parts))
    encoder = Encoder()
    for kind in KINDS:
        for what, first, second in (("A in B", a, b), ("B in A", b, a)):
            found = overlaps(first, second, kind, encoder)
            hits = int((found >= OVERLAP).sum())
            largest = found[:LARGEST]
            print(
                f"{kind}s, {what}: {hits} of {len(found)} ({hits / max(len(found), 1):.0%}) overlap with one of "
                f"{len(second.themes[kind])} by {OVERLAP} at least; of the {len(largest)} largest "
                f"{int((largest >= OVERLAP).sum())}; median overlap {np.median(found):.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
