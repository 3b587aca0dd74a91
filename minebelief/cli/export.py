"""``minebelief export``."""

from pathlib import Path

import click

from minebelief.cli.options import Session, example, industry_argument, workspace_option
from minebelief.cli.output import console, plain_table

__all__ = ["command"]

FORMATS = ("parquet", "csv", "json", "xlsx")


@click.command(
    "export",
    epilog=example(
        "minebelief export pet-insurance --to exported",
        "minebelief export --to exported --format csv --table beliefs --table prevalence",
        "minebelief export --to exported --format xlsx",
    ),
)
@industry_argument
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="The folder; files of the same names in it are replaced.",
)
@click.option("--table", "tables", multiple=True, metavar="NAME", help="A table or view; all without.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="parquet", show_default=True, help="What to write."
)
@workspace_option
@click.pass_obj
def command(session: Session, industry: str | None, folder: Path, tables: tuple[str, ...], form: str) -> None:
    """Write the published tables as Parquet, CSV, JSON or a workbook.

    Each table and view becomes a file of its own; dictionary.csv says what every column holds. In CSV, texts that a
    spreadsheet would run get an apostrophe before them. A workbook (Excel, xlsx) is one file with a sheet for each,
    the dictionary first; it runs nothing either, and a text too long for a cell is cut.
    """
    from minebelief.export import export
    from minebelief.published import open_published

    published = session.workspace.published
    with open_published(published) as database:
        key = database.default_industry(industry)
    done = export(published, key, folder, form, tables)
    rows = [(one.table, one.rows, str(one.path)) for one in done]
    console().print(plain_table(("table", "rows", "file"), rows))
