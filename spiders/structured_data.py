"""From a page to the customers' reviews that it marks up. Pure: no network, no clock.

JSON-LD, microdata, microformats and RDFa are read into nodes (``nodes``), every node that is a review is
found wherever it hangs, normalised (``normalise``), screened (``screening``) and given its identity
(``identity``).
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from .identity import canonical, identify, own_id, same_review, text_key
from .items import Rejected, Review
from .nodes import READERS, Node, Tree, parse_html, types
from .normalise import (
    DayOrder,
    author_name,
    clean_text,
    day_order,
    language_code,
    parse_date,
    parse_rating,
    scalar,
)
from .screening import description_key, is_description, is_editorial, is_placeholder

__all__ = ["Extraction", "Page", "extract_reviews"]

_MAX_DEPTH = 60
_BODIES = ("reviewBody", "description", "text")
_DATES = ("datePublished", "dateCreated", "uploadDate", "dtreviewed", "date")
# What hangs on a review and holds no other; not to look there halves the time of looking.
_PARTS = {"author", "image", "publisher", "reviewRating"}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was fetched. ``fetched_at`` is in UTC without a zone."""

    html: str
    url: str
    fetched_at: datetime
    company: str | None = None
    kind: str = "review"


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a page holds. ``found`` counts the customers' reviews before repetitions on the page were
    joined.
    """

    reviews: tuple[Review, ...]
    rejected: tuple[Rejected, ...]
    found: int = 0


@dataclass(frozen=True, slots=True)
class _Found:
    """A review's node with the node of what it is about."""

    node: Node
    about: Node | None
    alone: bool


@dataclass(frozen=True, slots=True)
class _Context:
    """What the whole page says that one review alone does not."""

    page: Page
    language: str | None
    order: DayOrder
    descriptions: set[str]
    repeated: set[str]


def extract_reviews(page: Page) -> Extraction:
    """The customers' reviews of a page, each once, and what was marked up as a review but is none."""
    return extract_from_tree(parse_html(page.html), page)


def extract_from_tree(tree: Tree, page: Page) -> Extraction:
    """:func:`extract_reviews` for a page that is parsed already."""
    by_syntax: dict[str, list[Node]] = {}
    text = page.html.lower()
    for reader in READERS:
        if not any(word in text for word in reader.words):
            continue
        try:
            by_syntax[reader.syntax] = reader.nodes(tree, page.url)
        except Exception as error:  # a library met what it cannot read: the other syntaxes remain
            _log.warning("%s of %s not readable: %r", reader.syntax, page.url, error)
    found = {syntax: list(_find(nodes)) for syntax, nodes in by_syntax.items()}
    everything = [entry for entries in found.values() for entry in entries]
    if not everything:
        return Extraction((), ())
    context = _context(tree, page, by_syntax.values(), everything)

    reviews: list[Review] = []
    rejected: list[Rejected] = []
    count = 0
    for entries in found.values():
        told = [_read(entry, context, place) for place, entry in enumerate(entries)]
        rejected += [entry for entry in told if isinstance(entry, Rejected)]
        customers = [entry for entry in told if isinstance(entry, Review)]
        count = max(count, len(customers))
        reviews = _joined(reviews, customers)
    return Extraction(tuple(reviews), tuple(dict.fromkeys(rejected)), max(count, len(reviews)))


# --- finding --------------------------------------------------------------------------------------


def _find(nodes: list[Node]) -> Iterator[_Found]:
    """Every review among ``nodes`` once, in order, with what it is about; references by ``@id`` are
    followed.
    """
    index: dict[str, Node] = {}
    for node in _walk(nodes):
        name = node.get("@id")
        if isinstance(name, str) and len(node) > len(index.get(name, ())) and _is_more(node):
            index[name] = node
    yielded: set[int] = set()

    def visit(value: Any, about: Node | None, named: bool, depth: int) -> Iterator[_Found]:
        if depth > _MAX_DEPTH:
            return
        if isinstance(value, list):
            for entry in value:
                yield from visit(entry, about, named, depth + 1)
            return
        if not isinstance(value, dict):
            return
        value = _resolved(value, index)
        is_review = _is_review(value, named)
        if is_review:
            if id(value) in yielded:
                return
            yielded.add(id(value))
            reviewed = value.get("itemReviewed")
            reviewed = _resolved(reviewed, index) if isinstance(reviewed, dict) else None
            yield _Found(_filled(value, index), reviewed or about, alone=about is None)
            about = None
        elif id(value) in open_nodes:
            return
        open_nodes.add(id(value))
        for key, entry in value.items():
            if isinstance(entry, dict | list) and not (is_review and key in _PARTS):
                yield from visit(entry, value, _key(key) in ("review", "reviews"), depth + 1)
        open_nodes.discard(id(value))

    open_nodes: set[int] = set()
    # What hangs on a product knows its product; so nested reviews first, then those that stand alone.
    nested = [node for node in nodes if not _is_review(node, False)]
    alone = [node for node in nodes if _is_review(node, False)]
    for node in nested + alone:
        yield from visit(node, None, False, 0)


def _walk(value: Any) -> Iterator[Node]:
    """Every node in ``value``, at any depth up to a bound."""
    level = [value]
    for _ in range(_MAX_DEPTH):
        inner: list[Any] = []
        for entry in level:
            if isinstance(entry, dict):
                yield entry
                inner += [part for part in entry.values() if isinstance(part, dict | list)]
            elif isinstance(entry, list):
                inner += entry
        if not inner:
            return
        level = inner


def _is_more(node: Node) -> bool:
    return any(key not in ("@id", "@type") for key in node)


def _resolved(node: Node, index: dict[str, Node]) -> Node:
    name = node.get("@id")
    return index.get(name, node) if isinstance(name, str) and not _is_more(node) else node


def _filled(review: Node, index: dict[str, Node]) -> Node:
    """The review with its references replaced by what they refer to; sites also write ``ReviewRating``."""
    filled: Node = {}
    for name, value in review.items():
        if value not in (None, "", [], {}):
            filled.setdefault(_key(name), _resolved(value, index) if isinstance(value, dict) else value)
    return filled


def _key(name: str) -> str:
    return name[:1].lower() + name[1:]


def _is_review(node: Node, named: bool) -> bool:
    names = types(node)
    if any(name.endswith("Review") for name in names):
        return True
    return named and not names and any(_get(node, name) for name in ("reviewBody", "reviewRating"))


def _get(node: Node, *names: str) -> Any:
    """The first property of these names that says something."""
    for name in names:
        value = node.get(name)
        if value not in (None, "", [], {}):
            return value
    return None


# --- reading --------------------------------------------------------------------------------------


def _context(tree: Tree, page: Page, syntaxes: Iterable[list[Node]], found: list[_Found]) -> _Context:
    tag = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    descriptions = {
        description_key(node["description"])
        for nodes in syntaxes
        for node in _walk(nodes)
        if node.get("description") and not _is_review(node, True)
    }
    metas = tree.xpath("//meta[@name='description' or @property='og:description']/@content")
    descriptions = {key for key in descriptions | set(map(description_key, metas)) if len(key) > 20}
    order = day_order((_get(entry.node, *_DATES) for entry in found), tag)
    ids = [own_id(_get(entry.node, "identifier", "@id"), page.url) for entry in found]
    addresses = [_own_address(entry.node, page.url) for entry in found]
    repeated = {name for names in (ids, addresses) for name in names if name and names.count(name) > 1}
    return _Context(page, tag, order, descriptions, repeated)


def _own_address(node: Node, page_url: str) -> str | None:
    """The review's own address, where it is not just that of its page."""
    address = scalar(_get(node, "url"))
    if not isinstance(address, str) or not address.strip():
        return None
    address = urljoin(page_url, address.strip())
    if not address.startswith(("http://", "https://")):
        return None
    if canonical(address) in (canonical(page_url), canonical(page_url.partition("?")[0])):
        return address if own_id(address, page_url) else None
    return address


def _read(found: _Found, context: _Context, place: int) -> Review | Rejected:
    node, page = found.node, context.page
    body = clean_text(_get(node, *_BODIES))
    title = clean_text(_get(node, "headline", "name"))
    address = _own_address(node, page.url)
    if address and canonical(address, fragment=True) in context.repeated | {address} & context.repeated:
        address = None
    url = address or page.url
    excerpt = (body or title or "")[:120]
    if is_editorial(node, found.about, alone=found.alone):
        return Rejected(url, "editorial review, not a customer's", excerpt)

    reason = "neither text nor rating"
    if body and is_placeholder(body):
        body, reason = None, "placeholder text"
    elif body and is_description(body, context.descriptions):
        body, reason = None, "the text is the product's description"
    title = _own_title(title, body, found)
    rating_node = _get(node, "reviewRating", "rating")
    if isinstance(rating_node, list):
        rating_node = next((entry for entry in rating_node if not _is_aspect(entry)), rating_node[0])
    if isinstance(rating_node, dict):
        value = _get(rating_node, "ratingValue", "value", "average")
        rating = parse_rating(value, _get(rating_node, "bestRating", "best"), _get(rating_node, "worstRating", "worst"))
    else:
        rating = parse_rating(
            _get(node, "ratingValue") or rating_node, _get(node, "bestRating"), _get(node, "worstRating")
        )
    if body is None and title is None and rating is None:
        return Rejected(url, reason, excerpt)

    native = own_id(_get(node, "identifier", "@id"), page.url)
    if native in context.repeated:
        native = None
    if native is None and address:
        native = canonical(address, fragment="#" in address)
    tag = language_code(_get(node, "inLanguage"), context.language)
    employee = any(name == "EmployerReview" for name in types(node))
    review = Review(
        company=page.company or _reviewed_company(found.about) or _name(_get(node, "itemReviewed")),
        url=url,
        kind="employee" if employee and page.kind == "review" else page.kind,
        rating=rating.value if rating else None,
        scale=rating.scale if rating else None,
        stars=rating.stars if rating else None,
        title=title,
        body=body,
        reply=_reply(node),
        author=author_name(_get(node, "author", "reviewer", "creator")),
        language=tag,
        published_at=parse_date(_get(node, *_DATES), page.fetched_at, context.language, context.order),
        native_id=native,
    )
    return review if native else replace(review, native_id=identify(review, None, place=place))


def _reviewed_company(about: Node | None) -> str | None:
    """The company that the page says is reviewed: the maker of a product, else what is reviewed."""
    for maker in ("brand", "manufacturer", "provider", "hiringOrganization"):
        if name := _name(_get(about or {}, maker)):
            return name
    return _name(about)


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    text = clean_text(_get(value, "name", "@value") if isinstance(value, dict) else value)
    return " ".join(text.split()) if text else None


def _is_aspect(rating: Any) -> bool:
    return isinstance(rating, dict) and bool(rating.get("reviewAspect"))


def _own_title(title: str | None, body: str | None, found: _Found) -> str | None:
    """The title, unless it only repeats the body's beginning or the name of what is reviewed."""
    if title is None or is_placeholder(title):
        return None
    key = text_key(title)
    if body and text_key(body).startswith(key) and (title.endswith(("…", "...")) or key == text_key(body)):
        return None
    about = found.about or {}
    names = (clean_text(about.get("name")), clean_text(found.node.get("itemReviewed")))
    return None if key in {text_key(name) for name in names if name} else title


def _reply(node: Node) -> str | None:
    """The company's answer, where the site marks it up."""
    answer = _get(node, "comment", "reply", "response")
    if isinstance(answer, list):
        answer = answer[0]
    return clean_text(_get(answer, "text", "description")) if isinstance(answer, dict) else None


# --- joining --------------------------------------------------------------------------------------


def _joined(first: list[Review], second: list[Review]) -> list[Review]:
    """Two syntaxes' reviews as one list; within one syntax, records with the same id are one."""
    unique = list({review.native_id: review for review in reversed(second)}.values())[::-1]
    free = set(range(len(first)))
    joined = list(first)
    for review in unique:
        place = next((i for i in sorted(free) if same_review(joined[i], review)), None)
        if place is None:
            joined.append(review)
        else:
            free.discard(place)
            joined[place] = _completed(joined[place], review)
    return joined


def _completed(one: Review, other: Review) -> Review:
    """``one`` with what only ``other`` has, and the longer of the two texts."""
    own = {field.name: getattr(one, field.name) for field in fields(Review)}
    missing = {name: getattr(other, name) for name, value in own.items() if value is None}
    if one.rating is not None:
        missing.pop("scale", None)
    if one.body and other.body and len(other.body) > len(one.body) * 1.1:
        missing["body"] = other.body
    return replace(one, **missing)
