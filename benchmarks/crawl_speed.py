"""How fast the spider for marked-up reviews is, against a bare Scrapy spider that only yields a page's length.

Both crawl the made-up review sites on this machine, which a process of their own serves from memory, one site after
the other, with the same settings and without delays, in turns. Pages per second are Scrapy's own count of pages over
the time from its first to its last moment, the best of several rounds, so that what else the machine does counts
less; and over the processor time of the crawl, which nothing else changes. Then the pages are taken apart without
Scrapy, to say where the rest of the processor's time goes.

    python benchmarks/crawl_speed.py --reviews 12000 --rounds 3
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from minebelief.demo import MadeUpIndustry, generate
from minebelief.demo.pages import MadeUpSite

SITES = ("plainly", "tenpoint", "shelfmark", "breakroom")
BARE = """
import json
import scrapy


class BareSpider(scrapy.Spider):
    name = "bare"

    def __init__(self, urls, **_):
        super().__init__()
        self.start_urls = json.loads(urls)

    def parse(self, response):
        yield {"length": len(response.text)}
"""
# Scrapy's figures with the processor time since the spider opened, which other programs on the machine do not change.
STATS = """
import time
from scrapy.statscollectors import MemoryStatsCollector


class ProcessorStats(MemoryStatsCollector):
    def open_spider(self, *args, **options):
        self.began = time.process_time()
        super().open_spider(*args, **options)

    def get_stats(self, *args, **options):
        return {**super().get_stats(*args, **options), "processor_seconds": time.process_time() - self.began}
"""
SERVER = """
import json, sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

pages = {}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = pages.get(self.path)
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
pages.update((path, text.encode()) for path, text in json.load(sys.stdin).items())
server.serve_forever()
"""
#: By the clock on the wall, and by the processor's.
CLOCKS = ("elapsed_time_seconds", "processor_seconds")
SETTINGS = {
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS": 8,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "DOWNLOAD_DELAY": 0,
    "LOG_LEVEL": "INFO",
}


def pages_of(site: MadeUpSite) -> dict[str, str]:
    """All pages of a site, by path."""
    pages: dict[str, str] = {}
    for company in site.industry.companies:
        number = 1
        while (page := site.page(path := site.path(company.key, number))) is not None:
            pages[path] = page
            number += 1
    return pages


@contextmanager
def served(name: str, industry: MadeUpIndustry) -> Iterator[tuple[str, dict[str, str]]]:
    """Serve a site from a process of its own; gives its address and its pages."""
    server = subprocess.Popen([sys.executable, "-c", SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert server.stdin is not None
    assert server.stdout is not None
    try:
        base = f"http://127.0.0.1:{int(server.stdout.readline())}"
        pages = pages_of(MadeUpSite(name, industry, base, datetime(2025, 9, 1).date()))
        json.dump(pages, server.stdin)
        server.stdin.close()
        yield base, pages
    finally:
        server.terminate()
        server.wait()


def crawl(spider: str, urls: list[str], folder: Path) -> dict[str, Any]:
    """Scrapy's figures of one crawl."""
    stats = folder / "stats.json"
    stats.unlink(missing_ok=True)
    own = {
        "MINEBELIEF_LANDING": folder / "landing.part",
        "JOBDIR": folder / f"job-{time.monotonic_ns()}",
    }
    settings = {**SETTINGS, "MINEBELIEF_STATS": stats, **(own if spider == "schema_org" else {})}
    settings["STATS_CLASS"] = "processor_stats.ProcessorStats"
    (folder / "processor_stats.py").write_text(STATS)
    command = [sys.executable, "-P", "-m", "scrapy"]
    if spider == "bare":
        (folder / "bare.py").write_text(BARE)
        command += ["runspider", "bare.py"]
        # Scrapy as it comes, but for the report of its figures.
        environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "scrapy.settings.default_settings"}
        settings["EXTENSIONS"] = json.dumps({"minebelief.spiders.report.StatsReport": 0})
    else:
        command += ["crawl", spider, "-a", "allow_local=true", "-a", "company=made-up"]
        environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "minebelief.spiders.settings"}
    command += ["-a", f"urls={json.dumps(urls)}"]
    for name, value in settings.items():
        command += ["-s", f"{name}={value}"]
    environment["PYTHONPATH"] = os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=600)
    if done.returncode or not stats.exists():
        raise SystemExit(done.stderr[-3000:])
    figures: dict[str, Any] = json.loads(stats.read_text())
    return figures


def rate(figures: dict[str, Any], pages: int, clock: str) -> float:
    """Pages per second of this figure."""
    got = figures.get("response_received_count", 0) - figures.get("robotstxt/response_count", 0)
    assert got == pages, (got, pages)
    return float(pages / figures[clock])


def split(pages: dict[str, str]) -> dict[str, float]:
    """Milliseconds per page of what is done with a page's text, without Scrapy."""
    from minebelief.spiders import structured_data as parts
    from minebelief.spiders.nodes import READERS, parse_html

    spent: defaultdict[str, float] = defaultdict(float)

    def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            start = time.process_time()
            try:
                return function(*args, **options)
            finally:
                spent[name] += time.process_time() - start

        return call

    moment = datetime(2025, 9, 1, 12)
    total = 0.0
    for path, text in pages.items():
        start = time.process_time()
        tree = timed("parse the HTML", parse_html)(text)
        page = parts.Page(text, "http://127.0.0.1" + path, moment, "made-up")
        found = parts.extract_from_tree(tree, page)
        total += time.process_time() - start
        lower = text.lower()
        for reader in READERS:
            if any(word in lower for word in reader.words):
                timed(f"read {reader.syntax}", reader.nodes)(tree, page.url)
        spent["reviews"] += len(found.reviews) / 1000
    reviews = spent.pop("reviews") * 1000
    spent["normalise and join"] = total - sum(spent.values())
    result = {name: 1000 * seconds / len(pages) for name, seconds in spent.items()}
    return {**result, "reviews": reviews / len(pages)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reviews", type=int, default=12_000, help="how many customer reviews to make up")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--site", choices=SITES, help="one site only")
    given = parser.parse_args()
    heads = "site        pages  reviews/page   bare/s   ours/s   ratio   of processor time"
    print(f"{heads}   ms per page: bare, ours, of which")
    ratios = []
    industry = generate(1, "tune", given.reviews)
    for site in [given.site] if given.site else SITES:
        rates: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
        with served(site, industry) as (base, pages), tempfile.TemporaryDirectory() as name:
            for _ in range(given.rounds):
                for spider in ("bare", "schema_org"):
                    figures = crawl(spider, [base + path for path in pages], Path(name))
                    for clock in CLOCKS:
                        rates[spider, clock].append(rate(figures, len(pages), clock))
        best = {key: max(values) for key, values in rates.items()}
        shares = [best["schema_org", clock] / best["bare", clock] for clock in CLOCKS]
        ratios.append(shares)
        parts = split(pages)
        reviews = parts.pop("reviews")
        bare, ours = (1000 / best[spider, CLOCKS[1]] for spider in ("bare", "schema_org"))
        rest = ours - bare - sum(parts.values())
        told = ", ".join(f"{name} {value:.1f}" for name, value in [*parts.items(), ("items and requests", rest)])
        rate_of = [best[spider, CLOCKS[0]] for spider in ("bare", "schema_org")]
        row = f"{site:<11} {len(pages):>5}  {reviews:>12.0f}  {rate_of[0]:>7.0f}  {rate_of[1]:>7.0f}   "
        print(f"{row}{shares[0]:>5.0%}   {shares[1]:>17.0%}   {bare:.1f}, {ours:.1f}: {told}", flush=True)
    means = [sum(shares) / len(shares) for shares in zip(*ratios, strict=True)]
    print(f"mean ratio {means[0]:.0%}, of processor time {means[1]:.0%}")


if __name__ == "__main__":
    main()
