"""``minebelief restore``."""

import importlib
from pathlib import Path

import click

from minebelief.cli.options import Session, example, workspace_option
from minebelief.cli.output import sanitise

__all__ = ["command"]


@click.command("restore", epilog=example("minebelief --workspace restored restore reviews.tar.gz"))
@click.argument("source", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Do so although there is a workspace, which is kept aside.")
@workspace_option
@click.pass_obj
def command(session: Session, source: Path, force: bool) -> None:
    """Make a workspace of an archive that 'backup' wrote.

    SOURCE is the archive. Every file of it is checked before anything is put into place.
    """
    workspace = session.workspace
    done = importlib.import_module("minebelief.backup").restore(source, workspace, force=force)
    click.echo(f"{done.files:,} files of {sanitise(str(source))} are restored to {sanitise(str(workspace.root))}")
    if done.aside:
        click.echo(f"what was there is kept in {sanitise(str(done.aside))}", err=True)
