"""Whether themes keep their identity when pet insurance comes in month by month, and what that costs in quality.

Reviews up to a month are given to one workspace, month after month, with a full discovery forced at some of them:

*keep*     Of the themes that are active before a month, the share that is active after it, under the same id.
*same*     Of the themes at the end, the share whose statement is the one that they were born with; their drift.
*AMI*      Adjusted mutual information of two assignments of the same sentences to themes (its best one, or none): of
           the replayed workspace with one cold run over everything, and of two cold runs on 95% of the reviews each.

    python benchmarks/replay.py $MINEBELIEF_DATA/pet-insurance --vectors OLD/.minebelief/work.duckdb
"""

import argparse
import csv
import gzip
import json
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from sklearn.metrics import adjusted_mutual_info_score

from minebelief.pipeline import run
from minebelief.progress import Silent
from minebelief.store import Store
from minebelief.workspace import Workspace

FILE = Path(__file__).parent / "industries" / "pet-insurance.toml"
LABELS = """
select sentence_id, arg_max(theme_id, (similarity, theme_id))
from theme_sentences
where starts_with(theme_id, ?)
group by sentence_id
"""
REASONS = "select sentence_id from areas semi join readings using (industry, sentence_id)"
ACTIVE = "select theme_id, statement from themes where status = 'active'"

Row = dict[str, str]


def read_reviews(folder: Path) -> dict[str, list[Row]]:
    """The rows of each file, by its name."""
    found = {}
    for path in sorted(folder.glob("*.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            found[path.name] = list(csv.DictReader(file))
    return found


def write_reviews(folder: Path, reviews: dict[str, list[Row]], kept: Callable[[Row], bool]) -> None:
    """The files again, with those reviews only that are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in reviews.items():
        some = [row for row in rows if kept(row)]
        if some:
            with gzip.open(folder / name, "wt", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(some[0]))
                writer.writeheader()
                writer.writerows(some)


@contextmanager
def workspace_with(vectors: Path | None, folder: Path) -> Iterator[Workspace]:
    """A workspace that holds nothing but vectors of texts."""
    workspace = Workspace(folder / "workspace")
    workspace.create()
    with Store(workspace.work) as store:
        if vectors is not None:
            store.execute(f"attach '{vectors}' as old (read_only)")
            store.execute("insert into embeddings select * from old.embeddings")
            store.execute("detach old")
    yield workspace


def mine(workspace: Workspace, rediscover: bool = False) -> float:
    """Run the industry on what lies in the workspace's folder; the seconds that it took."""
    os.environ["MINEBELIEF_DATA"] = str(workspace.root.parent / "data")
    start = time.perf_counter()
    run(FILE, workspace, Silent(), rediscover=rediscover, force_publish=True)
    return time.perf_counter() - start


def labels(workspace: Workspace, prefix: str) -> dict[str, str]:
    """The theme of each sentence that says one; of a kind."""
    with duckdb.connect(str(workspace.work), read_only=True) as connection:
        return dict(connection.execute(LABELS, [prefix]).fetchall())


def reasons(workspace: Workspace) -> set[str]:
    """The sentences that could say a theme."""
    with duckdb.connect(str(workspace.work), read_only=True) as connection:
        return {name for (name,) in connection.execute(REASONS).fetchall()}


def active(workspace: Workspace) -> dict[str, str]:
    """The statements of the active themes, by id."""
    with duckdb.connect(str(workspace.work), read_only=True) as connection:
        return dict(connection.execute(ACTIVE).fetchall())


def agreement(first: tuple[set[str], dict[str, str]], second: tuple[set[str], dict[str, str]]) -> tuple[float, float]:
    """AMI over the reasons that both have, none being a theme too; and over those that both give a theme."""
    both = sorted(first[0] & second[0])
    given = [name for name in both if name in first[1] and name in second[1]]

    def over(some: list[str]) -> float:
        return float(
            adjusted_mutual_info_score(
                [first[1].get(name, "") for name in some], [second[1].get(name, "") for name in some]
            )
        )

    return over(both), over(given)


def assigned(workspace: Workspace) -> dict[str, tuple[set[str], dict[str, str]]]:
    """For both kinds the reasons and their themes."""
    every = reasons(workspace)
    return {prefix: (every, labels(workspace, prefix)) for prefix in "bv"}


def replay(given: argparse.Namespace, reviews: dict[str, list[Row]], folder: Path) -> dict[str, object]:
    """Month by month; what became of the ids."""
    every = {row["published"][:7] for rows in reviews.values() for row in rows}
    months = sorted(month for month in every if month >= given.start)
    forced = set(given.rediscover.split(","))
    with workspace_with(given.vectors, folder) as workspace:
        born: dict[str, str] = {}
        before: dict[str, str] = {}
        kept = []
        for month in months:
            write_reviews(folder / "data" / "pet-insurance", reviews, lambda row, to=month: row["published"][:7] <= to)
            seconds = mine(workspace, month in forced)
            now = active(workspace)
            born = {**now, **born}
            share = len(before.keys() & now.keys()) / len(before) if before else None
            if share is not None:
                kept.append(share)
            figures = {"month": month, "forced": month in forced, "themes": len(now), "kept": share}
            print(
                json.dumps({**figures, "new": len(now.keys() - before.keys()), "seconds": round(seconds)}), flush=True
            )
            before = now
        with duckdb.connect(str(workspace.work), read_only=True) as connection:
            events = connection.execute(
                "select event, count(*) from lineage where number > 1 group by all order by all"
            ).fetchall()
            drift = connection.execute(
                "select median(drift), quantile_cont(drift, 0.95), max(drift) from themes "
                "join theme_identity using (industry, theme_id) where status = 'active'"
            ).fetchone()
        return {
            "keep, mean": sum(kept) / len(kept),
            "keep, least": min(kept),
            "same statement": sum(born[name] == text for name, text in before.items()) / len(before),
            "drift, median, 95%, most": drift,
            "events": dict(events),
            "labels": assigned(workspace),
        }


def cold(given: argparse.Namespace, reviews: dict[str, list[Row]], seed: int | None) -> dict[str, object]:
    """One cold run over everything, or over 95% that a seed draws."""
    draw = random.Random(seed)
    with tempfile.TemporaryDirectory() as name, workspace_with(given.vectors, Path(name)) as workspace:
        write_reviews(Path(name) / "data" / "pet-insurance", reviews, lambda row: seed is None or draw.random() < 0.95)
        print(f"cold, seed {seed}: {mine(workspace):.0f} s, {len(active(workspace))} themes", flush=True)
        return assigned(workspace)


def main() -> None:
    """Print a line for each month, and the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reviews", type=Path)
    parser.add_argument("--start", default="2023-01")
    parser.add_argument("--rediscover", default="2023-04,2023-08,2023-12,2024-04", help="months of forced ones")
    parser.add_argument("--vectors", type=Path, help="a work database with vectors, which change no result")
    parser.add_argument("--folder", type=Path, help="keep the replayed workspace here")
    parser.add_argument("--no-cold", action="store_true", help="leave out the three cold runs")
    given = parser.parse_args()
    reviews = read_reviews(given.reviews)
    with tempfile.TemporaryDirectory() as name:
        figures = replay(given, reviews, given.folder or Path(name))
    replayed = figures.pop("labels")
    print(json.dumps(figures, indent=1))
    if given.no_cold:
        return
    whole, first, second = (cold(given, reviews, seed) for seed in (None, 1, 2))
    for prefix, kind in (("b", "beliefs"), ("v", "values")):
        (a, a_given), (b, b_given) = (
            agreement(replayed[prefix], whole[prefix]),
            agreement(first[prefix], second[prefix]),
        )
        print(
            f"{kind}: AMI of replay and cold {a:.3f}, of two cold ones {b:.3f} ({a / b:.0%}); "
            f"where both give a theme {a_given:.3f} and {b_given:.3f} ({a_given / b_given:.0%})"
        )


if __name__ == "__main__":
    main()
