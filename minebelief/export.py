"""Published tables as files: Parquet, CSV, JSON or a workbook, with a dictionary of what each column holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from minebelief.errors import UnknownNameError, WorkspaceError
from minebelief.published import NAME, PublishedDatabase, open_published, quoted

__all__ = ["FORMATS", "Exported", "export"]

FORMATS = {"parquet": "format parquet", "csv": "format csv, header", "json": "format json, array true", "xlsx": ""}
"""The formats, each with how DuckDB is told to write it; a workbook is written here."""

DICTIONARY = "dictionary"
BATCH = 5000
"""Rows that are fetched at a time for a workbook."""

MEANINGS = ("table_name", "column_name", "type", "meaning")


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

    ``xlsx`` is one workbook, named after the industry, with a sheet for each and the dictionary first. In CSV, a text
    that a spreadsheet would run as a formula gets an apostrophe before it; in a workbook every text is marked as text.
    Parquet and JSON hold every text as it was written.

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
            columns = {
                table: [(column, kind) for name, column, kind, _ in described if name == table]
                for table in dict.fromkeys(chosen)
            }
            meanings = [row for row in described if row[0] in columns]
            if form == "xlsx":
                return _write_workbook(client, columns, meanings, industry, folder / f"{industry}.xlsx")
            done = []
            for table, of_table in columns.items():
                file = folder / f"{table}.{form}"
                done.append(Exported(table, file, _write(client, table, of_table, industry, file, form)))
            _write_dictionary(client, meanings, folder / f"{DICTIONARY}.csv")
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
    rows_of = f"select {names} from {table} {_where(columns, industry)}"
    ((rows,),) = client.execute(f"copy ({rows_of}) to {quoted(str(file))} ({FORMATS[form]})").fetchall()
    return int(rows)


def _where(columns: Sequence[tuple[str, str]], industry: str) -> str:
    return f"where industry = {quoted(industry)}" if any(name == "industry" for name, _ in columns) else ""


def _write_workbook(
    client: duckdb.DuckDBPyConnection,
    tables: Mapping[str, Sequence[tuple[str, str]]],
    meanings: Sequence[tuple[object, ...]],
    industry: str,
    file: Path,
) -> tuple[Exported, ...]:
    from minebelief.workbook import Workbook

    done = []
    with Workbook(file) as book:
        book.add(DICTIONARY, MEANINGS, meanings, wrapped=True)
        for table, columns in tables.items():
            names = [name for name, _ in columns]
            client.execute(f"select {', '.join(map(_name, names))} from {table} {_where(columns, industry)}")
            rows = (row for batch in iter(lambda: client.fetchmany(BATCH), []) for row in batch)
            done.append(Exported(table, file, book.add(table, names, rows)))
    return tuple(done)


def _name(column: str) -> str:
    return f'"{column}"'


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
