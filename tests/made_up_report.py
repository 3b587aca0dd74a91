"""Rows for every table that the report tells of, and hostile ones."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
from factory import COMPANIES
from hostile import HOSTILE

from minebelief.published import PublishedDatabase, open_published
from minebelief.store import Store

INDUSTRY = "pet-insurance"
PASS = dict.fromkeys(("common", "unmet", "not_copied", "beyond_expected", "specific"), "pass")

# One row or more of each table, with the columns of the contract that the report reads.
ROWS: dict[str, list[dict[str, Any]]] = {
    "openings": [
        {"company": None, "belief_id": "b2", "rank": 1, "importance": 9.0, "opportunity": 15.5, "low": 14.0,
         "high": 17.0, "satisfaction": 0.25, **PASS, "fits_values": "unknown", "verdict": "open",
         "because": "unmet: nobody is near"},
        {"company": "figo", "belief_id": "b1", "rank": 1, "importance": 10.0, "opportunity": 18.0, "low": 17.0,
         "high": 19.0, "satisfaction": 0.2, **PASS, "fits_values": "pass", "verdict": "open",
         "because": "fits values: Hassle-free claims"},
        {"company": "figo", "belief_id": "b2", "rank": 2, "importance": 8.0, "opportunity": 12.0, "low": 10.0,
         "high": 14.0, "satisfaction": 0.4, **PASS, "fits_values": "fail", "verdict": "copy",
         "because": "not copied: Embrace claims it"},
    ],
    "impact": [{"theme_id": "b1", "penalty": 0.25, "reward": 0.1, "kano": "must-be"}],
    "opposites": [{"belief_id": "b1", "sentence_id": f"embrace-{n}-{k}", "score": 0.9, "rank": n}
                  for n, k in ((3, 0), (2, 1), (1, 2))],
    "trends": [{"theme_id": "b1", "company": "*", "source": "*", "month": f"2024-{month:02}-01", "reviews": 40,
                "mentions": month, "prevalence": month / 40, "low": month / 50, "high": month / 30}
               for month in range(1, 7)],
    "links": [{"belief_id": "b1", "company": "figo", "satisfaction": 0.2, "low": 0.1, "high": 0.3}],
    "frontline": [{"theme_id": "b1", "reviews": 50, "mentions": 9, "prevalence": 0.18, "low": 0.1, "high": 0.3,
                   "because": "more often than customers"}],
    "hunches": [{"hunch": "Claims take forever", "theme_id": "b1", "verdict": "confirmed", "prevalence": 0.3,
                 "low": 0.26, "high": 0.35}],
    "claims": [{"company": "figo", "claim": "Claims paid within 3 days", "theme_id": "b1", "reviews": 12,
                "confirming": 1, "contradicting": 8, "verdict": "contradicted", "because": "8 contradict it"}],
    "anchors": [{"belief_id": "b2", "sentence_id": f"figo-{n}-0", "role": "got", "quantity": 40.0, "unit": "minutes"}
                for n in range(6)],
    "changes": [{"run_id": "pet-insurance-r1", "theme_id": "b1", "company": "figo", "change": "risen", "before": 0.2,
                 "after": 0.3, "significant": True},
                {"run_id": "pet-insurance-r1", "theme_id": "b3", "company": "*", "change": "born", "before": None,
                 "after": 0.2, "significant": None}],
}  # fmt: skip


def _column(value: Any) -> str:
    kinds = {bool: "boolean", int: "integer", float: "double"}
    return kinds.get(type(value), "varchar")


def add_rows(path: Path, tables: dict[str, list[dict[str, Any]]]) -> None:
    """Add rows to a published database, as a newer version would have; tables that it lacks are made."""
    with duckdb.connect(str(path)) as connection:
        for table, rows in tables.items():
            first = {column: value for row in rows for column, value in row.items() if value is not None}
            kinds = {column: "date" if column == "month" else _column(first.get(column)) for column in rows[0]}
            columns = ", ".join(f'"{column}" {kind}' for column, kind in kinds.items())
            connection.execute(f"create table if not exists {table} (industry varchar, {columns})")
            names = ", ".join(f'"{column}"' for column in kinds)
            for row in rows:
                marks = ", ".join("?" for _ in kinds)
                values = [INDUSTRY, *(row[column] for column in kinds)]
                connection.execute(f"insert into {table} (industry, {names}) values (?, {marks})", values)


def make_hostile(store: Store) -> None:
    """Put every hostile sentence where the report shows it: nothing else is left as evidence."""
    ids = [f"{company}-{n}-0" for n in range(14) for company in COMPANIES]
    for sentence_id, text in zip(ids, HOSTILE, strict=False):
        store.execute("update sentences set text = ? where sentence_id = ?", [text, sentence_id])
    store.execute("delete from theme_sentences where not list_contains(?, sentence_id)", [ids[: len(HOSTILE)]])
    store.execute("update themes set statement = ? where theme_id = 'b1'", [HOSTILE[0]])
    store.execute("update themes set statement = ?, area = ? where theme_id = 'b2'", [HOSTILE[9], HOSTILE[10]])
    store.execute("update companies set name = ? where company = 'embrace'", [HOSTILE[8]])
    store.execute("update industries set title = ?", [HOSTILE[3]])
    store.execute("update reviews set url = ? where review_id like 'figo-%'", ["javascript:window.owned=1"])
    store.execute("update rejects set reason = ?", [HOSTILE[12]])


def make_rows_hostile(path: Path) -> None:
    """The same for the tables that are added after publishing."""
    with duckdb.connect(str(path)) as connection:
        connection.execute("update claims set claim = ?, verdict = ?", [HOSTILE[1], HOSTILE[11]])
        connection.execute("update hunches set hunch = ?", [HOSTILE[13]])
        connection.execute("update openings set because = ?, specific = ?", [HOSTILE[19], HOSTILE[11]])
        connection.execute("update anchors set unit = ?", [HOSTILE[31]])
        connection.execute("update changes set change = ?", [HOSTILE[20]])


@contextmanager
def opened(root: Path) -> Iterator[PublishedDatabase]:
    """The published database of a workspace."""
    with open_published(root / "minebelief.duckdb") as database:
        yield database
