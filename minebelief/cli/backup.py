"""``minebelief backup``."""

import importlib
from pathlib import Path

import click

from minebelief.cli.options import Session, example, workspace_option
from minebelief.cli.output import sanitise

__all__ = ["command"]


@click.command("backup", epilog=example("minebelief backup reviews.tar.gz"))
@click.argument("dest", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Write over an existing file.")
@click.option(
    "--wait", type=click.FloatRange(0), default=0, metavar="SECONDS", help="Wait so long for a run to finish."
)
@workspace_option
@click.pass_obj
def command(session: Session, dest: Path, force: bool, wait: float) -> None:
    """Save a workspace as one archive file.

    DEST is a file, gzipped tar: both databases, what crawls landed, people's decisions and the settings, of one moment.
    Refused while a run goes on. Review files and industry files that lie elsewhere are not in it.
    """
    done = importlib.import_module("minebelief.backup").back_up(session.workspace, dest, wait=wait, force=force)
    click.echo(f"{done.files:,} files ({done.bytes / 1e6:.1f} MB) are saved in {sanitise(str(done.path))}")
