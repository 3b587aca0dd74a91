"""Whether DuckDB clients that people have can read a published database: tables, views, macros and comments.

Each client is installed into a virtual environment of its own, opens the file as people do (alone and attached beside
other databases), and reads every table, view and macro and every comment. One line per client; exit 1 if one fails.

    python benchmarks/duckdb_clients.py minebelief.duckdb 1.4 1.5 2.0
"""

import argparse
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

READ = """
import sys
import duckdb

path = sys.argv[1]
with duckdb.connect(path, read_only=True) as client:
    tables = [name for (name,) in client.execute("select table_name from duckdb_tables()").fetchall()]
    views = [name for (name,) in client.execute("select view_name from duckdb_views() where not internal").fetchall()]
    rows = {}
    for name in tables + views:
        rows[name] = len(client.execute(f"select * from {name}").fetchall())
    assert {"beliefs", "customer_values"} <= set(views), views
    industry = client.execute("select industry from companies group by 1 order by count(*) desc limit 1").fetchone()[0]
    one, other = [name for (name,) in client.execute(
        "select company from companies where industry = ? order by in_field desc, company limit 2", [industry]
    ).fetchall()]
    top = client.execute("from top_beliefs(?, n := 3)", [industry]).fetchall()
    assert top and len(top) <= 3, top
    theme = top[0][0]
    assert client.execute("from evidence(?, ?, n := 2)", [industry, theme]).fetchall()
    assert client.execute("from compare(?, ?, ?)", [industry, one, other]).fetchall()
    client.execute("from belief_trend(?, ?)", [industry, theme]).fetchall()
    within = client.execute("from prevalence_within(?, since := date '2000-01-01')", [industry]).fetchall()
    assert within
    silent = client.execute(
        "select table_name || '.' || column_name from duckdb_columns() where not internal and comment is null "
        "union all select table_name from duckdb_tables() where comment is null "
        "union all select view_name from duckdb_views() where not internal and comment is null "
        "union all select function_name from duckdb_functions() where not internal and comment is null"
    ).fetchall()
    assert not silent, silent
with duckdb.connect() as client:
    client.execute(f"attach '{path}' as it (read_only)")
    assert client.execute("select count(*) from it.beliefs").fetchone()[0] == rows["beliefs"]
    client.execute("use it")
    assert client.execute("from top_beliefs(?, n := 3)", [industry]).fetchall() == top
print(f"duckdb {duckdb.__version__} reads {len(tables)} tables, {len(views)} views, {sum(rows.values()):,} rows")
"""


def reads(database: Path, version: str, folder: Path) -> bool:
    """Install a client and have it read the file; what it says goes to stdout."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", f"duckdb=={version}.*"], check=True)
    return subprocess.run([python, "-P", "-c", READ, str(database)]).returncode == 0


def main() -> int:
    """Try every version; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=Path)
    parser.add_argument("versions", nargs="+", help="such as 1.4")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        read = [reads(given.database.resolve(), version, Path(folder) / version) for version in given.versions]
    return 0 if all(read) else 1


if __name__ == "__main__":
    sys.exit(main())
