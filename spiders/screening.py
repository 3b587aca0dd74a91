"""What is marked up as a review and is none: editors' own reviews, placeholders, shop texts."""

import re
from collections.abc import Set
from typing import Any

from .nodes import Node, types
from .normalise import author_name, clean_text

__all__ = ["ENOUGH_SIGNS", "editorial_signs", "is_description", "is_editorial", "is_placeholder", "site_key"]

_EDITORS = {"ClaimReview", "CriticReview", "MediaReview"}
_ORGANIZATIONS = {
    "Organization",
    "Corporation",
    "NewsMediaOrganization",
    "OnlineStore",
    "LocalBusiness",
    "Brand",
}
# What publishers say of an article that is a review. One of them alone is also in the template of many a shop.
_ARTICLE = (
    "alternativeHeadline",
    "articleBody",
    "articleSection",
    "dateModified",
    "keywords",
    "speakable",
    "thumbnailUrl",
    "wordCount",
)
#: So many signs make an editor's review.
ENOUGH_SIGNS = 3
_PLACEHOLDER = re.compile(
    r"(?:(?:your |the )?(?:comments?|review ?(?:body|text)|reviews?|description|body|text|string|title)"
    r"(?: (?:goes )?here)?"
    r"|(?:please )?(?:add|enter|leave|post|type|write) (?:a |the |your )?(?:comment|review|text|opinion)(?: here)?"
    r"|(?:kommentare?|bewertung(?:stext)?|rezension|commentaires?|avis|comentarios?|reseña|comment[oi]|recension[ei]"
    r"|comentários?|opmerking(?:en)?)"
    r"|(?:(?:a |an )?(?:dummy|example|sample|test) )?(?:review|comment|text)(?: text)?"
    r"|(?:this is )?(?:a )?placeholder(?: text)?|test(?:ing)?|to ?do|tbd|x{2,}"
    r"|no (?:review )?text|rating only|this (?:review|rating) has no (?:comment|text)|(?:kein|ohne) text|sin texto"
    r"|sans texte|senza testo|(?:the )?(?:author|customer|reviewer|user) (?:gave|left) only a rating"
    r"|undefined|(?:null ?)+|none|nan|n/?a|lorem ipsum\b.*|\{\{.*\}\}|\$\{[^{}]*\}|<%.*%>|%%?[\w.]+%%?|\[\[?[\w.]+\]?\]"
    r"|__\w+__|\[object object\]|\W*)",
    re.IGNORECASE | re.DOTALL,
)
# Who signs for a publisher, in place of a name.
_DESK = re.compile(
    r"(?:the )?(?:site )?(?:admin(?:istrator)?|webmaster|editors?|editor[- ]in[- ]chief|staff(?: writer)?"
    r"|(?:.+ )?editorial (?:board|staff|team)|.+ (?:staff|editors))"
    r"|(?:die |la |de )?(?:.+ )?(?:redaktion|r[ée]daction|redacci[óo]n|redazione|redactie)(?: .+)?",
    re.IGNORECASE,
)
_WRITERS = re.compile(r"/(?:authors?|contributors?|editors?|journalists?|redaktion|staff|writers?)/", re.IGNORECASE)
_EXPERT = re.compile(
    r"\b(?:editor(?:['’]?s|ial)?|expert(?:['’]?s)?|hands[- ]on) review\b|\bour verdict\b", re.IGNORECASE
)


def is_placeholder(text: str) -> bool:
    """Is this what a template leaves where nobody wrote anything?

    >>> is_placeholder("comment"), is_placeholder("No comment!")
    (True, False)
    """
    return bool(_PLACEHOLDER.fullmatch(text.strip().strip(".!\"'")))


def is_description(text: str, descriptions: set[str]) -> bool:
    """Is this the page's own description of what is sold? ``descriptions`` are keys of
    :func:`description_key`.
    """
    return description_key(text) in descriptions


def description_key(text: Any) -> str:
    """A description reduced to what two spellings of it share."""
    return " ".join((clean_text(text) or "").casefold().split())


def site_key(name: str) -> str:
    """The name of a site, or of whoever may be one, reduced to what two spellings of it share."""
    return name.casefold().replace(" ", "")


def editorial_signs(review: Node, *, alone: bool, article: bool, site: Set[str] = frozenset()) -> int:
    """How many signs say that an editor wrote this.

    ``alone`` says that the review does not hang in its subject's list of reviews, ``article`` that the page calls
    itself an article, and ``site`` what it calls its site, as keys of :func:`site_key`. Hardly a sign says
    enough by itself: customers attach pictures, firms write reviews of firms, and shops mark a customer's review up
    with a publisher or as the page's main entity. Lists of what is good and bad are for editors' reviews alone where
    search engines read them.
    """
    signs = int(alone) + int(article) + bool(review.get("publisher"))
    signs += bool(review.get("mainEntityOfPage") or review.get("isPartOf"))
    signs += sum(1 for name in _ARTICLE if review.get(name))
    signs += ENOUGH_SIGNS * bool(review.get("positiveNotes") or review.get("negativeNotes"))
    title = clean_text(review.get("headline") or review.get("name"))
    signs += 2 * bool(title and _EXPERT.search(title))
    author = review.get("author") or review.get("reviewer")
    if name := author_name(author):
        signs += 2 * (site_key(name) in site)
    if isinstance(author, dict):
        signs += bool(_ORGANIZATIONS.intersection(types(author)))
        signs += bool(author.get("jobTitle")) + bool(author.get("worksFor"))
        signs += 2 * bool(_WRITERS.search(str(author.get("url") or author.get("@id") or "")))
    return signs


def is_editorial(review: Node, about: Node | None, *, alone: bool, signs: int, writers: Set[str] = frozenset()) -> bool:
    """Did the publisher write this, not a customer?

    ``about`` is the node of what is reviewed; ``alone`` says that the review does not hang in a list of several;
    ``signs`` are those of :func:`editorial_signs` that other people's reviews of the same do not have; ``writers``
    wrote the page's articles.
    """
    if _EDITORS.intersection(types(review)) or signs >= ENOUGH_SIGNS:
        return True
    author = review.get("author") or review.get("reviewer")
    if review.get("publisher") and _same(author, review["publisher"]):
        return True
    name = author_name(author)
    if name is None:
        return False
    # In a list of customers' reviews a first name alone is more often a namesake than the owner.
    owners = {author_name((about or {}).get("author")), *writers}
    by_desk = len(name) < 80 and _DESK.fullmatch(name) is not None
    return by_desk or (name in owners and (alone or " " in name))


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, dict) and isinstance(other, dict) and one.get("@id") and one.get("@id") == other.get("@id"):
        return True
    name = author_name(one)
    return name is not None and name == author_name(other)
