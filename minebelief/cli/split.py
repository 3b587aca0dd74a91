"""``minebelief split``."""

import click

from minebelief.cli.completion import complete_names
from minebelief.cli.decide import by_option, help_of, known_theme, published, record, two_or
from minebelief.cli.options import Session, example, workspace_option
from minebelief.history import sentence_of

__all__ = ["command"]


@click.command(
    "split",
    help=help_of(
        "split",
        "SENTENCE is one of the theme's sentences, in its words or by its id: it becomes the new theme's "
        "statement, and the sentences that say it at least as fully as the old statement go over. What was "
        "taken apart stays apart.",
    ),
    epilog=example('minebelief split pet-insurance b1 "It takes weeks until a claim is paid, case 4."'),
)
@click.argument("names", nargs=-1, metavar="[INDUSTRY] ID SENTENCE", shell_complete=complete_names)
@by_option
@workspace_option
@click.pass_obj
def command(session: Session, names: tuple[str, ...], by: str) -> None:
    """Record that a theme falls apart."""
    chosen, (theme_id, text) = two_or(names, 2, "[INDUSTRY] ID SENTENCE, the sentence in quotes")
    with published(session) as database:
        industry = database.default_industry(chosen)
        theme = known_theme(database, industry, theme_id)
        sentence, words = sentence_of(database, industry, theme, text)
    record(session, industry, "split", theme, sentence, by, f"what says '{words}' leaves {theme}")
