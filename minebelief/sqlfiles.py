"""The project's SQL files, as text."""

import importlib.resources

__all__ = ["read_sql", "sql_files"]

PACKAGE = "minebelief.sql"


def read_sql(name: str) -> str:
    """The text of one of the project's SQL files, named from the folder ``sql/``: ``steps/count.sql``."""
    return importlib.resources.files(PACKAGE).joinpath(name).read_text(encoding="utf-8")


def sql_files(folder: str) -> list[str]:
    """The names of the SQL files in a folder below ``sql/``, sorted."""
    entries = importlib.resources.files(PACKAGE).joinpath(folder).iterdir()
    return sorted(f"{folder}/{entry.name}" for entry in entries if entry.name.endswith(".sql"))
