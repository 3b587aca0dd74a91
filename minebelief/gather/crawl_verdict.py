"""What is to be thought of a crawl, from Scrapy's figures."""

from collections.abc import Mapping
from typing import Any, Literal

__all__ = ["Verdict", "ended", "judge", "may_pass", "read_whole"]

Verdict = Literal["ok", "suspicious", "failed"]

#: Finish reasons of a crawl that did all it was asked for.
_COMPLETE = ("finished", "max_reviews")
#: Answers of a server, and errors of the network, that may be gone in a minute.
_PASSING_STATUSES = {"408", "429", "500", "502", "503", "504", "522", "524"}
_PASSING_ERRORS = (
    "DNSLookupError",
    "TimeoutError",
    "ConnectError",
    "ConnectionLost",
    "ConnectionDone",
    "RefusedError",
    "ResponseFailed",
    "ResponseNeverReceived",
    "TCPTimedOutError",
    "DataLossError",
    "DownloadFailedError",
    "CannotResolveHostError",
)
_REASONS = {
    "asked_to_wait": "the site asked to wait for longer than a crawl waits",
    "closespider_timeout": "stopped at its time limit; the next crawl continues from there",
    "memusage_exceeded": "stopped at its memory limit",
    "orphaned": "the program that started it was gone",
    "shutdown": "it was interrupted; the next crawl continues from there",
}


def judge(
    stats: Mapping[str, Any], items: int, before: int | None = None, *, what: str = "reviews"
) -> tuple[Verdict, str]:
    """A verdict on a crawl from Scrapy's figures, with its reason.

    ``items`` are the reviews that it landed, or ``what`` else it was to gather, ``before`` those of the last crawl
    that landed any. Scrapy's exit code says nothing: it is 0 even where every page failed.
    """
    reason = stats.get("finish_reason")
    pages = stats.get("pages/read", 0)
    raised = stats.get("spider_exceptions/count", 0)
    refused = stats.get("pages/failed", 0)
    forbidden = stats.get("robotstxt/forbidden", 0)
    guarded = stats.get("guard/address", 0) + stats.get("guard/offsite", 0)
    known, older = stats.get(f"{what}/known", 0), stats.get(f"{what}/older", 0)
    met = items + known + older
    continued = stats.get("frontier/continued", 0)  # and so may have had nothing left to read
    if reason is None:
        return "failed", f"the crawl broke off after {items} {what}; the next one continues from there"
    troubles = []
    if reason not in _COMPLETE:
        troubles.append(_REASONS.get(reason, f"ended as {reason!r}"))
    if raised:
        troubles.append(f"{_pages(raised)} raised an error ({_exceptions(stats)})")
    if refused:
        troubles.append(f"{refused} of {_pages(refused + pages)} failed ({_named(stats, 'pages/failed/')})")
    if stats.get("robotstxt/out_of_reach"):
        troubles.append("its robots.txt could not be read, so everything counts as forbidden")
    elif not pages and forbidden:
        troubles.append("robots.txt forbids it")
    if not pages and guarded:
        troubles.append("its address is not public, or leads off its site")
    if not met and not continued and (pages or not troubles):
        last_time = f" where there were {before} last time" if before else ""
        troubles.append(f"no {what} on {_pages(pages)}{last_time}")
    if not troubles:
        others = [f"{known} known already" if known else "", f"{older} too old" if older else ""]
        return "ok", ", ".join([f"{items} {what} on {_pages(pages)}", *filter(None, others)])
    hopeless = (
        (not pages and not continued) or (not met and (raised or before or reason not in _COMPLETE)) or refused > pages
    )
    return ("failed" if hopeless else "suspicious"), "; ".join(troubles)


def ended(stats: Mapping[str, Any]) -> bool:
    """Did the crawl come to its end, so that nothing is left for the next one to continue?"""
    return stats.get("finish_reason") in _COMPLETE


def may_pass(stats: Mapping[str, Any]) -> bool:
    """Did the network or the site's server fail, which a little later may work again, and nothing else?

    >>> may_pass({"pages/failed/503": 1}), may_pass({"pages/failed/404": 1})
    (True, False)
    """
    if stats.get("spider_exceptions/count"):
        return False
    start = "pages/failed/"
    reasons = {name.removeprefix(start) for name in stats if name.startswith(start)}
    passing = {why for why in reasons if why in _PASSING_STATUSES or why.endswith(_PASSING_ERRORS)}
    return bool(passing or stats.get("robotstxt/out_of_reach")) and passing == reasons


def read_whole(stats: Mapping[str, Any], *, first: bool) -> bool | None:
    """Whether a crawl that ended missed no page that it was to read; None where it read nothing at all, so that
    all is as before.

    Where a limit ends the ``first`` crawl, what lies beyond is not wanted. Where it ends a later one, there may be
    reviews between what this one read and what earlier ones landed.
    """
    if not stats.get("pages/read") and not stats.get("frontier/continued"):
        return None
    missed = ("pages/failed", "spider_exceptions/count", "robotstxt/out_of_reach")
    limited = stats.get("finish_reason") == "max_reviews" or stats.get("frontier/over_limit")
    return not any(map(stats.get, missed)) and (first or not limited)


def _pages(number: int) -> str:
    return f"{number} page{'' if number == 1 else 's'}"


def _exceptions(stats: Mapping[str, Any]) -> str:
    return _named({name: n for name, n in stats.items() if not name.endswith("/count")}, "spider_exceptions/")


def _named(stats: Mapping[str, Any], start: str) -> str:
    return ", ".join(sorted(name.removeprefix(start).split(".")[-1] for name in stats if name.startswith(start)))
