"""Who wrote what: the id of a review, the hash of what it says, and authors as salted hashes."""

import hashlib
import os
import secrets
from pathlib import Path

from ..disk import is_full, put_in_place
from ..errors import DiskError, WorkspaceError
from .record import ReviewRecord

__all__ = ["content_hash", "hash_author", "read_salt", "review_id"]

_SALT_BYTES = 32


def review_id(source: str, record: ReviewRecord, repetition: int = 0) -> str:
    """The id of a review, 16 hexadecimal digits, the same wherever and whenever it is read.

    It comes from the source's own id where there is one, else from address, company, author, date and text.
    Ratings without any of these are told apart by their number (``repetition``) only.
    """
    if record.native_id:
        return _hash(8, source, record.native_id)
    when = record.published_at.isoformat() if record.published_at else ""
    parts = [record.url, record.company, record.author, when, record.title, record.body]
    if not (record.title or record.body):
        parts += [repr(record.rating), str(repetition)]
    return _hash(8, source, *(part or "" for part in parts))


def content_hash(record: ReviewRecord, author: str | None, language: str) -> str:
    """A hash of all that a review says; ``author`` is the salted hash.

    Where it was found is left out: on a paged site every review moves on when a new one comes in.
    """
    texts = (record.title, record.body, record.reply, author, language, record.company, record.kind)
    return _hash(12, repr((*texts, record.rating, record.scale, record.stars, record.published_at)))


def hash_author(name: str, salt: bytes) -> str:
    """An author's name as a hash that nobody without the workspace's salt can look up, 16 hexadecimal digits.

    Case and blanks do not matter.
    """
    folded = " ".join(name.split()).casefold()
    return hashlib.blake2b(folded.encode(), digest_size=8, key=salt).hexdigest()


def read_salt(folder: Path) -> bytes:
    """The salt of the workspace whose private folder this is, drawn once, for its owner's eyes only.

    Raises:
        DiskError: the disk is full.
        WorkspaceError: it cannot be read or written.
    """
    path = folder / "salt"
    try:
        if path.exists() and len(salt := bytes.fromhex(path.read_text("ascii").strip())) == _SALT_BYTES:
            return salt
        salt = secrets.token_bytes(_SALT_BYTES)
        fresh = folder / "salt.new"
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(salt.hex())
        put_in_place(fresh, path)
    except OSError as error:
        if is_full(error):
            raise DiskError(f"the disk is full at {path}. Make room and run the same command again") from None
        raise WorkspaceError(f"{path}: {error.strerror}; authors cannot be hashed without it") from None
    except ValueError:
        raise WorkspaceError(
            f"{path} is damaged; put back a copy of it, or delete it: authors then get other hashes, and all "
            "sources should be loaded anew"
        ) from None
    return salt


def _hash(size: int, *parts: str) -> str:
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=size).hexdigest()
