"""``minebelief sql``."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from minebelief.cli.options import Session, example, format_options, workspace_option
from minebelief.cli.output import emit, rows_or_records
from minebelief.cli.prompt import ask_in_turn
from minebelief.published import open_published

__all__ = ["command"]


@click.command(
    "sql",
    epilog=example(
        "minebelief sql \"from top_beliefs('pet-insurance')\"",
        'minebelief sql "select table_name, comment from duckdb_tables()"',
    ),
)
@click.argument("query", required=False)
@click.option("--seconds", type=click.FloatRange(0.001), default=30, show_default=True, help="The time limit.")
@format_options
@workspace_option
@click.pass_obj
def command(session: Session, query: str | None, seconds: float, form: str | None, output: Path | None) -> None:
    """Ask the published database a question in SQL.

    The query only reads: it changes nothing, sees no other file and is stopped at the time limit. Every table
    and column carries a comment that says what it holds. Without QUERY a prompt opens; where the input is no
    terminal, it is the query.
    """
    if query is None and not sys.stdin.isatty():
        query = sys.stdin.read()
    with open_published(session.workspace.published) as database:
        if query is None:
            if form or output:
                raise click.UsageError("--format and -o need a QUERY", click.get_current_context())
            ask_in_turn(database, seconds, session.workspace.private / "sql_history")
            return
        result = database.query(query, seconds=seconds)
    columns = _distinct(result.columns)
    records = [dict(zip(columns, row, strict=True)) for row in result.rows]
    emit(records, form, output, lambda screen: rows_or_records(screen, result.columns, result.rows))


def _distinct(columns: Sequence[str]) -> list[str]:
    """Column names without repetition: a second ``n`` becomes ``n_2``."""
    names: list[str] = []
    for column in columns:
        name, number = column, 2
        while name in names:
            name, number = f"{column}_{number}", number + 1
        names.append(name)
    return names
