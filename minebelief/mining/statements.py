"""Which sentence can speak for a theme: verbatim, one clause, understandable alone, as general as its evidence."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import numpy as np

from minebelief.mining.features import valences

__all__ = [
    "content_words",
    "fitness",
    "fits_as_statement",
    "fits_as_voice",
    "judging_stems",
    "keywords",
    "stems_of",
]

MIN_WORDS, MAX_WORDS = 3, 10

USUAL = 3
"""Texts in which two words must stand side by side to be thought well put."""

JUDGING = 1.0
"""Valence in the sentiment lexicon, of at most 4, from which a word judges."""

_WORD = re.compile(r"[^\W\d_][\w'’]*")
_TOKEN = re.compile(r"\w[\w'’]*")
_LEADING = re.compile(
    r"^\W*(?:"
    r"it|it['’]?s|its|this|that|that['’]?s|these|those|he|she|he['’]?s|she['’]?s|him|her|his|which|who|"
    r"whom|there was|there were|they are|"
    r"what|when|where|why|how|if|whether|and|but|so|because|then|also|or|nor|now|still|even|though|"
    r"although|however|once|after|before|until|unless|while|as|to|than|with|for|of|about|yes|ok|okay|hi|"
    r"hello|hey|dear|please|pls|plz|thank|thanks|just|especially|plus|let|would|could|should|were|was|is|"
    r"are|am|be|been|has|have|had|did|does|do|another|same|again|first|second|secondly|firstly|finally|"
    r"lastly|overall|otherwise|instead|apparently|maybe|well|oh|update|edit|not only|only|both|either|"
    r"ever|they (?:said|told|say|claim(?:ed)?)|at least|need|needs|nothing says|don['’]?t|doesn['’]?t|"
    r"didn['’]?t|isn['’]?t|wasn['’]?t|aren['’]?t|can['’]?t|won['’]?t|couldn['’]?t|wouldn['’]?t|cannot|not|"
    r"having|got|get|going|being|trying|supposed|guess|looks?|seems?|like|nice|good|great|glad|happy|love|"
    r"wish|want|wanna|come on|way|give|keep|tell|told|said|ask|asked|sent|send|can you|could you|will you|"
    r"do you|due|help|issue|refused?|offered|lots?|\d+|used to|beware|go|find|save|buy|use|try|avoid|"
    r"spend|spent|think|believe|know|never mind|you guys|u|ur|someone|their|them|here|there['’]?s|too|lol|"
    r"i|i[’'](?:m|ve|d|ll)|we|you|you[’']\w+|wow|seriously|sorry|i guess|i think|i hope|imagine|fix|stop"
    r")\b",
    re.IGNORECASE,
)
_UNFIT = re.compile(
    r"https?:|@|#|\.\.|…|\?|[:;]|\"|“|”|\(|\bsomeone\b|\ba number\b|\ban address\b|"
    r"\b(?:yesterday|today|tonight|this morning|last (?:night|week|month|year)|ago|monday|tuesday|wednesday|"
    r"thursday|friday|saturday|sunday|january|february|april|june|july|august|september|october|november|"
    r"december|this|that|these|those|u|ur|am|pm|yall|lol|tho|shortly|soon|was going to|will be)\b|"
    r"\b(?:her|him|his|she|he|hers)\b|[$£€/]|[^\x00-\x7f’‘–—-]",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|can|will|would|no|not|never|none|nobody|nothing|cannot|"
    r"takes?|took|keeps?|kept|goes|go|went|gets?|got|charg\w+|"
    r"cancel(?:s|l?ed|l?ing)|den(?:y|ied|ies)|refus\w+|delay\w*|late|slow|"
    r"bad|poor|terribl[ey]|horribl[ey]|rude\w*|wrong\w*|crash\w*|wait\w*|increas\w+|expensive|high|overpriced|lost|"
    r"missing|worst|awful|useless|unhelpful|ridiculous\w*|too|impossible|hard|difficult|unable|won[’']t|\w+n[’']t|"
    r"fail\w*|broken?|rip\w*|sucks?|incompetent|unreliable|inaccurate|confusing|dirty|cold|damaged|hidden)\b",
    re.IGNORECASE,
)
"""A statement says something: it holds one of these verbs, negations or judgements, and is no heading."""

_CLAUSE = re.compile(
    r"[.!,]\s+\S|\b(?:but|however|although|because|so that|which|until|when|if|unless|while|after|before)\b",
    re.IGNORECASE,
)
_TWO = re.compile(
    r"^\W|\d|\b(?:and|or|nor|n|than|others?|else|instead|besides|with|also|either|two|three|four|five|six|seven|eight|"
    r"nine|ten|twice|another|again|past|last|next)\b|[&,/+=;]|\bthere\b(?! (?:is|are|was|were))|\bto be found\b|"
    r"\bmy (?:dog|cat|pup|puppy|kitten|husband|wife|son|daughter|mother|father|mom|dad|friend|kid)s?\b",
    re.IGNORECASE,
)
"""What makes a sentence say two things, or one too special to speak for others."""

_PERSONAL = re.compile(r"\b(?:i|i['’](?:m|ve|d|ll)|me|my|mine|we|us|our|myself|you|your)\b", re.IGNORECASE)
_SWEEPING = re.compile(
    r"\b(?:nothing|anything|everything|ever|every|never|always|all|none|any|one|only|even|enough|most|tend|tends|"
    r"forever|minutes?|hours?|days?|weeks?|months?|years?|completely|absolutely|"
    r"constantly|consistently|getting|becom\w+|became|anymore|new|newest|latest|still|sometimes|last minute|"
    r"no longer|keeps?|kept|worth|of course)\b|\b(?:not|is|are|was|were|have|has|had|do|does|did)\W*$",
    re.IGNORECASE,
)
"""Words by which a statement says more than the sentences near to it do, which tell of one case, of a part or of no
change; and words after which something is missing. Of blindly read matches with a score of .68 or more 77% (pet
insurance) and 72% (food delivery) said the statement where it had no absolute word or word of change, 73% and 66% of
all."""

_STRONG = re.compile(
    r"\b(?:very|super|extremely?|really|so|highly|totally|much|ridiculous\w*|insane\w*|outrageous\w*|astronomical\w*|huge|"
    r"massive\w*|excessive\w*|unacceptable|worst|absurd\w*|crazy|steep|significant\w*)\b",
    re.IGNORECASE,
)
"""Words that say how strongly: a statement with one says more than those who complain more calmly."""

EMPTY = "service company experience"
"""Words that tell of no matter, in any industry."""

_SHOUT = re.compile(r"\b[A-Z]{4,}\b|\b[a-z]+[A-Z]")


def fits_as_voice(text: str, names: bool) -> bool:
    """Whether a sentence is of the form in which something is said plainly; ``names`` tells whether it names a company.

    It says one thing, understandable alone, in a few words. So it may speak for a theme beside its statement.
    """
    words = len(_TOKEN.findall(text))
    return (
        MIN_WORDS <= words <= MAX_WORDS
        and not names
        and not _LEADING.match(text)
        and not _UNFIT.search(text)
        and not _CLAUSE.search(text)
        and not _TWO.search(text)
        and not _SHOUT.search(text)
        and _SAYS.search(text) is not None
    )


def fits_as_statement(text: str, subject: str = "") -> bool:
    """Whether what fits as a voice may be a theme's statement: it does not sweep, and tells what is good or bad.

    Args:
        text: a sentence that fits as a voice.
        subject: the industry's own words: that a pet insurance is bad tells nothing.
    """
    judging, empty = judging_words(), stems_of(f"{subject} {EMPTY}")
    matter = any(word not in judging and _stem(word) not in empty for word in content_words(text))
    return matter and not _SWEEPING.search(text)


def fitness(texts: Sequence[str]) -> np.ndarray:
    """How plain each sentence is among the others, at most 0: rare words, words that seldom stand side by side,
    names, numbers, length, strong words and talking of oneself cost.

    Returns:
        float array of n values.
    """
    lower: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    beside: Counter[tuple[str, str]] = Counter()
    for text in texts:
        words = _WORD.findall(text)
        documents.update({word.lower() for word in words})
        beside.update(set(pairwise(text.lower().split())))
        for word in words[1:]:
            (lower if word[0].islower() else capital)[word.lower()] += 1
    n = max(len(texts), 1)
    rarest = np.log(n)
    values = np.zeros(len(texts))
    for index, text in enumerate(texts):
        words = _WORD.findall(text)
        if not words:
            values[index] = -2.0
            continue
        rarity = [np.log(n / max(documents[word.lower()], 1)) / rarest for word in words]
        named = any(
            word[0].isupper() and len(word) > 1 and capital[word.lower()] > lower[word.lower()] for word in words[1:]
        )
        neighbours = list(pairwise(text.lower().split()))
        odd = sum(beside[pair] < USUAL for pair in neighbours) / max(len(neighbours), 1)
        values[index] = (
            -1.0 * odd
            - 1.5 * max(0.0, max(rarity) - 0.5)
            - 1.0 * named
            - 0.3 * any(character.isdigit() for character in text)
            - 0.6 * (_PERSONAL.search(text) is not None)
            - 0.5 * (_STRONG.search(text) is not None)
            - 0.1 * max(0, len(words) - 6)
            - 0.15 * (not text[0].isupper())
        )
    return values


def keywords(inside: Sequence[str], outside: Counter[str], total: int, n: int = 5, share: float = 0.05) -> list[str]:
    """Up to n words that a theme's sentences use more than all others do.

    Args:
        inside: the theme's sentences.
        outside: in how many sentences of the whole each word occurs.
        total: how many sentences the whole has.
        share: in what share of the theme's sentences a word must occur, 0 to 1.

    The measure is the signed log-likelihood ratio (Dunning 1993).
    """
    counts = Counter(word for text in inside for word in set(content_words(text)))
    size = len(inside)
    scored = []
    for word, k in counts.items():
        if k < max(2, share * size):
            continue
        rate, base = k / size, outside[word] / total
        if rate > base:
            scored.append((k * np.log(rate / base), word))
    return [word for _, word in sorted(scored, key=lambda item: (-item[0], item[1]))[:n]]


def content_words(text: str) -> list[str]:
    """The words that carry matter, in lower case."""
    return [word for word in (w.lower() for w in _WORD.findall(text)) if word not in _STOP and len(word) > 2]


def stems_of(text: str) -> set[str]:
    """The beginnings of the words that carry matter, by which forms of one word are the same."""
    return {_stem(word) for word in content_words(text)}


@cache
def judging_words() -> frozenset[str]:
    """The words by which people judge, as the sentiment lexicon knows them: many mean much the same."""
    return frozenset(word for word, valence in valences().items() if abs(valence) >= JUDGING)


@cache
def judging_stems() -> frozenset[str]:
    """The stems of the words by which people judge."""
    return frozenset(map(_stem, judging_words()))


def _stem(word: str) -> str:
    return word[:6].rstrip("s") if len(word) > 4 else word


def _stop_words() -> frozenset[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    extra = "don't can't won't i'm it's they're didn't doesn't isn't wasn't i've got get did does just really im dont"
    matters = (
        "alone amount back bill bottom call computer cry describe detail down empty fill find fire front full interest "
        "mill move name off out part serious show side sincere system top"
    )
    return (ENGLISH_STOP_WORDS - frozenset(matters.split())) | frozenset(extra.split())


_STOP = _stop_words()
