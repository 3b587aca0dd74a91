"""The page about the published tables, made from their own comments: ``python -m minebelief.sql_reference``."""

import sys
import tempfile
from pathlib import Path

import duckdb

from minebelief.publish import key_of, publish
from minebelief.sqlfiles import read_sql, sql_files
from minebelief.store import Store
from minebelief.workspace import Workspace

__all__ = ["question_of", "reference"]

BEGINNING = """\
# The published database in SQL

<!-- Made from the comments in sql/ by `make docs/sql.md`; change those. -->

`minebelief.duckdb` is a plain DuckDB file. Open it with any DuckDB client from 1.4 on, in Python, in dbt or in a BI
tool that reads DuckDB; read-only is best, since a run replaces the file. Or ask from the command line:

```
minebelief sql "from top_beliefs('pet-insurance')"
minebelief sql                                        # a prompt with a history, .tables and .schema
```

## What stays

A table, view, macro, column or parameter that is named here keeps its name and meaning as long as
`meta.schema_version` stays the same. New ones may come at any time, so name the columns that you want where the order
matters. A change that breaks a query raises the version, and the changelog says what to write instead. A program
refuses a file of a newer version than its own.

Shares go from 0 to 1. Times are UTC. Every table but `meta` has the column `industry`: one file may hold several.
"""


def reference() -> str:
    """The whole page, in Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder))
        workspace.create()
        with Store(workspace.work) as store:
            publish(store, workspace)
        with duckdb.connect(str(workspace.published), read_only=True) as client:
            parts = [BEGINNING, "## Questions\n", *map(_question, sql_files("questions"))]
            parts += ["## Tables\n", *_tables(client, "table"), "## Views\n", *_tables(client, "view")]
            parts += ["## Macros\n", *_macros(client)]
    return "\n".join(parts)


def question_of(name: str) -> tuple[str, str]:
    """The question and the query of a file of ``sql/questions``, where ``$industry`` and the like are parameters."""
    first, _, query = read_sql(name).partition("\n")
    return first.removeprefix("-- "), query.strip()


def _question(name: str) -> str:
    question, query = question_of(name)
    return f"### {question}\n\n```sql\n{query}\n```\n"


def _tables(client: duckdb.DuckDBPyConnection, kind: str) -> list[str]:
    found = client.execute(
        f"select {kind}_name, comment from duckdb_{kind}s() where not internal order by all"
    ).fetchall()
    pages = []
    for table, comment in found:
        columns = client.execute(
            "select column_name, data_type, comment from duckdb_columns() where table_name = ? order by column_index",
            [table],
        ).fetchall()
        key = key_of(comment)
        rows = [
            f"| `{name}`{' (key)' if name in key else ''} | {type_.lower()} | {_cell(meaning)} |"
            for name, type_, meaning in columns
        ]
        pages.append(
            f"### {table}\n\n{comment}\n\n| column | type | meaning |\n|---|---|---|\n" + "\n".join(rows) + "\n"
        )
    return pages


def _macros(client: duckdb.DuckDBPyConnection) -> list[str]:
    found = client.execute(
        "select function_name, parameters, comment from duckdb_functions() "
        "where not internal and function_type = 'table_macro' order by function_name"
    ).fetchall()
    return [f"### {name}({', '.join(parameters)})\n\n{comment}\n" for name, parameters, comment in found]


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(reference())
