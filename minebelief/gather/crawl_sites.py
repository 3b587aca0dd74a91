"""Which site a crawl is of: crawls of one site wait for each other."""

import re
from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, urlsplit

__all__ = ["by_site", "on_this_machine"]


def by_site(jobs: Sequence[tuple[str, Mapping[str, Any]]]) -> list[list[int]]:
    """The numbers of the jobs (spider and arguments), those that share a host together."""
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
        part.netloc if _is_loopback(part.hostname) else part.hostname.removeprefix("www.")
        for part in _addresses(args)
        if part.hostname
    }
    return hosts or {f"spider:{spider}"}  # spiders of one API talk to one host


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
