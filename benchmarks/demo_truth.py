"""How much of what was planted in the made-up industry a run finds, over several seeds.

For every seed a whole run (crawl included) in a fresh workspace; vectors of texts seen before are reused, which
changes no result. A planted belief is *found* when at least half of the reviews behind one theme had it planted and
it is the most frequent one there; several themes may find the same belief. It is *common* when one of these themes
is. *Covered* is how often the planted prevalence at a company lies in the published 95% interval, all of a belief's
themes taken together.

    python benchmarks/demo_truth.py --seeds 101-110 --wordings test
"""

import argparse
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import duckdb
import numpy as np

from minebelief.demo import generate
from minebelief.demo.run import run_demo
from minebelief.insight.intervals import wilson
from minebelief.progress import Silent
from minebelief.store import Store
from minebelief.workspace import Workspace

MATCHES = """
select distinct theme_sentences.theme_id, reviews.native_id, reviews.company
from theme_sentences
join sentences using (industry, sentence_id)
join reviews on reviews.industry = sentences.industry and reviews.review_id = sentences.review_id
where reviews.kind != 'employee'
"""
FIELD = """
select reviews.company, count(distinct reviews.review_id)
from reviews
semi join sentences on reviews.review_id = sentences.review_id
where reviews.kind != 'employee'
group by all
"""
PRECISE = 0.5


def one_seed(seed: int, wordings: str, vectors: Path, show: bool) -> dict[str, float]:
    """Run one made-up industry and compare with its truth."""
    truth = generate(seed, wordings).truth
    planted = {name: {entry["matter"] for entry in entries} for name, entries in truth["reviews"].items()}
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder) / "demo")
        workspace.create()
        (workspace.root / "demo-phone.toml").touch()
        with Store(workspace.work) as store:
            if vectors.exists():
                store.execute("insert into embeddings select * from read_parquet(?)", [str(vectors)])
        run_demo(workspace, Silent(), seed=seed, wordings=wordings)
        with Store(workspace.work) as store:
            store.execute(f"copy embeddings to '{vectors}' (format parquet)")
        with duckdb.connect(str(workspace.published), read_only=True) as connection:
            matches = connection.execute(MATCHES).fetchall()
            field = dict(connection.execute(FIELD).fetchall())
            common = {row[0] for row in connection.execute("select theme_id from themes where common").fetchall()}
            statements = dict(connection.execute("select theme_id, statement from themes").fetchall())
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for theme, review, company in matches:
        said[theme][review] = company
    themes_of: dict[str, list[str]] = defaultdict(list)
    for theme, reviews in said.items():
        counts = Counter(matter for review in reviews for matter in planted.get(review, ()))
        matter, hits = counts.most_common(1)[0] if counts else ("nothing", 0)
        if show:
            mark = "*" if theme in common else " "
            print(
                f"  {theme:4s}{mark} {hits / len(reviews):4.0%} of {len(reviews):4d} {matter:22s} {statements[theme]}"
            )
        if hits / len(reviews) >= PRECISE:
            themes_of[matter].append(theme)
    beliefs = [matter for matter in truth["matters"] if matter["kind"] == "belief"]
    inside, cells, recalls = 0, 0, []
    for matter in beliefs:
        reviews = {r: c for theme in themes_of.get(matter["id"], ()) for r, c in said[theme].items()}
        of = [name for name, matters in planted.items() if matter["id"] in matters]
        recalls.append(len(set(of) & set(reviews)) / max(len(of), 1))
        for company, prevalence in matter["prevalence"].items():
            if matter["id"] in themes_of and prevalence > 0:
                mentions = sum(c == company for c in reviews.values())
                low, high = wilson(np.array([mentions]), np.array([field[company]]))
                inside += bool(low[0] <= prevalence <= high[0])
                cells += 1
    classic = [matter["id"] for matter in beliefs if matter["classic"]]
    alone = [matter["id"] for matter in truth["matters"] if matter["kind"] == "one-company"]
    return {
        "classic found": sum(name in themes_of for name in classic),
        "classic found and common": sum(bool(set(themes_of.get(name, ())) & common) for name in classic),
        "classic": len(classic),
        "beliefs found": sum(matter["id"] in themes_of for matter in beliefs),
        "beliefs": len(beliefs),
        "one-company common": sum(bool(set(themes_of.get(name, ())) & common) for name in alone),
        "inside": inside,
        "cells": cells,
        "recall": float(np.mean(recalls)),
    }


def main() -> None:
    """Print a line for each seed and the sums."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default="1-3", help="first-last")
    parser.add_argument("--wordings", default="tune", choices=["tune", "test"])
    parser.add_argument("--vectors", type=Path, default=Path(tempfile.gettempdir()) / "minebelief-vectors.parquet")
    parser.add_argument("--show", action="store_true", help="every theme with what was planted behind it")
    given = parser.parse_args()
    first, last = (int(part) for part in given.seeds.split("-"))
    sums: Counter[str] = Counter()
    for seed in range(first, last + 1):
        result = one_seed(seed, given.wordings, given.vectors, given.show)
        sums.update(result)
        print(seed, {name: round(value, 2) for name, value in result.items()}, flush=True)
    print(f"five classic beliefs found and called common: {sums['classic found and common']} of {sums['classic']}")
    print(f"all planted beliefs found: {sums['beliefs found']} of {sums['beliefs']}")
    print(f"one-company complaints called common: {sums['one-company common']}")
    print(f"planted prevalence inside its interval: {sums['inside'] / max(sums['cells'], 1):.0%} of {sums['cells']}")


if __name__ == "__main__":
    main()
