"""What is marked up as a review and is none: editors' own reviews, placeholders, shop texts."""

import re
from typing import Any

from .nodes import Node, types
from .normalise import author_name, clean_text

__all__ = ["is_description", "is_editorial", "is_placeholder"]

_EDITORS = {"ClaimReview", "CriticReview", "MediaReview"}
_ORGANIZATIONS = {
    "Organization",
    "Corporation",
    "NewsMediaOrganization",
    "OnlineStore",
    "LocalBusiness",
    "Brand",
}
# What publishers say of an article that is a review; a customer's review has none of it.
_ARTICLE = {
    "alternativeHeadline",
    "articleBody",
    "articleSection",
    "creator",
    "dateModified",
    "image",
    "keywords",
    "speakable",
    "thumbnailUrl",
    "wordCount",
}
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


def is_editorial(review: Node, about: Node | None, *, alone: bool) -> bool:
    """Did the publisher write this, not a customer?

    ``about`` is the node of what is reviewed; ``alone`` says that the review does not hang in its list of
    reviews.
    """
    if _EDITORS.intersection(types(review)):
        return True
    if review.get("mainEntityOfPage") or review.get("isPartOf"):
        return True
    publisher = review.get("publisher")
    if publisher and _ARTICLE.intersection(review):
        return True
    author = review.get("author") or review.get("reviewer")
    name = author_name(author)
    by_organization = isinstance(author, dict) and bool(_ORGANIZATIONS.intersection(types(author)))
    if by_organization and (review.get("positiveNotes") or review.get("negativeNotes")):
        return True
    if publisher and _same(author, publisher):
        return True
    # In a list of customers' reviews a first name alone is more often a namesake than the owner.
    owner = author_name((about or {}).get("author"))
    return name is not None and name == owner and (alone or " " in name)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, dict) and isinstance(other, dict) and one.get("@id") and one.get("@id") == other.get("@id"):
        return True
    name = author_name(one)
    return name is not None and name == author_name(other)
