"""The made-up sites show every review, in their own ways, and can be read with the usual tools."""

import json
import re
import tomllib
from dataclasses import replace
from datetime import date, timedelta
from urllib.error import HTTPError
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest
from extruct.jsonld import JsonLdExtractor
from extruct.w3cmicrodata import MicrodataExtractor

from minebelief.demo import generate, industry_file, serve
from minebelief.demo.industry import EMPLOYEE_SITE, REVIEW_SITES
from minebelief.demo.pages import PER_PAGE, SITES, MadeUpSite
from minebelief.errors import CrawlError

TODAY = date(2026, 1, 15)


@pytest.fixture(scope="module")
def industry():
    return generate(seed=3, reviews=900)


@pytest.fixture(scope="module")
def urls(industry):
    with serve(industry, today=TODAY) as urls:
        yield urls


def fetch(url):
    with urlopen(url) as answer:
        return answer.read().decode()


def follow(url):
    """All pages of a listing, by their rel=next links."""
    while url:
        page = fetch(url)
        yield page
        link = re.search(r'rel="next" href="([^"]+)"', page)
        url = urljoin(url, link[1].replace("&amp;", "&")) if link else None


def json_ld_reviews(page):
    scripts = re.findall(r'<script type="application/ld\+json">.*?</script>', page, re.DOTALL)
    found = []
    for script in scripts:
        try:
            data = JsonLdExtractor().extract(f"<html><body>{script}</body></html>")
        except json.JSONDecodeError:
            continue
        for node in data:
            nodes = node.get("@graph", [node])
            found += [inner for outer in nodes for inner in outer.get("review", [outer])]
    return [node for node in found if node["@type"] == "Review"]


def microdata_reviews(page):
    items = MicrodataExtractor().extract(page)
    return [item["properties"] for item in items if item["type"] == "https://schema.org/Review"]


@pytest.mark.parametrize("site", [*REVIEW_SITES, EMPLOYEE_SITE])
def test_every_review_of_a_site_is_in_its_markup(industry, urls, site):
    first = MadeUpSite(site, industry, urls[site], TODAY).path
    for company in industry.companies:
        pages = list(follow(urls[site] + first(company.key)))
        read = microdata_reviews if site == "tenpoint" else json_ld_reviews
        nodes = [node for page in pages for node in read(page)]
        shown = industry.of(site, company.key)
        assert [node["identifier"] for node in nodes] == [review.native_id for review in shown]
        assert len(pages) == -(-len(shown) // PER_PAGE[site])
        for node, review in zip(nodes, shown, strict=True):
            words = (review.body or "").split()
            assert (node.get("reviewBody") or "").split() == words
            rating = node["reviewRating"]
            rating = rating.get("properties", rating)
            assert float(str(rating["ratingValue"]).replace(",", ".")) == review.rating
            assert int(rating["bestRating"]) == review.scale


def test_every_review_is_on_some_site(industry):
    shown = sum(len(industry.of(site, c.key)) for site in REVIEW_SITES for c in industry.companies)
    assert shown == len(industry.reviews)


def test_dates_of_the_shop_site_come_in_three_ways_and_mean_the_same(industry, urls):
    kinds = set()
    by_id = {review.native_id: review for review in industry.reviews}
    for company in industry.companies:
        for page in follow(f"{urls['shelfmark']}/products/{company.key}/"):
            for node in json_ld_reviews(page):
                text, published = node["datePublished"], by_id[node["identifier"]].published
                if match := re.fullmatch(r"(\d+) days ago", text):
                    kinds.add("relative")
                    assert TODAY - timedelta(days=int(match[1])) == published
                elif text[0].isdigit():
                    kinds.add("iso")
                    assert text == published.isoformat()
                else:
                    kinds.add("words")
                    assert text == f"{published:%B} {published.day}, {published.year}"
    assert kinds == {"relative", "iso", "words"}


def test_the_shop_site_has_a_broken_script_on_every_page(urls):
    page = fetch(f"{urls['shelfmark']}/products/brambletel/")
    with pytest.raises(json.JSONDecodeError):
        JsonLdExtractor().extract(page)
    assert json_ld_reviews(page)


def test_every_page_says_that_the_industry_is_made_up(industry, urls):
    for name in SITES:
        pages = [fetch(f"{urls[name]}/")]
        if name == "companies":
            pages += [fetch(f"{urls[name]}/{company.key}/") for company in industry.companies]
        else:
            pages += [fetch(urls[name] + MadeUpSite(name, industry, "", TODAY).path("tindrel"))]
        for page in pages:
            assert "<strong>Everything on this page is made up" in page
            assert '<meta name="made-up" content="true">' in page


def test_companies_promise_on_their_own_pages(urls):
    assert "<li>We answer every call within 60 seconds.</li>" in fetch(f"{urls['companies']}/pellowire/")


def test_crawlers_are_welcome_and_wrong_addresses_are_not_found(urls):
    assert fetch(f"{urls['plainly']}/robots.txt") == "User-agent: *\nAllow: /\n"
    listing = "/reviews/tindrel"
    for path in ("/x", "/reviews/nobody", f"{listing}?page=0", f"{listing}?page=9999", f"{listing}?page=a"):
        with pytest.raises(HTTPError, match="404"):
            urlopen(urls["plainly"] + path)


def test_texts_cannot_break_out_of_a_page(industry):
    nasty = '</script><b>"it\'s" & <br/>'
    review = industry.of("plainly", "tindrel")[0]
    for site in (*REVIEW_SITES, EMPLOYEE_SITE):
        changed = replace(review, body=nasty, title=nasty, author=nasty, reply=nasty, site=site)
        other = MadeUpSite(site, replace(industry, reviews=(changed,), employee_reviews=()), "", TODAY)
        page = other.page(other.path("tindrel"))
        read = microdata_reviews if site == "tenpoint" else json_ld_reviews
        (node,) = read(page)
        assert node["reviewBody"] == nasty
        assert nasty not in page


def test_a_port_that_is_taken_is_said_in_one_line(industry, urls):
    port = int(urls["plainly"].rsplit(":", 1)[1])
    with pytest.raises(CrawlError, match=f"127.0.0.1:{port} .*give another port"), serve(industry, port):
        pass


def test_a_free_port_is_held_from_the_moment_it_is_found(industry):
    with serve(industry) as one, serve(industry) as other:
        assert len({*one.values(), *other.values()}) == 2 * len(SITES)


def test_nothing_listens_after_the_context(industry):
    with serve(industry) as urls:
        assert fetch(urls["plainly"] + "/")
    for url in urls.values():
        with pytest.raises(OSError, match="refused"):
            urlopen(url)


@pytest.mark.parametrize("per_company", [False, True])
def test_the_industry_file_names_every_company_on_every_site(industry, urls, per_company):
    table = tomllib.loads(industry_file(industry, urls, per_company=per_company))
    assert table["industry"] == "demo-phone"
    assert table["made_up"] is True
    assert "ade-up" in table["title"]
    assert [key for key, company in table["companies"].items() if company.get("ours")] == ["quillfone"]
    assert len(table["sources"]) == (24 if per_company else 4)
    starts = [url for source in table["sources"] for url in source["urls"]]
    assert len(starts) == 24
    assert all(fetch(url) for url in starts)
    assert {source.get("kind", "review") for source in table["sources"]} == {"review", "employee"}
