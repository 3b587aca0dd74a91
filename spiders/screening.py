"""What is marked up as a review and is none: editors' own reviews, placeholders, shop texts."""

import re
from typing import Any

from .nodes import Node, types
from .normalise import author_name, clean_text

__all__ = ["ENOUGH_SIGNS", "editorial_signs", "is_description", "is_editorial", "is_placeholder"]

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
    r"|undefined|null|none|nan|n/?a|lorem ipsum\b.*|\{\{.*\}\}|\[object object\]|\W*)",
    re.IGNORECASE | re.DOTALL,
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


def editorial_signs(review: Node, *, alone: bool, article: bool) -> int:
    """How many signs say that an editor wrote this.

    ``alone`` says that the review does not hang in its subject's list of reviews, ``article`` that the page calls
    itself an article. No sign says enough by itself: customers attach pictures, firms write reviews of firms, and
    shops mark a customer's review up with a publisher or as the page's main entity.
    """
    signs = int(alone) + int(article) + bool(review.get("publisher"))
    signs += bool(review.get("mainEntityOfPage") or review.get("isPartOf"))
    signs += sum(1 for name in _ARTICLE if review.get(name))
    signs += 2 * bool(review.get("positiveNotes") or review.get("negativeNotes"))
    author = review.get("author") or review.get("reviewer")
    return signs + (isinstance(author, dict) and bool(_ORGANIZATIONS.intersection(types(author))))


def is_editorial(review: Node, about: Node | None, *, alone: bool, signs: int) -> bool:
    """Did the publisher write this, not a customer?

    ``about`` is the node of what is reviewed; ``alone`` says that the review does not hang in its list of
    reviews; ``signs`` are those of :func:`editorial_signs` that other people's reviews of the same do not have.
    """
    if _EDITORS.intersection(types(review)) or signs >= ENOUGH_SIGNS:
        return True
    author = review.get("author") or review.get("reviewer")
    if review.get("publisher") and _same(author, review["publisher"]):
        return True
    name = author_name(author)
    # In a list of customers' reviews a first name alone is more often a namesake than the owner.
    owner = author_name((about or {}).get("author"))
    return name is not None and name == owner and (alone or " " in name)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, dict) and isinstance(other, dict) and one.get("@id") and one.get("@id") == other.get("@id"):
        return True
    name = author_name(one)
    return name is not None and name == author_name(other)
