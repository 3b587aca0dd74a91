"""How well the general polarity head, which has seen no tweet, tells negative tweets from positive ones.

    python benchmarks/tweet_polarity.py $MINEBELIEF_DATA/airline-tweets/tweets.csv.gz

Scored are 3,000 tweets drawn among those whose sentiment, given by people with confidence above 0.9, is negative or
positive; names are masked first, and each tweet is read as one sentence.
"""

import csv
import gzip
import random
import sys
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score

from minebelief.industry import load_industry
from minebelief.mining.encoder import Encoder
from minebelief.mining.heads import features, load_general_heads
from minebelief.mining.masking import Masker

TWEETS = 3000


def main(labelled: str) -> None:
    """Print macro F1."""
    with gzip.open(labelled, "rt", encoding="utf-8") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row["airline_sentiment"] != "neutral" and float(row["airline_sentiment_confidence"] or 0) > 0.9
        ]
    drawn = random.Random(0).sample(rows, TWEETS)
    masker = Masker(load_industry(Path(__file__).with_name("industries") / "airline-tweets.toml"))
    texts = [masker.mask(row["text"]) for row in drawn]
    heads = load_general_heads()
    if heads is None:
        sys.exit("the shipped heads do not belong to the language set: run 'make heads'")
    negative = heads.polarity.predict_proba(features(texts, Encoder().encode(texts)))[:, 0]
    truth = [row["airline_sentiment"] for row in drawn]
    read = np.where(negative >= 0.5, "negative", "positive")
    print(f"macro F1 {f1_score(truth, read, average='macro'):.3f} over {TWEETS} tweets")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
