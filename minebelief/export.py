"""Published tables as files: Parquet, CSV or JSON, with a dictionary of what each column holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from minebelief.errors import UnknownNameError, WorkspaceError
from minebelief.published import NAME, PublishedDatabase, open_published, quoted

__all__ = ["FORMATS", "Exported", "export"]

FORMATS = {"parquet": "format parquet", "csv": "format csv, header", "json": "format json, array true"}
DICTIONARY = "dictionary.csv"


@dataclass(frozen=True)
class Exported:
    """A table that was written: its file and how many rows that has."""

    table: str
    path: Path
    rows: int


def export(
    path: Path, industry: str, folder: Path, form: str = "parquet", tables: Sequence[str] = ()
) -> tuple[Exported, ...]:
    """Write an industry's rows of tables and views to a folder, a file for each, and ``dictionary.csv``.

    In CSV, a text that a spreadsheet would run as a formula gets an apostrophe before it; Parquet and JSON hold every
    text as it was written.

    Args:
        path: the published database.
        industry: key of the industry.
        folder: where the files go; it is made where it is missing, and files of the same names are replaced.
        form: one of `FORMATS`.
        tables: names of tables and views; none for all.

    Raises:
        UnknownNameError: there is no such industry or table.
        WorkspaceError: the files cannot be written.
    """
    with open_published(path) as database:
        industry = database.default_industry(industry)
        described = database.columns()
        chosen = [_find(database, name) for name in tables] or sorted({row[0] for row in described})
    with duckdb.connect() as client:  # one that may write files; it is given no SQL but ours
        client.execute("set enable_progress_bar = false")
        client.execute(f"attach {quoted(str(path))} as {NAME} (read_only)")
        client.execute(f"use {NAME}")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            done = []
            for table in dict.fromkeys(chosen):
                columns = [(column, kind) for name, column, kind, _ in described if name == table]
                file = folder / f"{table}.{form}"
                done.append(Exported(table, file, _write(client, table, columns, industry, file, form)))
            _write_dictionary(client, [row for row in described if row[0] in chosen], folder / DICTIONARY)
        except (duckdb.IOException, OSError) as error:
            reason = str(error).splitlines()[0]
            raise WorkspaceError(f"cannot write to {folder}: {reason}. Choose another folder with --to") from None
    return tuple(done)


def _find(database: PublishedDatabase, name: str) -> str:
    try:
        return str(database.columns(name)[0][0])
    except UnknownNameError as error:
        raise UnknownNameError(str(error).replace("'.tables'", "'minebelief sql'")) from None


def _write(
    client: duckdb.DuckDBPyConnection,
    table: str,
    columns: Sequence[tuple[str, str]],
    industry: str,
    file: Path,
    form: str,
) -> int:
    names = ", ".join(_harmless(name, kind) if form == "csv" else f'"{name}"' for name, kind in columns)
    where = f"where industry = {quoted(industry)}" if any(name == "industry" for name, _ in columns) else ""
    copied = client.execute(f"copy (select {names} from {table} {where}) to {quoted(str(file))} ({FORMATS[form]})")
    ((rows,),) = copied.fetchall()
    return int(rows)


def _harmless(column: str, kind: str) -> str:
    """A column of which a spreadsheet runs nothing; lists become text, parted by semicolons."""
    text = f"array_to_string(\"{column}\", '; ')" if kind == "varchar[]" else f'"{column}"'
    if not kind.startswith("varchar"):
        return text
    return f"""if(regexp_matches({text}, '^[\\s]*[=+\\-@]'), '''' || {text}, {text}) as "{column}\""""


def _write_dictionary(client: duckdb.DuckDBPyConnection, rows: Sequence[tuple[object, ...]], file: Path) -> None:
    client.execute(
        "create temp table dictionary (table_name varchar, column_name varchar, type varchar, meaning varchar)"
    )
    client.executemany("insert into dictionary values (?, ?, ?, ?)", [list(row) for row in rows])
    client.execute(f"copy dictionary to {quoted(str(file))} (format csv, header)")
