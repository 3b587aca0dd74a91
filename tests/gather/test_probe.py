"""What is said of sites with a spider of their own, before anything is gathered."""

import tomllib

import pytest
from apis import FAST, apple, cfpb, in_json, steam
from made_up_answers import ADDONS, APPLE, CFPB, SEARCH, STORE, app_reviews, complaints, players
from mapped_hosts import mapped

from minebelief.gather.known_sites import KnownSite, known_site
from minebelief.gather.probe import probe_site
from minebelief.industry import load_industry

RUST = {"apps": [252490]}
LOANS = {"product": ["Vehicle loan or lease"], "companies": ["ACME AUTO, INC."], "search_term": "late fee"}
ASKED = "product=Vehicle%20loan%20or%20lease&company=ACME+AUTO%2C+INC."


@pytest.mark.parametrize(
    ("url", "spider", "args", "name"),
    [
        ("https://store.steampowered.com/app/252490/Rust_Remade/?l=german", "steam", RUST, "Rust Remade"),
        ("https://store.steampowered.com/app/252490", "steam", RUST, None),
        ("https://store.steampowered.com/appreviews/252490?json=1&cursor=*", "steam", RUST, None),
        (
            "https://store.steampowered.com/appreviews/252490?json=1&language=all",
            "steam",
            {**RUST, "language": "all"},
            None,
        ),
        ("https://steamcommunity.com/app/252490/reviews/", "steam", RUST, None),
        ("https://api.steampowered.com/IUserReviewsService/GetAppReviews/v1/?appid=252490", "steam", RUST, None),
        (
            "https://api.steampowered.com/IUserReviewsService/GetAppReviews/v1/?input_json=%7B%22appid%22:252490%7D",
            "steam",
            RUST,
            None,
        ),
        (f"https://{CFPB}{SEARCH}?{ASKED}&search_term=late+fee&size=10", "cfpb", LOANS, None),
        (
            f"https://{CFPB}/data-research/consumer-complaints/search/?{ASKED}&searchText=late%20fee",
            "cfpb",
            LOANS,
            None,
        ),
        ("https://addons.mozilla.org/en-US/firefox/addon/a-pass/", "mozilla_addons", {"addons": ["a-pass"]}, "a-pass"),
        (
            "https://addons.mozilla.org/de/firefox/addon/a-pass/reviews/?score=1",
            "mozilla_addons",
            {"addons": ["a-pass"]},
            "a-pass",
        ),
        (
            "https://addons.mozilla.org/api/v5/ratings/rating/?addon=a-pass&page=2",
            "mozilla_addons",
            {"addons": ["a-pass"]},
            "a-pass",
        ),
        (
            "https://addons.mozilla.org/api/v5/addons/addon/a-pass/",
            "mozilla_addons",
            {"addons": ["a-pass"]},
            "a-pass",
        ),
        (
            "https://apps.apple.com/gb/app/a-game/id497799835?see-all=reviews",
            "app_store",
            {"apps": [497799835], "countries": ["gb"]},
            "a game",
        ),
        (
            "https://itunes.apple.com/de/rss/customerreviews/page=1/id=497799835/sortby=mostrecent/json",
            "app_store",
            {"apps": [497799835], "countries": ["de"]},
            None,
        ),
    ],
)
def test_a_site_with_a_spider_of_its_own_is_known_by_its_address(url, spider, args, name):
    assert known_site(url) == KnownSite(spider, args, name)


@pytest.mark.parametrize(
    "url",
    [
        "https://store.steampowered.com/",
        "https://store.steampowered.com/app/rust/",
        "https://api.steampowered.com/x/?input_json=%7B",
        "https://api.steampowered.com/x/?input_json=%5B1%5D",
        "https://addons.mozilla.org/en-US/firefox/",
        "https://addons.mozilla.org/api/v5/addons/search/",
        "https://apps.apple.com/us/charts",
        "https://www.consumerfinance.gov/",
        "https://shop.example/app/252490",
        "https://[",
    ],
)
def test_other_addresses_are_read_as_any_page(url):
    assert known_site(url) is None


@pytest.fixture
def look(apis, monkeypatch):
    """Look at an address of the rebuilt APIs."""
    settings = {**FAST, **mapped(apis.port, monkeypatch)}
    return lambda url: probe_site(url, contact="me@example.org", settings=settings)


def source_of(report, tmp_path):
    """The one source that the lines of a report make, with its industry."""
    path = tmp_path / "it.toml"
    path.write_text(f'industry = "it"\n{report.lines}', encoding="utf-8")
    industry = load_industry(path)
    (source,) = industry.sources
    return industry, source


def test_a_game_on_steam(apis, look, tmp_path):
    apis.route(STORE, "/appreviews/", steam(players(350)))
    report = look("https://store.steampowered.com/app/252490/Rust/")
    assert (report.spider, report.reviews, report.paging, report.newest_first) == ("steam", 300, "api", True)
    assert [page["reviews"] for page in report.pages] == [100, 100, 100]
    assert (report.fields["author"], report.fields["reply"], report.scales) == (300, 1, (1.0,))
    industry, source = source_of(report, tmp_path)
    assert (source.company, list(industry.companies)) == ("rust", ["rust"])


def test_a_search_for_complaints(apis, look, tmp_path):
    apis.route(CFPB, SEARCH, cfpb(complaints(30)))
    report = look(f"https://{CFPB}{SEARCH}?product=Vehicle+loan+or+lease&size=1")
    assert (report.spider, report.reviews, report.because) == ("cfpb", 30, "")
    assert sorted(report.companies) == ["ACME AUTO FINANCE, INC.", "OTHER LENDER LLC"]
    industry, source = source_of(report, tmp_path)
    assert sorted(industry.companies) == ["acme-auto-finance-inc", "other-lender-llc"]
    assert source.company is None


def test_an_app_and_an_add_on(apis, look, tmp_path, made_by_hand):
    apis.route(APPLE, "/us/rss/", apple(app_reviews(20)))
    report = look("https://apps.apple.com/us/app/quick-eats/id1")
    assert (report.spider, report.reviews, report.fields["title"]) == ("app_store", 20, 20)
    assert source_of(report, tmp_path)[1].company == "quick-eats"
    pages = made_by_hand("mozilla_addons_ratings.json")["pages"]
    apis.route(ADDONS, "/api/v5/", lambda _, query: in_json(pages[int(query.get("page", ["1"])[0]) - 1]))
    report = look("https://addons.mozilla.org/en-US/firefox/addon/keyring-demo/")
    assert (report.reviews, report.scales, sum(report.rejected.values())) == (4, (5.0,), 2)
    assert tomllib.loads(report.lines)["sources"][0]["addons"] == ["keyring-demo"]


def test_where_an_api_gives_nothing_it_is_said_why(apis, look):
    apis.route(APPLE, "/us/rss/", apple([]))
    assert look("https://apps.apple.com/us/app/quick-eats/id1").because == "it gives no reviews for this address"
    apis.route(APPLE, "/us/rss/", lambda *_: (403, {}, b"no"))
    report = look("https://apps.apple.com/us/app/quick-eats/id1")
    assert (report.because, report.lines) == ("the page could not be had: 403", "")
