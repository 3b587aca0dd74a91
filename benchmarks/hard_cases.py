"""How the general polarity head reads sentences that are hard to read: negation, sarcasm, contrast, wish.

    python benchmarks/hard_cases.py

Reads `labels/hard_cases.tsv`: fifty sentences of each kind, of many industries, written by hand for this project and
kept out of the language set, which a test sees to. A wish for something that is missing is negative.
"""

import csv
from collections import defaultdict
from pathlib import Path

from sklearn.metrics import f1_score

from minebelief.mining.encoder import Encoder
from minebelief.mining.heads import features
from minebelief.mining.steps import general_heads

CASES = Path(__file__).with_name("labels") / "hard_cases.tsv"


def main() -> None:
    """Print the share of sentences read rightly, over all and by kind, and macro F1."""
    with CASES.open(encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    texts = [case["sentence"] for case in cases]
    encoder = Encoder()
    read = general_heads(encoder).polarity.predict(features(texts, encoder.encode(texts)))
    right: dict[str, list[bool]] = defaultdict(list)
    for case, polarity in zip(cases, read, strict=True):
        right["all"].append(case["polarity"] == polarity)
        right[case["kind"]].append(case["polarity"] == polarity)
    for kind, own in right.items():
        print(f"{kind:9s} {sum(own) / len(own):.0%} of {len(own)}")
    print(f"macro F1 {f1_score([case['polarity'] for case in cases], read, average='macro'):.3f}")


if __name__ == "__main__":
    main()
