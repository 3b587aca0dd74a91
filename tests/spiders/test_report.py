"""What a crawl says in its log."""

import logging

import pytest
from minebelief.spiders.report import tell_mistakes_in_one_line

from minebelief.errors import UsageError
from minebelief.gather.crawl_files import complaint


@pytest.mark.parametrize(
    ("error", "message", "traceback"),
    [
        (UsageError("steam: argument 'apps' is missing"), "UsageError: steam: argument 'apps' is missing", False),
        (ValueError("a bug"), "Task exception was never retrieved", True),
    ],
)
def test_what_a_person_can_mend_has_no_traceback(caplog, error, message, traceback):
    tell_mistakes_in_one_line()
    logging.getLogger("asyncio").error("Task exception was never retrieved", exc_info=error)
    (record,) = caplog.records
    assert (record.getMessage(), bool(record.exc_info)) == (message, traceback)


def test_the_last_error_of_a_log_is_what_is_told():
    assert complaint("2026-01-01 [asyncio] ERROR: UsageError: steam: no apps\n") == "steam: no apps"
    assert complaint("Traceback\nminebelief.errors.UsageError: steam: no apps\n") == "steam: no apps"
    assert complaint("2026-01-01 [scrapy] INFO: all is well\n") is None
