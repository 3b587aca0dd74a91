"""How long questions take on a published database, and on one made larger from it.

Every file of sql/questions and the query of `minebelief beliefs` run three times on the file as it is; with --reviews
also on a copy whose reviews, sentences and matches are repeated under new ids until there are so many. The best of
three is printed, in milliseconds.

    python benchmarks/queries.py minebelief.duckdb pet-insurance --reviews 1000000
"""

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from minebelief.published import open_published
from minebelief.sql_reference import question_of
from minebelief.sqlfiles import sql_files

REPEAT = """
insert into reviews
select reviews.* replace (review_id || '-' || n as review_id)
from reviews cross join range(1, $times) as copies (n) where industry = $industry;
insert into sentences
select sentences.* replace (review_id || '-' || n as review_id, sentence_id || '-' || n as sentence_id)
from sentences cross join range(1, $times) as copies (n) where industry = $industry;
insert into theme_sentences
select theme_sentences.* replace (sentence_id || '-' || n as sentence_id, review_id || '-' || n as review_id)
from theme_sentences cross join range(1, $times) as copies (n) where industry = $industry;
"""


def enlarged(database: Path, industry: str, reviews: int, folder: Path) -> Path:
    """A copy of the file in which the industry has at least so many reviews."""
    path = Path(shutil.copy(database, folder / "large.duckdb"))
    with duckdb.connect(str(path)) as client:
        client.execute("set preserve_insertion_order = false")
        ((now,),) = client.execute("select count(*) from reviews where industry = ?", [industry]).fetchall()
        for statement in REPEAT.split(";")[:-1]:
            client.execute(statement, {"industry": industry, "times": -(-reviews // now)})
    return path


def measure(path: Path, industry: str) -> dict[str, float]:
    """Milliseconds of each question."""
    taken: dict[str, float] = {}
    with open_published(path) as database:
        ((reviews,),) = database.rows("select count(*) from reviews where industry = ?", [industry])
        print(f"{reviews:,} reviews, {path.stat().st_size / 1e6:.0f} MB")
        sql = "select company from companies where industry = ? order by company limit 2"
        (company,), (other,) = database.rows(sql, [industry])
        theme = database.beliefs(industry, 1, common_only=False)[0].theme_id
        asked = {"industry": industry, "theme": theme, "company": company, "other": other}
        for name in sql_files("questions"):
            query = question_of(name)[1]
            used = {key: value for key, value in asked.items() if f"${key}" in query}
            taken[Path(name).stem] = _best(lambda query=query, used=used: database.rows(query, used or None))
        taken["minebelief beliefs"] = _best(lambda: database.beliefs(industry))
        taken["minebelief show"] = _best(lambda: database.evidence(industry, theme, 5))
    return taken


def _best(ask: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        ask()
        times.append(1000 * (time.perf_counter() - start))
    return min(times)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=Path)
    parser.add_argument("industry")
    parser.add_argument("--reviews", type=int, help="also with so many")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = [given.database]
        if given.reviews:
            paths.append(enlarged(given.database, given.industry, given.reviews, Path(folder)))
        for path in paths:
            for name, milliseconds in measure(path, given.industry).items():
                print(f"{milliseconds:8.0f} ms  {name}")


if __name__ == "__main__":
    main()
