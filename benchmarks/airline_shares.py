"""How well the prevalence of beliefs follows, from airline to airline, the share of tweets with a human reason.

Reads a published database and the labelled file; the labels never reach the product. A belief is matched to the reason
that most of its tweets have, if at least half of the labelled ones do. Reason by reason, for the six commonest:

*spearman*    correlation over the airlines between the share of tweets with the reason and the share of tweets that say
              any belief matched to it.
*error*       mean absolute difference of the two, in points, after the beliefs' shares are brought to the reason's mean
              over the airlines by one factor (a belief's sentences are some of all that are meant), beside that of a
              predictor that gives every airline the mean.

    python benchmarks/airline_shares.py WORKSPACE/minebelief.duckdb $MINEBELIEF_DATA/airline-tweets/tweets.csv.gz
"""

import csv
import gzip
import sys
from collections import Counter, defaultdict

import duckdb
import numpy as np
from scipy.stats import spearmanr

SAID = """
select theme_sentences.theme_id, reviews.native_id
from theme_sentences
join themes using (industry, theme_id)
join sentences using (industry, sentence_id)
join reviews on reviews.industry = theme_sentences.industry and reviews.review_id = theme_sentences.review_id
where theme_sentences.industry = 'airline-tweets' and themes.kind = 'belief'
"""
REASONS = 6


def matched(said: dict[str, set[str]], reason_of: dict[str, str]) -> dict[str, str]:
    """The reason that each belief is about, of those that are about one."""
    found = {}
    for belief, tweets in said.items():
        reasons = Counter(reason_of[name] for name in tweets if name in reason_of)
        if reasons:
            reason, count = reasons.most_common(1)[0]
            if 2 * count >= reasons.total():
                found[belief] = reason
    return found


def main(database: str, labelled: str) -> None:
    """Print correlation and error for each reason, and their means."""
    with gzip.open(labelled, "rt", encoding="utf-8") as file:
        tweets = {row["tweet_id"]: row for row in csv.DictReader(file)}
    reason_of = {
        name: row["negativereason"] for name, row in tweets.items() if row["negativereason"] not in ("", "Can't Tell")
    }
    said: dict[str, set[str]] = defaultdict(set)
    with duckdb.connect(database, read_only=True) as connection:
        for belief, name in connection.execute(SAID).fetchall():
            said[belief].add(name)
    about = matched(said, reason_of)
    airlines = sorted({row["company"] for row in tweets.values()})
    of_airline = Counter(row["company"] for row in tweets.values())
    rows = []
    print(f"{'reason':<30}{'beliefs':>8}{'spearman':>10}{'error':>8}{'of the mean':>13}")
    for reason, _ in Counter(reason_of.values()).most_common(REASONS):
        beliefs = [belief for belief, found in about.items() if found == reason]
        meant = Counter(tweets[name]["company"] for name, found in reason_of.items() if found == reason)
        told = Counter(tweets[name]["company"] for name in set().union(*(said[belief] for belief in beliefs)))
        real = np.array([meant[airline] / of_airline[airline] for airline in airlines])
        seen = np.array([told[airline] / of_airline[airline] for airline in airlines])
        correlation = float(spearmanr(real, seen).statistic) if len(set(seen)) > 1 else 0.0
        scaled = seen * real.mean() / seen.mean() if seen.any() else np.full(len(seen), real.mean())
        error, naive = 100 * np.abs(real - scaled).mean(), 100 * np.abs(real - real.mean()).mean()
        rows.append((correlation, error, naive))
        print(f"{reason:<30}{len(beliefs):8d}{correlation:10.2f}{error:8.2f}{naive:13.2f}")
    mean = np.mean(rows, axis=0)
    print(f"{'mean':<30}{'':8}{mean[0]:10.2f}{mean[1]:8.2f}{mean[2]:13.2f}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
