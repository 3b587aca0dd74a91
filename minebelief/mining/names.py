"""Names that customers of one company use and those of the others do not: products, branches, people."""

import calendar
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from scipy.stats import binom

from minebelief.language import language_set, statement_pairs
from minebelief.mining.features import valences

__all__ = ["LearntName", "learn_names"]

_TOKEN = re.compile(r"[^\W\d_]\w*(?:['’][^\W\d_]+)*|[.!?:;…\n\"“”*•(-]")
_POSSESSIVE = re.compile(r"['’]s$")

REVIEWS = 10
"""Reviews of its company that a name occurs in, at least."""

LIFT = 10.0
"""How many times as often as in reviews of the others, at least. On pet insurance, food delivery and airline tweets the
nearest that is no name is a weekday with 8.5, then breeds with 6.4 and less; most names have 30 and more."""

CHANCE = 1e-6
"""Probability, at most, that as many fall on one company when all are alike; there are some ten thousand words."""

CAPITALS = 0.8
"""Share of its occurrences inside a sentence that begin with a capital, at least. All capitals do not count: those are
shouting, or matters ('MRI', 'UTI')."""

INSIDE = 8
"""Occurrences inside a sentence from which that share means something."""

SHORTEST = 3
"""Letters."""


@dataclass(frozen=True, slots=True)
class LearntName:
    """A name, in small letters, with its company, in how many of whose reviews it occurs, and in how many others."""

    name: str
    company: str
    reviews: int
    elsewhere: int


def learn_names(reviews: Iterable[tuple[str, str]]) -> list[LearntName]:
    """The words that only name something at one company, in order of the alphabet.

    A word is a name where its use is concentrated in the reviews of one company beyond chance, it is written with a
    capital inside sentences, and it is none of the small-letter words of the language set or the sentiment lexicon:
    what judges or is a matter is never taken for a name. A name that is missed does less harm than a matter that is
    hidden, so every border is a strict one. With fewer than two companies there is none.

    Args:
        reviews: company and text of each review.
    """
    totals: Counter[str] = Counter()
    used: dict[str, Counter[str]] = defaultdict(Counter)
    inside: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for company, text in reviews:
        totals[company] += 1
        words = set()
        begins = True
        for token in _TOKEN.findall(text):
            if not token[0].isalpha():
                begins = True
                continue
            token = _POSSESSIVE.sub("", token)
            word = token.casefold()
            words.add(word)
            if not begins:
                inside[word] += 1
                capital[word] += token[0].isupper() and not token.isupper()
            begins = False
        for word in words:
            used[word][company] += 1
    if len(totals) < 2:
        return []
    found = (
        _name(word, by, totals)
        for word, by in sorted(used.items())
        if inside[word] >= INSIDE
        and capital[word] >= CAPITALS * inside[word]
        and len(word) >= SHORTEST
        and word.replace("’", "'") not in _plain_words()
    )
    return [name for name in found if name is not None]


def _name(word: str, by: Counter[str], totals: Counter[str]) -> LearntName | None:
    company = max(sorted(by), key=lambda company: by[company] / totals[company])
    own, elsewhere = by[company], by.total() - by[company]
    if own < REVIEWS:
        return None
    others = totals.total() - totals[company]
    lift = (own / totals[company]) / ((elsewhere + 1) / others)
    chance = float(binom.sf(own - 1, own + elsewhere, totals[company] / totals.total()))
    return LearntName(word, company, own, elsewhere) if lift >= LIFT and chance <= CHANCE else None


@cache
def _plain_words() -> frozenset[str]:
    """Words that are no names: those written small in the language set, those that judge, and the calendar's."""
    texts = [item.sentence for item in language_set()] + [pair.sentence for pair in statement_pairs()]
    small = {word for text in texts for word in re.findall(r"\b[a-z][\w']*", text.replace("’", "'"))}
    days = {name.casefold() for part in (calendar.day_name, calendar.month_name) for name in part}
    return frozenset(small | set(valences()) | days)
