"""Recorded pages are other people's words: they lie beside the repository, never in it."""

import os
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from minebelief.spiders.structured_data import Extraction, Page, extract_reviews

FETCHED_AT = datetime(2026, 1, 1, 12, 0)


@dataclass(frozen=True)
class Recordings:
    """The folder of recorded pages and what its index says of them."""

    folder: Path

    def counts(self) -> dict[str, int]:
        """Review objects per file, by the syntax that has most."""
        rows = re.findall(
            r"^\| (\S+\.html) \| \S* \| \S* \| (\d+)/\d+ \| (\d+)/\d+ \|",
            (self.folder / "INDEX.md").read_text(encoding="utf-8"),
            re.MULTILINE,
        )
        return {name: max(int(json_ld), int(microdata)) for name, json_ld, microdata in rows}

    def extract(self, name: str) -> Extraction:
        html = (self.folder / name).read_text(encoding="utf-8", errors="replace")
        return extract_reviews(Page(html, f"https://recorded.example/{name}", FETCHED_AT, "recorded"))


@pytest.fixture(scope="session")
def recordings() -> Recordings:
    beside = Path(__file__).parents[2].parent / "shared" / "fixtures"
    folder = Path(os.environ.get("MINEBELIEF_FIXTURES", beside))
    if not (folder / "INDEX.md").exists():
        pytest.skip(f"no recorded pages in {folder}; set MINEBELIEF_FIXTURES to their folder")
    return Recordings(folder)


@pytest.fixture
def extract():
    """Extract from a small page made by hand."""

    def run(html: str, url: str = "https://shop.example/reviews", company: str | None = "shop") -> Extraction:
        return extract_reviews(Page(html, url, FETCHED_AT, company))

    return run
