"""The step *load*: landing files and review files become the tables ``reviews`` and ``rejects``.

A file whose bytes and settings are known is skipped. What a file holds is committed together with the record
that it was loaded, so a run that is killed goes on with the next file.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from ..errors import InputError
from ..industry import FileSource, Industry
from ..progress import Progress
from ..store import Store, read_sql
from .erasures import Erasures
from .files import check_source
from .identity import content_hash, hash_author, read_salt, review_id
from .language import LanguageReader
from .parcels import Parcel, crawl_parcels, file_parcels
from .record import Reject, ReviewRecord
from .tables import Note

__all__ = ["Loaded", "load"]

STEP = "load"
_BATCH = 10_000

_REVIEWS = pa.schema(
    [
        *((name, pa.string()) for name in ("industry", "review_id", "content_hash", "native_id", "company")),
        *((name, pa.string()) for name in ("source", "locator", "kind", "title", "body", "reply", "author")),
        *((name, pa.string()) for name in ("language", "url")),
        *((name, pa.float64()) for name in ("rating", "scale", "stars")),
        ("published_at", pa.timestamp("us")),
    ]
)
_REJECTS = pa.schema([(name, pa.string()) for name in ("industry", "source", "locator", "reason", "excerpt", "run_id")])


@dataclass(frozen=True)
class Loaded:
    """What came of loading: records read, reviews that are new or say something else, records rejected.

    All are counts of this run; ``warnings`` are for the user, one line each.
    """

    read: int
    new: int
    changed: int
    rejected: int
    warnings: tuple[str, ...] = ()


def load(
    store: Store,
    industry: Industry,
    run_id: str,
    progress: Progress,
    crawled: Mapping[str, Sequence[Path]],
    erasures: Erasures | None = None,
) -> Loaded:
    """Bring ``reviews`` up to date with the sources; ``crawled`` are the landing files by source name,
    ``erasures`` what never comes back.

    A review that is known and says the same is left alone; one that says something else is replaced, and
    forgotten by the steps that follow. What has gone from its source stays.

    Raises:
        InputError: a file, a column or a company is missing (then nothing was written), or no source has a
            single text.
    """
    for source in industry.sources:
        if isinstance(source, FileSource):
            check_source(source, industry)
    _write_companies(store, industry)
    landing = _Landing(store, industry, run_id, progress, erasures)
    parcels = [*file_parcels(industry), *crawl_parcels(industry, crawled)]
    pending = [parcel for parcel in parcels if not landing.knows(parcel)]
    progress.start(STEP, None if pending else 0)
    for parcel in pending:
        landing.take(parcel, [other for other in parcels if other.source == parcel.source])
    for reader in {id(parcel.reader): parcel.reader for parcel in pending if parcel.reader}.values():
        for note in reader.notes():
            landing.warn(f"{note.locator}: {note.message}")
    landing.mark_duplicates()
    landing.look_back()
    loaded = landing.loaded()
    progress.finish(STEP, f"{loaded.new:,} new, {loaded.changed:,} changed, {loaded.rejected:,} rejected")
    return loaded


def _write_companies(store: Store, industry: Industry) -> None:
    row = [industry.industry, industry.title, industry.floor, industry.field_min, industry.made_up]
    with store.transaction():
        store.execute("insert or replace into industries values (?, ?, ?, ?, ?)", row)
        store.execute(
            "delete from companies where industry = ? and company not in (select unnest(?))",
            [industry.industry, list(industry.companies)],
        )
        for key, company in industry.companies.items():
            store.execute(
                "insert or replace into companies values (?, ?, ?, ?)",
                [industry.industry, key, company.name, company.ours],
            )


# --- loading --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Known:
    """What is remembered of a review to see whether another record of it says something else."""

    content: str
    locator: str
    published_at: datetime | None


class _Landing:
    def __init__(
        self, store: Store, industry: Industry, run_id: str, progress: Progress, erasures: Erasures | None
    ) -> None:
        self.store = store
        self.industry = industry
        self.run_id = run_id
        self.progress = progress
        self.salt = read_salt(store.path.parent)
        self.erasures = erasures
        self.languages = LanguageReader(industry.language)
        self.warnings: dict[str, None] = {}
        self.tally: Counter[str] = Counter()
        self.known: dict[str, dict[str, _Known]] = {}
        self.stored: dict[str, dict[str, str]] = {}  # content hashes as they are in the database
        rows = store.rows("select source, locator, fingerprint from landed where industry = ?", [industry.industry])
        self.landed = {(source, locator): print_ for source, locator, print_ in rows}

    def warn(self, message: str) -> None:
        if message not in self.warnings:
            self.warnings[message] = None
            self.progress.warn(message)

    def loaded(self) -> Loaded:
        read, new, changed, rejected = (self.tally[name] for name in ("read", "new", "changed", "rejected"))
        return Loaded(read, new, changed, rejected, tuple(self.warnings))

    def knows(self, parcel: Parcel) -> bool:
        return not self._pending(parcel)

    def _pending(self, parcel: Parcel) -> list[str]:
        files = parcel.files.items()
        return [locator for locator, print_ in files if self.landed.get((parcel.source, locator)) != print_]

    def take(self, parcel: Parcel, siblings: Sequence[Parcel]) -> None:
        """Load what is pending of a parcel, all or nothing; ``siblings`` are all parcels of its source."""
        later = {other.label for other in siblings if other.label > parcel.label}
        pending = self._pending(parcel)
        known = self._known(parcel.source)
        batch = _Batch()
        with self.store.transaction():
            if parcel.label or len(pending) == len(parcel.files):  # all that was rejected is told again
                self._forget_rejects(parcel)
            repeated: Counter[str] = Counter()
            for item in parcel.read(pending):
                if isinstance(item, Note):
                    self.warn(f"{item.locator}: {item.message}")
                    continue
                batch.read += 1
                if isinstance(item, Reject):
                    batch.rejects[item.locator, item.reason] = self._reject(parcel, item)
                else:
                    self._review(parcel, item, known, batch, repeated, later)
                if batch.read == _BATCH:
                    self._write(batch, parcel.source)
                    batch = _Batch()
            self._write(batch, parcel.source)
            for locator in pending:
                row = [self.industry.industry, parcel.source, locator, parcel.files[locator]]
                self.store.execute("insert or replace into landed values (?, ?, ?, ?)", row)

    def _known(self, source: str) -> dict[str, _Known]:
        if source not in self.known:
            rows = self.store.rows(
                "select review_id, content_hash, locator, published_at from reviews where industry = ? and source = ?",
                [self.industry.industry, source],
            )
            self.known[source] = {name: _Known(*rest) for name, *rest in rows}
            self.stored[source] = {name: known.content for name, known in self.known[source].items()}
        return self.known[source]

    def _forget_rejects(self, parcel: Parcel) -> None:
        start = f"{parcel.label}:" if parcel.label else ""
        self.store.execute(
            "delete from rejects where industry = ? and source = ? and starts_with(locator, ?)",
            [self.industry.industry, parcel.source, start],
        )

    def _reject(self, parcel: Parcel, reject: Reject) -> dict[str, Any]:
        return {
            "industry": self.industry.industry,
            "source": parcel.source,
            "locator": reject.locator,
            "reason": reject.reason,
            "excerpt": reject.excerpt,
            "run_id": self.run_id,
        }

    def _review(
        self,
        parcel: Parcel,
        record: ReviewRecord,
        known: dict[str, _Known],
        batch: "_Batch",
        repeated: Counter[str],
        later: set[str],
    ) -> None:
        """Note what is new in a record, if anything."""
        name = review_id(parcel.source, record)
        if not (record.native_id or record.title or record.body):
            repeated[name] += 1
            name = review_id(parcel.source, record, repeated[name] - 1)
        author = hash_author(record.author, self.salt) if record.author else None
        if self.erasures and self.erasures.covers(name, author):
            return
        before = known.get(name)
        if before and _label(before.locator) in later:
            return  # the last file of a source wins, whichever is read last
        told = record.language
        if not parcel.label:
            if before and before.published_at and record.published_at:
                # "A year ago" stays true for a year: the earliest that it was ever taken for is the nearest.
                record = replace(record, published_at=min(before.published_at, record.published_at))
            if told == self.industry.language:
                told = None  # pages say so of reviews in any language
        text = "\n".join(filter(None, (record.title, record.body)))
        language = self.languages.of(text, told)
        content = content_hash(record, author, language)
        if before and before.content == content:
            return
        known[name] = _Known(content, record.locator, record.published_at)
        row = {name: getattr(record, name) for name in ReviewRecord.__slots__}
        row |= {"industry": self.industry.industry, "review_id": name, "content_hash": content}
        row |= {"source": parcel.source, "author": author, "language": language}
        batch.reviews[name] = row

    def _write(self, batch: "_Batch", source: str) -> None:
        stored = self.stored[source]
        rows = {name: row for name, row in batch.reviews.items() if stored.get(name) != row["content_hash"]}
        new = [row for name, row in rows.items() if name not in stored]
        changed = [row for name, row in rows.items() if name in stored]
        if rewritten := self._rewritten(changed):
            where = {"industry": self.industry.industry}
            for table in ("theme_sentences", "readings", "areas", "sentences"):
                self.store.run_file(f"steps/forget_{table}.sql", **where, reviews=rewritten)
            self.store.run_file("steps/forget_steps.sql", **where)
        rejects = list(batch.rejects.values())
        self.store.insert("reviews", pa.Table.from_pylist(new, _REVIEWS))
        self.store.insert("reviews", pa.Table.from_pylist(changed, _REVIEWS), replace=True)
        self.store.insert("rejects", pa.Table.from_pylist(rejects, _REJECTS), replace=True)
        stored.update((name, row["content_hash"]) for name, row in rows.items())
        self.tally.update(read=batch.read, new=len(new), changed=len(changed), rejected=len(rejects))
        self.progress.advance(STEP, batch.read)

    def _rewritten(self, changed: Sequence[Mapping[str, Any]]) -> list[str]:
        """Those of the changed reviews of which other sentences are made; of the rest, what was mined stays."""
        rows = self.store.rows(
            "select review_id, title, body, kind from reviews where industry = ? and review_id in (select unnest(?))",
            [self.industry.industry, [row["review_id"] for row in changed]],
        )
        said = {name: tuple(rest) for name, *rest in rows}
        return [
            row["review_id"] for row in changed if said[row["review_id"]] != (row["title"], row["body"], row["kind"])
        ]

    # --- afterwards -------------------------------------------------------------------------------

    def mark_duplicates(self) -> None:
        key = self.industry.industry
        state = self.store.value(read_sql("steps/state_of_reviews.sql"), {"industry": key})
        if not self.store.is_done(key, "duplicates", str(state)):
            with self.store.transaction():
                self.store.run_file("steps/mark_duplicates.sql", industry=key)
                self.store.mark_done(key, "duplicates", str(state))

    def look_back(self) -> None:
        """Warn of what is odd about all reviews; raises where there is no text."""
        parameters = {"industry": self.industry.industry}
        if not self.store.value(
            "select count(*) from reviews where industry = $industry and coalesce(title, body) is not null",
            parameters,
        ):
            names = ", ".join(dict.fromkeys(f"'{source.name}'" for source in self.industry.sources))
            raise InputError(
                f"no review of '{self.industry.industry}' has a text; sources: {names}. See that they hold "
                "reviews, and that columns (for files) or urls (for spiders) lead to them"
            )
        for (company,) in self.store.rows(read_sql("steps/companies_without_reviews.sql"), parameters):
            self.warn(f"company '{company}' has no reviews; see that a source holds some under this name")
        ((mute, count),) = self.store.rows(read_sql("steps/ratings_without_text.sql"), parameters)
        if mute:
            self.warn(f"{mute:,} of {count:,} reviews have a rating and no text, and count nowhere")
        for source, rating, count in self.store.rows(read_sql("steps/sources_with_one_rating.sql"), parameters):
            self.warn(f"source '{source}': all {count} ratings are {rating:g}, so they tell nothing apart")


class _Batch:
    """What is to be written together: the last row of each review, and of each reject."""

    def __init__(self) -> None:
        self.read = 0
        self.reviews: dict[str, dict[str, Any]] = {}
        self.rejects: dict[tuple[str, str], dict[str, Any]] = {}


def _label(locator: str) -> str:
    return locator.rpartition(":")[0]
