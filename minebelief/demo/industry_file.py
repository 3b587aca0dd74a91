"""The industry file of the demo: what a user would write to have the made-up sites read."""

import json
from collections.abc import Iterable, Mapping

from .industry import EMPLOYEE_SITE, REVIEW_SITES, MadeUpIndustry

__all__ = ["INDUSTRY", "industry_file"]

INDUSTRY = "demo-phone"


def industry_file(
    industry: MadeUpIndustry,
    base_urls: Mapping[str, str],
    *,
    employees: bool = True,
    per_company: bool = False,
) -> str:
    """The TOML text of an industry file that has the sites at `base_urls` (see `serve`) crawled.

    A site is one source, so that companies can be compared over the sources that they share; the company of
    a review is then read from the page. With `per_company`, each site and company is a source of its own,
    with the company given.
    """
    catalogue = industry.catalogue
    lines = [
        "# Everything in this industry is made up: the companies, the people and every review.",
        f"industry = {_quoted(INDUSTRY)}",
        f"title = {_quoted(catalogue.title)}",
        "made_up = true",
        f"beliefs = {_list(hunch.text for hunch in catalogue.hunches)}",
        f"values = {_list(value.text for value in catalogue.values)}",
        f"purpose = {_quoted(catalogue.purpose)}",
    ]
    for company in catalogue.companies:
        lines += ["", f"[companies.{company.key}]", f"name = {_quoted(company.name)}"]
        lines += [f"aliases = {_list(company.aliases)}"]
        lines += ["ours = true"] if company.ours else []
        lines += [f"claims = {_list(claim.text for claim in catalogue.claims_of(company.key))}"]
    for site in (*REVIEW_SITES, EMPLOYEE_SITE)[: None if employees else -1]:
        kind = "employee" if site == EMPLOYEE_SITE else "review"
        starts = {company.key: f"{base_urls[site]}{first_path(site, company.key)}" for company in catalogue.companies}
        if per_company:
            for key, url in starts.items():
                lines += _source(f"{site}-{key}", kind, [url], company=key)
        else:
            lines += _source(site, kind, list(starts.values()))
    return "\n".join(lines) + "\n"


def first_path(site: str, company: str) -> str:
    """Where the pages of a company begin on a site."""
    return {
        "plainly": f"/reviews/{company}",
        "tenpoint": f"/c/{company}",
        "shelfmark": f"/products/{company}/",
        EMPLOYEE_SITE: f"/employers/{company}",
    }[site]


def _source(name: str, kind: str, urls: list[str], company: str | None = None) -> list[str]:
    lines = ["", "[[sources]]", f"name = {_quoted(name)}", 'spider = "schema_org"']
    lines += [f"company = {_quoted(company)}"] if company else []
    lines += [f"kind = {_quoted(kind)}"] if kind != "review" else []
    return [*lines, f"urls = {_list(urls)}", "allow_local = true"]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a JSON string is a TOML basic string


def _list(texts: Iterable[str]) -> str:
    return json.dumps(list(texts), ensure_ascii=False)
