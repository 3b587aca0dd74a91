"""Options that several commands share."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from minebelief.workspace import Workspace

__all__ = ["FORMATS", "Session", "example", "format_options", "workspace_option"]

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
