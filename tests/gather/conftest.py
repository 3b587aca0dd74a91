"""Crawls of rebuilt APIs, for several tests."""

import pytest
from apis import FAST, Apis
from mapped_hosts import mapped

from minebelief.gather.crawl import crawl, read_landing
from minebelief.gather.record import Reject, ReviewRecord


@pytest.fixture
def apis():
    made = Apis()
    yield made
    made.close()
    assert made.unmatched == []


@pytest.fixture
def gathered(apis, tmp_path, monkeypatch):
    """Crawl with a spider as a run does; gives its outcome, its reviews and its rejects."""
    settings = {**FAST, **mapped(apis.port, monkeypatch)}

    def gather(spider, *, verdict="ok", **args):
        outcome = crawl("src", spider, args, tmp_path, contact="me@example.org", timeout=60, settings=settings)
        assert (outcome.verdict, outcome.exceptions) == (verdict, 0), outcome.because
        records = list(read_landing(outcome.landing)) if outcome.landing else []
        reviews = [record for record in records if isinstance(record, ReviewRecord)]
        return outcome, reviews, [record for record in records if isinstance(record, Reject)]

    return gather
