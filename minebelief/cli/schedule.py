"""``minebelief schedule``."""

import importlib
import os
from pathlib import Path

import click

from minebelief.cli.contact import contact_option, known_contact
from minebelief.cli.options import Session, example, workspace_option
from minebelief.cli.run import has_public_site

__all__ = ["command"]


@click.command(
    "schedule",
    epilog=example(
        "minebelief schedule coffee.toml airlines.toml --cron '15 3 * * *' --timezone Europe/Berlin",
        "minebelief schedule pet-insurance.toml --cron '0 * * * *' --overlap skip",
    ),
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--cron",
    required=True,
    metavar="CRON",
    help="When to run: minute, hour, day of the month, month, day of the week.",
)
@click.option(
    "--timezone",
    default="UTC",
    show_default=True,
    metavar="ZONE",
    help="The time zone that CRON is meant in, such as Europe/Berlin.",
)
@click.option(
    "--overlap",
    type=click.Choice(["wait", "skip"]),
    default="wait",
    show_default=True,
    help="When a run is due while another one writes to the workspace: wait for it, or skip the one that is due.",
)
@contact_option
@workspace_option
@click.pass_obj
def command(
    session: Session, files: tuple[Path, ...], cron: str, timezone: str, overlap: str, contact: str | None
) -> None:
    """Serve industries on a schedule, until stopped with Ctrl-C.

    Each FILE is an industry file, all of them worked on in one workspace. A Prefect server, which PREFECT_API_URL
    names, keeps the schedule and shows the runs; without one nothing would run, and this command says so and fails.
    The folder deploy/ holds a systemd timer and a crontab line for those who want no server.
    """
    os.environ.setdefault("DO_NOT_TRACK", "1")
    contact = known_contact(session, contact, needed=lambda: any(map(has_public_site, files)))
    flows = importlib.import_module("minebelief.flows.schedule")
    made = flows.deployments(files, session.workspace, cron, timezone=timezone, overlap=overlap, contact=contact)
    click.echo(f"serving {', '.join(map(str, files))} at '{cron}' ({timezone}); stop with Ctrl-C", err=True)
    flows.serve_until_stopped(made, session.workspace, overlap)
