"""Blind judging of evidence: draw a sheet for a careful reader, then score what the reader wrote.

    python benchmarks/judge.py draw DATABASE INDUSTRY --to FOLDER [--kind value] [--seed 2]
    python benchmarks/judge.py score FOLDER --judge NAME --labels benchmarks/labels

`draw` writes three files into FOLDER. `pairs.tsv` holds, for each of the most prevalent themes, random matches and, a
quarter of all, decoys: matches of other themes that this theme does not hold. `unmatched.tsv` holds random reasons that
no theme holds, and `statements.tsv` what the themes say. `key.csv` is not for the reader. The reader writes
`pairs.verdicts.tsv` (number, then 2: says the same complaint strictly, 1: the same matter but another complaint,
0: no),
`unmatched.verdicts.tsv` (number, then the number of the statement that the sentence says, or 0) and
`statements.verdicts.tsv` (number, then 1 if it is a reason of this kind that is understandable alone, else 0).

`score` prints the figures, and appends ids and hashes, never texts, to files under --labels.
"""

import argparse
import csv
import hashlib
import random
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import numpy as np

from minebelief.insight.intervals import wilson

THEMES = """
select theme_id, statement, statement_sentence_id
from themes
where industry = ? and kind = ? and status = 'active' and statement is not null
order by prevalence desc, theme_id
limit ?
"""
MATCHES = """
select theme_sentences.theme_id, sentence_id, sentences.text, reviews.source, reviews.native_id, sentences.position
from theme_sentences
join sentences using (industry, sentence_id)
join reviews on reviews.industry = sentences.industry and reviews.review_id = sentences.review_id
where theme_sentences.industry = ?
order by theme_sentences.theme_id, sentence_id
"""
UNMATCHED = """
select sentence_id, sentences.text, reviews.source, reviews.native_id, sentences.position
from sentences
join reviews on reviews.industry = sentences.industry and reviews.review_id = sentences.review_id
anti join theme_sentences
    on theme_sentences.industry = sentences.industry and theme_sentences.sentence_id = sentences.sentence_id
where sentences.industry = ? and sentences.polarity = ? and sentences.role = 'reason' and reviews.kind != 'employee'
order by sentence_id
"""
FIELDS = ["sheet", "number", "industry", "statement_hash", "source", "native_id", "position", "text_hash", "decoy"]


def text_hash(text: str) -> str:
    """The first 16 characters of the SHA-256 of a text, by which a label is tied to it."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def write_tsv(path: Path, rows: Iterable[tuple[object, ...]]) -> None:
    """Rows as tab-separated lines; tabs and line breaks inside become blanks."""
    lines = ("\t".join(" ".join(str(cell).split()) for cell in row) for row in rows)
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def draw(given: argparse.Namespace) -> None:
    """Write the sheets and their key."""
    rng = random.Random(given.seed)
    folder: Path = given.to
    folder.mkdir(parents=True, exist_ok=True)
    polarity = "negative" if given.kind == "belief" else "positive"
    with duckdb.connect(str(given.database), read_only=True) as connection:
        themes = connection.execute(THEMES, [given.industry, given.kind, given.themes]).fetchall()
        everything = connection.execute(MATCHES, [given.industry]).fetchall()
        unmatched = connection.execute(UNMATCHED, [given.industry, polarity]).fetchall()
    held: dict[str, list[tuple[str, str, str, str, int]]] = {}
    for theme, *sentence in everything:
        held.setdefault(theme, []).append(tuple(sentence))
    key: list[dict[str, object]] = []

    def note(sheet: str, number: int, statement: str, sentence: tuple[str, str, str, str, int], decoy: bool) -> None:
        _, text, source, native_id, position = sentence
        cells = [sheet, number, given.industry, text_hash(statement) if statement else ""]
        key.append(dict(zip(FIELDS, [*cells, source, native_id, position, text_hash(text), int(decoy)], strict=True)))

    pairs = []
    for theme, statement, spoken in themes:
        own = [sentence for sentence in held[theme] if sentence[0] != spoken]
        ids = {sentence[0] for sentence in held[theme]}
        others = [s for other, *_ in themes if other != theme for s in held[other] if s[0] not in ids]
        pairs += [(statement, s, False) for s in rng.sample(own, min(given.matches, len(own)))]
        pairs += [(statement, s, True) for s in rng.sample(others, min(given.matches // 3, len(others)))]
    rng.shuffle(pairs)
    pairs.sort(key=lambda pair: pair[0])
    for number, (statement, sentence, decoy) in enumerate(pairs, start=1):
        note("pairs", number, statement, sentence, decoy)
    write_tsv(folder / "pairs.tsv", ((n, given.industry, p[0], p[1][1]) for n, p in enumerate(pairs, start=1)))
    rest = rng.sample(unmatched, min(given.unmatched, len(unmatched)))
    for number, sentence in enumerate(rest, start=1):
        note("unmatched", number, "", sentence, False)
    write_tsv(folder / "unmatched.tsv", ((n, sentence[1]) for n, sentence in enumerate(rest, start=1)))
    with duckdb.connect(str(given.database), read_only=True) as connection:
        spoken_all = connection.execute(THEMES, [given.industry, given.kind, 1000]).fetchall()
    write_tsv(folder / "statements.tsv", ((n, row[1]) for n, row in enumerate(spoken_all, start=1)))
    with (folder / "key.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS)
        writer.writeheader()
        writer.writerows(key)
    share = len({s for t in held for s in (x[0] for x in held[t])})
    print(f"{len(pairs)} pairs of {len(themes)} themes, {len(rest)} unmatched of {len(unmatched)}, {share} matched")


def verdicts(path: Path) -> dict[int, int]:
    """What a reader wrote: a number and a verdict in each line."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split()
        if len(cells) >= 2:
            found[int(cells[0])] = int(cells[1])
    return found


def share(name: str, hits: int, total: int) -> str:
    """A share with its Wilson interval, as a line."""
    low, high = wilson(np.array([hits]), np.array([total]))
    return f"{name}: {hits} of {total}, {hits / max(total, 1):.0%} [{low[0]:.0%} to {high[0]:.0%}]"


def score(given: argparse.Namespace) -> None:
    """Print the figures and keep the labels."""
    with (given.folder / "key.csv").open(encoding="utf-8", newline="") as file:
        key = list(csv.DictReader(file))
    labels = []
    for sheet in ("pairs", "unmatched"):
        path = given.folder / f"{sheet}.verdicts.tsv"
        if not path.exists():
            continue
        said = verdicts(path)
        rows = [row for row in key if row["sheet"] == sheet and int(row["number"]) in said]
        for row in rows:
            labels.append({**row, "verdict": said[int(row["number"])]})
        if sheet == "pairs":
            for name, decoy in (("matches that say the statement", "0"), ("decoys taken for matches", "1")):
                judged = [said[int(row["number"])] for row in rows if row["decoy"] == decoy]
                print(share(name, sum(v == 2 for v in judged), len(judged)), dict(Counter(judged)))
        else:
            judged = [said[int(row["number"])] for row in rows]
            print(share("unmatched reasons that one of the statements says", sum(v > 0 for v in judged), len(judged)))
    path = given.folder / "statements.verdicts.tsv"
    if path.exists():
        said = verdicts(path)
        print(share("statements that are reasons understandable alone", sum(v == 1 for v in said.values()), len(said)))
    given.labels.mkdir(parents=True, exist_ok=True)
    target = given.labels / "evidence.csv"
    fields = [*FIELDS[2:], "sheet", "verdict", "judge", "judged_on"]
    new = not target.exists()
    with target.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fields, extrasaction="ignore")
        if new:
            writer.writeheader()
        for row in labels:
            writer.writerow({**row, "judge": given.judge, "judged_on": f"{datetime.now(UTC):%Y-%m-%d}"})
    print(f"{len(labels)} labels kept in {target}")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("draw")
    one.add_argument("database", type=Path)
    one.add_argument("industry")
    one.add_argument("--to", type=Path, required=True)
    one.add_argument("--kind", default="belief", choices=["belief", "value"])
    one.add_argument("--themes", type=int, default=15)
    one.add_argument("--matches", type=int, default=20)
    one.add_argument("--unmatched", type=int, default=200)
    one.add_argument("--seed", type=int, default=1)
    one.set_defaults(do=draw)
    two = commands.add_parser("score")
    two.add_argument("folder", type=Path)
    two.add_argument("--judge", required=True)
    two.add_argument("--labels", type=Path, required=True)
    two.set_defaults(do=score)
    given = parser.parse_args()
    given.do(given)


if __name__ == "__main__":
    main()
