"""Keeps a crawl on its own site and away from private networks.

The address is checked twice: as it is written, before the request (so redirects are covered), and as it is
resolved, at the moment of connecting. The connection goes to the very address that was checked, so a name
that changes its answer in between gains nothing.
"""

import logging
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.error import DNSLookupError

from .addresses import ip_refusal, url_refusal

if TYPE_CHECKING:
    from twisted.internet.base import ReactorBase
    from twisted.internet.defer import Deferred

__all__ = ["AddressRefused", "GuardMiddleware", "GuardedResolver", "open_hosts"]

_log = logging.getLogger(__name__)


class AddressRefused(IgnoreRequest):
    """The address is not one that this crawl may connect to."""


#: Hosts of sources that say ``allow_local``; the process crawls for one source only.
_open: set[str] = set()


def open_hosts(hosts: set[str]) -> None:
    """Let these hosts, and no others, lie on this machine or its network."""
    _open.clear()
    _open.update(hosts)


def _hosts(urls: list[str]) -> set[str]:
    return {host for url in urls if (host := urlsplit(url).hostname)}


class GuardMiddleware:
    """Refuses every request that leaves the spider's site or is written as a private address.

    Scrapy's own offsite middleware lets through what must not be filtered as a duplicate, retries and their
    redirects among them; this one has no exception.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "GuardMiddleware":
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        host = urlsplit(request.url).hostname or ""
        refusal = None if host in _open else url_refusal(request.url)
        if refusal:
            self._refuse("guard/address", f"{request.url}: {refusal}")
        sites = getattr(self.crawler.spider, "allowed_domains", None) or []
        own = min((site for site in sites if host == site or host.endswith("." + site)), key=len, default=None)
        if own is None:
            self._refuse("guard/offsite", f"{request.url} is not on {', '.join(sites)}")
        request.meta["download_slot"] = own  # one request at a time per site, not per host of it

    def _refuse(self, figure: str, message: str) -> None:
        if self.crawler.stats:
            self.crawler.stats.inc_value(figure)
        _log.warning("Refused %s", message)
        raise AddressRefused(message)


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver, which fails where a name leads to a private address."""

    def __init__(self, reactor: "ReactorBase", cache_size: int, timeout: float) -> None:
        super().__init__(reactor, cache_size, timeout)
        self._proxies = _hosts(list(getproxies().values()))

    def getHostByName(self, name: str, timeout: Any = ()) -> "Deferred[str]":  # noqa: N802 (Twisted's name)
        resolved = super().getHostByName(name, timeout)
        if name not in _open and name not in self._proxies:
            resolved.addCallback(self._checked, name)
        return resolved

    @staticmethod
    def _checked(address: str, name: str) -> str:
        if refusal := ip_refusal(address):
            raise DNSLookupError(f"{name} leads to {refusal}")
        return address
