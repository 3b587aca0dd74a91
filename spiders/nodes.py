"""The structured data of a page as nodes, whatever syntax it is written in.

A node is a dictionary shaped like JSON-LD: ``@type`` and ``@id`` beside properties by their schema.org names.
Each reader below takes the parsed page and returns the nodes that stand at its top; one broken script or
syntax never costs the others.
"""

import logging
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias
from urllib.parse import urljoin

import lxml.etree  # type: ignore[import-untyped]
import lxml.html  # type: ignore[import-untyped]

from .lenient_json import loads

__all__ = ["READERS", "Node", "Tree", "parse_html", "types"]

Node = dict[str, Any]
Tree: TypeAlias = lxml.html.HtmlElement

_MAX_DEPTH = 60
_log = logging.getLogger(__name__)


def parse_html(text: str) -> Tree:
    """The page as a tree; an empty page is an empty tree, never an error."""
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    data = text.replace("\x00", "").encode("utf-8", "replace")
    try:
        tree = lxml.html.document_fromstring(data, parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError):
        tree = lxml.html.document_fromstring("<html></html>")
    return tree


def types(node: Node) -> list[str]:
    """The names of a node's types, without their vocabulary (``https://schema.org/Review`` gives
    ``Review``).
    """
    found = node.get("@type")
    if not found:
        return []
    if isinstance(found, str):
        return [_local(found)]
    return [_local(name) for name in (found if isinstance(found, list) else [found]) if isinstance(name, str)]


@lru_cache(maxsize=4096)
def _local(name: str) -> str:
    return re.split(r"[/#:]", name.rstrip("/#"))[-1]


# --- JSON-LD --------------------------------------------------------------------------------------


def json_ld(tree: Tree, url: str) -> list[Node]:
    """Every node of every JSON-LD script that can be read at all."""
    nodes: list[Node] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = script.text_content()
        if not text.strip():
            continue
        try:
            value = loads(text)
        except ValueError as error:
            _log.debug("JSON-LD of %s not readable: %s", url, error)
            continue
        nodes += [node for node in (value if isinstance(value, list) else [value]) if isinstance(node, dict)]
    return nodes


# --- microdata ------------------------------------------------------------------------------------

_SOURCES = {"audio", "embed", "iframe", "img", "source", "track", "video"}
_LINKS = {"a", "area", "link"}
# Properties whose value is words even where a site puts them on a link.
_WORDS = {
    "author",
    "name",
    "reviewer",
    "reviewBody",
    "description",
    "headline",
    "itemReviewed",
    "ratingValue",
}


def microdata(tree: Tree, url: str) -> list[Node]:
    """Every item that is no property of another one."""
    seen: set[Tree] = set()
    tops = tree.xpath("//*[@itemscope][not(@itemprop) or not(ancestor::*[@itemscope])]")
    return [_item(element, url, seen, 0) for element in tops]


def _item(element: Tree, url: str, seen: set[Tree], depth: int) -> Node:
    node: Node = {}
    if element in seen or depth > _MAX_DEPTH:
        return node
    seen.add(element)
    if names := (element.get("itemtype") or "").split():
        node["@type"] = names if len(names) > 1 else names[0]
    if item_id := (element.get("itemid") or "").strip():
        node["@id"] = urljoin(url, item_id)
    for owned in _properties(element):
        value = _value(owned, url, seen, depth)
        for name in owned.get("itemprop", "").split():
            if name not in node:
                node[name] = value
            elif isinstance(node[name], list):
                node[name].append(value)
            else:
                node[name] = [node[name], value]
    return node


def _properties(element: Tree) -> Iterator[Tree]:
    """The elements that are properties of this item and of no item within it, in document order."""
    pending = list(reversed(element))
    for reference in (element.get("itemref") or "").split():
        found = element.getroottree().getroot().xpath("//*[@id=$name]", name=reference)
        pending = found[:1] + pending
    while pending:
        child = pending.pop()
        if not isinstance(child.tag, str):
            continue
        if child.get("itemprop"):
            yield child
        if child.get("itemscope") is None:
            pending.extend(reversed(child))


def _value(element: Tree, url: str, seen: set[Tree], depth: int) -> Any:
    if element.get("itemscope") is not None:
        return _item(element, url, seen, depth + 1)
    if element.get("content") is not None:
        return element.get("content")
    tag = element.tag
    if tag in _SOURCES:
        return urljoin(url, (element.get("src") or "").strip())
    if tag in _LINKS and element.get("href") and not _WORDS.intersection(element.get("itemprop").split()):
        return urljoin(url, element.get("href").strip())
    if tag == "time" and element.get("datetime"):
        return element.get("datetime")
    if tag in ("data", "meter") and element.get("value"):
        return element.get("value")
    return _inner_html(element)


def _inner_html(element: Tree) -> str:
    parts = [element.text or ""]
    parts += [lxml.html.tostring(child, encoding="unicode") for child in element]
    text = "".join(parts)
    # Line breaks of the source are no line breaks of the text.
    return re.sub(r"\s+", " ", text)


# --- microformats and RDFa, as extruct gives them -------------------------------------------------


def microformats(tree: Tree, url: str) -> list[Node]:
    """hReview and h-review."""
    token = "contains(concat(' ', normalize-space(@class), ' '), ' {} ')"
    if not tree.xpath(f"//*[{token.format('hreview')} or {token.format('h-review')}]"):
        return []
    import extruct  # loads two HTML libraries and an RDF store, which most crawls never need

    if tree.xpath(f"//*[{token.format('value-title')}][@title]"):
        tree = _with_titles(tree)
    found = extruct.MicroformatExtractor().extract(lxml.html.tostring(tree, encoding="unicode"), base_url=url)
    return [_from_microformat(item, 0) for item in found]


def _with_titles(tree: Tree) -> Tree:
    """A copy in which the title of an element of the class ``value-title`` stands for all that its parent holds."""
    tree = deepcopy(tree)
    for element in tree.xpath("//*[contains(concat(' ', normalize-space(@class), ' '), ' value-title ')][@title]"):
        parent, title = element.getparent(), element.get("title")
        if parent is not None:
            parent[:] = []
            parent.text = title
    return tree


def _from_microformat(item: Any, depth: int) -> Any:
    if not isinstance(item, dict) or depth > _MAX_DEPTH:
        return item
    if "properties" not in item:
        return item.get("html") or item.get("value")
    names = {
        "content": "reviewBody",
        "description": "reviewBody",
        "summary": "name",
        "rating": "reviewRating",
        "published": "datePublished",
        "reviewed": "datePublished",
        "dtreviewed": "datePublished",
        "item": "itemReviewed",
        "reviewer": "author",
        "best": "bestRating",
        "worst": "worstRating",
        "uid": "identifier",
    }
    node: Node = {"@type": [_FORMATS.get(kind, kind) for kind in item.get("type", [])]}
    for name, values in item["properties"].items():
        entries = [_from_microformat(value, depth + 1) for value in values]
        node.setdefault(names.get(name, name), entries[0] if len(entries) == 1 else entries)
    for child in item.get("children", []):
        node.setdefault("children", []).append(_from_microformat(child, depth + 1))
    return node


_FORMATS = {
    "h-review": "Review",
    "h-card": "Person",
    "h-product": "Product",
    "h-review-aggregate": "AggregateRating",
}


def rdfa(tree: Tree, url: str) -> list[Node]:
    """RDFa."""
    if not tree.xpath("//*[contains(@typeof, 'Review') and not(contains(@typeof, 'ggregate'))]"):
        return []
    import extruct  # as above

    text = lxml.html.tostring(tree, encoding="unicode")
    found = extruct.RDFaExtractor().extract(text, base_url=url, expanded=True)
    return [{_property(key): _opened(value) for key, value in node.items()} for node in found]


def _property(key: str) -> str:
    return key if key.startswith("@") else _local(key)


def _opened(value: Any) -> Any:
    if isinstance(value, list):
        return _opened(value[0]) if len(value) == 1 else [_opened(entry) for entry in value]
    if isinstance(value, dict) and "@value" in value:
        return value["@value"]
    return value


@dataclass(frozen=True, slots=True)
class Reader:
    """How one syntax is read, and words of which a page that has a review in it holds one, in lower case."""

    syntax: str
    words: tuple[str, ...]
    nodes: Callable[[Tree, str], list[Node]]


#: The syntaxes in the order in which their word is taken where two tell of the same review.
READERS = (
    Reader("json-ld", ("ld+json",), json_ld),
    Reader("microdata", ("itemtype",), microdata),
    Reader("microformat", ("hreview", "h-review"), microformats),
    Reader("rdfa", ("typeof",), rdfa),
)
