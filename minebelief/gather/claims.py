"""What companies promise on their own pages: landing files of the spider ``pages`` become ``candidate_claims``.

Claims never pass through the reviews' way: they are nobody's review and count nowhere as one.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from ..industry import CrawlSource, Industry, fold_name
from ..progress import Progress
from ..store import Store, fingerprint
from .crawl_files import landing_lines

__all__ = ["CLAIMS_SPIDER", "ClaimRecord", "load_claims", "read_claims"]

CLAIMS_SPIDER = "pages"
#: Part of every fingerprint; raise it when files are to be read anew because they are read better.
_READER = 1
_MOMENT = re.compile(r"\.(\d{8}T\d{12})Z\.")
_CLAIMS = pa.schema(
    [
        *((name, pa.string()) for name in ("industry", "claim_id", "company", "source", "text", "url", "language")),
        ("first_seen", pa.timestamp("us")),
        ("last_seen", pa.timestamp("us")),
    ]
)


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """One promise as it stands on a company's page, at address ``url``."""

    company: str
    url: str
    text: str
    language: str | None = None


def read_claims(path: Path) -> Iterator[ClaimRecord]:
    """The claims of a landing file, in order; other lines, and what is damaged, are passed over."""
    for line in landing_lines(path):
        try:
            told = json.loads(line or "")["claim"]
            yield ClaimRecord(told["company"], told["url"], told["text"], told.get("language"))
        except (ValueError, KeyError, TypeError):
            continue


def load_claims(store: Store, industry: Industry, progress: Progress, crawled: Mapping[str, Sequence[Path]]) -> int:
    """Bring ``candidate_claims`` up to date with the landing files by source name; gives how many are new.

    A claim is known by its company and its words: seen again, only ``last_seen`` moves on.
    """
    names = dict.fromkeys(
        source.name for source in industry.sources if isinstance(source, CrawlSource) and source.spider == CLAIMS_SPIDER
    )
    new = 0
    for name in names:
        for path in sorted(crawled.get(name, ()), key=_crawled_at):
            new += _load_file(store, industry, progress, name, path)
    return new


def _load_file(store: Store, industry: Industry, progress: Progress, source: str, path: Path) -> int:
    with path.open("rb") as file:
        data = hashlib.file_digest(file, "sha256").hexdigest()
    print_ = fingerprint(_READER, data, [(key, one.name, one.aliases) for key, one in industry.companies.items()])
    place = [industry.industry, source, path.name]
    landed = "select fingerprint from landed where industry = ? and source = ? and locator = ?"
    if store.value(landed, place) == print_:
        return 0
    rows: dict[str, dict[str, object]] = {}
    unknown: dict[str, None] = {}
    for record in read_claims(path):
        company = industry.company_key(record.company)
        if company is None:
            unknown[record.company] = None
            continue
        name = _claim_id(company, record.text)
        rows.setdefault(
            name,
            {
                "industry": industry.industry,
                "claim_id": name,
                "company": company,
                "source": source,
                "text": record.text,
                "url": record.url,
                "language": record.language,
                "first_seen": _crawled_at(path),
                "last_seen": _crawled_at(path),
            },
        )
    for company_name in unknown:
        progress.warn(f"source '{source}': claims of an unknown company '{company_name}' are left out")
    with store.transaction():
        known = {
            name: (first, last)
            for name, first, last in store.rows(
                "select claim_id, first_seen, last_seen from candidate_claims where industry = ?", [industry.industry]
            )
        }
        for name, row in rows.items():
            if name in known:
                row["first_seen"] = min(known[name][0], _crawled_at(path))
                row["last_seen"] = max(known[name][1], _crawled_at(path))
        store.insert("candidate_claims", pa.Table.from_pylist(list(rows.values()), _CLAIMS), replace=True)
        store.execute("insert or replace into landed values (?, ?, ?, ?)", [*place, print_])
    return len(rows.keys() - known.keys())


def _claim_id(company: str, text: str) -> str:
    return hashlib.blake2b(f"{company}\x1f{fold_name(text)}".encode(), digest_size=8).hexdigest()


def _crawled_at(path: Path) -> datetime:
    """The moment of the crawl, in UTC, from the file's name."""
    moment = _MOMENT.search(path.name)
    return datetime.strptime(moment[1], "%Y%m%dT%H%M%S%f") if moment else datetime.min
