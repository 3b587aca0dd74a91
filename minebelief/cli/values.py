"""``minebelief values``."""

from dataclasses import asdict
from pathlib import Path

import click

from minebelief.cli.beliefs import command as beliefs
from minebelief.cli.options import (
    Session,
    company_option,
    example,
    format_options,
    industry_argument,
    limit_option,
    min_spread_option,
    slice_options,
    workspace_option,
)
from minebelief.published import Slice

__all__ = ["command"]


@click.command(
    "values",
    epilog=example("minebelief values pet-insurance --company figo --all", "minebelief values --all --format json"),
)
@industry_argument
@limit_option(10)
@click.option("--all", "every", is_flag=True, help="Also those that are not common, and why they are not.")
@company_option
@min_spread_option
@slice_options
@format_options
@workspace_option
@click.pass_obj
def command(
    session: Session,
    industry: str | None,
    limit: int,
    every: bool,
    company: str | None,
    min_spread: int,
    within: Slice,
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
        min_spread=min_spread,
        **asdict(within),
        kind="value",
        form=form,
        output=output,
    )
