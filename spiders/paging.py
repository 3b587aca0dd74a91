"""How a site leads from one page of reviews to the next. Pure functions."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from .nodes import Tree

__all__ = ["next_pages", "page_patterns"]

# A number 2 that is the whole value of a parameter or stands in a path after a word for page.
_SECOND = re.compile(
    r"(?<=[?&]page=)2(?!\d)|(?<=[?&]p=)2(?!\d)|(?<=[?&]pg=)2(?!\d)|(?<=[?&]pageNumber=)2(?!\d)"
    r"|(?<=[?&]page_number=)2(?!\d)|(?<=/page/)2(?!\d)|(?<=/page-)2(?!\d)|(?<=/page)2(?!\d)|(?<=/p)2(?=[/?#]|\Z)"
)


def next_pages(tree: Tree, url: str) -> list[str]:
    """Where a page says that its next page is, each address once."""
    links = tree.xpath(
        "//*[self::link or self::a][contains(concat(' ', translate(@rel, 'NEXT', 'next'), ' '), ' next ')]/@href"
    )
    return list(dict.fromkeys(_absolute(tree, url, links)))


def page_patterns(tree: Tree, url: str) -> list[str]:
    """Addresses with ``{page}`` for the number that the links of a page to a second page suggest."""
    found = []
    for address in _absolute(tree, url, tree.xpath("//a/@href")):
        if urlsplit(address).netloc == urlsplit(url).netloc and (match := _SECOND.search(address)):
            found.append(address[: match.start()] + "{page}" + address[match.end() :])
    return list(dict.fromkeys(found))


def _absolute(tree: Tree, url: str, links: list[str]) -> Iterator[str]:
    base = urljoin(url, tree.xpath("string(//base/@href)"))
    for link in links:
        if link.strip() not in ("", "#"):
            try:
                yield urljoin(base, link.strip())
            except ValueError:  # such as a bracket that is not closed
                continue
