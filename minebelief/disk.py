"""Files that are there whole or not at all, and disks that are full."""

import errno
import os
from pathlib import Path

__all__ = ["is_full", "put_in_place", "sync_folder"]

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FULL_TEXTS = tuple(os.strerror(number) for number in sorted(_FULL))


def put_in_place(new: Path, path: Path) -> None:
    """Give a file that is written to its end its name: a reader, or a power cut, finds the old one or the new one.

    Raises:
        OSError: it cannot be done; what was at ``path`` is still there.
    """
    with new.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(new, path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """See that the names in a folder are on the disk."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def is_full(error: BaseException) -> bool:
    """Whether an error, of the system or of DuckDB, says that the disk, or what one may use of it, is full."""
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno in _FULL
    return any(text in str(error) for text in _FULL_TEXTS)
