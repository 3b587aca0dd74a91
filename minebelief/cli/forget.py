"""``minebelief forget``."""

import importlib
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minebelief.cli.options import Session, example, format_options, workspace_option
from minebelief.cli.output import emit, plain_table, sanitise
from minebelief.cli.progress import progress_for

if TYPE_CHECKING:
    from minebelief.forget import Forgotten

__all__ = ["command"]

SHOWN = 10


@click.command(
    "forget",
    epilog=example(
        'minebelief forget pet-insurance.toml --author "Jane D." --dry-run',
        "minebelief forget pet-insurance.toml --review 8812",
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--review", metavar="ID", help="One review: its id at the source, or its review_id.")
@click.option("--url", metavar="ADDRESS", help="One review, by the address where it was published.")
@click.option("--author", metavar="NAME", help="All reviews under this name, as published; case does not matter.")
@click.option("--dry-run", is_flag=True, help="Only say what would be erased.")
@click.option(
    "--wait",
    type=click.FloatRange(0),
    default=0,
    metavar="SECONDS",
    help="Wait so long for another run on this workspace to finish.",
)
@format_options
@workspace_option
@click.pass_obj
def command(
    session: Session,
    file: Path,
    review: str | None,
    url: str | None,
    author: str | None,
    dry_run: bool,
    wait: float,
    form: str | None,
    output: Path | None,
) -> None:
    """Erase a review or an author everywhere, and count again.

    FILE is the industry file. It goes from what crawls landed, from the work database and from the published
    database. Only salted hashes are kept, in decisions/erasures.jsonl in the workspace, so that no later run brings
    it back: keep that file, and .minebelief/salt that belongs to it. Different people may share a name: look with
    --dry-run first. Review files of your own are read where they lie and never written; the command names the places
    in them. Reports and exports that were made before are files of yours as well.
    """
    module = importlib.import_module("minebelief.forget")
    wanted = module.Wanted(review, url, author)
    with progress_for("text") as progress:
        found = module.forget(file, session.workspace, wanted, progress, dry_run=dry_run, wait=wait)
    emit([asdict(found)], form, output, lambda _: _table(found, dry_run))


def _table(found: "Forgotten", dry_run: bool) -> Any:
    rows = [
        ("would be erased" if dry_run else "erased", f"{_count(len(found.reviews), 'review')}, {_some(found.reviews)}"),
        ("about", _some(found.companies) or "no company"),
        ("with", f"{_count(found.sentences, 'sentence')}, {_count(found.landed, 'record')} of crawls"),
        *(("stays in", sanitise(place)) for place in found.remains[:SHOWN]),
    ]
    if not found.reviews:
        rows = [("erased", "already; everything was counted again without it")]
    if len(found.remains) > SHOWN:
        rows.append(("", f"and {len(found.remains) - SHOWN:,} more places"))
    table = plain_table(("", ""), rows)
    table.show_header = False
    table.box = None
    return table


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _some(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
    return sanitise(", ".join(names[:SHOWN])) + more
