"""``minebelief rename``."""

import click

from minebelief.cli.completion import complete_names
from minebelief.cli.decide import by_option, help_of, known_theme, published, record, two_or
from minebelief.cli.options import Session, example, workspace_option

__all__ = ["command"]


@click.command(
    "rename",
    help=help_of(
        "rename",
        "An empty NAME takes it back. The statement, the evidence and the counts stay as they are: the name "
        "is printed in the statement's place.",
    ),
    epilog=example('minebelief rename pet-insurance b3 "Claims take forever"', 'minebelief rename b3 ""'),
)
@click.argument("names", nargs=-1, metavar="[INDUSTRY] ID NAME", shell_complete=complete_names)
@by_option
@workspace_option
@click.pass_obj
def command(session: Session, names: tuple[str, ...], by: str) -> None:
    """Record a name for a theme."""
    chosen, (theme_id, name) = two_or(names, 2, "[INDUSTRY] ID NAME, such as 'b3 \"Claims take forever\"'")
    with published(session) as database:
        industry = database.default_industry(chosen)
        theme = known_theme(database, industry, theme_id)
    told = f"{theme} is called '{name.strip()}'" if name.strip() else f"{theme} goes by its statement again"
    record(session, industry, "rename", theme, name.strip(), by, told)
