"""How a company's words about itself would be said by its customers."""

import re

from minebelief.insight.quantities import find_quantities

__all__ = ["as_customers_say", "without_quantities"]

_PERSONS = (
    (re.compile(r"\bwe['’]re\b", re.IGNORECASE), "they are"),
    (re.compile(r"\bwe['’]ll\b", re.IGNORECASE), "they will"),
    (re.compile(r"\bwe\b", re.IGNORECASE), "they"),
    (re.compile(r"\bours?\b", re.IGNORECASE), "their"),
    (re.compile(r"\bus\b"), "them"),
)
_BEFORE = re.compile(
    r"\b(?:within|in|for|under|after|by|up to|less than|no more than|at most|longer than|(?:always|every time))\s*$",
    re.IGNORECASE,
)


def as_customers_say(claim: str) -> tuple[str, ...]:
    """A promise as it stands, in the third person, and with what can be measured left out; at least one text.

    >>> as_customers_say("We answer every call within 60 seconds")
    ('We answer every call within 60 seconds', 'They answer every call within 60 seconds', 'They answer every call')
    """
    third = claim
    for pattern, word in _PERSONS:
        third = pattern.sub(word, third)
    third = third[:1].upper() + third[1:]
    return tuple(dict.fromkeys((claim, third, without_quantities(third))))


def without_quantities(text: str) -> str:
    """A sentence without its quantities and the words that lead to them; as it was where little would be left.

    >>> without_quantities("Bring your number along in ten minutes")
    'Bring your number along'
    """
    whole = text
    for quantity in sorted(find_quantities(text), key=lambda one: -one.start):
        before = text[: quantity.start].rstrip()
        while (shorter := _BEFORE.sub("", before).rstrip()) != before:
            before = shorter
        text = f"{before} {text[quantity.end :].lstrip()}".strip(" ,;")
    text = re.sub(r"\s+([.,;])", r"\1", text)
    return text if len(text.split()) >= 3 else whole
