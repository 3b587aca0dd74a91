"""``minebelief hide``."""

import click

from minebelief.cli.completion import complete_names
from minebelief.cli.decide import by_option, help_of, known_theme, published, record, two_or
from minebelief.cli.options import Session, example, workspace_option

__all__ = ["command"]


@click.command(
    "hide",
    help=help_of(
        "hide",
        "It goes on being counted, and keeps its id.",
    ),
    epilog=example("minebelief hide pet-insurance b3", "minebelief hide b3 --undo"),
)
@click.argument("names", nargs=-1, metavar="[INDUSTRY] ID", shell_complete=complete_names)
@click.option("--undo", is_flag=True, help="Show it again.")
@by_option
@workspace_option
@click.pass_obj
def command(session: Session, names: tuple[str, ...], undo: bool, by: str) -> None:
    """Record it."""
    chosen, (theme_id,) = two_or(names, 1, "[INDUSTRY] ID, such as 'pet-insurance b3'")
    with published(session) as database:
        industry = database.default_industry(chosen)
        theme = known_theme(database, industry, theme_id, gone=undo)
    told = f"{theme} is shown again" if undo else f"{theme} is hidden"
    record(session, industry, "show" if undo else "hide", theme, "", by, told)
