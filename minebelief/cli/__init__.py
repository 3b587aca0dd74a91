"""The command line: it only translates between a person and the library."""

from minebelief.cli.group import main

__all__ = ["main"]
