"""How large the report gets, and how long it takes, with many reviews and many companies.

A published database is copied; its companies are repeated under new names with all that is published of them, then its
reviews under new ids until there are as many as asked for. Printed are the size of the page, how much evidence of each
theme it shows, and how long it took to make.

    python benchmarks/report_size.py minebelief.duckdb demo-phone --reviews 100000 --companies 24
"""

import argparse
import re
import shutil
import tempfile
import time
from pathlib import Path

import duckdb
from queries import enlarged

from minebelief.published import open_published
from minebelief.report import render_report

IDS = ("review_id", "sentence_id", "duplicate_of")


def widened(database: Path, industry: str, companies: int, folder: Path) -> Path:
    """A copy of the file in which the industry has about so many companies, all that is known of each repeated."""
    path = Path(shutil.copy(database, folder / "wide.duckdb"))
    with duckdb.connect(str(path)) as client:
        ((now,),) = client.execute("select count(*) from companies where industry = ?", [industry]).fetchall()
        tables = client.execute(
            "select table_name, list(column_name order by column_index) from duckdb_columns() "
            "where not internal and table_name in (select table_name from duckdb_tables()) group by 1 order by 1"
        ).fetchall()
        for table, columns in tables:
            if "company" not in columns or table == "changes":
                continue
            changed = ["case when company = '*' then company else company || '-' || n end as company"]
            changed += [f"{name} || '-c' || n as {name}" for name in IDS if name in columns]
            if table == "companies":
                changed += ["name || ' ' || n as name", "false as ours"]
            client.execute(
                f"insert into {table} select {table}.* replace ({', '.join(changed)}) "
                f"from {table}, range(2, $until) as copies (n) "
                "where industry = $industry and company is not null and company != '*'",
                {"industry": industry, "until": 2 + max(0, companies // now - 1)},
            )
    return path


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=Path)
    parser.add_argument("industry")
    parser.add_argument("--reviews", type=int, default=100_000)
    parser.add_argument("--companies", type=int, default=0, help="by default those that there are")
    parser.add_argument("--output", type=Path, help="keep the page")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = widened(given.database, given.industry, given.companies, Path(folder))
        path = enlarged(path, given.industry, given.reviews, Path(folder))
        with open_published(path) as database:
            figures = next(one for one in database.industries() if one.industry == given.industry)
            start = time.perf_counter()
            page = render_report(database, given.industry)
            taken = time.perf_counter() - start
    shown = re.search(r"up to (\d+) sentences per company and theme.*?cut at (\d+) characters", page)
    assert shown, "the page says how much of the evidence it shows"
    print(
        f"{figures.companies} companies, {figures.reviews:,} reviews, {figures.beliefs} beliefs, "
        f"{figures.customer_values} values: {len(page.encode()) / 1e6:.2f} MB in {taken:.1f} s, "
        f"up to {shown[1]} sentences per company and theme, cut at {shown[2]} characters"
    )
    if given.output:
        given.output.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
