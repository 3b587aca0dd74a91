"""What makes a promise specific: a level, a guarantee, or an act that anybody can check; and what makes it vague."""

import re
from dataclasses import dataclass

from minebelief.insight.quantities import find_quantities

__all__ = ["Concreteness", "concreteness_of"]

_VAGUE = re.compile(
    r"\b(?:great|good|best|better|excellent|outstanding|exceptional|superior|amazing|superb|perfect|premium|quality|"
    r"world[- ]class|leading|unrivall?ed|unique|favou?rite|friendl(?:y|ier)|kind|warm|caring|cares?|loves?|"
    r"passion\w*|fair\w*|"
    r"honest\w*|flexibl[ey]|reliabl[ey]|reliability|dependable|trust\w*|safe(?:ly|r|ty)?|secure|easy|easily|"
    r"simpl[ey]|smooth\w*|"
    r"seamless\w*|hassle[- ]free|convenien\w+|comfort\w*|cozy|affordabl[ey]|cheap\w*|competitive\w*|low|"
    r"lowest|fast\w*|quick\w*|"
    r"speedy|prompt\w*|swift\w*|rapid\w*|hot|fresh\w*|tasty|delicious|modern|innovative|creative|"
    r"individual\w*|personal\w*|"
    r"tailored|professional\w*|expert\w*|experienced|dedicated|real people|family|heart|smile|extra mile|"
    r"peace of mind|"
    r"transparen\w+|respons\w+|attentive|pleasant|clean\w*|beautiful|stylish|helpful|happy|satisf\w+|"
    r"memorable|exciting|"
    r"excellence|efficient\w*|effective\w*|state[- ]of[- ]the[- ]art|top|bright\w*|healthy?|sustainable|green)\b",
    re.IGNORECASE,
)
_AIM = re.compile(
    r"\b(?:aim|strive|try|committed|commit(?:ment)?|believe|mission|vision|become|dream|hope|want to|"
    r"try our|do our best|"
    r"go(?:es)? the|put you|you can count|count on|all about|second to none|at heart|in mind|matters?|listen)\b",
    re.IGNORECASE,
)
_ABSOLUTE = re.compile(
    r"\b(?:never|no (?!matter|one\b)\w+|none|nobody|without (?:a |any )?\w+|any (?:day|hour|time of|month|"
    r"vet|company|store|"
    r"branch|reason)|free of charge|for free|free|at no (?:extra )?(?:cost|charge)|in writing|written|fixed|"
    r"by name|named|"
    r"same (?:person|price|dentist|driver)|your own|included|refund\w*)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b(?:[01]?\d|2[0-3])[:.][0-5]\d\b|\b(?:1[0-2]|[1-9])\s?[ap]\.?m\b|\bnoon\b|\bmidnight\b", re.IGNORECASE
)
_NUMBER = re.compile(r"\d")
_STOP = re.compile(
    r"\b(?:we|our|us|you|your|yours|the|a|an|and|or|of|to|for|in|on|at|with|is|are|be|will|that|this|it|its|"
    r"they|their|"
    r"every|each|all|always|time|times|people|customers?|clients?|guests?|patients?|members?|service|"
    r"services|experience|"
    r"company|team|staff|delivery|offer|offers|provide|provides|get|gets|deliver|delivers|have|has)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Concreteness:
    """Whether a promise is specific: ``words`` are those that make it so, ``vague`` those that cannot be checked."""

    specific: bool
    words: tuple[str, ...]
    vague: tuple[str, ...]


def concreteness_of(text: str) -> Concreteness:
    """How specific a promise is.

    A level or a guarantee makes it so. Without one it must name an act that anybody can check, and nothing that
    everybody may say of himself.

    >>> concreteness_of("Great customer service")
    Concreteness(specific=False, words=(), vague=('Great',))
    >>> concreteness_of("We answer every call within 30 seconds").words
    ('30 seconds',)
    """
    levels = [one.phrase for one in find_quantities(text)]
    levels += [match[0] for match in _CLOCK.finditer(text) if not any(match[0] in level for level in levels)]
    vague = tuple(dict.fromkeys(match[0] for match in (*_VAGUE.finditer(text), *_AIM.finditer(text))))
    if levels:
        return Concreteness(True, tuple(levels), vague)
    if _NUMBER.search(text):
        return Concreteness(True, tuple(re.findall(r"\d[\d.,]*(?:\s\w+)?", text)), vague)
    absolute = tuple(dict.fromkeys(match[0] for match in _ABSOLUTE.finditer(text)))
    if absolute and not _AIM.search(text):
        return Concreteness(True, absolute, vague)
    acts: list[str] = re.findall(r"[^\W\d_]{3,}", _STOP.sub(" ", text))
    if not vague and len(acts) >= 2:
        return Concreteness(True, tuple(acts[:3]), ())
    return Concreteness(False, (), vague)
