"""How much of what was planted in the made-up industry a run finds, over several seeds.

For every seed there is a whole run, crawl included, in a fresh workspace; vectors of texts that an earlier seed had are
taken over, which changes no result. What is judged is what is published:

*evidence*    A published sentence says a matter when the truth has it, or a part of it, as planted in that very review.
*found*       A theme is about the matter that most of its sentences say, if at least half of them do. A belief is found
              when a theme is about it, and called common when one of these themes is.
*inside*      Company by company: the planted prevalence of a found belief lies in the published 95% interval of its
              theme; of several themes the one with most sentences counts. A company where nothing was planted counts
              too. Planted prevalence is the share of the company's reviews in which the truth has the belief.

    python benchmarks/demo_truth.py --seeds 301-310 --wordings test
"""

import argparse
import dataclasses
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from minebelief.demo import generate
from minebelief.demo.run import FILE, run_demo
from minebelief.progress import Silent
from minebelief.store import Store
from minebelief.workspace import Workspace

THEMES = "select theme_id, statement, common from themes where kind = 'belief' order by theme_id"
EVIDENCE = """
select theme_sentences.theme_id, reviews.native_id, sentences.text
from theme_sentences
join sentences using (industry, sentence_id)
join reviews on reviews.industry = theme_sentences.industry and reviews.review_id = theme_sentences.review_id
where reviews.kind != 'employee'
"""
INTERVALS = "select theme_id, company, low, high from prevalence where source = '*'"
ABOUT = 0.5


@dataclass(frozen=True)
class Theme:
    """A published theme: ``says`` counts its sentences by what the truth says of them ('' for nothing planted)."""

    theme_id: str
    statement: str
    common: bool
    says: Counter[str]
    intervals: dict[str, tuple[float, float]]

    @property
    def sentences(self) -> int:
        """How many sentences there are."""
        return self.says.total()

    @property
    def matter(self) -> str:
        """The matter that the theme is about, '' for none."""
        matter, count = self.says.most_common(1)[0] if self.says else ("", 0)
        return matter if matter and count >= ABOUT * self.sentences else ""


@dataclass(frozen=True)
class Score:
    """Counts of one seed; they add up over seeds."""

    classic: int = 0
    classic_found: int = 0
    classic_common: int = 0
    beliefs: int = 0
    beliefs_found: int = 0
    one_company_common: int = 0
    classic_cells: int = 0
    classic_inside: int = 0
    cells: int = 0
    inside: int = 0
    evidence: int = 0
    right: int = 0
    mentions: int = 0
    recognised: int = 0

    def __add__(self, other: "Score") -> "Score":
        names = [field.name for field in dataclasses.fields(Score)]
        return Score(**{name: getattr(self, name) + getattr(other, name) for name in names})


def letters(text: str) -> str:
    """What is left of a sentence when case, blanks, markup and punctuation are ignored."""
    return "".join(c for c in text.casefold() if c.isalnum())


def matters_said(text: str, planted: Sequence[Mapping[str, str]]) -> set[str]:
    """The matters of those planted sentences that the text is a part of, or that are a part of it."""
    said = letters(text)
    return {
        entry["matter"] for entry in planted if said in (whole := letters(entry["sentence"])) or whole in said
    }  # fmt: skip


def mine(seed: int, wordings: str, vectors: Path) -> tuple[list[Theme], set[tuple[str, str]]]:
    """Run one made-up industry; its published themes, and which review was found to say which matter."""
    planted = generate(seed, wordings).truth["reviews"]
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
            themes = connection.execute(THEMES).fetchall()
            evidence = connection.execute(EVIDENCE).fetchall()
            intervals = connection.execute(INTERVALS).fetchall()
    says: dict[str, Counter[str]] = defaultdict(Counter)
    by_review: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for theme, review, text in evidence:
        said = matters_said(text, planted.get(review, ()))
        says[theme].update(said or {""})
        by_review[theme] |= {(review, matter) for matter in said}
    where: dict[str, dict[str, tuple[float, float]]] = defaultdict(dict)
    for theme, company, low, high in intervals:
        where[theme][company] = (low, high)
    found = [Theme(name, statement, common, says[name], where[name]) for name, statement, common in themes]
    about = {theme.theme_id: theme.matter for theme in found}
    recognised = {(review, m) for theme, pairs in by_review.items() for review, m in pairs if about.get(theme) == m}
    return found, recognised


def score(themes: Sequence[Theme], recognised: set[tuple[str, str]], truth: Mapping[str, Any]) -> Score:
    """Hold the themes against the truth."""
    about: dict[str, list[Theme]] = defaultdict(list)
    for theme in sorted(themes, key=lambda theme: -theme.sentences):
        about[theme.matter].append(theme)
    total = Score()
    for matter in truth["matters"]:
        found = about.get(matter["id"], [])
        common = any(theme.common for theme in found)
        if matter["kind"] == "one-company":
            total += Score(one_company_common=common)
        if matter["kind"] != "belief":
            continue
        cells = inside = 0
        for company, prevalence in matter["prevalence"].items() if found else ():
            low, high = found[0].intervals[company]
            cells += 1
            inside += low <= prevalence <= high
        said = {
            (review, matter["id"])
            for review, planted in truth["reviews"].items()
            if any(entry["matter"] == matter["id"] and entry["stance"] is None for entry in planted)
        }
        total += Score(
            beliefs=1,
            beliefs_found=bool(found),
            cells=cells,
            inside=inside,
            evidence=sum(theme.sentences for theme in found),
            right=sum(theme.says[matter["id"]] for theme in found),
            mentions=len(said),
            recognised=len(said & recognised),
        )
        if matter["classic"]:
            total += Score(
                classic=1,
                classic_found=bool(found),
                classic_common=common,
                classic_cells=cells,
                classic_inside=inside,
            )
    return total


def report(total: Score) -> str:
    """The figures in words."""

    def share(part: int, whole: int) -> str:
        return f"{part} of {whole} ({part / max(whole, 1):.0%})"

    return "\n".join(
        [
            f"the five classic beliefs found and called common: {share(total.classic_common, total.classic)}",
            f"one-company complaints called common: {total.one_company_common}",
            f"planted prevalence inside its interval, classic: {share(total.classic_inside, total.classic_cells)}",
            f"planted prevalence inside its interval, all beliefs: {share(total.inside, total.cells)}",
            f"found, common or not: {share(total.classic_found, total.classic)} classic, "
            f"{share(total.beliefs_found, total.beliefs)} of all beliefs",
            f"evidence that says what its theme is about: {share(total.right, total.evidence)}",
            f"planted mentions that are recognised: {share(total.recognised, total.mentions)}",
        ]
    )


def main() -> None:
    """Print a line for each seed, and the figures over all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default="1-3", help="first-last")
    parser.add_argument("--wordings", default="tune", choices=["tune", "test"])
    parser.add_argument("--vectors", type=Path, default=Path(tempfile.gettempdir()) / "minebelief-vectors.parquet")
    parser.add_argument("--show", action="store_true", help="every theme with what was planted behind it")
    given = parser.parse_args()
    first, last = (int(part) for part in given.seeds.split("-"))
    total = Score()
    for seed in range(first, last + 1):
        start = time.perf_counter()
        themes, recognised = mine(seed, given.wordings, given.vectors)
        for theme in themes if given.show else ():
            matter, count = theme.says.most_common(1)[0] if theme.says else ("", 0)
            line = f"{theme.theme_id:4s}{'*' if theme.common else ' '} {count / max(theme.sentences, 1):4.0%}"
            print(f"  {line} of {theme.sentences:4d} {matter or 'nothing planted':22s} {theme.statement}")
        one = score(themes, recognised, generate(seed, given.wordings).truth)
        total += one
        print(
            f"seed {seed}: {one.classic_common} of {one.classic} classic found and common, {one.one_company_common} "
            f"one-company common, {one.classic_inside} of {one.classic_cells} inside ({one.inside} of {one.cells} of "
            f"all beliefs), {time.perf_counter() - start:.0f} s",
            flush=True,
        )
    print(report(total))


if __name__ == "__main__":
    main()
