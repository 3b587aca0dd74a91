"""What a crawl would do: its first addresses, its limits, and what it knows already. Nothing is fetched."""

import json
import os
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .crawl import SCRAPY_ENVIRONMENT, CrawlJob, scrapy_command
from .crawl_files import CrawlFiles, complaint

__all__ = ["CrawlPlan", "plan_crawl"]

_SECONDS = 60
_LIMITS = ("max_pages", "max_reviews", "max_bytes", "max_depth", "max_minutes", "since", "stop_after_known")


@dataclass(frozen=True, slots=True)
class CrawlPlan:
    """What a crawl of one source would do.

    ``way`` is ``whole`` (all pages), ``known`` (until it comes to what is known) or ``continue`` (where an
    earlier crawl was cut off). ``mistake`` says why it would not start, empty where it would.
    """

    source: str
    section: str
    spider: str
    urls: tuple[str, ...]
    limits: Mapping[str, Any]
    known: int
    way: str
    mistake: str = ""


def plan_crawl(job: CrawlJob, landing: Path) -> CrawlPlan:
    """What a crawl into the folder ``landing`` would do; only reads, and sends nothing."""
    files = CrawlFiles.of(job.source, landing, job.section, create=False)
    way, known = files.outlook({"spider": job.spider, **job.args})
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder, "rehearsal.json")
        given = {**job.args, **({"allow_local": True} if job.allow_local else {})}
        settings = {"MINEBELIEF_REHEARSAL": told, "MINEBELIEF_CONTACT": "rehearsal@example.org"}
        done = subprocess.run(
            scrapy_command(job.spider, given, settings),
            cwd=folder,
            env={**os.environ, **SCRAPY_ENVIRONMENT},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_SECONDS,
        )
        if not told.exists():
            mistake = complaint(done.stderr) or "its spider could not be started"
            return CrawlPlan(job.source, job.section, job.spider, (), {}, known, way, mistake)
        found = json.loads(told.read_text(encoding="utf-8"))
    limits = {name: value for name in _LIMITS if (value := found["arguments"].get(name)) is not None}
    return CrawlPlan(job.source, job.section, job.spider, tuple(found["urls"]), limits, known, way)
