"""How many gates of `check` are as a stranger expected, on sentences about made-up industries.

python benchmarks/check_sentences.py            # the sentences that it was built on
python benchmarks/check_sentences.py --all      # those that were left untouched too
"""

import argparse
import csv
import json
from pathlib import Path

from minebelief.insight.check import Checker, Graded
from minebelief.insight.evidence import evidence_from
from minebelief.mining.encoder import Encoder

FOLDER = Path(__file__).parents[1] / "tests" / "insight" / "check_sentences"
GATES = ("specific", "beyond_expected", "not_copied")


def graded(every: bool) -> list[tuple[dict[str, str], Graded]]:
    """The rows of the file with how each is graded; those marked untouched only if wanted."""
    contexts = json.loads((FOLDER / "contexts.json").read_text(encoding="utf-8"))
    with (FOLDER / "sentences.tsv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if every or row["untouched"] == "0"]
    encoder = Encoder()
    checkers = {key: Checker(evidence_from(contexts[key]), encoder) for key in {row["context"] for row in rows}}
    return [(row, checkers[row["context"]].check(row["sentence"], row["company"] or None)) for row in rows]


def right(row: dict[str, str], found: Graded) -> dict[str, bool]:
    """For each gate, the beliefs answered and the verdict, whether it is as expected."""
    gates = {gate: getattr(found, gate).result == row[gate] for gate in GATES}
    answers = {one.id for one in found.answers} == set(filter(None, row["answers"].split(",")))
    return {**gates, "answers": answers, "verdict": found.verdict == row["verdict"]}


def main() -> None:
    """Print the shares, and with --show every difference."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="the untouched ones too")
    parser.add_argument("--show", action="store_true", help="every difference in the sentences that it was built on")
    given = parser.parse_args()
    done = graded(given.all)
    for name, part in {"built on": "0", "untouched": "1"}.items():
        rows = [(row, found, right(row, found)) for row, found in done if row["untouched"] == part]
        if not rows:
            continue
        gates = sum(ok[gate] for _, _, ok in rows for gate in GATES)
        each = ", ".join(f"{key} {sum(ok[key] for _, _, ok in rows)}" for key in (*GATES, "answers", "verdict"))
        print(f"{name}: {gates} of {len(rows) * 3} gates ({gates / len(rows) / 3:.0%}); of {len(rows)} right: {each}")
        for row, found, ok in rows if given.show and part == "0" else ():
            for key in [key for key, fine in ok.items() if not fine]:
                got = getattr(found, key)
                told = f"{got.result} ({got.because})" if key in GATES else got
                told = [one.id for one in found.answers] if key == "answers" else told
                print(f"  {row['number']} {row['sentence']}\n     {key}: {told}, expected {row[key] or 'none'}")


if __name__ == "__main__":
    main()
