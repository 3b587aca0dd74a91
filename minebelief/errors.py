"""Errors that a person can mend, as one small tree.

::

    MinebeliefError                 exit 1
    |- UsageError                   exit 2: what was asked for does not exist or contradicts itself
    |  |- IndustryFileError         the industry file has mistakes (all of them are listed)
    |  |- UnknownNameError          no such industry, company or theme
    |  `- QueryError                the SQL has a mistake, may not do what it tries, or takes too long
    |- InputError                   the reviews cannot be used (missing file, wrong columns, too few)
    |- WorkspaceError               the workspace cannot be read or written
    |  |- LockedError               another process is writing to it
    |  |- VersionError              it was written by a newer version
    |  |- DamagedError              a database is not what was written
    |  `- DiskError                 the disk is full
    |- EncoderError                 the model's files are missing or altered
    |- CrawlError                   a crawl could not be started or failed
    |- HeldError                    the publish guard held the result back
    `- PartialError                 exit 3: a source failed, the rest is published

A message says what was found, where, what is accepted and what to do next. The command line prints it on one
line and never a traceback.
"""

__all__ = [
    "CrawlError",
    "DamagedError",
    "DiskError",
    "EncoderError",
    "HeldError",
    "IndustryFileError",
    "InputError",
    "LockedError",
    "MinebeliefError",
    "PartialError",
    "QueryError",
    "UnknownNameError",
    "UsageError",
    "VersionError",
    "WorkspaceError",
]


class MinebeliefError(Exception):
    """Base of every error that a person can mend."""

    exit_code = 1


class UsageError(MinebeliefError):
    """What was asked for does not exist or contradicts itself."""

    exit_code = 2


class IndustryFileError(UsageError):
    """The industry file has mistakes; the message lists every one."""


class UnknownNameError(UsageError):
    """No industry, company or theme has this name."""


class QueryError(UsageError):
    """A query that has a mistake, may not do what it tries, takes too long or gives too much."""


class InputError(MinebeliefError):
    """The reviews cannot be used: a missing file, wrong columns, too few sentences."""


class WorkspaceError(MinebeliefError):
    """The workspace cannot be read or written."""


class LockedError(WorkspaceError):
    """Another process is writing to the workspace."""


class VersionError(WorkspaceError):
    """The database was written by a newer version of Minebelief."""


class DamagedError(WorkspaceError):
    """A database is not what was written: cut off, overwritten, or something else."""


class DiskError(WorkspaceError):
    """The disk is full."""


class EncoderError(MinebeliefError):
    """The model's files are missing or are not the ones that were checked."""


class CrawlError(MinebeliefError):
    """A crawl could not be started, or failed."""


class HeldError(MinebeliefError):
    """The publish guard held the result back; the published database is untouched."""


class PartialError(MinebeliefError):
    """A source failed; everything else is published."""

    exit_code = 3
