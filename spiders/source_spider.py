"""What all spiders share: checked arguments, their own site, and a contact address."""

import logging
from typing import Any, Generic, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import ValidationError
from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy_spider_metadata import Args
from twisted.python.failure import Failure

from minebelief.errors import UsageError

from .arguments import SourceArguments
from .contact import require_contact
from .guard import AddressRefused, open_hosts

__all__ = ["SourceSpider"]

Arguments = TypeVar("Arguments", bound=SourceArguments)


class SourceSpider(Args[Arguments], Spider, Generic[Arguments]):
    """A spider for one source.

    A subclass names its arguments' model in brackets and says in :meth:`hosts` where its site lies; it never
    leaves these hosts and those below them. Wrong arguments are refused before the first request.
    """

    def __init__(self, *_: Any, **given: Any) -> None:
        logging.getLogger("scrapy_spider_metadata").setLevel(logging.CRITICAL)  # it is told here, in one line
        try:
            super().__init__(**given)
        except ValidationError as error:
            raise UsageError(f"{self.name}: {_in_one_line(error, self.get_param_schema())}") from None
        self.allowed_domains = sorted({host.removeprefix("www.") for host in self.hosts()})

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        if spider.args.allow_local:
            open_hosts(spider.hosts())
        else:
            open_hosts(set())
            require_contact(crawler.settings)
        return spider

    def hosts(self) -> set[str]:
        """The hosts of this source's site."""
        return {host for url in getattr(self.args, "urls", []) if (host := urlsplit(url).hostname)}

    def failed(self, failure: Failure) -> None:
        """Errback of every request: a page that could not be had is counted with its reason."""
        error = failure.value
        if isinstance(error, AddressRefused) or str(error) == "Forbidden by robots.txt":
            return  # counted where it was refused
        reason = str(error.response.status) if isinstance(error, HttpError) else type(error).__name__
        self.count("pages/failed")
        self.count(f"pages/failed/{reason}")
        self.logger.warning("%s failed: %s", getattr(failure, "request", "a page"), reason)

    def count(self, figure: str, by: int = 1) -> None:
        """Add to a figure of the crawl's report."""
        if by and self.crawler.stats:
            self.crawler.stats.inc_value(figure, by)


def _in_one_line(error: ValidationError, schema: dict[str, Any]) -> str:
    """What was found and what is accepted; ``schema`` is that of the spider's arguments."""
    known: dict[str, Any] = schema["properties"]
    mistakes = []
    for mistake in error.errors():
        name = ".".join(str(part) for part in mistake["loc"]) or "arguments"
        if mistake["type"] == "extra_forbidden":
            mistakes.append(f"unknown argument {name!r} (accepted: {', '.join(known)})")
        elif mistake["type"] == "missing":
            mistakes.append(f"argument {name!r} is missing: {known[name]['description']}")
        else:
            accepted = mistake["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
            accepted = accepted.partition(", unable to parse")[0]
            found = f"found {mistake['input']!r}; accepted: " if mistake["loc"] else ""
            mistakes.append(f"argument {name!r}: {found}{accepted}")
    return "; ".join(mistakes)
