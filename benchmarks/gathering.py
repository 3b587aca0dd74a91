"""How many records of the recorded API answers become reviews, and which fields they fill.

The mean over a source's answers; a rating without text and a text without rating are both reviews. What is not
mapped is told with its reason.

    python benchmarks/gathering.py ../shared/fixtures
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from minebelief.spiders.answers import Answer, Question
from minebelief.spiders.app_store_answer import parse_feed
from minebelief.spiders.cfpb_answer import parse_complaints
from minebelief.spiders.discourse_answer import parse_posts
from minebelief.spiders.items import Review
from minebelief.spiders.mozilla_addons_answer import parse_ratings
from minebelief.spiders.steam_answer import parse_steam_reviews

LEFT_OUT = ("company", "url", "kind")
BY_HAND = Path(__file__).parents[1] / "tests" / "made_by_hand" / "mozilla_addons_ratings.json"


def answers(folder: Path) -> Iterator[tuple[str, Answer]]:
    """Every recorded answer that holds reviews, with the name of its source."""
    asked = Question("https://forum.example/latest.json", datetime.now(UTC).replace(tzinfo=None), "company")

    def read(path: Path) -> Any:
        return json.loads(path.read_text(encoding="utf-8"))

    for path in sorted((folder / "api-cfpb").glob("*.json")):
        yield "cfpb", parse_complaints(read(path), asked)
    for path in sorted((folder / "api-steam").glob("review_*.json")):
        yield "steam", parse_steam_reviews(read(path), asked, 1)
    for path in sorted((folder / "api-apple-rss").glob("*.json")):
        payload = read(path)
        feed = {"feed": {"entry": payload}} if isinstance(payload, list) else payload
        yield "app_store", parse_feed(feed, asked, 1, "us")
    for path in sorted((folder / "api-discourse").glob("*.json")):
        payload = read(path)
        if "post_stream" in payload:
            yield "discourse", parse_posts(payload, asked)
    for page in read(BY_HAND)["pages"]:
        yield "mozilla_addons (made by hand)", parse_ratings(page, asked)


def main() -> None:
    """Print the table and what was rejected."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder of recorded answers")
    given = parser.parse_args()
    found: Counter[str] = Counter()
    filled: dict[str, Counter[str]] = {}
    rejected: Counter[tuple[str, str]] = Counter()
    for source, answer in answers(given.folder):
        found[source] += answer.found
        filled.setdefault(source, Counter())["reviews"] += len(answer.reviews)
        rejected.update((source, reject.reason) for reject in answer.rejected)
        for field in fields(Review):
            filled[source][field.name] += sum(getattr(review, field.name) is not None for review in answer.reviews)
    columns = [field.name for field in fields(Review) if field.name not in LEFT_OUT]
    print("| source | records | reviews | " + " | ".join(columns) + " |")
    print("|---|" + "---:|" * (len(columns) + 2))
    for source, counts in filled.items():
        shares = [f"{counts[name] / max(counts['reviews'], 1):.0%}" for name in columns]
        print(f"| {source} | {found[source]} | {counts['reviews']} | " + " | ".join(shares) + " |")
    print()
    for (source, reason), count in sorted(rejected.items()):
        print(f"{source}: {count} rejected: {reason}")


if __name__ == "__main__":
    main()
