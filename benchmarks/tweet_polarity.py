"""How well the general polarity head, which has seen no tweet, tells negative tweets from positive ones.

    python benchmarks/tweet_polarity.py $MINEBELIEF_DATA/airline-tweets/tweets.csv.gz [WORKSPACE]

With a workspace, what stars taught in its industries helps, as it does in a run on an industry without stars.
Scored are 3,000 tweets drawn among those whose sentiment, given by people with confidence above 0.9, is negative or
positive; names are masked first, and each tweet is read as one sentence.
"""

import csv
import gzip
import random
import sys
from pathlib import Path

import numpy as np
from scipy.special import expit
from sklearn.metrics import f1_score

from minebelief.industry import load_industry
from minebelief.mining.encoder import Encoder
from minebelief.mining.epochs import taught_elsewhere
from minebelief.mining.heads import LinearHead, features, load_general_heads
from minebelief.mining.masking import Masker
from minebelief.mining.polarity import with_help
from minebelief.store import Store
from minebelief.workspace import Workspace

TWEETS = 3000


def main(labelled: str, workspace: str | None = None) -> None:
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
    encoder = Encoder()
    helping: list[LinearHead] = []
    if workspace is not None:
        with Store(Workspace(Path(workspace)).work) as store:
            helping = taught_elsewhere(store, "airline-tweets", encoder.name)
        print(f"with what stars taught in {len(helping)} industries")
    rows = features(texts, encoder.encode(texts))
    general = -heads.odds(texts, rows)[0]
    learnt = with_help(helping)
    negative = expit(general) if learnt is None else learnt.model.alone(learnt.odds(rows, general))
    truth = [row["airline_sentiment"] for row in drawn]
    read = np.where(negative >= 0.5, "negative", "positive")
    print(f"macro F1 {f1_score(truth, read, average='macro'):.3f} over {TWEETS} tweets")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(*sys.argv[1:])
