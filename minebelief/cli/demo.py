"""``minebelief demo``."""

import importlib
from pathlib import Path

import click

from minebelief.cli.options import Session, example, workspace_option
from minebelief.cli.progress import progress_for
from minebelief.cli.run import finish_run
from minebelief.workspace import Workspace

__all__ = ["command"]


@click.command("demo", epilog=example("minebelief demo", "minebelief demo --workspace elsewhere --seed 7"))
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed makes another industry.")
@click.option(
    "--reviews",
    type=click.IntRange(600, 100_000),
    default=3600,
    show_default=True,
    help="How many customer reviews to make up.",
)
@workspace_option
@click.pass_obj
def command(session: Session, seed: int, reviews: int) -> None:
    """See a whole run on a made-up industry; it needs no network.

    The industry is one of six invented phone companies. Its review sites are served on this machine, crawled,
    mined and published like any others, in a workspace of its own: the folder minebelief-demo, or the one that
    --workspace names.
    """
    demo = importlib.import_module("minebelief.demo.run")
    session.chosen = session.chosen or demo.FOLDER
    with progress_for("text") as progress:
        summary = demo.run_demo(Workspace(Path(session.chosen).resolve()), progress, seed=seed, reviews=reviews)
    finish_run(session, summary)
