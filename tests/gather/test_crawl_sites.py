"""Which crawls wait for each other."""

import pytest

from minebelief.gather.crawl_sites import by_site


def page(url):
    return "schema_org", {"urls": [url]}


@pytest.mark.parametrize(
    ("jobs", "groups"),
    [
        ([page("https://www.shop.co.uk/a"), page("https://help.shop.co.uk/b")], [[0, 1]]),
        (
            [page("https://a.shop.example/"), page("https://b.shop.example/"), page("https://bank.example/")],
            [[0, 1], [2]],
        ),
        ([page("https://shop.co.uk/"), page("https://bank.co.uk/")], [[0], [1]]),
        ([page("https://ann.github.io/"), page("https://bob.github.io/")], [[0], [1]]),
        (
            [("steam", {"apps": [1]}), ("steam", {"apps": [2]}), page("https://store.steampowered.com/app/1")],
            [[0, 1, 2]],
        ),
        ([("app_store", {"apps": [1]}), page("https://apps.apple.com/us/app/id1")], [[0, 1]]),
        ([page("http://127.0.0.1:81/"), page("http://127.0.0.1:82/")], [[0], [1]]),
        ([page("http://10.0.0.1/"), page("http://10.0.0.2/")], [[0], [1]]),
    ],
)
def test_sources_of_one_site_queue(jobs, groups):
    assert by_site(jobs) == groups
