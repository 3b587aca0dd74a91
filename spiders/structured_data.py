"""From a page to the customers' reviews that it marks up. Pure: no network, no clock.

JSON-LD, microdata, microformats and RDFa are read into nodes (``nodes``), every node that is a review is
found wherever it hangs, normalised (``normalise``), screened (``screening``) and given its identity
(``identity``).
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from .dates import DayOrder, day_order, parse_date
from .finding import Found, find_reviews, first_of, is_review, walk
from .identity import canonical, identify, own_id, same_review, text_key
from .items import Rejected, Review
from .nodes import READERS, Node, Tree, parse_html, types
from .normalise import (
    author_name,
    clean_text,
    language_code,
    scalar,
)
from .scales import rating_of, unstated_scales
from .screening import (
    ENOUGH_SIGNS,
    description_key,
    editorial_signs,
    is_description,
    is_editorial,
    is_placeholder,
    site_key,
)

__all__ = ["Extraction", "Page", "extract_reviews"]

_BODIES = ("reviewBody", "description", "text")
_DATES = ("datePublished", "dateCreated", "uploadDate", "dtreviewed", "date")
_ARTICLES = ("Article", "BlogPosting")
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
class _Context:
    """What the whole page says that one review alone does not."""

    page: Page
    language: str | None
    order: DayOrder
    descriptions: set[str]
    own: dict[int, tuple[str | None, str | None]]
    repeated: set[str]
    article: bool
    site: frozenset[str]
    writers: frozenset[str]
    sole: bool
    scales: dict[int, float]


def extract_reviews(page: Page) -> Extraction:
    """The customers' reviews of a page, each once, and what was marked up as a review but is none."""
    return extract_from_tree(parse_html(page.html), page)


def extract_from_tree(tree: Tree, page: Page, between: Callable[[], None] = lambda: None) -> Extraction:
    """:func:`extract_reviews` for a page that is parsed already.

    ``between`` is called between one review and the next, and stops the reading by what it raises.
    """
    by_syntax: dict[str, list[Node]] = {}
    text = page.html.lower()
    for reader in READERS:
        if not any(word in text for word in reader.words):
            continue
        try:
            by_syntax[reader.syntax] = reader.nodes(tree, page.url)
        except Exception as error:  # a library met what it cannot read: the other syntaxes remain
            _log.warning("%s of %s not readable: %r", reader.syntax, page.url, error)
    walked = {syntax: list(walk(nodes)) for syntax, nodes in by_syntax.items()}
    found = {syntax: list(find_reviews(nodes, walked[syntax])) for syntax, nodes in by_syntax.items()}
    everything = [entry for entries in found.values() for entry in entries]
    if not everything:
        return Extraction((), ())
    context = _context(tree, page, [node for nodes in walked.values() for node in nodes], everything)

    reviews: list[Review] = []
    rejected: list[Rejected] = []
    count = 0
    for entries in found.values():
        told = _numbered(
            _read(entry, context, signs, between)
            for entry, signs in zip(entries, _signs(entries, context), strict=True)
        )
        rejected += [entry for entry in told if isinstance(entry, Rejected)]
        customers = [entry for entry in told if isinstance(entry, Review)]
        count = max(count, len(customers))
        reviews = _joined(reviews, customers, between)
    return Extraction(tuple(reviews), tuple(dict.fromkeys(rejected)), max(count, len(reviews)))


# --- reading --------------------------------------------------------------------------------------


def _context(tree: Tree, page: Page, nodes: list[Node], found: list[Found]) -> _Context:
    tag = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    descriptions = {
        description_key(node["description"]) for node in nodes if node.get("description") and not is_review(node, True)
    }
    metas = tree.xpath("//meta[@name='description' or @property='og:description']/@content")
    # A short one may be what a customer says, too, unless it is the description of the very thing.
    descriptions = {key for key in descriptions | set(map(description_key, metas)) if len(key) > 20}
    descriptions |= {description_key((entry.about or {}).get("description")) for entry in found} - {""}
    order = day_order((first_of(entry.node, *_DATES) for entry in found), tag)
    own = {
        id(entry.node): (
            own_id(first_of(entry.node, "identifier", "@id"), page.url),
            _own_address(entry.node, page.url),
        )
        for entry in found
    }
    names = [Counter(told) for told in zip(*own.values(), strict=True)]
    repeated = {name for counts in names for name, count in counts.items() if name and count > 1}
    articles = [node for node in nodes if _is_article(node)]
    article = bool(articles or tree.xpath("//meta[@property='og:type' and contains(@content, 'article')]"))
    writers = frozenset(name for node in articles if (name := author_name(node.get("author"))))
    host = (urlsplit(page.url).hostname or "").removeprefix("www.")
    sites = [host, host.partition(".")[0], *tree.xpath("//meta[@property='og:site_name']/@content")]
    site = frozenset(filter(None, map(site_key, sites)))
    sole = len({id(entry.node) for entry in found}) == 1
    return _Context(page, tag, order, descriptions, own, repeated, article, site, writers, sole, unstated_scales(found))


def _is_article(node: Node) -> bool:
    names = node.get("@type")
    if isinstance(names, str):
        return names.endswith(_ARTICLES)
    return any(name.endswith(_ARTICLES) for name in types(node))


def _signs(entries: list[Found], context: _Context) -> list[int]:
    """For each review how many signs of an editor it has that other people's reviews of the same thing lack: what
    all of them have is the site's template.
    """
    own = [
        editorial_signs(entry.node, alone=entry.alone, article=context.article, site=context.site) for entry in entries
    ]
    if max(own, default=0) < ENOUGH_SIGNS:
        return own
    keys = [_name(entry.about) or str(id(entry.about)) for entry in entries]
    authors = [author_name(first_of(entry.node, "author", "reviewer", "creator")) for entry in entries]
    fewest: dict[str, dict[str | None, int]] = {}
    for key, author, signs in zip(keys, authors, own, strict=True):
        by_author = fewest.setdefault(key, {})
        by_author[author] = min(signs, by_author.get(author, signs))
    left = []
    for key, author, signs in zip(keys, authors, own, strict=True):
        others = [number for name, number in fewest[key].items() if name != author]
        left.append(signs - min(others, default=0))
    return left


def _numbered(told: Iterable[Review | Rejected]) -> list[Review | Rejected]:
    """The records with an id each; ratings that nothing tells apart are counted."""
    alike: Counter[str] = Counter()
    numbered = []
    for record in told:
        if isinstance(record, Review) and record.native_id is None:
            name = identify(record, None)
            if not (record.title or record.body):
                alike[name] += 1
                name = identify(record, None, place=alike[name])
            record = replace(record, native_id=name)
        numbered.append(record)
    return numbered


def _own_address(node: Node, page_url: str) -> str | None:
    """The review's own address, where it is not just that of its page."""
    address = scalar(first_of(node, "url"))
    if not isinstance(address, str) or not address.strip():
        return None
    address = urljoin(page_url, address.strip())
    if not address.startswith(("http://", "https://")):
        return None
    if canonical(address) in (canonical(page_url), canonical(page_url.partition("?")[0])):
        return address if own_id(address, page_url) else None
    return address


def _read(found: Found, context: _Context, signs: int, between: Callable[[], None]) -> Review | Rejected:
    """A review, still without an id where the site gives none."""
    between()
    node, page = found.node, context.page
    body = clean_text(first_of(node, *_BODIES))
    title = clean_text(first_of(node, "headline", "name", "summary"))
    native, address = context.own[id(node)]
    if address and canonical(address, fragment=True) in context.repeated | {address} & context.repeated:
        address = None
    url = address or page.url
    excerpt = (body or title or "")[:120]
    alone = found.alone or context.sole
    if is_editorial(node, found.about, alone=alone, signs=signs, writers=context.writers):
        return Rejected(url, "editorial review, not a customer's", excerpt)

    reason = "neither text nor rating"
    if body and is_placeholder(body):
        body, reason = None, "placeholder text"
    elif body and is_description(body, context.descriptions):
        body, reason = None, "the text is the product's description"
    title = _own_title(title, body, found)
    rating = rating_of(found, context.scales)
    if body is None and title is None and rating is None:
        return Rejected(url, reason, excerpt)

    if native in context.repeated:
        native = None
    if native is None and address:
        native = canonical(address, fragment="#" in address)
    tag = language_code(first_of(node, "inLanguage"), context.language)
    employee = any(name == "EmployerReview" for name in types(node))
    return Review(
        company=page.company or _reviewed_company(found.about) or _name(first_of(node, "itemReviewed", "itemreviewed")),
        url=url,
        kind="employee" if employee and page.kind == "review" else page.kind,
        rating=rating.value if rating else None,
        scale=rating.scale if rating else None,
        stars=rating.stars if rating else None,
        title=title,
        body=body,
        reply=_reply(node),
        author=author_name(first_of(node, "author", "reviewer", "creator")),
        language=tag,
        published_at=parse_date(first_of(node, *_DATES), page.fetched_at, context.language, context.order),
        native_id=native,
    )


def _reviewed_company(about: Node | None) -> str | None:
    """The company that the page says is reviewed: the maker of a product, else what is reviewed."""
    for maker in ("brand", "manufacturer", "provider", "hiringOrganization"):
        if name := _name(first_of(about or {}, maker)):
            return name
    return _name(about)


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    text = clean_text(first_of(value, "name", "@value") if isinstance(value, dict) else value)
    return " ".join(text.split()) if text else None


def _own_title(title: str | None, body: str | None, found: Found) -> str | None:
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
    answer = first_of(node, "comment", "reply", "response")
    if isinstance(answer, list):
        answer = answer[0]
    return clean_text(first_of(answer, "text", "description")) if isinstance(answer, dict) else None


# --- joining --------------------------------------------------------------------------------------


def _joined(first: list[Review], second: list[Review], between: Callable[[], None]) -> list[Review]:
    """Two syntaxes' reviews as one list; within one syntax, records with the same id are one."""
    unique = list({review.native_id: review for review in reversed(second)}.values())[::-1]
    free = set(range(len(first)))
    joined = list(first)
    for review in unique:
        between()
        place = next((i for i in sorted(free) if joined[i].native_id == review.native_id), None)
        if place is None:
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
