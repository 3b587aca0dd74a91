"""The HTML page: templates filled with autoescape, under a content security policy that lets nothing else run."""

import base64
import hashlib
import os
import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

from minebelief import __version__
from minebelief.errors import WorkspaceError
from minebelief.mining.drift import DRIFTED
from minebelief.published import PublishedDatabase
from minebelief.report.charts import opportunity_map, spread_chart, trend_chart
from minebelief.report.data import Report, Sample, Theme, read_report

__all__ = ["MOST_BYTES", "render_report", "write_report"]

MOST_BYTES = 2_000_000
"""What the page may weigh, so that it can be sent by mail."""

SAMPLES = (
    Sample(),
    Sample(per_company=3),
    Sample(per_company=2, length=240),
    Sample(beliefs=30, values=12, per_company=1, length=200),
    Sample(beliefs=20, values=8, per_company=1, length=120),
    Sample(beliefs=10, values=4, per_company=1, length=80),
)
"""How much evidence is shown, from the most that is useful to the least; the first that fits is taken."""

GATE = re.compile(r"(?:^|; )(common|unmet|not copied|beyond expected|specific|fits values): (?:pass|fail|unknown), ?")
"""Where the words about one gate of an opening begin."""

TRENDS = 20
"""Beliefs that get a chart of their months."""


def write_report(
    database: PublishedDatabase, industry: str, path: Path, *, company: str | None = None, most_bytes: int = MOST_BYTES
) -> int:
    """Write the page to a file, whole or not at all.

    Args:
        database: a published database.
        industry: key of an industry in it.
        path: the file; what is there is replaced.
        company: key of the company whose openings are told.
        most_bytes: what the page may weigh.

    Returns:
        The size of the page in bytes.

    Raises:
        WorkspaceError: the file cannot be written, or the companies and themes are too many for one page.
    """
    page = render_report(database, industry, company=company, most_bytes=most_bytes).encode()
    new = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        new.write_bytes(page)
        os.replace(new, path)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise WorkspaceError(
            f"cannot write {path}: {error.strerror or error}. Name a file in a folder that exists and can be written"
        ) from None
    return len(page)


def render_report(
    database: PublishedDatabase, industry: str, *, company: str | None = None, most_bytes: int = MOST_BYTES
) -> str:
    """The page as HTML, with as much of the evidence as fits.

    Raises:
        WorkspaceError: the companies and themes are too many for one page.
    """
    size = 0
    for sample in SAMPLES:
        page = _render(read_report(database, industry, company, sample))
        size = len(page.encode())
        if size <= most_bytes:
            return page
    raise WorkspaceError(
        f"the report of {industry} takes {size:,} bytes even with little evidence, and {most_bytes:,} are allowed. "
        "Compare fewer companies in the industry file"
    )


def _render(report: Report) -> str:
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("minebelief.report"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    names = {company.company: company.name for company in report.companies}
    place = {company.company: i for i, company in enumerate(report.companies)}
    themes = {theme.theme_id: theme for theme in report.themes}
    environment.filters |= {
        "percent": percent,
        "day": day,
        "count": lambda number: f"{number or 0:,}",
        "reasons": reasons,
        "hurdles": hurdles,
        "points": lambda number: f"{100 * number:+.1f}".replace("-", "−"),
    }
    style, script = _file("style.css"), _file("script.js")
    pieces = {name: Markup(svg) for name, svg in _charts(report).items()}  # from our own numbers, escaped by Vega
    page = environment.get_template("report.html").render(
        report=report,
        charts=pieces,
        names=names,
        place=place,
        themes=themes,
        style=Markup(style),
        script=Markup(script),
        policy=_policy(style, script),
        version=__version__,
        at_company=partial(_at_company, report),
        heat=_heat,
        drifted=DRIFTED,
    )
    return _lean(page)


def percent(share: float | None) -> str:
    """A share in per cent, one decimal.

    >>> percent(0.1234), percent(None)
    ('12.3%', '–')
    """
    return "–" if share is None else f"{100 * share:.1f}%"


def day(when: datetime | date | None) -> str:
    """A date as people write it, empty without one.

    >>> day(date(2025, 3, 9))
    '9 Mar 2025'
    """
    return f"{when.day} {when:%b %Y}" if when else ""


def reasons(because: str | None) -> Mapping[str, str]:
    """What decided each gate of an opening, by the gate's name; empty where the text is not told gate by gate.

    >>> reasons("common: pass, at 4 of 6 companies; unmet: fail, solved; by two")
    {'common': 'at 4 of 6 companies', 'unmet': 'solved; by two'}
    """
    _, *parts = GATE.split(because or "")
    return dict(zip(parts[::2], parts[1::2], strict=True))


def hurdles(opening: Mapping[str, Any]) -> Mapping[str, str]:
    """What decided the gates that an opening does not pass.

    >>> hurdles({"unmet": "pass", "fits_values": "fail", "because": "unmet: pass, none; fits values: fail, near none"})
    {'fits values': 'near none'}
    """
    columns = {"beyond expected": "beyond_expected", "not copied": "not_copied", "fits values": "fits_values"}
    told = reasons(opening["because"])
    return {gate: why for gate, why in told.items() if opening[columns.get(gate, gate)] != "pass"}


def _at_company(report: Report, theme: Theme, company: str) -> Any:
    return next((figure for figure in theme.over_all if figure.company == company), None)


def _heat(share: float | None, top: float) -> int:
    """One of ten shades: 0 for nothing, 9 for the highest of all."""
    return 0 if not share or not top else min(9, 1 + int(8 * share / top))


def _charts(report: Report) -> Mapping[str, str]:
    charts = {}
    field = {company.company: company for company in report.field}
    themes = {theme.theme_id: theme for theme in report.themes}
    told = (report.common or report.beliefs)[:12]
    rows = [
        {
            "belief": _short(theme),
            "company": field[figure.company].name,
            "prevalence": figure.prevalence,
            "own": report.company is not None and figure.company == report.company.company,
        }
        for theme in told
        for figure in theme.over_all
        if figure.company in field and figure.prevalence is not None
    ]
    if rows:
        charts["spread"] = spread_chart(rows, "Prevalence of beliefs, one dot per company; the table below has it too")
    placed = [
        {
            "belief": row["belief_id"],
            "importance": row.get("importance"),
            "satisfaction": row.get("satisfaction"),
            "open": row["verdict"] == "open",
            "common": row["common"] == "pass",
        }
        for row in report.openings
        if row["common"] == "pass" or themes[row["belief_id"]].shown
    ]
    placed = [row for row in placed if row["importance"] is not None and row["satisfaction"] is not None]
    if placed:
        charts["map"] = opportunity_map(
            placed, "Common beliefs by importance and satisfaction; each leads to its belief"
        )
    with_months = [theme for theme in report.beliefs if theme.shown and len(theme.months) >= 3]
    for theme in with_months[:TRENDS]:
        months = [
            {"month": row["month"].isoformat(), **{key: row[key] for key in ("prevalence", "low", "high")}}
            for row in theme.months
            if row["prevalence"] is not None
        ]
        first, last = months[0], months[-1]
        charts[f"trend {theme.theme_id}"] = trend_chart(
            months,
            f"{theme.theme_id} by month, from {percent(first['prevalence'])} in {first['month'][:7]} "
            f"to {percent(last['prevalence'])} in {last['month'][:7]}",
        )
    return charts


def _short(theme: Theme, length: int = 44) -> str:
    text = theme.statement if len(theme.statement) <= length else f"{theme.statement[:length].rstrip()}…"
    return f"{text}  {theme.theme_id}"


def _file(name: str) -> str:
    return _lean(resources.files("minebelief.report").joinpath("templates", name).read_text(encoding="utf-8"))


def _lean(text: str) -> str:
    """Text without indentation and empty lines."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _policy(style: str, script: str) -> str:
    return "; ".join(
        [
            "default-src 'none'",
            f"style-src {_hashed(style)}",
            f"script-src {_hashed(script)}",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
