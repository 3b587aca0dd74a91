"""How much of what was planted to happen in the made-up industry is found as such, and how late.

Reviews come in month by month, as files, and a run follows each. A theme is about the matter that most of its sentences
say at the end, if at least half of them do. An event is found as such when lineage tells it of themes about the matters
that it concerns, in the run of its month or of the next, which is one month late:

*born*    a theme about the matter is born, or comes off another one.
*dies*    a theme about it is retired; it is silent for the first time in the month of the event.
*splits*  a theme about it split, into themes about each of the others.
*merges*  themes about each of the others merged into one about it.

    python benchmarks/demo_lineage.py --seeds 701-710 --wordings test
"""

import argparse
import csv
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import duckdb
from demo_truth import ABOUT, matters_said

from minebelief.demo import generate
from minebelief.demo.industry import REVIEW_SITES, MadeUpIndustry
from minebelief.demo.industry_file import INDUSTRY
from minebelief.pipeline import run
from minebelief.progress import Silent
from minebelief.store import Store
from minebelief.workspace import Workspace

FIELDS = ("id", "company", "rating", "day", "title", "text", "author", "language")
EVIDENCE = """
select theme_sentences.theme_id, reviews.native_id, sentences.text
from theme_sentences
join sentences using (industry, sentence_id)
join reviews on reviews.industry = theme_sentences.industry and reviews.review_id = theme_sentences.review_id
"""
LINEAGE = "select run_id, event, theme_id, other_id from lineage where event != 'continued' order by number, place"


def write_industry(folder: Path, industry: MadeUpIndustry) -> Path:
    """An industry file over a CSV file for each site."""
    lines = [f'industry = "{INDUSTRY}"', "made_up = true"]
    for company in industry.companies:
        lines += [f"[companies.{company.key}]", f'name = "{company.name}"', f"aliases = {list(company.aliases)!r}"]
    columns = 'id = "id", rating = "rating", published_at = "day", title = "title", body = "text"'
    columns += ', author = "author", language = "language"'
    for site, scale in REVIEW_SITES.items():
        lines += ["[[sources]]", f'name = "{site}"', f'files = "{site}.csv"', 'company = "company"']
        lines += [f"scale = {scale}", f"columns = {{ {columns} }}"]
    path = folder / "made-up.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_month(folder: Path, industry: MadeUpIndustry, month: int) -> None:
    """What the sites hold at the end of a month."""
    for site in REVIEW_SITES:
        with (folder / f"{site}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(FIELDS)
            for one in industry.reviews:
                if one.site == site and one.month <= month:
                    day = one.published.isoformat()
                    row = (one.native_id, one.company, one.rating, day, one.title, one.body, one.author, one.language)
                    writer.writerow("" if cell is None else cell for cell in row)


def replay(
    seed: int, wordings: str, vectors: Path, reviews: int
) -> tuple[dict[str, str], list[tuple[int, str, str, str]]]:
    """The matter that each theme is about, and the events with the month in whose run they were told."""
    industry = generate(seed, wordings, reviews)
    planted = industry.truth["reviews"]
    months: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace = Workspace(folder / "workspace")
        workspace.create()
        with Store(workspace.work) as store:
            if vectors.exists():
                store.execute("insert into embeddings select * from read_parquet(?)", [str(vectors)])
        file = write_industry(folder, industry)
        for month in range(1, industry.months + 1):
            write_month(folder, industry, month)
            months[run(file, workspace, Silent()).run_id] = month
        with Store(workspace.work) as store:
            store.execute(f"copy embeddings to '{vectors}' (format parquet)")
        says: dict[str, Counter[str]] = defaultdict(Counter)
        with duckdb.connect(str(workspace.work), read_only=True) as connection:
            for theme, review, text in connection.execute(EVIDENCE).fetchall():
                says[theme].update(matters_said(text, planted.get(review, ())) or {""})
            lineage = connection.execute(LINEAGE).fetchall()
    about = {}
    for theme, counts in says.items():
        matter, count = counts.most_common(1)[0]
        about[theme] = matter if count >= ABOUT * counts.total() else ""
    return about, [(months[run_id], event, theme, other) for run_id, event, theme, other in lineage]


def found(event: dict[str, Any], about: dict[str, str], told: list[tuple[int, str, str, str]]) -> bool:
    """Whether lineage tells a planted event as such, at most one month late."""
    matter, others, month = event["matter"], set(event["others"]), event["month"]
    intime = [
        (kind, about.get(a, ""), about.get(b or "", "")) for when, kind, a, b in told if month <= when <= month + 1
    ]
    if event["event"] == "born":
        return any((kind, a) == ("born", matter) or (kind, b) == ("split", matter) for kind, a, b in intime)
    if event["event"] == "dies":
        return any(kind == "retired" and a == matter for kind, a, _ in intime)
    if event["event"] == "splits":
        return others <= {b for kind, a, b in intime if kind == "split" and a == matter}
    return others <= {a for kind, a, b in intime if kind == "merged" and b == matter}


def main() -> None:
    """Print what was found of each seed, and in all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default="1-2", help="first-last")
    parser.add_argument("--wordings", default="tune", choices=["tune", "test"])
    parser.add_argument("--reviews", type=int, default=3600)
    parser.add_argument("--vectors", type=Path, default=Path(tempfile.gettempdir()) / "minebelief-lineage.parquet")
    parser.add_argument("--show", action="store_true", help="every event that lineage tells, with its matters")
    given = parser.parse_args()
    first, last = (int(part) for part in given.seeds.split("-"))
    total: Counter[tuple[str, bool]] = Counter()
    gone: Counter[bool] = Counter()
    for seed in range(first, last + 1):
        about, told = replay(seed, given.wordings, given.vectors, given.reviews)
        planted = [
            event
            for event in generate(seed, given.wordings, given.reviews).truth["lineage"]
            if event["event"] in ("born", "dies", "splits", "merges")
        ]
        died = {event["matter"] for event in planted if event["event"] in ("dies", "splits")}
        died |= {other for event in planted if event["event"] == "merges" for other in event["others"]}
        for month, event, theme, other in told:
            if event == "retired":
                gone[about.get(theme, "") in died] += 1
            if given.show and (event != "born" or month > 3):
                into = f"{other} {about.get(other, '')}" if other else ""
                print(f"  month {month:2d} {event:8s} {theme:4s} {about.get(theme, '')} {into}")
        result = [(event["event"], event["matter"], found(event, about, told)) for event in planted]
        total.update((kind, right) for kind, _, right in result)
        line = ", ".join(f"{kind} {matter} {'yes' if right else 'no'}" for kind, matter, right in result)
        print(f"seed {seed}: {line}", flush=True)
    for kind in sorted({kind for kind, _ in total}):
        print(f"{kind}: {total[kind, True]} of {total[kind, True] + total[kind, False]}")
    right, every = sum(n for (_, yes), n in total.items() if yes), total.total()
    print(
        f"in all {right} of {every} ({right / max(every, 1):.0%}); retired themes about what really ended: "
        f"{gone[True]} of {gone.total()}"
    )


if __name__ == "__main__":
    main()
