"""What is still to fetch, also after the process that was to fetch it has died."""

import pytest
from minebelief.spiders.frontier import FROM, Frontier
from scrapy import Spider
from scrapy.http import Request
from scrapy.utils.test import get_crawler


class Args:
    max_pages = 4


class Some(Spider):
    name = "some"
    args = Args()


@pytest.fixture
def open_frontier(tmp_path):
    """A frontier over the same folder, as after every death of its process."""

    def start():
        crawler = get_crawler(Some, {"JOBDIR": str(tmp_path)})
        frontier = Frontier.from_crawler(crawler)
        frontier.open(Some())
        return frontier

    return start


def url(number):
    return f"https://shop.example/{number}"


def waiting(frontier):
    found = []
    while request := frontier.next_request():
        found.append(request.url)
    return found


def test_requests_come_in_their_order_and_once(open_frontier):
    frontier = open_frontier()
    added = [Request(url(1)), Request(url(2)), Request(url(1)), Request(url(3), priority=1)]
    assert [frontier.enqueue_request(request) for request in added] == [True, True, False, True]
    assert waiting(frontier) == [url(3), url(1), url(2)]
    assert not frontier.has_pending_requests()


def test_what_was_in_flight_or_failed_is_fetched_again_and_what_was_finished_is_not(open_frontier):
    frontier = open_frontier()
    for number in (1, 2, 3):
        frontier.enqueue_request(Request(url(number), cb_kwargs={"page": number}))
    first, second, _ = frontier.next_request(), frontier.next_request(), frontier.next_request()
    frontier.finish(first, failed=False)
    frontier.finish(second, failed=True)
    again = open_frontier()
    assert [again.next_request().cb_kwargs, again.next_request().cb_kwargs] == [{"page": 2}, {"page": 3}]
    assert again.enqueue_request(Request(url(1))) is False


def test_a_page_is_not_finished_before_what_it_led_to_has_arrived(open_frontier):
    frontier = open_frontier()
    frontier.enqueue_request(Request(url(1)))
    page = frontier.next_request()
    frontier.finish(page, failed=False, led_to=2)
    row = page.meta["frontier_row"]
    frontier.enqueue_request(Request(url(2), meta={FROM: row}))
    assert waiting(open_frontier()) == [url(1), url(2)]
    frontier.enqueue_request(Request(url(2), meta={FROM: row}))  # one that is known has arrived as well
    assert waiting(open_frontier()) == [url(2)]


def test_a_redirect_takes_the_place_of_its_request(open_frontier):
    frontier = open_frontier()
    frontier.enqueue_request(Request(url(1)))
    moved = frontier.next_request().replace(url=url(2))
    moved.meta["redirect_times"] = 1
    assert frontier.enqueue_request(moved)
    assert waiting(open_frontier()) == [url(2)]


def test_a_retry_from_within_a_callback_outlives_the_page(open_frontier):
    frontier = open_frontier()
    frontier.enqueue_request(Request(url(1)))
    page = frontier.next_request()
    retry = page.replace(dont_filter=True)
    retry.meta["retry_times"] = 1
    frontier.enqueue_request(retry)
    frontier.finish(page, failed=False)
    assert frontier.next_request().meta["retry_times"] == 1


def test_no_more_pages_than_asked_for_but_a_retry_is_no_further_page(open_frontier):
    frontier = open_frontier()
    assert [frontier.enqueue_request(Request(url(number))) for number in range(6)] == [True] * 4 + [False] * 2
    retry = frontier.next_request().replace(dont_filter=True)
    retry.meta["retry_times"] = 1
    assert frontier.enqueue_request(retry)
    assert open_frontier().enqueue_request(Request(url(9))) is False
