"""Names and personal numbers out of a sentence, so that themes are matters and not companies."""

import re
from collections.abc import Iterable, Sequence

from minebelief.industry import Industry

__all__ = ["Masker"]

_LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_MAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
_LEADING_HANDLES = re.compile(r"^(?:\W*(?<!\w)@\w+)+")
_HANDLE = re.compile(r"(?<!\w)@\w+")
_PHONE = re.compile(r"(?<!\w)\+?\(?\d[\d\s().-]{6,}\d(?!\w)")
_NUMBER = re.compile(r"(?<![\w.,])#?(?=[\w-]*\d{5})[A-Z]{0,4}-?[\d-]{5,}(?![\w])")
_HASH = re.compile(r"#(?=\w)")
_SEVERAL = re.compile(r"\bthey(?: they)+\b")
_NOTHING = re.compile(r"(?!)")

COMPANY = "they"
"""Stands for a company's name. A light word: 'the company' made any two sentences that name one look alike."""


class Masker:
    """Replaces the names of an industry's companies, and what identifies a person, by stable placeholders.

    Company names and aliases, and names that were learnt, become 'they', possessives 'their'; handles at the start of
    a post go, others become 'someone'; links go; e-mail addresses become 'an address', telephone and account numbers
    'a number'.

    Args:
        industry: whose companies' names are masked; its ``never_mask`` is not.
        learnt: names that only one company's reviews use; they are masked where they begin with a capital.
    """

    def __init__(self, industry: Industry, learnt: Iterable[str] = ()) -> None:
        names = {
            name.casefold()
            for key, company in industry.companies.items()
            for name in (company.name, *company.aliases, key.replace("-", " "))
        }
        spared = {name.casefold() for name in industry.never_mask}
        self.names = _longest_first(names - spared)
        self.learnt = _longest_first({name.casefold() for name in learnt} - spared - names)
        self._company = _names_pattern(self.names)
        self._learnt = _names_pattern(self.learnt)

    def mask(self, text: str) -> str:
        """The text with placeholders and single blanks."""
        text = _LINK.sub(" ", text)
        text = _MAIL.sub("an address", text)
        text = _LEADING_HANDLES.sub("", text)
        text = self._company.sub(_company, text)
        text, found = self._learnt.subn(_learnt, text)
        text = _SEVERAL.sub(COMPANY, text) if found else text
        text = _HANDLE.sub("someone", text)
        text = _PHONE.sub("a number", text)
        text = _NUMBER.sub("a number", text)
        text = _HASH.sub("", text)
        return " ".join(text.replace("’", "'").split())

    def names_in(self, text: str) -> bool:
        """Whether the text names one of the companies or a handle."""
        return bool(self._company.search(text) or _HANDLE.search(text))


def _company(match: re.Match[str]) -> str:
    return "their" if match.group(1) else COMPANY


def _learnt(match: re.Match[str]) -> str:
    return _company(match) if match.group()[0].isupper() else match.group()


def _longest_first(names: set[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def _names_pattern(names: Sequence[str]) -> re.Pattern[str]:
    # Blanks inside a name are optional: 'Healthy Paws' is written 'HealthyPaws' as often.
    if not names:
        return _NOTHING
    alternatives = [r"[\s-]?".join(map(re.escape, name.split())) for name in names]
    return re.compile(rf"(?<![\w@])(?:{'|'.join(alternatives)})(?!\w)(['’]s\b)?", re.IGNORECASE)
