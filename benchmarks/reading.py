"""Blind labels of how sentences read, and how well the product reads them.

    python benchmarks/reading.py draw DATABASE INDUSTRY --to FOLDER [--seed 1]
    python benchmarks/reading.py keep FOLDER --judge NAME --labels benchmarks/labels
    python benchmarks/reading.py score DATABASE INDUSTRY --labels benchmarks/labels

`draw` writes `sentences.tsv` (number, sentence) for the reader, in random order: 200 random sentences that the product
reads as negative (`role`), 200 of all (`polarity`) and 100 of reviews with half of the stars (`middle`). The reader
writes `verdicts.tsv`: number, negative, neutral or positive, and reason, verdict or story. `keep` appends them to
`reading.csv` with ids and hashes, never texts. `score` compares what a database holds with the labels whose text it
still holds.
"""

import argparse
import csv
import random
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from judge import text_hash, write_tsv
from sklearn.metrics import classification_report, f1_score

SENTENCES = """
select
    sentence_id, sentences.text, reviews.source, reviews.native_id, sentences.position, sentences.polarity,
    sentences.role, reviews.stars
from sentences
join reviews on reviews.industry = sentences.industry and reviews.review_id = sentences.review_id
where sentences.industry = ? and reviews.kind != 'employee'
order by sentence_id
"""
FIELDS = ["industry", "sheet", "source", "native_id", "position", "text_hash", "polarity", "role", "judge", "judged_on"]
ROLES, POLARITIES = ("reason", "verdict", "story"), ("negative", "neutral", "positive")
SIZES = {"role": 200, "polarity": 200, "middle": 100}


def sentences_of(database: Path, industry: str) -> list[tuple[str, str, str, str, int, str, str, float | None]]:
    """All of an industry's sentences as published."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(SENTENCES, [industry]).fetchall()


def draw(given: argparse.Namespace) -> None:
    """Write the sheet and its key."""
    rng = random.Random(given.seed)
    rows = sentences_of(given.database, given.industry)
    pools = {
        "role": [row for row in rows if row[5] == "negative"],
        "polarity": rows,
        "middle": [row for row in rows if row[7] == 0.5],
    }
    drawn = [(sheet, row) for sheet, pool in pools.items() for row in rng.sample(pool, min(SIZES[sheet], len(pool)))]
    rng.shuffle(drawn)
    given.to.mkdir(parents=True, exist_ok=True)
    write_tsv(given.to / "sentences.tsv", ((n, row[1]) for n, (_, row) in enumerate(drawn, start=1)))
    key = (
        (n, given.industry, sheet, row[2], row[3] or "", row[4], text_hash(row[1]))
        for n, (sheet, row) in enumerate(drawn, start=1)
    )
    write_tsv(given.to / "key.tsv", key)
    print(f"{len(drawn)} sentences")


def keep(given: argparse.Namespace) -> None:
    """Append what the reader wrote to the labels."""
    key = [line.split("\t") for line in (given.folder / "key.tsv").read_text(encoding="utf-8").splitlines()]
    said = {}
    for line in (given.folder / "verdicts.tsv").read_text(encoding="utf-8").splitlines():
        number, polarity, role = line.split()
        if polarity not in POLARITIES or role not in ROLES:
            raise SystemExit(f"row {number}: '{polarity} {role}' is none of {POLARITIES} and {ROLES}")
        said[number] = (polarity, role)
    target = given.labels / "reading.csv"
    new = not target.exists()
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        if new:
            writer.writerow(FIELDS)
        for number, *cells in key:
            if number in said:
                writer.writerow([*cells, *said[number], given.judge, f"{datetime.now(UTC):%Y-%m-%d}"])
    print(f"{len(said)} labels kept in {target}")


def score(given: argparse.Namespace) -> None:
    """Print how the published readings agree with the labels."""
    with (given.labels / "reading.csv").open(encoding="utf-8", newline="") as file:
        labels = [row for row in csv.DictReader(file) if row["industry"] == given.industry]
    held = {(row[2], row[3] or "", text_hash(row[1])): row for row in sentences_of(given.database, given.industry)}
    for sheet, what, of in (("role", "role", 6), ("polarity", "polarity", 5), ("middle", "polarity", 5)):
        pairs = [
            (label[what], held[key][of])
            for label in labels
            if label["sheet"] == sheet and (key := (label["source"], label["native_id"], label["text_hash"])) in held
        ]
        if not pairs:
            continue
        truth, read = zip(*pairs, strict=True)
        print(f"{given.industry}, {sheet}: macro F1 {f1_score(truth, read, average='macro'):.2f} over {len(pairs)}")
        print(classification_report(truth, read, zero_division=0))


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("draw")
    one.add_argument("database", type=Path)
    one.add_argument("industry")
    one.add_argument("--to", type=Path, required=True)
    one.add_argument("--seed", type=int, default=1)
    one.set_defaults(do=draw)
    two = commands.add_parser("keep")
    two.add_argument("folder", type=Path)
    two.add_argument("--judge", required=True)
    two.add_argument("--labels", type=Path, required=True)
    two.set_defaults(do=keep)
    three = commands.add_parser("score")
    three.add_argument("database", type=Path)
    three.add_argument("industry")
    three.add_argument("--labels", type=Path, required=True)
    three.set_defaults(do=score)
    given = parser.parse_args()
    given.do(given)


if __name__ == "__main__":
    main()
