"""What the spiders of APIs share: pages of JSON, counted and followed until there is no more to have."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Request, Response, TextResponse

from .answers import Answer, Question
from .arguments import SourceArguments
from .items import Rejected, Review
from .source_spider import SourceSpider

__all__ = ["ApiSpider"]

Arguments = TypeVar("Arguments", bound=SourceArguments)


class ApiSpider(SourceSpider[Arguments], Generic[Arguments]):
    """A spider that reads an API's JSON.

    What it knows of a request travels with the request (``cb_kwargs``), so that a crawl can be cut off and
    continued.
    """

    def ask(self, url: str, callback: Any = None, *, priority: int = 0, **known: Any) -> Iterator[Request]:
        """A request; ``known`` goes to ``callback``."""
        yield Request(url, callback or self.parse, errback=self.failed, cb_kwargs=known, priority=priority)

    def opened(self, response: Response) -> Any:
        """The JSON of an answer; None where it is broken, which is counted as a page that failed."""
        try:
            payload = response.json() if isinstance(response, TextResponse) else None
        except ValueError:
            payload = None
        if payload is None:
            return None
        self.count("pages/read")
        return payload

    def again(self, response: Response) -> Iterator[Request]:
        """The same request once more for an answer that is no JSON, such as one cut off half way."""
        assert response.request is not None
        if retry := get_retry_request(response.request, spider=self, reason="not JSON"):
            yield retry
        else:
            self.count("pages/failed")
            self.count("pages/failed/not JSON")

    def question(self, response: Response) -> Question:
        """What was asked for, as of now."""
        now = datetime.now(UTC).replace(tzinfo=None)
        kind = getattr(self.args, "kind", "review")
        return Question(response.url, now, self.args.company, kind)

    def records(self, answer: Answer) -> Iterator[Review | Rejected]:
        """What an answer holds, counted."""
        self.count("reviews/found", answer.found)
        self.count("pages/with_reviews", bool(answer.reviews))
        yield from answer.reviews
        yield from answer.rejected

    def row_after(self, answer: Answer, before: int = 0) -> int | None:
        """:meth:`row_of_known` after this page of an API that gives the newest first."""
        return self.row_of_known(answer.reviews, before)
