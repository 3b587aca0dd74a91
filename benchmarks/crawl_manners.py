"""What a crawl may not do, counted: sites on this machine, whole crawls in processes of their own.

Killed ten times and continued, repeated without anything new, asked to wait, led to private addresses. The sites are
those of the tests.

    python benchmarks/crawl_manners.py                # all four
    python benchmarks/crawl_manners.py kills second   # some of them
"""

import argparse
import json
import os
import random
import runpy
import sys
import tempfile
import threading
from collections import Counter
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parents[1] / "tests"
sys.path.insert(0, str(TESTS))  # the imports below are found there, so they come after it (E402)

from apis import FAST, Apis, apple, cfpb, in_json, steam  # noqa: E402
from local_site import Site  # noqa: E402
from made_up_answers import (  # noqa: E402
    ADDONS,
    APPLE,
    CFPB,
    SEARCH,
    STORE,
    app_reviews,
    complaints,
    players,
)
from minebelief.spiders.addresses import url_refusal  # noqa: E402

from minebelief.gather import crawl as module  # noqa: E402
from minebelief.gather.crawl import CrawlJob, crawl, crawl_all, read_landing  # noqa: E402
from minebelief.gather.crawl_files import landing_files  # noqa: E402

CONTACT = "me@example.org"
BARE = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, "RETRY_TIMES": 0}


def mapped(port: int) -> dict[str, Any]:
    """Settings under which every site is fetched from this machine, under its own name."""
    os.environ["PYTHONPATH"] = os.pathsep.join([str(TESTS), *filter(None, [os.environ.get("PYTHONPATH")])])
    handlers = {"http": "mapped_hosts.MappedHosts", "https": "mapped_hosts.MappedHosts"}
    return {**FAST, "DOWNLOAD_HANDLERS": json.dumps(handlers), "MAPPED_PORT": port}


def kills(folder: Path, seed: int) -> None:
    """A crawl of 2,000 reviews on 100 pages, killed (-9) at ten moments drawn by chance, continued every time."""
    site, draw = Site(), random.Random(seed)
    for page in range(1, 101):
        numbers = range(2000 - 20 * page + 20, 2000 - 20 * page, -1)
        site.page(f"/{page}", *numbers, following=f"/{page + 1}" if page < 100 else None)
    processes: list[Any] = []

    class Noted(module.subprocess.Popen):  # type: ignore[type-arg]
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            processes.append(self)

    def deadly(path: str, delay: float) -> Any:
        plain = site.routes[path]

        def answer() -> Any:
            site.routes[path] = plain
            threading.Timer(delay, processes[-1].kill).start()
            return plain

        return answer

    for page in sorted(draw.sample(range(2, 100), 10)):
        site.routes[f"/{page}"] = deadly(f"/{page}", draw.uniform(0, 0.05))
    module.subprocess.Popen = Noted  # type: ignore[misc]
    args = {"company": "acme", "urls": [f"{site.url}/1"]}
    verdicts: Counter[str] = Counter()
    while verdicts.total() < 30:
        verdicts[crawl("acme", "schema_org", args, folder, allow_local=True, settings=BARE).verdict] += 1
        if verdicts["ok"]:
            break
    module.subprocess.Popen = Noted.__base__  # type: ignore[misc]
    names = [one.author for path in landing_files("acme", folder) for one in read_landing(path)]
    killed = verdicts["failed"]
    print(
        f"kills: killed {killed} times; {len(set(names))} reviews landed, {len(names) - len(set(names))} of them twice"
    )
    print(f"       {len(site.paths())} pages asked for, of 100")


def second(folder: Path, _: int) -> None:
    """Every spider twice over sites that do not change."""
    told = runpy.run_path(str(TESTS / "gather" / "test_second_api_crawls.py"))
    pages = json.loads((TESTS / "made_by_hand" / "mozilla_addons_ratings.json").read_text("utf-8"))["pages"]
    apis = Apis()
    apis.route(STORE, "/appreviews/", steam(players(350)))
    apis.route(CFPB, SEARCH, cfpb(complaints(350), largest=100))
    apis.route(APPLE, "/us/rss/", apple(app_reviews(350)))
    apis.route(ADDONS, "/api/v5/", lambda _, query: in_json(pages[int(query.get("page", ["1"])[0]) - 1]))
    apis.route("figo.example", "/", lambda *_: (200, told["HTML"], told["PAGE"]))
    apis.route("shop.example", "/", told["marked_up"])
    told["Forum"](apis, dict.fromkeys(range(1, 21), 1))
    jobs = [CrawlJob(spider, spider, args) for spider, (args, _) in told["SOURCES"].items()]
    runs = [crawl_all(jobs, folder, contact=CONTACT, settings=mapped(apis.port)) for _ in range(2)]
    print("second: spider, landed and pages of the first crawl, landed and pages of the second")
    for first, again in zip(*runs, strict=True):
        print(f"        {first.source:<15} {first.items:>4} {first.pages:>3} {again.items:>6} {again.pages:>3}")
    if apis.unmatched:
        print(f"        asked for and not there: {apis.unmatched}")


def spacing(folder: Path, _: int) -> None:
    """Crawl-delay 2 throughout, and twice an answer 429 with Retry-After 3."""
    site = Site()
    site.routes["/robots.txt"] = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nCrawl-delay: 2\n")
    for page in range(1, 13):
        site.page(f"/{page}", page, following=f"/{page + 1}" if page < 12 else None)
    busy = ("/4", "/9")
    for path in busy:
        answers = iter([(429, {"Retry-After": "3"}, b""), site.routes[path]])
        site.routes[path] = lambda answers=answers: next(answers)
    args = {"company": "acme", "urls": [f"{site.url}/1"]}
    outcome = crawl("acme", "schema_org", args, folder, allow_local=True, settings={**BARE, "RETRY_TIMES": 2})
    asked = [path for _, path in site.log]
    waits = [gap for gap, path, after in zip(site.gaps(), asked, asked[1:], strict=False) if path == after]
    others = [gap for gap, path, after in zip(site.gaps(), asked, asked[1:], strict=False) if path != after]
    print(f"spacing: {outcome.items} reviews; shortest of {len(others)} gaps {min(others):.3f} s (asked for 2),")
    print(f"         shortest of {len(waits)} after a Retry-After of 3: {min(waits):.3f} s")


def tricks(folder: Path, _: int) -> None:
    """Every way to write a private address: as it stands, and as where a page of a public site redirects to."""
    written = sorted(set(runpy.run_path(str(TESTS / "spiders" / "test_addresses.py"))["TRICKS"]))
    refused = sum(url_refusal(url) is not None for url in written)
    apis, reached = Apis(), []
    links = "".join(f'<a rel="next" href="/r{number}">x</a>' for number in range(len(written)))

    def answer(path: str, _: Any) -> Any:
        if path == "/":
            return 200, {"Content-Type": "text/html"}, links.encode()
        reached.append(path)
        return 302, {"Location": written[int(path.removeprefix("/r"))].encode("utf-8").decode("latin-1")}, b""

    apis.route("shop.example", "/", answer)
    args = {"company": "acme", "urls": ["https://shop.example/"]}
    crawl("acme", "schema_org", args, folder, contact=CONTACT, settings=mapped(apis.port))
    followed = [address for address in apis.asked if not address.startswith("shop.example/")]
    print(f"tricks: {refused} of {len(written)} refused as they are written;")
    print(f"        of {len(set(reached))} redirects to them {len(followed)} followed {followed}")


PARTS = {"kills": kills, "second": second, "spacing": spacing, "tricks": tricks}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="all where absent")
    parser.add_argument("--seed", type=int, default=1, help="draws the moments of killing")
    given = parser.parse_args()
    for name in given.parts or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            PARTS[name](Path(folder), given.seed)


if __name__ == "__main__":
    main()
