"""The report's charts, drawn with Altair and kept as SVG: no script, no style, colours named by the page."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import altair

__all__ = ["opportunity_map", "spread_chart", "trend_chart"]

BASE = "https://minebelief.invalid/"
"""Vega makes every address absolute; this one is taken off again."""

# Colours are names that the page gives a value, one for light and one for dark.
INK, FAINT, LINE, ACCENT, OWN = "var(--ink)", "var(--faint)", "var(--line)", "var(--accent)", "var(--own)"

_NUMBER = re.compile(r"-?\d+\.\d{2,}")
_NOISE = re.compile(r' (?:xmlns:xlink|version|stroke-miterlimit|aria-roledescription|font-family)="[^"]*"')
_BACKGROUND = re.compile(r'<path class="background"[^>]*/>')
_SIZE = re.compile(r'width="(\d+)" height="(\d+)" ')
_LINK = re.compile(r"<a xlink:href=\"[^\"]*?(#[^\"]*)\"")
_ROLE = re.compile(r' role="graphics-(?:object|symbol)"')


def spread_chart(rows: Sequence[Mapping[str, Any]], label: str) -> str:
    """Beliefs from top to bottom, one dot per company at its prevalence, the user's own company marked.

    Args:
        rows: ``belief``, ``company``, ``prevalence`` from 0 to 1, and ``own``, true for the user's company.
        label: what the chart shows, for those who cannot see it.
    """
    import altair as alt

    dots = (
        alt.Chart(_data(rows))
        .mark_circle(size=70, opacity=0.75)
        .encode(
            x=alt.X("prevalence:Q", title="share of the company's reviews", axis=alt.Axis(format=".0%", tickCount=6)),
            y=alt.Y("belief:N", sort=None, title=None),
            color=alt.condition("datum.own", alt.value(OWN), alt.value(ACCENT)),
        )
    )
    return _svg(dots.properties(width=520, height=alt.Step(26)), label)


def trend_chart(rows: Sequence[Mapping[str, Any]], label: str) -> str:
    """A theme's prevalence month by month with its interval.

    Args:
        rows: ``month`` as a date in ISO format, ``prevalence``, ``low`` and ``high`` from 0 to 1.
        label: what the chart shows, for those who cannot see it.
    """
    import altair as alt

    base = alt.Chart(_data(rows)).encode(
        x=alt.X("month:T", title=None, axis=alt.Axis(format="%b %Y", tickCount=5, grid=False)),
    )
    share = alt.Axis(format=".0%", tickCount=4)
    band = base.mark_area(color=ACCENT, opacity=0.18, aria=False).encode(
        y=alt.Y("low:Q", title=None, axis=share), y2="high:Q"
    )
    line = base.mark_line(color=ACCENT, strokeWidth=2, aria=False).encode(y="prevalence:Q")
    return _svg((band + line).properties(width=420, height=110), label)


def opportunity_map(rows: Sequence[Mapping[str, Any]], label: str) -> str:
    """Beliefs by importance and satisfaction; those that are openings are filled, each dot leads to its belief.

    Args:
        rows: ``belief``, its id; ``importance`` from 0 to 10; ``satisfaction`` from 0 to 1; ``open``, true for an
            opening; ``common``, false for beliefs that are there to compare with.
        label: what the chart shows, for those who cannot see it.
    """
    import altair as alt

    placed = [{**row, "href": f"#{row['belief']}"} for row in rows]
    base = alt.Chart(_data(placed)).encode(
        x=alt.X("satisfaction:Q", title="satisfied customers, of those who speak of it", axis=alt.Axis(format=".0%"))
        .scale(domain=[0, 1])
        .axis(tickCount=5, format=".0%", offset=8),
        y=alt.Y("importance:Q", title="importance").scale(domain=[0, 10]).axis(tickCount=5, offset=8),
        href="href:N",
    )
    dots = base.mark_point(strokeWidth=2, color=ACCENT).encode(
        size=alt.condition("datum.common", alt.value(110), alt.value(40)),
        opacity=alt.condition("datum.common", alt.value(1), alt.value(0.5)),
        fill=alt.condition("datum.open", alt.value(ACCENT), alt.value("var(--paper)")),
    )
    names = (
        base.transform_filter("datum.common")
        .mark_text(align="left", dx=9, fontSize=11, color=INK, aria=False)
        .encode(text="belief:N", href=alt.value(None))
    )
    return _svg((dots + names).properties(width=560, height=340), label, links=True)


def _data(rows: Sequence[Mapping[str, Any]]) -> "altair.Data":
    import altair as alt

    return alt.Data(values=[dict(row) for row in rows])


def _svg(chart: "altair.TopLevelMixin", label: str, *, links: bool = False) -> str:
    """The chart as an element of the page, as wide as its place allows; `links` keeps its links."""
    import vl_convert
    from markupsafe import escape

    # browsers' letters may be wider than those that the labels were measured with
    room = {"left": 45, "right": 15, "top": 8, "bottom": 5}
    whole = chart.configure(background="transparent", padding=room).configure_view(stroke=None)
    axis = {"labelColor": INK, "titleColor": FAINT, "gridColor": LINE, "domainColor": LINE, "tickColor": LINE}
    text = {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "labelLimit": 330}
    whole = whole.configure_axis(**axis, **text)
    svg = vl_convert.vegalite_to_svg(whole.to_dict(), allowed_base_urls=[])
    svg = _BACKGROUND.sub("", _NOISE.sub("", svg))
    svg = _NUMBER.sub(lambda found: f"{float(found[0]):.1f}", svg)
    svg = _LINK.sub(lambda found: f'<a href="{found[1]}"', svg)
    if links:
        svg = _ROLE.sub("", svg)
        about = f'role="group" aria-label="{escape(label)}"'
    else:
        svg = re.sub(r' aria-(?:label|hidden)="[^"]*"', "", _ROLE.sub("", svg))
        about = f'role="img" aria-label="{escape(label)}"'
    return _SIZE.sub(lambda found: f'{about} width="{found[1]}" height="{found[2]}" ', svg, count=1)
