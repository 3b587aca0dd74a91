"""``minebelief pin``."""

import click

from minebelief.cli.completion import complete_names
from minebelief.cli.decide import by_option, help_of, known_theme, published, record, two_or
from minebelief.cli.options import Session, example, workspace_option

__all__ = ["command"]


@click.command(
    "pin",
    help=help_of(
        "pin",
        "Its statement and id stay, however rarely it is said.",
    ),
    epilog=example("minebelief pin pet-insurance b3", "minebelief pin b3 --undo"),
)
@click.argument("names", nargs=-1, metavar="[INDUSTRY] ID", shell_complete=complete_names)
@click.option("--undo", is_flag=True, help="Let go of it again.")
@by_option
@workspace_option
@click.pass_obj
def command(session: Session, names: tuple[str, ...], undo: bool, by: str) -> None:
    """Record it."""
    chosen, (theme_id,) = two_or(names, 1, "[INDUSTRY] ID, such as 'pet-insurance b3'")
    with published(session) as database:
        industry = database.default_industry(chosen)
        theme = known_theme(database, industry, theme_id, gone=undo)
    told = f"{theme} is not pinned any more" if undo else f"{theme} is pinned"
    record(session, industry, "unpin" if undo else "pin", theme, "", by, told)
