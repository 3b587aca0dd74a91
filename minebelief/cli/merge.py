"""``minebelief merge``."""

import click

from minebelief.cli.completion import complete_names
from minebelief.cli.decide import by_option, help_of, known_theme, published, record, two_or
from minebelief.cli.options import Session, example, workspace_option
from minebelief.errors import UsageError

__all__ = ["command"]


@click.command(
    "merge",
    help=help_of(
        "merge",
        "ID goes, INTO stays: from then on INTO holds what either of their statements says. The id of what "
        "went is never used again.",
    ),
    epilog=example("minebelief merge pet-insurance b3 b1", "minebelief merge b3 b1 --by Ann"),
)
@click.argument("names", nargs=-1, metavar="[INDUSTRY] ID INTO", shell_complete=complete_names)
@by_option
@workspace_option
@click.pass_obj
def command(session: Session, names: tuple[str, ...], by: str) -> None:
    """Record that two themes are one."""
    chosen, (first, second) = two_or(names, 2, "[INDUSTRY] ID INTO, such as 'pet-insurance b3 b1'")
    with published(session) as database:
        industry = database.default_industry(chosen)
        theme, into = known_theme(database, industry, first), known_theme(database, industry, second)
    if theme == into:
        raise UsageError(f"{theme} cannot go into itself. Name two themes")
    if theme[0] != into[0]:
        raise UsageError(f"{theme} and {into} are of different kinds; a belief and a value cannot be one")
    record(session, industry, "merge", theme, into, by, f"{theme} goes into {into}")
