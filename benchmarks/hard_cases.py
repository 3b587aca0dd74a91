"""How the product reads sentences that are hard to read, without stars: negation, sarcasm, contrast, wish.

    python benchmarks/hard_cases.py

Reads `labels/hard_cases.tsv`: fifty sentences of each kind, of many industries, written by hand for this project and
kept out of the language set, which a test sees to. A wish for something that is missing is negative. What is read as a
story, and so neutral, is wrong; the last line tells how the polarity head alone would do, which has no third side.
"""

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score

from minebelief.mining.encoder import Encoder
from minebelief.mining.polarity import read_sentences
from minebelief.mining.steps import general_heads

CASES = Path(__file__).with_name("labels") / "hard_cases.tsv"


def main() -> None:
    """Print the share of sentences read rightly, over all and by kind, and macro F1."""
    with CASES.open(encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    texts = [case["sentence"] for case in cases]
    encoder = Encoder()
    heads, vectors = general_heads(encoder), encoder.encode(texts)
    read = read_sentences(texts, vectors, np.full(len(texts), np.nan), heads).polarity
    right: dict[str, list[bool]] = defaultdict(list)
    for case, polarity in zip(cases, read, strict=True):
        right["all"].append(case["polarity"] == polarity)
        right[case["kind"]].append(case["polarity"] == polarity)
    for kind, own in right.items():
        print(f"{kind:9s} {sum(own) / len(own):.0%} of {len(own)}")
    truth = np.array([case["polarity"] for case in cases])
    print(f"macro F1 {f1_score(truth, read, average='macro'):.3f}")
    alone = np.where(heads.tone(texts, vectors) > 0, "positive", "negative")
    print(f"polarity head alone {(alone == truth).mean():.0%}")


if __name__ == "__main__":
    main()
