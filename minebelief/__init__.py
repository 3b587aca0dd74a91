"""Minebelief finds the complaints that recur across the companies of an industry, and counts them honestly.

::

    import minebelief as mb

    industry = mb.open("minebelief.duckdb")["pet-insurance"]
    industry.beliefs()

What opens here only reads; importing it brings in neither Scrapy, Prefect nor torch.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minebelief.library import Database

__all__ = ["__version__", "open"]

__version__ = "0.1.0"


def open(path: str | Path = "minebelief.duckdb") -> "Database":  # noqa: A001 (as `wave.open` and others do)
    """The published database in a file, as industries by key.

    Raises:
        InputError: there is no such file.
        VersionError: a newer version of Minebelief has written it.
        WorkspaceError: it is damaged, or no published database.
    """
    from minebelief.library import Database

    return Database(path)
