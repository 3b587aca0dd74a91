"""A small made-up industry in CSV files: four laundries, their customers, and nothing real about any of it."""

import csv
import json
import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

__all__ = ["COMPANIES", "FIELDS", "INDUSTRY", "Review", "make_up", "published_hash", "write_files", "write_industry"]

INDUSTRY = "laundries"
COMPANIES = {"sudsy": "Sudsy", "whitefold": "Whitefold", "pressly": "Pressly", "quickwash": "Quickwash"}
FIELDS = ("id", "stars", "day", "text", "answer")

Review = dict[str, str]

BAD = (
    "They lost my {thing} and nobody knows where it went.",
    "My {thing} was lost and they never found it.",
    "Two pieces were missing when the bag with my {thing} came back.",
    "My {thing} never came back from the laundry.",
    "The pickup was {n} hours late and nobody told me.",
    "The driver came {n} hours after the agreed time.",
    "Nobody showed up for the pickup of my {thing}.",
    "The delivery of my {thing} was {n} days late.",
    "My {thing} came back with a stain that was not there before.",
    "There were new stains on my {thing}.",
    "They did not get the stain out of my {thing}.",
    "My {thing} came back as dirty as it went.",
    "My {thing} shrank by two sizes.",
    "They washed my {thing} too hot and it shrank.",
    "They ruined my {thing} with too much heat.",
    "Customer service did not answer my emails about the {thing} for {n} days.",
    "I waited {n} minutes on the phone and nobody answered.",
    "The phone line hangs up after {n} minutes.",
    "I was charged twice for my {thing}.",
    "They charged me {n} dollars more than the price list says.",
    "The price for a {thing} went up by {n} dollars without notice.",
    "They refuse to refund the {thing} that they damaged.",
    "The app crashes when I book a pickup for my {thing}.",
    "The app does not let me cancel an order.",
    "The clothes came back dirty.",
    "Some clothes were lost.",
    "The delivery was late.",
    "Nobody answers the phone.",
    "The prices are too high.",
    "The driver was late.",
    "The app does not work.",
    "The stains were not removed.",
    "The clothes shrank.",
)
GOOD = (
    "My {thing} came back clean and neatly folded.",
    "The driver was friendly and on time.",
    "The {thing} smells fresh and looks like new.",
    "Prices are fair for the quality.",
    "Booking the pickup of my {thing} took {n} minutes in the app.",
    "They got every stain out of my {thing}.",
    "Customer service answered within {n} minutes and was very kind.",
    "I love how carefully they pack my {thing}.",
    "They delivered my {thing} a day early.",
    "The staff is helpful and polite.",
    "Great service for busy people.",
    "It saves me {n} hours every week.",
)
THINGS = ("shirt", "coat", "suit", "dress", "blanket", "jacket", "sweater", "curtain", "uniform", "scarf")


def make_up(count: int = 400, seed: int = 1) -> dict[str, list[Review]]:
    """Reviews by company; the same seed gives the same."""
    draw = random.Random(seed)
    reviews: dict[str, list[Review]] = {company: [] for company in COMPANIES}
    for n in range(count):
        stars = draw.choice((1, 1, 2, 4, 5, 5))
        wordings = draw.sample(BAD if stars < 3 else GOOD, draw.choice((1, 2, 3)))
        text = " ".join(w.format(thing=draw.choice(THINGS), n=draw.randint(2, 6)) for w in wordings)
        day = date(2025, 1, 1) + timedelta(days=draw.randrange(180))
        review = {"id": f"{seed}-{n}", "stars": str(stars), "day": day.isoformat(), "text": text, "answer": ""}
        reviews[list(COMPANIES)[n % len(COMPANIES)]].append(review)
    return reviews


def write_files(folder: Path, reviews: dict[str, list[Review]]) -> None:
    """One CSV file per company, named after it."""
    folder.mkdir(parents=True, exist_ok=True)
    for company, rows in reviews.items():
        with (folder / f"{company}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, FIELDS)
            writer.writeheader()
            writer.writerows(rows)


def write_industry(
    folder: Path,
    *,
    industry: str = INDUSTRY,
    files: str = "reviews/*.csv",
    companies: Iterable[str] = COMPANIES,
    columns: Sequence[str] = ('body = "text"',),
    more: str = "",
) -> Path:
    """An industry file that reads the CSV files below ``folder``."""
    mapped = ['rating = "stars"', 'published_at = "day"', 'reply = "answer"', *columns]
    lines = [f'industry = "{industry}"', "field_min = 20", "made_up = true"]
    for company in companies:
        lines += [f"[companies.{company}]", f'name = "{COMPANIES.get(company, company.capitalize())}"']
    lines += ["[[sources]]", 'name = "files"', f"files = {json.dumps(files)}", 'company = "{stem}"', "scale = 5"]
    lines += [f"columns = {{ {', '.join(mapped)} }}", more]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{industry}.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def published_hash(published: Path) -> str:
    """The table hash of the industry as it is published, computed anew."""
    import duckdb

    from minebelief.publish import table_hash

    with duckdb.connect() as connection:
        connection.execute(f"attach '{published}' as it (read_only)")
        return table_hash(connection, "it", INDUSTRY)
