"""What a crawl has still to fetch, kept so that one that is killed continues where it stopped.

Scrapy's own queues on disk lose what was in flight when the process dies. Here a page is finished only when
all that came of it has landed, and until then it is fetched again; what had landed of it already is known by
then (see ``seen``). So no review is lost, and none lands twice.
"""

import pickle
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

from scrapy import Spider
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler
from scrapy.http import Request
from scrapy.utils.request import request_from_dict

__all__ = ["FROM", "ROW", "Frontier", "page_finished"]

#: Signal with ``request``, ``failed`` and ``led_to``: nothing more will come of it in this process, but for so many
#: requests, each with :data:`FROM` in its meta, that may still be on their way here.
page_finished = object()

#: Key in a request's ``meta`` of the row of the page that it was found on.
FROM = "frontier_from"
#: Key in a request's ``meta`` of its row; redirects and retries of a request take it over.
ROW = "frontier_row"
_SCHEMA = """
    create table if not exists requests (
        row integer primary key, state integer not null, priority integer not null, request blob not null
    );
    create index if not exists next on requests (state, priority desc, row);
    create table if not exists seen (fingerprint blob primary key) without rowid;
"""
_WAITING, _IN_FLIGHT, _FINISHED, _FAILED, _REPLACED = range(5)


class Frontier(BaseScheduler):
    """Requests in the order in which they were found, each address once, at most ``max_pages`` of them.

    They lie in ``requests.sqlite`` in the folder ``JOBDIR``, or in memory where there is none.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        folder = crawler.settings.get("JOBDIR")
        self.path = str(Path(folder, "requests.sqlite")) if folder else ":memory:"
        self.limit: int | None = None
        self.total = self.waiting = 0
        self.arrived: Counter[int] = Counter()
        self.leaving: dict[int, tuple[int, int]] = {}
        crawler.signals.connect(self.finish, signal=page_finished)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Frontier":
        return cls(crawler)

    def open(self, spider: Spider) -> None:
        self.spider = spider
        self.limit = getattr(getattr(spider, "args", None), "max_pages", None)
        if self.path != ":memory:":
            Path(self.path).parent.mkdir(parents=True, exist_ok=True)
        # Without isolation level every statement is a transaction, and the log survives the process's death.
        self.db = sqlite3.connect(self.path, isolation_level=None)
        self.db.execute("pragma journal_mode = wal")
        self.db.execute("pragma synchronous = normal")
        self.db.executescript(_SCHEMA)
        self.db.execute("update requests set state = ? where state in (?, ?)", (_WAITING, _IN_FLIGHT, _FAILED))
        self.total = self._number(f"select count(*) from requests where state != {_REPLACED}")
        self.waiting = self._number(f"select count(*) from requests where state = {_WAITING}")
        if self.total:
            self._count("frontier/continued")

    def close(self, reason: str) -> None:
        self.db.close()

    def has_pending_requests(self) -> bool:
        return self.waiting > 0

    def enqueue_request(self, request: Request) -> bool:
        page = request.meta.pop(FROM, None)
        try:
            return self._enqueue(request)
        finally:
            if page is not None:
                self.arrived[page] += 1
                self._leave(page)

    def _enqueue(self, request: Request) -> bool:
        # A spider may hand on the meta of a page; only a redirect or retry takes the page's place.
        replaced = request.meta.pop(ROW, None)
        if not ("redirect_times" in request.meta or "retry_times" in request.meta):
            replaced = None
        if not request.dont_filter and self._known(request):
            self._count("frontier/repeated")
            self._move(replaced, _FINISHED)
            return False
        if replaced is None and self.limit is not None and self.total >= self.limit:
            self._count("frontier/over_limit")
            return False
        values = (_WAITING, request.priority, pickle.dumps(request.to_dict(spider=self.spider)))
        self.db.execute("begin")
        with self.db:
            self.db.execute("insert or ignore into seen values (?)", (self._fingerprint(request),))
            self.db.execute("insert into requests (state, priority, request) values (?, ?, ?)", values)
            self._move(replaced, _REPLACED)
        self.total += replaced is None
        self.waiting += 1
        return True

    def next_request(self) -> Request | None:
        if not self.waiting:
            return None
        sql = "select row, request from requests where state = ? order by priority desc, row limit 1"
        row, data = self.db.execute(sql, (_WAITING,)).fetchone()
        self.db.execute("update requests set state = ? where row = ?", (_IN_FLIGHT, row))
        self.waiting -= 1
        request = request_from_dict(pickle.loads(data), spider=self.spider)
        request.meta[ROW] = row
        return request

    def finish(self, request: Request, failed: bool, led_to: int = 0) -> None:
        """Note that nothing more will come of a request, once the requests that it led to are here, too: Scrapy
        brings them later. One that failed is tried again when the crawl is continued.
        """
        if (row := request.meta.get(ROW)) is not None:
            self.leaving[row] = (led_to, _FAILED if failed else _FINISHED)
            self._leave(row)

    def _leave(self, row: int) -> None:
        led_to, state = self.leaving.get(row, (None, 0))
        if led_to is not None and self.arrived[row] >= led_to:
            del self.leaving[row], self.arrived[row]
            self._move(row, state)

    def _move(self, row: int | None, state: int) -> None:
        """Give a row in flight another state, and drop its request where it is not needed any more."""
        if row is not None:
            sql = "update requests set state = ?, request = iif(?, request, '') where row = ? and state = ?"
            self.db.execute(sql, (state, state == _FAILED, row, _IN_FLIGHT))

    def _known(self, request: Request) -> bool:
        sql = "select 1 from seen where fingerprint = ?"
        return self.db.execute(sql, (self._fingerprint(request),)).fetchone() is not None

    def _fingerprint(self, request: Request) -> bytes:
        assert self.crawler.request_fingerprinter is not None
        return self.crawler.request_fingerprinter.fingerprint(request)

    def _number(self, sql: str) -> int:
        with closing(self.db.execute(sql)) as rows:
            return int(rows.fetchone()[0])

    def _count(self, figure: str) -> None:
        if self.crawler.stats:
            self.crawler.stats.inc_value(figure)
