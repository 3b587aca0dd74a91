"""Options that several commands share."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from minebelief.cli.completion import complete_company, complete_industry, complete_language, complete_source
from minebelief.cli.days import Day

if TYPE_CHECKING:
    from minebelief.workspace import Workspace

__all__ = [
    "FORMATS",
    "Session",
    "company_option",
    "company_option_for",
    "example",
    "format_options",
    "industry_argument",
    "limit_option",
    "min_spread_option",
    "slice_options",
    "workspace_option",
]

FORMATS = ("table", "json", "csv", "md")

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


@dataclass
class Session:
    """What was said for all commands."""

    chosen: str | None = None
    debug: bool = False
    json_log: bool = False

    @property
    def workspace(self) -> "Workspace":
        """The workspace that was chosen, or the nearest one."""
        from minebelief.workspace import find_workspace

        return find_workspace(self.chosen)


def _choose(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.obj.chosen = value


workspace_option = click.option(
    "--workspace",
    type=click.Path(),
    metavar="FOLDER",
    expose_value=False,
    callback=_choose,
    help="Where the databases lie; by default the nearest folder upwards that holds .minebelief.",
)


industry_argument = click.argument("industry", required=False, shell_complete=complete_industry)
"""INDUSTRY, which may be left out where the workspace has one."""


def company_option_for(what: str) -> Callable[[Decorated], Decorated]:
    """``--company``, with what it chooses."""
    return click.option("--company", metavar="COMPANY", shell_complete=complete_company, help=what)


company_option = company_option_for("One company's figures, order and quotes, by its key or name.")

min_spread_option = click.option(
    "--min-spread", type=click.IntRange(0), default=0, help="The least number of companies."
)


def limit_option(default: int) -> Callable[[Decorated], Decorated]:
    """``--limit``."""
    return click.option("--limit", type=click.IntRange(1), default=default, show_default=True, help="How many at most.")


def slice_options(function: Decorated) -> Decorated:
    """Give a command ``--since``, ``--until``, ``--source`` and ``--language``; it gets ``within``, a `Slice`."""

    @functools.wraps(function)
    def sliced(
        *args: Any, since: date | None, until: date | None, source: str | None, language: str | None, **kwargs: Any
    ) -> Any:
        from minebelief.published import Slice

        if since and until and since > until:
            raise click.UsageError(
                f"--since {since} is after --until {until}, so no review can be meant", click.get_current_context()
            )
        return function(*args, within=Slice(since, until, source, language), **kwargs)

    options = (
        click.option("--since", type=Day(), help="Reviews from this day on: 2025, 2025-03 or 2025-03-31."),
        click.option("--until", type=Day(last=True), help="Reviews to this day, this included."),
        click.option("--source", metavar="NAME", shell_complete=complete_source, help="Reviews of one source."),
        click.option("--language", metavar="CODE", shell_complete=complete_language, help="Reviews in one language."),
    )
    decorated: Any = sliced
    for option in reversed(options):
        decorated = option(decorated)
    return cast(Decorated, decorated)


def format_options(function: Decorated) -> Decorated:
    """Give a command ``--format`` and ``-o``; it gets ``form`` and ``output``."""
    output = click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Write to this file instead; its ending chooses the format.",
    )
    form = click.option("--format", "form", type=click.Choice(FORMATS), help="How to print: table by default.")
    return form(output(function))


def example(*lines: str) -> str:
    """The last part of a command's help."""
    return "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)
