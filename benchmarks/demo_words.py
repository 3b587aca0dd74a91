"""How well the made-up industry's words are judged: hunches, blind spots, claims, values, and employees' dissent.

For every seed there is a whole run, crawl included, in a fresh workspace, as in demo_truth.py. What is judged is what
is published:

*hunches, values*   The verdict is the planted one.
*blind spots*       A common belief that is about a matter (as demo_truth.py says it) is listed if and only if no hunch
                    names that matter. Beliefs about nothing planted do not count.
*claims*            The verdict is the planted one, company by company; what all companies say counts once for each.
*dissent*           A belief about the matter on which employees were made to dissent says so.

    python benchmarks/demo_words.py --seeds 401-420 --wordings test
"""

import argparse
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

import duckdb
from demo_truth import EVIDENCE, Theme, matters_said

from minebelief.demo import generate
from minebelief.demo.run import FILE, run_demo
from minebelief.progress import Silent
from minebelief.store import Store
from minebelief.workspace import Workspace

PARTS = ("hunches", "values", "blind spots", "claims", "dissent")
Score = dict[str, tuple[int, int]]


def judged(seed: int, wordings: str, vectors: Path) -> tuple[Score, list[str]]:
    """For each part how many are right of how many, and what is wrong, in words."""
    truth = generate(seed, wordings).truth
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder))
        workspace.create()
        (workspace.root / FILE).touch()  # so that the folder counts as a demo's own
        with Store(workspace.work) as store:
            if vectors.exists():
                store.execute("insert into embeddings select * from read_parquet(?)", [str(vectors)])
        run_demo(workspace, Silent(), seed=seed, wordings=wordings)
        with Store(workspace.work) as store:
            store.execute(f"copy embeddings to '{vectors}' (format parquet)")
        with duckdb.connect(str(workspace.published), read_only=True) as connection:

            def rows(sql: str) -> list[tuple[str, ...]]:
                return connection.execute(sql).fetchall()

            evidence = rows(EVIDENCE)
            hunches = dict(rows("select hunch, verdict from hunches"))
            values = dict(rows("select own_value, verdict from own_values"))
            spots = {theme for (theme,) in rows("select theme_id from blind_spots")}
            common = {theme for (theme,) in rows("select theme_id from themes where kind = 'belief' and common")}
            claims = {(c, text): verdict for c, text, verdict in rows("select company, claim, verdict from claims")}
            front = dict(rows("select theme_id, verdict from frontline"))
    says: dict[str, Counter[str]] = defaultdict(Counter)
    for theme, review, text in evidence:
        says[theme].update(matters_said(text, truth["reviews"].get(review, ())) or {""})
    about = {theme: Theme(theme, "", theme in common, counts, {}).matter for theme, counts in says.items()}
    checks: dict[str, list[tuple[bool, str]]] = {part: [] for part in PARTS}
    for part, known in (("hunches", hunches), ("values", values)):
        for entry in truth[part]:
            got = known.get(entry["text"])
            checks[part].append((got == entry["verdict"], f"{entry['text']}: {got}, planted {entry['verdict']}"))
    named = {entry["matter"] for entry in truth["hunches"] if entry["matter"]}
    for theme in sorted(common):
        matter = about.get(theme, "")
        if matter:
            right = (theme in spots) == (matter not in named)
            checks["blind spots"].append((right, f"{theme} about {matter}: listed is {theme in spots}"))
    for entry in truth["claims"]:
        for company in truth["companies"] if entry["company"] == "*" else [entry["company"]]:
            got = claims.get((company, entry["text"]))
            told = f"{company}, {entry['text']}: {got}, planted {entry['verdict']}"
            checks["claims"].append((got == entry["verdict"], told))
    for matter, entry in truth["employees"].items():
        if entry["stance"] == "dissent":
            verdicts = [front.get(theme) for theme in about if about[theme] == matter and theme in front]
            checks["dissent"].append(("dissent" in verdicts, f"{matter}: {verdicts}"))
    score = {part: (sum(ok for ok, _ in some), len(some)) for part, some in checks.items()}
    return score, [f"{part}: {told}" for part, some in checks.items() for ok, told in some if not ok]


def main() -> None:
    """Print a line for each seed, and the shares over all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default="1-3", help="first-last")
    parser.add_argument("--wordings", default="tune", choices=["tune", "test"])
    parser.add_argument("--vectors", type=Path, default=Path(tempfile.gettempdir()) / "minebelief-vectors.parquet")
    parser.add_argument("--show", action="store_true", help="everything that is judged otherwise than planted")
    given = parser.parse_args()
    first, last = (int(part) for part in given.seeds.split("-"))
    total: Score = dict.fromkeys(PARTS, (0, 0))
    for seed in range(first, last + 1):
        start = time.perf_counter()
        score, wrong = judged(seed, given.wordings, given.vectors)
        total = {part: (total[part][0] + score[part][0], total[part][1] + score[part][1]) for part in PARTS}
        figures = ", ".join(f"{part} {a}/{b}" for part, (a, b) in score.items())
        print(f"seed {seed}: {figures}, {time.perf_counter() - start:.0f} s", flush=True)
        for line in wrong if given.show else ():
            print(f"  {line}")
    for part, (right, whole) in total.items():
        print(f"{part}: {right} of {whole} ({right / max(whole, 1):.0%}) as planted")
    right, whole = (sum(column) for column in zip(*total.values(), strict=True))
    print(f"all: {right} of {whole} ({right / max(whole, 1):.0%})")


if __name__ == "__main__":
    main()
