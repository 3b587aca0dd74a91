"""What a run costs of which 1% of the reviews are new, against the cold run over the rest.

Reviews of pet insurance are drawn at random: 99% are mined cold, in a process of their own; then all are there, and a
second process mines what is new. A third one finds nothing new, which is what starting up costs.

    python benchmarks/one_percent.py $MINEBELIEF_DATA/pet-insurance
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
from replay import FILE, read_reviews, workspace_with, write_reviews

COMMAND = [str(Path(sys.executable).with_name("minebelief")), "--workspace"]
STEPS = "select figures->>'seconds', reviews from runs order by started_at desc limit 1"
EMBEDDED = "select count(*) from embeddings"


def mine(workspace: Path, data: Path) -> float:
    """Run the industry as its own process; the seconds that it took."""
    start = time.perf_counter()
    subprocess.run(
        [*COMMAND, str(workspace), "run", str(FILE), "--log-format", "json"],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "MINEBELIEF_DATA": str(data)},
    )
    return time.perf_counter() - start


def main() -> None:
    """Print the seconds of the three runs and of their steps."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reviews", type=Path)
    parser.add_argument("--share", type=float, default=0.01, help="of the reviews that are new")
    parser.add_argument("--vectors", type=Path, help="a work database with vectors: then embedding is not measured")
    parser.add_argument("--folder", type=Path, help="keep the workspace here")
    given = parser.parse_args()
    reviews = read_reviews(given.reviews)
    with tempfile.TemporaryDirectory() as name:
        folder = given.folder or Path(name)
        data = folder / "data"
        draw = random.Random(1)
        new = {row["id"] for rows in reviews.values() for row in rows if draw.random() < given.share}
        with workspace_with(given.vectors, folder) as workspace:
            seconds = {}
            for what in ("cold", "with new", "again"):
                kept = new if what == "cold" else set()
                write_reviews(data / "pet-insurance", reviews, lambda row, kept=kept: row["id"] not in kept)
                seconds[what] = mine(workspace.root, data)
                with duckdb.connect(str(workspace.work), read_only=True) as connection:
                    steps, known = connection.execute(STEPS).fetchall()[0]
                    embedded = connection.execute(EMBEDDED).fetchall()[0][0]
                print(
                    f"{what}: {seconds[what]:.1f} s, {known:,} reviews, {embedded:,} texts embedded, {steps}",
                    flush=True,
                )
    share = (seconds["with new"] - seconds["again"]) / seconds["cold"]
    print(json.dumps({"new reviews": len(new), "of the cold run, less what starting up costs": round(share, 4)}))


if __name__ == "__main__":
    main()
