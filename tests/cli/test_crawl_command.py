"""``minebelief crawl``: gathering only, and what it would gather."""

import json

import pytest
from local_site import Site

from minebelief.gather import crawl_plan
from minebelief.gather.crawl import scrapy_command

INDUSTRY = """
industry = "coffee"
[companies.bean]
name = "Bean"
[[sources]]
name = "shop"
spider = "schema_org"
company = "bean"
urls = ["{url}/1"]
allow_local = true
"""


@pytest.fixture
def site():
    made = Site()
    made.page("/1", 1, 2, following="/2")
    made.page("/2", 3)
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def write(site, tmp_path, monkeypatch):
    """Write the industry file, with ``more`` at its end."""
    monkeypatch.delenv("MINEBELIEF_CONTACT", raising=False)
    monkeypatch.chdir(tmp_path)

    def write(more=""):
        (tmp_path / "coffee.toml").write_text(INDUSTRY.format(url=site.url) + more.replace("{url}", site.url))
        return "coffee.toml"

    return write


def test_it_gathers_and_says_what_came_of_each_source(call, site, write):
    done = call("crawl", write())
    assert done.code == 0
    assert "gather: 3 new reviews on 2 pages" in done.err
    again = call("crawl", write(), "--format", "json")
    (outcome,) = json.loads(again.out)
    assert (outcome["source"], outcome["verdict"], outcome["items"], outcome["known"]) == ("shop", "ok", 0, 2)
    assert site.paths() == ["/1", "/2", "/1"]


def test_a_dry_run_sends_nothing_and_writes_nothing(call, site, write, tmp_path):
    done = call("crawl", write(), "--dry-run")
    assert done.code == 0
    assert f"{site.url}/1" in done.out
    assert "reads all pages; 0 reviews landed so far" in done.out
    assert "1,000 pages, 60 minutes" in done.out
    assert site.log == []
    assert [path.name for path in tmp_path.iterdir()] == ["coffee.toml"]
    call("crawl", write())
    (plan,) = json.loads(call("crawl", write(), "--dry-run", "--format", "json").out)
    assert (plan["way"], plan["known"], plan["urls"]) == ("known", 3, [f"{site.url}/1"])


def test_wrong_arguments_are_told_before_anything_is_fetched(call, site, write):
    done = call("crawl", write("max_pages = 0\n"), "--dry-run")
    assert (done.code, done.err) == (
        2,
        "minebelief: coffee.toml: sources[0].max_pages: found 0; accepted: greater than or equal to 1\n",
    )
    assert site.log == []


def test_a_dry_run_finds_a_spider_that_would_not_start(call, site, write, monkeypatch):
    def unknown(spider, args, settings):
        return scrapy_command("nobody", args, settings)

    monkeypatch.setattr(crawl_plan, "scrapy_command", unknown)
    done = call("crawl", write(), "--dry-run")
    assert done.code == 1
    assert "would fail" in done.out
    assert "nobody" in done.out
    assert "1 of 1 crawls would not start; mend coffee.toml" in done.err
    assert site.log == []


def test_a_source_that_fails_leaves_the_others_alone_and_exits_with_three(call, write):
    more = '[[sources]]\nname = "gone"\nspider = "schema_org"\nurls = ["{url}/gone"]\nallow_local = true\n'
    done = call("crawl", write(more))
    assert done.code == 3
    assert "warning: source 'gone': failed: 1 of 1 page failed (404)" in done.err
    assert "partly gathered: gone failed or needs a look" in done.err
    assert call("crawl", write(more), "--source", "shop").code == 0
    alone = call("crawl", write(more), "--source", "gone")
    assert (alone.code, alone.err.splitlines()[-1]) == (
        1,
        "minebelief: nothing could be gathered: 1 of 1 page failed (404)",
    )


def test_a_public_site_without_a_contact_is_refused_with_the_line_that_sets_it(call, write):
    more = '[[sources]]\nname = "far"\nspider = "schema_org"\nurls = ["https://shop.example.com/"]\n'
    done = call("crawl", write(more))
    assert (done.code, done.out, len(done.err.splitlines())) == (2, "", 1)
    assert "set it with: export MINEBELIEF_CONTACT=you@example.org" in done.err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--source", "shpo"], 2, "has no source 'shpo'; there is shop"),
        (["--contact", "me"], 2, "contact 'me' is neither an e-mail address nor a web address"),
    ],
)
def test_a_mistake_is_told_on_one_line(call, write, arguments, code, message):
    done = call("crawl", write(), *arguments)
    assert (done.code, len(done.err.splitlines())) == (code, 1)
    assert message in done.err


def test_an_industry_of_files_has_nothing_to_crawl(call, write, tmp_path):
    (tmp_path / "files.toml").write_text(
        'industry = "a"\n[companies.bean]\nname = "Bean"\n[[sources]]\nfiles = "a.csv"\ncompany = "bean"\n'
    )
    done = call("crawl", "files.toml")
    assert done.code == 1
    assert "has no site to crawl" in done.err
