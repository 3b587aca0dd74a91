"""The language set, written for this project: labelled review sentences, and sentences held against statements.

Each part is in two files. The rough ones were written sentence by sentence to the shape of real reviews: fragments,
asides, several matters at once, and neighbouring complaints as often as a matcher meets them.
"""

import csv
import hashlib
import importlib.resources
from dataclasses import dataclass, field
from functools import cache

__all__ = ["LABELS", "LabelledSentence", "StatementPair", "language_set", "language_set_hash", "statement_pairs"]

SENTENCES, ROUGH_SENTENCES = "sentences.tsv", "rough_sentences.tsv"
PAIRS, ROUGH_PAIRS = "pairs.tsv", "rough_pairs.tsv"

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
    rough: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class StatementPair:
    """A statement, and whether a sentence of the same industry says it; ``kind`` is the statement's polarity."""

    industry: str
    area: str
    kind: str
    statement: str
    label: str
    sentence: str
    rough: bool = field(default=False, kw_only=True)


def _bytes(file: str) -> bytes:
    return importlib.resources.files(__name__).joinpath(file).read_bytes()


def _rows(file: str) -> list[list[str]]:
    """The rows below the header, whose columns are the fields of what they become, in order."""
    lines = _bytes(file).decode("utf-8").splitlines()
    return list(csv.reader(lines[1:], delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def language_set() -> tuple[LabelledSentence, ...]:
    """All labelled sentences, in the order of the files."""
    rough = (LabelledSentence(*row, rough=True) for row in _rows(ROUGH_SENTENCES))
    return (*(LabelledSentence(*row) for row in _rows(SENTENCES)), *rough)


@cache
def statement_pairs() -> tuple[StatementPair, ...]:
    """All pairs of a statement and a sentence, in the order of the files."""
    rough = (StatementPair(*row, rough=True) for row in _rows(ROUGH_PAIRS))
    return (*(StatementPair(*row) for row in _rows(PAIRS)), *rough)


@cache
def language_set_hash() -> str:
    """SHA-256 over the files, by which what is fitted from them knows what it was fitted from."""
    return hashlib.sha256(b"".join(map(_bytes, (SENTENCES, ROUGH_SENTENCES, PAIRS, ROUGH_PAIRS)))).hexdigest()
