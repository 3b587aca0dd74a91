"""What is recovered from recorded pages, per file, against the counts of their index (which are extruct's).

python benchmarks/recovered_reviews.py --fixtures ../shared/fixtures
"""

import argparse
import re
import sys
from dataclasses import fields
from datetime import datetime
from pathlib import Path

from minebelief.spiders.items import Review
from minebelief.spiders.screening import is_placeholder
from minebelief.spiders.structured_data import Page, extract_reviews

FIELDS = ("rating", "title", "body", "author", "language", "published_at")
FETCHED_AT = datetime(2026, 1, 1, 12, 0)


def counts(index: Path) -> dict[str, tuple[str, int]]:
    """Address and Review objects per file, by the syntax that has most."""
    rows = re.findall(
        r"^\| (\S+\.html) \| (\S*) \| \S* \| (\d+)/\d+ \| (\d+)/\d+ \|", index.read_text("utf-8"), re.MULTILINE
    )
    return {name: (url, max(int(json_ld), int(microdata))) for name, url, json_ld, microdata in rows}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fixtures", type=Path, default=Path(__file__).parents[2] / "shared" / "fixtures")
    given = parser.parse_args()
    assert set(FIELDS) <= {field.name for field in fields(Review)}
    print(f"{'file':<48} index found distinct editorial  " + " ".join(f"{name:>12}" for name in FIELDS))
    short, placeholders, total = [], 0, 0
    distinct: dict[str, set[str | None]] = {}
    for name, (url, count) in counts(given.fixtures / "INDEX.md").items():
        html = (given.fixtures / name).read_text(encoding="utf-8", errors="replace")
        found = extract_reviews(Page(html, url or f"https://recorded.example/{name}", FETCHED_AT, "recorded"))
        editorial = sum(entry.reason.startswith("editorial") for entry in found.rejected)
        placeholders += sum(bool(review.body) and is_placeholder(review.body) for review in found.reviews)
        distinct.setdefault(name.split("/")[0], set()).update(review.native_id for review in found.reviews)
        total += found.found
        if found.found + editorial < count:
            short.append(name)
        if count or found.found:
            filled = [sum(getattr(review, field) is not None for review in found.reviews) for field in FIELDS]
            row = f"{name:<48} {count:>5} {found.found:>5} {len(found.reviews):>8} {editorial:>9}  "
            print(row + " ".join(f"{number:>12}" for number in filled))
    print(
        f"{total} reviews found; placeholder bodies among them: {placeholders}; "
        f"files below their index: {short or 'none'}"
    )
    print("distinct ids: " + ", ".join(f"{group} {len(ids)}" for group, ids in distinct.items() if ids))
    return bool(short or placeholders)


if __name__ == "__main__":
    sys.exit(main())
