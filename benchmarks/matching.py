"""How well the matcher, and the cosine it grew from, rank blindly judged pairs of a statement and a sentence.

    python benchmarks/matching.py PET.duckdb FOOD.duckdb AIRLINES.duckdb

Reads `labels/pairs.csv`: for 62 statements of three industries, sentences drawn at random from all depths of a ranking,
each with the number of sentences that it stands for (at most 500), judged 2 (says the same complaint, strictly), 1 (the
same matter) or 0. Texts come from the published databases, by hash; pairs whose sentence is cut otherwise now are left
out, and their number is told.
"""

import csv
import sys
from collections import defaultdict
from pathlib import Path

import duckdb
import numpy as np
from judge import text_hash
from sklearn.metrics import average_precision_score, roc_auc_score

from minebelief.mining.encoder import Encoder
from minebelief.mining.matching import Matcher

SENTENCES = """
select sentences.industry, reviews.source, reviews.native_id, sentences.text, sentences.polarity, sentences.role
from sentences
join reviews on reviews.industry = sentences.industry and reviews.review_id = sentences.review_id
order by sentences.sentence_id
"""
LABELS = Path(__file__).with_name("labels") / "pairs.csv"
RARITY_TEXTS = 8000


def main(databases: list[str]) -> None:
    """Print average precision and AUC of both scores, and what a border keeps."""
    held: dict[tuple[str, str, str, str], str] = {}
    reasons: dict[str, list[str]] = defaultdict(list)
    for database in databases:
        with duckdb.connect(database, read_only=True) as connection:
            for industry, source, native_id, text, polarity, role in connection.execute(SENTENCES).fetchall():
                held[industry, source, native_id or "", text_hash(text)] = text
                if (polarity, role) == ("negative", "reason"):
                    reasons[industry].append(text)
    with LABELS.open(encoding="utf-8", newline="") as file:
        labels = list(csv.DictReader(file))
    grouped: dict[tuple[str, str], list[tuple[str, dict[str, str]]]] = defaultdict(list)
    for label in labels:
        text = held.get((label["industry"], label["source"], label["native_id"], label["text_hash"]))
        if text is not None:
            grouped[label["industry"], label["statement"]].append((text, label))
    encoder = Encoder()
    matchers = {industry: Matcher(encoder, texts[:RARITY_TEXTS]) for industry, texts in reasons.items()}
    whole, words, truth, weight = [], [], [], []
    for (industry, statement), pairs in grouped.items():
        texts = [text for text, _ in pairs]
        vectors = encoder.encode([statement, *texts])
        whole.append(vectors[1:] @ vectors[0])
        words.append(matchers[industry].scores([statement], texts)[:, 0])
        truth += [label["verdict"] == "2" for _, label in pairs]
        weight += [float(label["weight"]) for _, label in pairs]
    says, stands_for = np.array(truth), np.array(weight)
    print(f"{len(says)} of {len(labels)} pairs, {says.mean():.0%} say the statement, encoder {encoder.name}")
    for name, score in (("cosine of sentences", np.concatenate(whole)), ("word by word", np.concatenate(words))):
        print(
            f"{name:20s} average precision {average_precision_score(says, score):.3f} "
            f"(weighted {average_precision_score(says, score, sample_weight=stands_for):.3f}), "
            f"AUC {roc_auc_score(says, score):.3f}"
        )
    score = np.concatenate(words)
    print("border  precision  recall  (weighted)")
    for border in np.arange(0.60, 0.82, 0.02):
        kept = score >= border
        hits = (stands_for * says)[kept].sum()
        print(f"{border:6.2f} {hits / stands_for[kept].sum():10.2f} {hits / (stands_for * says).sum():7.2f}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1:])
