"""How well areas and themes agree with the complaint reasons that people gave to airline tweets.

Reads a published database and the labelled file; the labels never reach the product. A tweet's label is the area
(or theme) of its most confident negative sentence, that is, the one with the highest p_negative; tweets without
one count as one cluster of their own. Scored are the tweets whose reason has confidence 1 and is not "Can't Tell";
``leak`` is the mutual information between label and airline over all negative tweets.

    python benchmarks/airline_reasons.py WORKSPACE/minebelief.duckdb $MINEBELIEF_DATA/airline-tweets/tweets.csv.gz
"""

import csv
import gzip
import sys
from pathlib import Path

import duckdb
from sklearn.metrics import adjusted_mutual_info_score

LABELS = """
select native_id, coalesce({column}, 'none')
from (
    select reviews.native_id, sentences.area, theme_sentences.theme_id
    from sentences
    join reviews using (industry, review_id)
    left join theme_sentences
        on theme_sentences.industry = sentences.industry
        and theme_sentences.sentence_id = sentences.sentence_id
    where sentences.industry = 'airline-tweets' and sentences.polarity = 'negative' and sentences.role = 'reason'
    qualify row_number() over (
        partition by reviews.review_id
        order by sentences.p_negative desc, sentences.position, theme_sentences.similarity desc
    ) = 1
)
"""


def main(database: str, labelled: str) -> None:
    """Print the agreement of areas and of themes."""
    with gzip.open(labelled, "rt", encoding="utf-8") as file:
        tweets = {row["tweet_id"]: row for row in csv.DictReader(file)}
    scored = [
        name
        for name, row in tweets.items()
        if row["negativereason"] not in ("", "Can't Tell") and float(row["negativereason_confidence"] or 0) == 1
    ]
    negative = [name for name, row in tweets.items() if row["airline_sentiment"] == "negative"]
    print(f"{len(scored)} scored tweets, {len(negative)} negative ones, {Path(database).name}")
    print("level   clusters  assigned    AMI  AMI assigned   leak")
    with duckdb.connect(database, read_only=True) as connection:
        for level, column in (("area", "area"), ("theme", "theme_id")):
            labels = dict(connection.execute(LABELS.format(column=column)).fetchall())
            found = [labels.get(name, "none") for name in scored]
            reasons = [tweets[name]["negativereason"] for name in scored]
            assigned = [(a, b) for a, b in zip(found, reasons, strict=True) if a != "none"]
            leak = adjusted_mutual_info_score(
                [tweets[name]["company"] for name in negative], [labels.get(name, "none") for name in negative]
            )
            print(
                f"{level:6s} {len(set(found)):9d} {len(assigned) / len(scored):9.1%} "
                f"{adjusted_mutual_info_score(reasons, found):6.3f} "
                f"{adjusted_mutual_info_score([b for _, b in assigned], [a for a, _ in assigned]):13.3f} {leak:6.3f}"
            )


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
