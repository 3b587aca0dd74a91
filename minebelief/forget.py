"""Erase what a person wrote: from landing files, the work database and the published database, and for good."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from minebelief.errors import InputError, UnknownNameError, UsageError
from minebelief.gather.crawl_files import landing_files
from minebelief.gather.erasures import AUTHOR, REVIEW, Erasures, identity, scrub
from minebelief.gather.identity import hash_author
from minebelief.gather.record import ReviewRecord
from minebelief.industry import CrawlSource, Industry, load_industry
from minebelief.pipeline import Run
from minebelief.progress import Progress
from minebelief.store import Store, read_sql
from minebelief.workspace import Workspace

__all__ = ["Forgotten", "Wanted", "forget"]

_TABLES = ("anchors", "arrivals", "exemplars", "heard", "newcomers", "opposites", "statements", "themes", "rejects")
_MINED = ("theme_sentences", "readings", "areas")


@dataclass(frozen=True)
class Wanted:
    """What a person asks to have erased: one of a review's id, its address, or an author's name as published.

    Raises:
        UsageError: none is given, or several are.
    """

    review: str | None = None
    url: str | None = None
    author: str | None = None

    def __post_init__(self) -> None:
        if sum(bool(one and one.strip()) for one in (self.review, self.url, self.author)) != 1:
            raise UsageError("say what to erase by exactly one of a review's id, its address, or an author's name")

    def hashed(self, salt: bytes) -> str | None:
        """The hash of the author."""
        return hash_author(self.author, salt) if self.author else None


@dataclass(frozen=True)
class Forgotten:
    """What was erased, or would be: ids of reviews, how many sentences were made of them, how many records landed.

    ``companies`` are the keys of those whom the reviews are about. ``remains`` are places in files of your own,
    which are read where they lie and never written.
    """

    reviews: tuple[str, ...]
    companies: tuple[str, ...]
    sentences: int
    landed: int
    remains: tuple[str, ...]


def forget(
    industry_file: Path,
    workspace: Workspace,
    wanted: Wanted,
    progress: Progress,
    *,
    dry_run: bool = False,
    wait: float = 0,
) -> Forgotten:
    """Erase reviews everywhere, keep hashes of them so that no run brings them back, and count again.

    Where this is cut off, the same call again finishes it.

    Args:
        industry_file: the industry file.
        workspace: where databases and landing files lie.
        wanted: what to erase.
        progress: told about every step.
        dry_run: only say what would be erased.
        wait: seconds to wait for another writer.

    Raises:
        UnknownNameError: there is no such review and no such author.
        InputError: the address is that of several people's reviews, or nothing was ever loaded.
        MinebeliefError: what a run raises.
    """
    industry = load_industry(industry_file)
    if not workspace.work.exists():
        raise InputError(f"{workspace.root} has no work database, so nothing was ever loaded. See --workspace")
    if dry_run:
        with workspace.writing(wait), Store(workspace.work) as store:
            return _Erasing(store, industry, workspace, wanted).found()
    with Run.opened(industry_file, workspace, progress, wait=wait) as run:
        erasing = _Erasing(run.store, industry, workspace, wanted)
        found = erasing.found()
        erasing.erase(found)
        for _, step in run.steps(force_publish=True, landed_only=True):
            step()
    return found


class _Erasing:
    def __init__(self, store: Store, industry: Industry, workspace: Workspace, wanted: Wanted) -> None:
        self.store = store
        self.industry = industry
        self.workspace = workspace
        self.wanted = wanted
        self.erasures = Erasures.of(workspace)
        self.author = wanted.hashed(self.erasures.salt)

    def found(self) -> Forgotten:
        """What there is to erase."""
        rows = self.store.rows(
            read_sql("steps/reviews_to_forget.sql"),
            {
                "industry": self.industry.industry,
                "reviews": [self.wanted.review] if self.wanted.review else [],
                "url": self.wanted.url,
                "author": self.author,
            },
        )
        self.known = {row[0] for row in rows}
        crawled = {source.name for source in self.industry.sources if isinstance(source, CrawlSource)}
        self.landed: set[str] = set()
        records = sum(scrub(path, is_wanted, dry_run=True) for path, is_wanted in self._landings())
        reviews = self.known | self.landed
        writers = {row[4] or row[0] for row in rows}
        if self.wanted.url and len(writers) > 1:
            raise InputError(
                f"{self.wanted.url} is the address of {len(rows)} reviews by {len(writers)} people. Say which one by "
                f"its id, such as {rows[0][0]} (column review_id of the table reviews)"
            )
        if not reviews and not self._is_forgotten():
            raise UnknownNameError(
                f"'{self.industry.industry}' has no review with this {self._what()}. Accepted are a review's id (its "
                "own at the source, or review_id of the table reviews), its address, and an author's name as published"
            )
        return Forgotten(
            tuple(sorted(reviews)),
            tuple(sorted({row[1] for row in rows})),
            sum(row[5] for row in rows),
            records,
            tuple(f"{row[2]}: {row[3]}" for row in rows if row[2] not in crawled),
        )

    def _what(self) -> str:
        return "id" if self.wanted.review else "address" if self.wanted.url else "author"

    def _is_forgotten(self) -> bool:
        """Was all this erased by an earlier call, which may have been cut off?"""
        if self.author:
            return (AUTHOR, self.author) in self.erasures.hashes
        names = [self.wanted.review or ""]
        for source in self.industry.sources:
            record = ReviewRecord("", "", native_id=self.wanted.review)
            names.append(identity(source.name, record, self.industry, self.erasures.salt)[0])
        return any((REVIEW, self.erasures.hash_review(name)) in self.erasures.hashes for name in names)

    def _landings(self) -> Iterator[tuple[Path, partial[bool]]]:
        """All that crawls landed, or left behind when they were cut off, each with what tells a wanted record."""
        for name in {source.name: None for source in self.industry.sources if isinstance(source, CrawlSource)}:
            for path in landing_files(name, self.workspace.landing):
                yield path, partial(self._is_wanted, name)
            for path in self.workspace.landing.glob("*.jsonl.part"):
                yield path, partial(self._is_wanted, name)

    def _is_wanted(self, source: str, record: ReviewRecord) -> bool:
        review, author = identity(source, record, self.industry, self.erasures.salt)
        wanted = (
            review in self.known
            or (self.wanted.review is not None and self.wanted.review in (review, record.native_id))
            or (self.wanted.url is not None and record.url == self.wanted.url)
            or (self.author is not None and author == self.author)
        )
        if wanted:
            self.landed.add(review)
        return wanted

    def erase(self, found: Forgotten) -> None:
        """Erase it; the hashes are written first, so that nothing comes back whatever happens."""
        self.erasures.add(found.reviews, [self.author] if self.author else [])
        for path, is_wanted in self._landings():
            scrub(path, is_wanted)
        where = {"industry": self.industry.industry}
        if not self.known:
            return
        ids = sorted(self.known)
        with self.store.transaction():
            for table in _TABLES:
                self.store.run_file(f"steps/erase_{table}.sql", **where, reviews=ids)
            self.store.run_file("steps/erase_embeddings.sql", **where, reviews=ids)
            for table in (*_MINED, "sentences"):
                self.store.run_file(f"steps/forget_{table}.sql", **where, reviews=ids)
            self.store.run_file("steps/forget_steps.sql", **where)
            self.store.run_file("steps/erase_duplicates.sql", **where, reviews=ids)
            self.store.run_file("steps/erase_reviews.sql", **where, reviews=ids)
        self.store.execute("checkpoint")
