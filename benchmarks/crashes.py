"""Runs killed with SIGKILL, and readers while a file is published: what is lost, and what is seen.

    python benchmarks/crashes.py kills --runs 60
    python benchmarks/crashes.py readers --publishes 30

Kills: a workspace of the made-up industry, read from a file, has had one run; more reviews come in, so many that
everything is found anew. A second run is killed at a random moment of a step, each step in turn, and then run once
more; where it ended before that moment, another moment is drawn in a fresh copy. Its published tables must have the
hash that a second run without a kill gives. Every run is a process of its own, forked from one that has loaded the
libraries, and is killed with all that it started.

Readers: processes that open the published file, read two tables that must agree, and close it, all the time while
another process publishes two different states in turn.
"""

import argparse
import contextlib
import importlib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from minebelief.demo.industry import MadeUpIndustry, generate
from minebelief.pipeline import run
from minebelief.progress import Silent
from minebelief.publish import publish
from minebelief.published import open_published
from minebelief.store import Store
from minebelief.workspace import Workspace

STEPS = ("gather", "load", "split", "embed", "read", "discover", "count", "trends", "hear", "judge", "publish")
TRIES = 20


class Told(Silent):
    """Tells another process, through a pipe, which step begins."""

    def __init__(self, pipe: int) -> None:
        self.pipe = pipe

    def start(self, step: str, total: int | None) -> None:
        os.write(self.pipe, f"{step}\n".encode())


def forked(work: Callable[[int], None]) -> tuple[int, int]:
    """Do something in a process of its own; gives its id and the end of a pipe that it writes to."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    os.setsid()
    code = 1
    try:
        os.close(reading)
        work(writing)
        code = 0
    finally:
        os._exit(code)


def mine(file: Path, workspace: Path) -> Callable[[int], None]:
    def work(pipe: int) -> None:
        done = run(file, Workspace(workspace), Told(pipe))
        os.write(pipe, f"hash {done.table_hash}\n".encode())

    return work


def finished(file: Path, workspace: Path) -> tuple[str, dict[str, float]]:
    """Carry out a run to its end; gives its hash and how many seconds each step took."""
    child, pipe = forked(mine(file, workspace))
    begun: list[tuple[str, float]] = []
    hashed = "none"
    with os.fdopen(pipe) as lines:
        for line in lines:
            if line.startswith("hash "):
                hashed = line.split()[1]
            elif line.strip() in STEPS:
                begun.append((line.strip(), time.perf_counter()))
    end = time.perf_counter()
    os.waitpid(child, 0)
    ends = [moment for _, moment in begun[1:]] + [end]
    seconds: Counter[str] = Counter()
    for (step, start), stop in zip(begun, ends, strict=True):
        seconds[step] += stop - start
    return hashed, dict(seconds)


def killed(file: Path, workspace: Path, step: str, after: float) -> str:
    """Kill a run so many seconds after a step began; gives the step that it had reached, or 'none'."""
    child, pipe = forked(mine(file, workspace))
    reached, until = "none", None
    os.set_blocking(pipe, False)
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        with contextlib.suppress(BlockingIOError):
            for name in os.read(pipe, 4096).decode().split():
                reached = name if name in STEPS else reached
                if name == step and until is None:
                    until = time.perf_counter() + after
        if until is not None and time.perf_counter() >= until:
            os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
            os.close(pipe)
            return reached
        time.sleep(0.001)
    os.close(pipe)
    return "none"


def write(folder: Path, industry: MadeUpIndustry, share: float = 1.0) -> Path:
    """The industry file, and the older reviews of the industry, up to this share, in the file that it names."""
    reviews = sorted(industry.reviews, key=lambda review: (review.published, review.native_id))
    with (folder / "reviews.jsonl").open("w", encoding="utf-8") as file:
        for review in reviews[: int(share * len(reviews))]:
            names = ("native_id", "company", "title", "body", "stars")
            line = {**{name: getattr(review, name) for name in names}, "day": review.published.isoformat()}
            file.write(json.dumps(line) + "\n")
    lines = ['industry = "demo-phone"', "made_up = true", "field_min = 10"]
    lines += [f"[companies.{company.key}]\nname = {json.dumps(company.name)}" for company in industry.companies]
    lines += ["[[sources]]", 'name = "reviews"', 'files = "reviews.jsonl"', 'company = "company"', "scale = 5"]
    lines += ['columns = {id = "native_id", title = "title", body = "body", rating = "stars", published_at = "day"}']
    path = folder / "demo-phone.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def kills(runs: int, reviews: int, seed: int) -> bool:
    draw = random.Random(seed)
    whole = generate(seed, "tune", reviews)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first, second = folder / "first", folder / "second"
        finished(write(folder, whole, 0.75), first)
        file = write(folder, whole)
        shutil.copytree(first, second)
        expected, seconds = finished(file, second)
        print("uninterrupted:", expected[:16], {step: round(took, 2) for step, took in seconds.items()}, flush=True)
        hit: Counter[str] = Counter()
        same: Counter[str] = Counter()
        statuses: Counter[str] = Counter()
        for number in range(runs):
            workspace = folder / f"killed-{number}"
            step = STEPS[number % len(STEPS)]
            for _ in range(TRIES):
                shutil.rmtree(workspace, ignore_errors=True)
                shutil.copytree(first, workspace)
                reached = killed(file, workspace, step, draw.random() * seconds.get(step, 0.0))
                if reached != "none":
                    break
            else:
                sys.exit(f"no run could be killed in {step}: {TRIES} of them ended before")
            old_file = (first / "minebelief.duckdb").read_bytes() == (workspace / "minebelief.duckdb").read_bytes()
            got, _ = finished(file, workspace)
            hit[reached] += 1
            same[reached] += got == expected
            with open_published(workspace / "minebelief.duckdb") as database:
                told = [status for (status,) in database.rows("select status from runs order by started_at")]
            statuses[" ".join(told)] += 1
            state = "identical" if got == expected else f"DIFFERENT {got[:16]}"
            print(number + 1, step, "reached", reached, "old file" if old_file else "new file", state, told, flush=True)
            shutil.rmtree(workspace)
    print("step      killed  identical")
    for step in STEPS:
        print(f"{step:9} {hit[step]:6} {same[step]:10}")
    print(f"identical: {sum(same.values())} of {runs}; statuses: {dict(statuses)}")
    return sum(same.values()) == runs


def readers(publishes: int, count: int, reviews: int, seed: int) -> bool:
    industry = generate(seed, "tune", reviews)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace = Workspace(folder / "workspace")
        finished(write(folder, industry), workspace.root)

        def publishing(pipe: int) -> None:
            with workspace.writing(), Store(workspace.work) as store:
                for number in range(publishes):
                    # Each state marks two tables: a reader that sees marks of two states saw a mixture.
                    store.execute("update industries set title = ?", [f"state {number}"])
                    store.execute("update companies set name = ?", [f"state {number}"])
                    publish(store, workspace)
                    os.write(pipe, b"published\n")

        def reading(pipe: int) -> None:
            seen: set[str] = set()
            looks = 0
            while not (folder / "end").exists():
                with open_published(workspace.published) as database:
                    (titles,) = database.rows("select list(distinct title) from industries")
                    names = database.rows("select distinct name from companies")
                    database.rows("select count(*), sum(length(text)) from sentences")
                    looks += 1
                if names[0][0].startswith("state") and (titles[0], len(names)) != ([names[0][0]], 1):
                    os.write(pipe, f"mixed {titles} {names}\n".encode())
                seen.add(names[0][0])
            os.write(pipe, f"looks {looks} states {len(seen)}\n".encode())

        others = [forked(reading) for _ in range(count)]
        publisher, pipe = forked(publishing)
        with os.fdopen(pipe) as lines:
            published = len(list(lines))
        os.waitpid(publisher, 0)
        (folder / "end").touch()
        fine = published == publishes
        print(f"{published} of {publishes} published")
        for child, pipe in others:
            with os.fdopen(pipe) as lines:
                said = lines.read().strip()
            _, status = os.waitpid(child, 0)
            print(f"reader {child}: {said or 'failed'}, exit {os.waitstatus_to_exitcode(status)}")
            fine &= status == 0 and "mixed" not in said and said.startswith("looks")
    return fine


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["kills", "readers"])
    parser.add_argument("--runs", type=int, default=60)
    parser.add_argument("--publishes", type=int, default=30)
    parser.add_argument("--readers", type=int, default=3)
    parser.add_argument("--reviews", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for library in ("torch", "sentence_transformers"):  # once, and not in every process
        importlib.import_module(library)
    if given.what == "kills":
        fine = kills(given.runs, given.reviews, given.seed)
    else:
        fine = readers(given.publishes, given.readers, given.reviews, given.seed)
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
