"""``minebelief values``."""

from pathlib import Path

import click

from minebelief.cli.beliefs import command as beliefs
from minebelief.cli.options import Session, example, format_options, workspace_option

__all__ = ["command"]


@click.command(
    "values",
    epilog=example("minebelief values pet-insurance --company figo --all", "minebelief values --all --format json"),
)
@click.argument("industry", required=False)
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="How many at most.")
@click.option("--all", "every", is_flag=True, help="Also those that are not common, and why they are not.")
@click.option("--company", help="One company's figures, order and quotes, by its key or name.")
@format_options
@workspace_option
@click.pass_obj
def command(
    session: Session,
    industry: str | None,
    limit: int,
    every: bool,
    company: str | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Summarize what customers of an industry praise.

    Each value is told by a sentence that a customer wrote, with the share of reviews that say it and its 95%
    interval, the number of companies at which it recurs (spread), and a quote. INDUSTRY may be left out where
    there is only one.
    """
    click.get_current_context().invoke(
        beliefs,
        industry=industry,
        limit=limit,
        every=every,
        company=company,
        min_spread=0,
        kind="value",
        form=form,
        output=output,
    )
