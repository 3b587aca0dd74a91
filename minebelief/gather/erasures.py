"""Who asked to be forgotten: hashes that keep a review or an author from ever coming back.

``decisions/erasures.jsonl`` in the workspace holds one hash a line, and nothing of what was erased.
"""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from ..decisions import read_lines, write_lines
from ..errors import InputError, WorkspaceError
from ..industry import Industry
from ..workspace import Workspace
from .crawl_files import landing_lines, record_of
from .identity import hash_author, read_salt, review_id
from .record import ReviewRecord

__all__ = ["AUTHOR", "REVIEW", "Erasures", "identity", "scrub"]

REVIEW, AUTHOR = "review", "author"


@dataclass
class Erasures:
    """What was erased in a workspace, by salted hashes of review ids and of authors."""

    path: Path
    salt: bytes
    hashes: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def of(cls, workspace: Workspace) -> "Erasures":
        """Those of a workspace.

        Raises:
            InputError: a line of the file is none of an erasure.
            WorkspaceError: the file was written with another salt, so that what it holds would come back.
        """
        workspace.create()
        this = cls(workspace.erasures, read_salt(workspace.private))
        for number, line in read_lines(this.path):
            kind, hashed = str(line.get("erased")), str(line.get("hash"))
            if kind not in (REVIEW, AUTHOR) or not line.get("hash"):
                raise InputError(
                    f"{this.path}, line {number} is no erasure. A line holds erased ({REVIEW} or {AUTHOR}), hash, salt "
                    "and at. Take the file back from where you keep it"
                )
            if line.get("salt") != this._mark:
                raise WorkspaceError(
                    f"{this.path}, line {number} belongs to another salt than {this.path.parents[1]} has, so what was "
                    "erased would come back. Put that file back from a copy of the workspace"
                )
            this.hashes.add((kind, hashed))
        return this

    @property
    def _mark(self) -> str:
        return hashlib.blake2b(b"salt", digest_size=4, key=self.salt).hexdigest()

    def hash_review(self, review: str) -> str:
        """The hash that a review id is remembered by."""
        return hashlib.blake2b(review.encode(), digest_size=16, key=self.salt).hexdigest()

    def covers(self, review: str, author: str | None) -> bool:
        """Was this review, or its author (a salted hash), erased?"""
        if not self.hashes:
            return False
        return (AUTHOR, author) in self.hashes or (REVIEW, self.hash_review(review)) in self.hashes

    def add(self, reviews: Iterable[str], authors: Iterable[str]) -> None:
        """Remember review ids and hashes of authors for good.

        Raises:
            WorkspaceError: the file cannot be written.
        """
        wanted = {*((REVIEW, self.hash_review(name)) for name in reviews), *((AUTHOR, name) for name in authors)}
        now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        new = sorted(wanted - self.hashes)
        write_lines(self.path, [{"erased": kind, "hash": name, "salt": self._mark, "at": now} for kind, name in new])
        self.hashes |= wanted

    def covers_record(self, source: str, record: ReviewRecord, industry: Industry) -> bool:
        """Was this record of a landing file erased?"""
        return self.covers(*identity(source, record, industry, self.salt))


def identity(source: str, record: ReviewRecord, industry: Industry, salt: bytes) -> tuple[str, str | None]:
    """The review id of a record of a landing file, and the hash of its author."""
    known = replace(record, company=industry.company_key(record.company) or record.company)
    return review_id(source, known), hash_author(record.author, salt) if record.author else None


def scrub(path: Path, is_erased: Callable[[ReviewRecord], bool], *, dry_run: bool = False) -> int:
    """Take erased records out of a landing file, or of one that a crawl has not finished; gives how many they are.

    What was rejected at the address of an erased record goes too, since its beginning is kept with it. The file is
    replaced by one rename.

    Raises:
        WorkspaceError: the file cannot be written anew.
    """
    packed = path.suffix == ".gz"
    lines = [line for line in landing_lines(path) if line is not None] if packed else _plain_lines(path)
    records = [record_of(line) for line in lines]
    erased = [record is not None and is_erased(record) for record in records]
    count = sum(erased)
    if not count or dry_run:
        return count
    places = {record.url for record, gone in zip(records, erased, strict=True) if record and gone and record.url}
    kept = [line for line, gone in zip(lines, erased, strict=True) if not gone and _rejected_at(line) not in places]
    fresh = path.with_name(path.name + ".tmp")
    try:
        with gzip.open(fresh, "wt", encoding="utf-8") if packed else fresh.open("w", encoding="utf-8") as file:
            file.writelines(kept)
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise WorkspaceError(f"cannot write {path}: {error.strerror}. See that the folder can be written") from None
    return count


def _plain_lines(path: Path) -> list[str]:
    with path.open(encoding="utf-8", errors="replace") as file:
        return list(file)


def _rejected_at(line: str) -> str | None:
    try:
        entry = json.loads(line)
        return str(entry["reject"]["url"]) if "reject" in entry else None
    except (ValueError, KeyError, TypeError):
        return None
