"""What there is to load: files that belong together, and how they are read."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from ..industry import CrawlSource, FileSource, Industry
from ..store import fingerprint
from .claims import CLAIMS_SPIDER
from .crawl import read_landing
from .files import SourceReader
from .record import Reject, ReviewRecord
from .tables import Note, Table
from .text import excerpt

__all__ = ["Parcel", "crawl_parcels", "file_parcels"]

#: Part of every fingerprint; raise it when files are to be read anew because they are read better.
_READER = 1

Item = ReviewRecord | Reject | Note


@dataclass(frozen=True)
class Parcel:
    """Files that are loaded together: one file, or all landing files of a source, oldest first.

    ``files`` gives each file's fingerprint by the locator that it is remembered under, ``read`` the records
    of those named. ``label`` begins the locators of the records; it is empty where they are addresses.
    """

    source: str
    files: Mapping[str, str]
    read: Callable[[Iterable[str]], Iterator[Item]]
    label: str = ""
    reader: SourceReader | None = None


def file_parcels(industry: Industry) -> Iterator[Parcel]:
    met: Counter[tuple[str, str]] = Counter()
    for source in industry.sources:
        if not isinstance(source, FileSource):
            continue
        reader = SourceReader(source, industry)
        settings = source.model_dump_json(exclude={"files"})  # a moved folder is no other data
        for table in reader.tables():
            met[source.name, table.label] += 1
            number = met[source.name, table.label]  # two sections of one name may read one file
            locator = table.label if number == 1 else f"{table.label} ({number})"
            files = {locator: _fingerprint(table.path, industry, settings)}
            yield Parcel(source.name, files, partial(_read_table, reader, table), table.label, reader)


def _read_table(reader: SourceReader, table: Table, _: Iterable[str]) -> Iterator[Item]:
    return reader.read(table)


def crawl_parcels(industry: Industry, crawled: Mapping[str, Sequence[Path]]) -> Iterator[Parcel]:
    crawls = (source for source in industry.sources if isinstance(source, CrawlSource))
    names = dict.fromkeys(source.name for source in crawls if source.spider != CLAIMS_SPIDER)
    for name in names:
        paths = {path.name: path for path in sorted(crawled.get(name, ()), key=_crawled_at)}
        files = {locator: _fingerprint(path, industry) for locator, path in paths.items()}
        yield Parcel(name, files, partial(_read_landings, paths, industry))


def _crawled_at(path: Path) -> tuple[str, str]:
    return path.name.partition(".")[2], path.name  # the moment of the crawl; files of one moment by name


def _read_landings(paths: Mapping[str, Path], industry: Industry, locators: Iterable[str]) -> Iterator[Item]:
    """The records of landing files, their companies looked up; rejects of one place are numbered."""
    places: Counter[tuple[str, str]] = Counter()
    for locator in locators:
        for item in read_landing(paths[locator]):
            if isinstance(item, ReviewRecord):
                key = industry.company_key(item.company)
                if key is not None:
                    yield replace(item, company=key)
                    continue
                reason = f"unknown company '{excerpt(item.company)}'"
                item = Reject(item.locator, reason, excerpt(item.body or item.title))
            places[item.locator, item.reason] += 1
            number = places[item.locator, item.reason]
            yield item if number == 1 else replace(item, locator=f"{item.locator} ({number})")


def _fingerprint(path: Path, industry: Industry, settings: str = "") -> str:
    with path.open("rb") as file:
        data = hashlib.file_digest(file, "sha256").hexdigest()
    names = [(key, company.name, company.aliases) for key, company in industry.companies.items()]
    return fingerprint(_READER, data, settings, names, industry.language)
