"""``lineage`` and ``movements`` → ``changes``: what this run changed, each thing once."""

from typing import Any

import pyarrow as pa

from minebelief.industry import Industry
from minebelief.insight.trends import EVERYONE
from minebelief.progress import Progress
from minebelief.store import Store, read_sql

__all__ = ["MAYBE", "changes"]

MAYBE = 0.01
"""How unlikely a movement must be by itself to be told of as one that is not significant among so many."""

_EVENTS = {"born": "born", "split": "split", "merged": "merged", "retired": "gone", "revived": "revived"}
_MOVES = {"rising": "risen", "fading": "fallen"}


def changes(store: Store, industry: Industry, run_id: str, progress: Progress) -> None:
    """Add what became of themes since the changes were last written, and which ones began to rise or fade.

    A theme that goes on rising is told once, and again when it rises at another company or has been steady between.
    """
    key = industry.industry
    progress.start("changes", None)
    happened = store.rows(read_sql("steps/lineage_since.sql"), {"industry": key})
    rows = [row for event in happened if (row := _event(*event))]
    newest = store.value("select coalesce(max(number), 0) from lineage where industry = ?", [key])
    known = {
        (theme, company): state
        for theme, company, state in store.rows(
            "select theme_id, company, state from movements_seen where industry = ?", [key]
        )
    }
    states: dict[tuple[str, str], str] = {}
    for theme, company, before, after, p, trend in store.rows(
        read_sql("steps/movements_in_order.sql"), {"industry": key}
    ):
        significant = trend in _MOVES
        direction = "rising" if after > before else "fading"
        if not significant and p > MAYBE:
            continue
        states[theme, company] = direction + ("" if significant else "?")
        if known.get((theme, company)) in (states[theme, company], direction):
            continue
        rows.append(_row(theme, company, _MOVES[direction], before, after, significant))
    number = int(store.value("select coalesce(max(number), 0) + 1 from changes where industry = ?", [key]))
    with store.transaction():
        distinct = {(row["theme_id"], row["company"], row["change"]): row for row in rows}
        if distinct:
            extra = {"industry": key, "number": number, "run_id": run_id}
            store.insert("changes", pa.Table.from_pylist([{**extra, **row} for row in distinct.values()], _SCHEMA))
        store.execute("insert or replace into changes_seen values (?, ?)", [key, newest])
        store.execute("delete from movements_seen where industry = ?", [key])
        seen_now = [{"industry": key, "theme_id": a, "company": b, "state": state} for (a, b), state in states.items()]
        if seen_now:
            store.insert("movements_seen", pa.Table.from_pylist(seen_now))
    progress.finish("changes", f"{len(distinct)} changes")


_SCHEMA = pa.schema(
    [
        ("industry", pa.string()),
        ("number", pa.int32()),
        *[(name, pa.string()) for name in ("run_id", "theme_id", "company", "change")],
        *[(name, pa.float64()) for name in ("before", "after")],
        ("significant", pa.bool_()),
        ("note", pa.string()),
    ]
)


def _row(
    theme: str,
    company: str,
    change: str,
    before: float | None,
    after: float | None,
    significant: bool = True,
    note: str | None = None,
) -> dict[str, Any]:
    return {
        "theme_id": theme,
        "company": company,
        "change": change,
        "before": before,
        "after": after,
        "significant": significant,
        "note": note,
    }


def _event(
    event: str, theme: str, other: str | None, before: float | None, after: float | None, note: str | None
) -> dict[str, Any] | None:
    change = _EVENTS.get(event)
    if change is None:
        return None
    where = {"split": "into", "merged": "into"}.get(event)
    said = f"{where} {other}" if where else None
    return _row(theme, EVERYONE, change, before, after, note="; ".join(part for part in (said, note) if part) or None)
