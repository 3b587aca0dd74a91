"""Where a workspace stands: what ``minebelief`` alone prints."""

from typing import TYPE_CHECKING

from minebelief.cli.output import console, day, program, rows_or_records, sanitise
from minebelief.published import IndustryFigures, open_published
from minebelief.workspace import Workspace

if TYPE_CHECKING:
    from rich.text import Text

__all__ = ["headline", "print_standing"]

MADE_UP = "made up for demonstration: nobody wrote these reviews"


def headline(figures: IndustryFigures) -> "Text":
    """An industry in one line; a made-up one says so."""
    from rich.text import Text

    line = Text(sanitise(figures.title), style="bold")
    if figures.made_up:
        line.append(f" ({MADE_UP})", style="yellow")
    parts = [
        f"{figures.companies} companies, {figures.field} in the field",
        f"{figures.reviews:,} reviews",
    ]
    if figures.data_from and figures.data_to:
        parts.append(f"{day(figures.data_from)} to {day(figures.data_to)}")
    return line.append(" · " + " · ".join(parts), style="not bold")


def print_standing(workspace: Workspace, chosen: str | None = None) -> None:
    """Say what is published in the workspace, who is writing to it, and what to do next.

    `chosen` is how the user named the workspace, for commands to copy.
    """
    screen, me = console(), program(chosen)
    screen.print(f"Workspace {sanitise(str(workspace.root))}", soft_wrap=True)
    if writer := workspace.writer():
        screen.print(f"Being written by {sanitise(writer)}", soft_wrap=True)
    industries: tuple[IndustryFigures, ...] = ()
    if workspace.published.exists():
        with open_published(workspace.published) as database:
            industries = database.industries()
    if not industries:
        screen.print("Nothing is published here yet.\n")
        screen.print(f"Next:  {program()} demo         a whole run on a made-up industry", soft_wrap=True)
        screen.print(f"       {me} init NAME    write an industry file to start from", soft_wrap=True)
        screen.print(f"       {me} run FILE     FILE is an industry file", soft_wrap=True)
        screen.print(f"       {me} doctor       is this machine ready?", soft_wrap=True)
        screen.print(f"       {program()} --help       all commands", soft_wrap=True)
        return
    screen.print(
        rows_or_records(
            screen,
            ("industry", "title", "companies", "reviews", "beliefs", "common", "newest review"),
            [
                (
                    one.industry,
                    one.title,
                    one.companies,
                    one.reviews,
                    one.beliefs,
                    one.common_beliefs,
                    one.data_to.date() if one.data_to else None,
                )
                for one in industries
            ],
        )
    )
    for one in industries:
        if one.made_up:
            screen.print(f"{sanitise(one.title)} is {MADE_UP}", style="yellow")
    name = industries[0].industry
    screen.print(f"Next:  {me} beliefs {name}     what everybody complains about", soft_wrap=True)
    screen.print(f"       {me} openings {name}    where to be different", soft_wrap=True)
    screen.print(f"       {me} report {name}      all of it as one page", soft_wrap=True)
    screen.print(f"       {me} sql \"from top_beliefs('{name}')\"", soft_wrap=True)
    screen.print(f"       {me} run FILE     bring it up to date", soft_wrap=True)
    screen.print(f"       {program()} --help       all commands", soft_wrap=True)
