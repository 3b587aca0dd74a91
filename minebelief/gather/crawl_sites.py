"""Which site a crawl is of: crawls of one site wait for each other.

A site is what one owner registered, with all its subdomains.
"""

import re
from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, urlsplit

from tldextract import TLDExtract

__all__ = ["by_site", "on_this_machine"]

#: Where the spiders of single sites go.
_SITES = {
    "app_store": "apple.com",
    "cfpb": "consumerfinance.gov",
    "mozilla_addons": "mozilla.org",
    "steam": "steampowered.com",
}
# The list of suffixes that comes with the library; nothing is fetched. Under a private one, such as github.io, every
# name has another owner.
_split = TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)


def by_site(jobs: Sequence[tuple[str, Mapping[str, Any]]]) -> list[list[int]]:
    """The numbers of the jobs (spider and arguments), those of one site together."""
    groups: list[tuple[set[str], list[int]]] = []
    for number, (spider, args) in enumerate(jobs):
        names, numbers = _hosts(spider, args), [number]
        apart = []
        for group in groups:
            if names & group[0]:
                names, numbers = names | group[0], group[1] + numbers
            else:
                apart.append(group)
        groups = [*apart, (names, numbers)]
    return sorted((sorted(numbers) for _, numbers in groups), key=lambda numbers: numbers[0])


def _hosts(spider: str, args: Mapping[str, Any]) -> set[str]:
    """The sites of a job; on this machine every port is a site of its own."""
    hosts = {
        part.netloc if _is_loopback(part.hostname) else _registered(part.hostname)
        for part in _addresses(args)
        if part.hostname
    }
    return hosts or {_SITES.get(spider, f"spider:{spider}")}


def _registered(host: str) -> str:
    split = _split(host)
    if split.domain and split.suffix:
        return f"{split.domain}.{split.suffix}"
    # A name without a public suffix, as on a network of one's own; of a number, every part counts.
    return host if host[-1:].isdigit() or ":" in host else ".".join(host.split(".")[-2:])


def _addresses(args: Mapping[str, Any]) -> list[SplitResult]:
    """The addresses that a spider starts from; one that is none counts as an address without a host."""
    urls = args.get("urls") or []
    parts = []
    for url in re.split(r"[\s,]+", urls) if isinstance(urls, str) else map(str, urls):
        try:
            parts.append(urlsplit(url))
        except ValueError:
            parts.append(urlsplit(""))
    return parts


def on_this_machine(args: Mapping[str, Any]) -> bool:
    """Do all addresses that a spider starts from lie on this very machine?"""
    addresses = _addresses(args)
    return bool(addresses) and all(_is_loopback(address.hostname) for address in addresses)


def _is_loopback(host: str | None) -> bool:
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False
