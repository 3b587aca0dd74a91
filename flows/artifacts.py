"""What a flow run leaves to be looked at: the report, and on the server beliefs, changes, rejects and where it lies."""

from pathlib import Path
from typing import Any

import httpx
from prefect import get_run_logger
from prefect.artifacts import create_link_artifact, create_table_artifact

from minebelief.errors import WorkspaceError
from minebelief.history import changes
from minebelief.pipeline import RunSummary
from minebelief.published import open_published
from minebelief.report import write_report
from minebelief.safe_text import sanitise

__all__ = ["leave_artifacts"]

MOST = 100
"""Rows of a table at most; the published database has all of them."""


def leave_artifacts(summary: RunSummary) -> None:
    """Leave the report and the tables of a run. What is published stays published, even where these cannot be left."""
    key = summary.industry
    try:
        if report := _write_report(summary):
            create_link_artifact(report.resolve().as_uri(), link_text=report.name, key=f"{key}-report")
        for name, (description, rows) in _tables(summary).items():
            shown = f"{description}: {len(rows):,}{f', the first {MOST} shown' if len(rows) > MOST else ''}"
            create_table_artifact(rows[:MOST], key=f"{key}-{name}", description=shown)
    except httpx.HTTPError as error:
        get_run_logger().warning("the Prefect server did not take the artifacts: %s", error)


def _write_report(summary: RunSummary) -> Path | None:
    """The report beside the published database, as it is now; None where it cannot be written."""
    report = summary.database.with_name(f"{summary.industry}.html")
    try:
        with open_published(summary.database) as database:
            write_report(database, summary.industry, report)
    except WorkspaceError as error:
        get_run_logger().warning("no report is written: %s", error)
        return None
    return report


def _tables(summary: RunSummary) -> dict[str, tuple[str, list[dict[str, Any]]]]:
    key = summary.industry
    with open_published(summary.database) as database:
        beliefs = [
            {
                "id": one.theme_id,
                "belief": one.statement,
                "prevalence": _percent(one.prevalence),
                "from": _percent(one.low),
                "to": _percent(one.high),
                "companies": one.companies,
                "spread": one.spread,
                "common": "yes" if one.common else one.because,
            }
            for one in database.beliefs(key, MOST + 1, common_only=False)
        ]
        changed = [
            {
                "change": one.change if one.significant else f"{one.change} (maybe)",
                "id": one.theme_id,
                "theme": one.statement,
                "company": "everywhere" if one.company == "*" else one.company_name or one.company,
                "before": _percent(one.before),
                "after": _percent(one.after),
                "note": one.note,
            }
            for one in changes(database, key)
            if one.run_id == summary.run_id
        ]
        rejects = [
            {name: row[name] for name in ("source", "locator", "reason", "excerpt")}
            for row in database.ask("rejects_of", industry=key, run_id=summary.run_id)
        ]
    tables: dict[str, tuple[str, list[dict[str, Any]]]] = {
        "beliefs": (f"Beliefs in {summary.title}", beliefs),
        "changes": (f"What run {summary.run_id} changed", changed),
        "rejects": (f"Records that run {summary.run_id} rejected", rejects),
    }
    return {
        name: (
            description,
            [
                {column: sanitise(value) if isinstance(value, str) else value for column, value in row.items()}
                for row in rows
            ],
        )
        for name, (description, rows) in tables.items()
    }


def _percent(share: float | None) -> str | None:
    return None if share is None else f"{share:.1%}"
