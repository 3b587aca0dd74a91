"""The language set, written for this project: labelled review sentences, and sentences held against statements."""

import csv
import hashlib
import importlib.resources
from dataclasses import dataclass
from functools import cache

__all__ = ["LABELS", "LabelledSentence", "StatementPair", "language_set", "language_set_hash", "statement_pairs"]

SENTENCES, PAIRS = "sentences.tsv", "pairs.tsv"

LABELS = ("says", "near", "no", "opposite", "story")
"""What a sentence may be to a statement; README.md beside the files tells what each means."""


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """One sentence of the language set; README.md beside the file tells what the labels mean."""

    industry: str
    group: str
    area: str
    polarity: str
    role: str
    sentence: str


@dataclass(frozen=True, slots=True)
class StatementPair:
    """A statement, and whether a sentence of the same industry says it; ``kind`` is the statement's polarity."""

    industry: str
    area: str
    kind: str
    statement: str
    label: str
    sentence: str


def _bytes(file: str) -> bytes:
    return importlib.resources.files(__name__).joinpath(file).read_bytes()


def _rows(file: str) -> list[dict[str, str]]:
    lines = _bytes(file).decode("utf-8").splitlines()
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def language_set() -> tuple[LabelledSentence, ...]:
    """All labelled sentences, in the order of the file."""
    return tuple(LabelledSentence(**row) for row in _rows(SENTENCES))


@cache
def statement_pairs() -> tuple[StatementPair, ...]:
    """All pairs of a statement and a sentence, in the order of the file."""
    return tuple(StatementPair(**row) for row in _rows(PAIRS))


@cache
def language_set_hash() -> str:
    """SHA-256 over both files, by which what is fitted from them knows what it was fitted from."""
    return hashlib.sha256(_bytes(SENTENCES) + _bytes(PAIRS)).hexdigest()
