"""The made-up sites as HTML: from a path to a page, each site with markup and paging of its own.

==============  =====================================================================================
``plainly``     JSON-LD, one ``@graph`` a page; ratings of 5; ``/reviews/KEY?page=2``; 40 a page
``tenpoint``    microdata; ratings of 10; ``/c/KEY?page=2``; 25 a page
``shelfmark``   JSON-LD, a product with its reviews, beside scripts that are broken; ratings such as ``4,0``;
                dates in three ways, some relative; ``/products/KEY/page/2/``; 50 a page
``breakroom``   employees; JSON-LD, one script for each review; ``/employers/KEY?page=2``; 30 a page
``companies``   the companies' own pages, plain HTML with claims; ``/KEY/``
==============  =====================================================================================

Every page says, for people and in a meta tag, that the industry is made up.
"""

import json
import re
from calendar import month_name
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any
from urllib.parse import parse_qs, urlsplit

from .industry import EMPLOYEE_SITE, MadeUpIndustry
from .matter import PhoneCompany
from .review import MadeUpReview

__all__ = ["COMPANY_SITE", "PER_PAGE", "SITES", "MadeUpSite"]

COMPANY_SITE = "companies"
PER_PAGE = {"plainly": 40, "tenpoint": 25, "shelfmark": 50, EMPLOYEE_SITE: 30}
SITES = (*PER_PAGE, COMPANY_SITE)

_NOTE = "Everything on this page is made up: the companies, the people and every review."
_PATHS = {
    "plainly": r"/reviews/(?P<key>[a-z]+)",
    "tenpoint": r"/c/(?P<key>[a-z]+)",
    "shelfmark": r"/products/(?P<key>[a-z]+)/(?:page/(?P<page>[0-9]+)/)?",
    EMPLOYEE_SITE: r"/employers/(?P<key>[a-z]+)",
}
_BROKEN = (
    '{"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": [{"position": 1,',
    '{"@type": "WebPage", "name": "Reviews" "inLanguage": en}',
)
_RELATIVE_DAYS = range(3, 27)  # of a month: a crawl that runs past midnight stays in the right month


@dataclass(frozen=True)
class MadeUpSite:
    """One of `SITES`; ``base`` is its address, no slash at its end; relative dates refer to ``today``."""

    name: str
    industry: MadeUpIndustry
    base: str
    today: date

    def page(self, target: str) -> str | None:
        """The HTML at `target` (a path with its query), None where there is nothing."""
        address = urlsplit(target)
        if address.path == "/":
            return self._front()
        if self.name == COMPANY_SITE:
            return self._company_page(address.path)
        match = re.fullmatch(_PATHS[self.name], address.path)
        if match is None:
            return None
        given = match.groupdict().get("page") or parse_qs(address.query).get("page", ["1"])[0]
        company = next((c for c in self.industry.companies if c.key == match["key"]), None)
        if company is None or not re.fullmatch(r"[0-9]{1,6}", given):
            return None
        return self._list(company, int(given))

    def path(self, company: str, page: int = 1) -> str:
        """Where the `page` of a company's reviews is."""
        if self.name == "shelfmark":
            return f"/products/{company}/" + (f"page/{page}/" if page > 1 else "")
        first = {"plainly": "/reviews/", "tenpoint": "/c/", EMPLOYEE_SITE: "/employers/"}[self.name]
        return f"{first}{company}" + (f"?page={page}" if page > 1 else "")

    def _list(self, company: PhoneCompany, page: int) -> str | None:
        reviews = self.industry.of(self.name, company.key)
        size = PER_PAGE[self.name]
        some = reviews[(page - 1) * size : page * size]
        if page < 1 or not some:
            return None
        makers: dict[str, Callable[[PhoneCompany, Sequence[MadeUpReview], int], str]] = {
            "plainly": self._plainly,
            "tenpoint": self._tenpoint,
            "shelfmark": self._shelfmark,
            EMPLOYEE_SITE: self._breakroom,
        }
        main = makers[self.name](company, some, page)
        last = page * size >= len(reviews)
        return self._frame(f"{company.name}: reviews", main, None if last else self.path(company.key, page + 1))

    def _frame(self, title: str, main: str, following: str | None = None) -> str:
        # Where the next page is stands in the head on one site, in a link of the body on the others.
        head = body = ""
        if following and self.name == "plainly":
            head = f'<link rel="next" href="{escape(self.base + following)}">\n'
        if following:
            body = f'<nav><a rel="next" href="{escape(following)}">Older reviews</a></nav>\n'
        return (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f"<title>{escape(title)} (made up)</title>\n"
            f'<meta name="description" content="{_NOTE}">\n<meta name="made-up" content="true">\n{head}'
            f'</head>\n<body>\n<p class="note"><strong>{_NOTE}</strong></p>\n<h1>{escape(title)}</h1>\n'
            f"{main}{body}</body>\n</html>\n"
        )

    def _front(self) -> str:
        path = (lambda key: f"/{key}/") if self.name == COMPANY_SITE else self.path
        links = "".join(
            f'<li><a href="{path(company.key)}">{escape(company.name)}</a></li>\n'
            for company in self.industry.companies
        )
        return self._frame(self.name.capitalize(), f"<ul>\n{links}</ul>\n")

    def _company_page(self, path: str) -> str | None:
        page = next((page for page in self.industry.pages if path in (f"/{page.company}", f"/{page.company}/")), None)
        if page is None:
            return None
        paragraphs = "".join(f"<p>{escape(text)}</p>\n" for text in page.paragraphs)
        claims = "".join(f"<li>{escape(text)}.</li>\n" for text in page.claims)
        return self._frame(
            page.name,
            f"<h2>{escape(page.headline)}</h2>\n{paragraphs}<h2>What we promise</h2>\n<ul>\n{claims}</ul>\n",
        )

    # --- JSON-LD in one graph -------------------------------------------------------------------------------

    def _plainly(self, company: PhoneCompany, reviews: Sequence[MadeUpReview], page: int) -> str:
        about = f"{self.base}/companies/{company.key}"
        graph: list[dict[str, Any]] = [
            {"@type": "WebSite", "@id": f"{self.base}/#site", "name": "Plainly (made up)"},
            {
                "@type": "Organization",
                "@id": about,
                "name": company.name,
                "aggregateRating": {
                    "@type": "AggregateRating",
                    "ratingValue": _mean(self.industry.of(self.name, company.key)),
                    "bestRating": 5,
                    "reviewCount": len(self.industry.of(self.name, company.key)),
                },
            },
        ]
        graph += [self._json_review(r, {"@id": about}, f"{r.published}T12:00:00+00:00") for r in reviews]
        shown = "".join(
            f'<article id="{review.native_id}"><h3>{escape(review.title or "")}</h3>'
            f"<p>{escape(review.body or '')}</p></article>\n"
            for review in reviews
        )
        return _script({"@context": "https://schema.org", "@graph": graph}) + shown

    def _json_review(self, review: MadeUpReview, about: dict[str, Any], published: str) -> dict[str, Any]:
        found: dict[str, Any] = {
            "@type": "Review",
            "@id": f"{self.base}{self.path(review.company)}#{review.native_id}",
            "identifier": review.native_id,
            "itemReviewed": about,
            "datePublished": published,
            "inLanguage": review.language,
            "reviewRating": {
                "@type": "Rating",
                "ratingValue": int(review.rating),
                "bestRating": review.scale,
                "worstRating": 1,
            },
        }
        if review.author:
            found["author"] = {"@type": "Person", "name": review.author}
        if review.title:
            found["name" if self.name == "plainly" else "headline"] = review.title
        if review.body is not None:
            found["reviewBody"] = review.body
        if review.reply:
            by = {"@type": "Organization", "name": f"{review.company} care"}
            found["comment"] = {"@type": "Comment", "author": by, "text": review.reply}
        return found

    # --- microdata ------------------------------------------------------------------------------------------

    def _tenpoint(self, company: PhoneCompany, reviews: Sequence[MadeUpReview], page: int) -> str:
        items = "".join(self._microdata(review, company) for review in reviews)
        return f'<section class="reviews">\n{items}</section>\n'

    def _microdata(self, review: MadeUpReview, company: PhoneCompany) -> str:
        of = "https://schema.org/"
        parts = [
            f'<article itemscope itemtype="{of}Review" itemid="{self.base}/r/{review.native_id}">',
            f'<meta itemprop="identifier" content="{review.native_id}">',
            f'<div itemprop="itemReviewed" itemscope itemtype="{of}Organization">'
            f'<meta itemprop="name" content="{escape(company.name)}"></div>',
            f'<div itemprop="reviewRating" itemscope itemtype="{of}Rating">'
            f'<b itemprop="ratingValue">{review.rating:.0f}</b> of '
            f'<span itemprop="bestRating">{review.scale}</span>'
            '<meta itemprop="worstRating" content="1"></div>',
            f'<time itemprop="datePublished" datetime="{review.published}">{_in_words(review.published)}</time>',
        ]
        if review.author:
            parts.append(
                f'<span itemprop="author" itemscope itemtype="{of}Person">'
                f'<span itemprop="name">{escape(review.author)}</span></span>'
            )
        if review.language != "en":
            parts.append(f'<meta itemprop="inLanguage" content="{review.language}">')
        if review.title:
            parts.append(f'<h3 itemprop="name">{escape(review.title)}</h3>')
        if review.body is not None:
            lines = "<br>".join(escape(line) for line in review.body.split("\n"))
            parts.append(f'<p itemprop="reviewBody">{lines}</p>')
        if review.reply:
            parts.append(
                f'<div itemprop="comment" itemscope itemtype="{of}Comment">Answer of {escape(company.name)}: '
                f'<span itemprop="text">{escape(review.reply)}</span></div>'
            )
        return "\n".join([*parts, "</article>\n"])

    # --- JSON-LD of a shop, with broken scripts beside it ---------------------------------------------------

    def _shelfmark(self, company: PhoneCompany, reviews: Sequence[MadeUpReview], page: int) -> str:
        product = {
            "@context": "http://schema.org/",
            "@type": "Product",
            "@id": f"{self.base}{self.path(company.key)}",
            "name": company.name,
            "brand": {"@type": "Brand", "name": company.name},
            "aggregateRating": {
                "@type": "AggregateRating",
                "ratingValue": f"{_mean(reviews):.1f}".replace(".", ","),
                "bestRating": "5",
                "reviewCount": str(len(self.industry.of(self.name, company.key))),
            },
            "review": [self._shop_review(review) for review in reviews],
        }
        broken = f'<script type="application/ld+json">{_BROKEN[page % len(_BROKEN)]}</script>\n'
        script = _script(product)
        return broken + script if page % 2 else script + broken

    def _shop_review(self, review: MadeUpReview) -> dict[str, Any]:
        found = self._json_review(review, {}, self._shop_date(review))
        del found["itemReviewed"], found["inLanguage"], found["@id"]
        found["reviewRating"]["ratingValue"] = f"{review.rating:.1f}".replace(".", ",")
        if review.author and len(review.author) % 2:
            found["author"] = review.author
        return found

    def _shop_date(self, review: MadeUpReview) -> str:
        style = sum(review.native_id.encode()) % 8
        ago = (self.today - review.published).days
        if style == 0 and ago > 1 and review.published.day in _RELATIVE_DAYS:
            return f"{ago} days ago"
        return review.published.isoformat() if style < 4 else _in_words(review.published)

    # --- what employees say ---------------------------------------------------------------------------------

    def _breakroom(self, company: PhoneCompany, reviews: Sequence[MadeUpReview], page: int) -> str:
        about = {"@type": "Organization", "name": company.name}
        return "".join(
            _script({"@context": "https://schema.org", **self._json_review(r, about, r.published.isoformat())})
            for r in reviews
        )


def _script(data: dict[str, Any]) -> str:
    # "</script>" inside a text would end the script: "<" is written as JSON's own escape.
    text = json.dumps(data, ensure_ascii=False, indent=1).replace("<", "\\u003c")
    return f'<script type="application/ld+json">\n{text}\n</script>\n'


def _mean(reviews: Sequence[MadeUpReview]) -> float:
    return round(sum(review.stars for review in reviews) / len(reviews), 1)


def _in_words(day: date) -> str:
    return f"{month_name[day.month]} {day.day}, {day.year}"
