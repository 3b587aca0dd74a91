"""The language set: labelled review sentences, written for this project."""

import csv
import hashlib
import importlib.resources
from dataclasses import dataclass
from functools import cache

__all__ = ["LabelledSentence", "language_set", "language_set_hash"]

FILE = "sentences.tsv"


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """One sentence of the language set; README.md beside the file tells what the labels mean."""

    industry: str
    group: str
    area: str
    polarity: str
    role: str
    sentence: str


def _bytes() -> bytes:
    return importlib.resources.files(__name__).joinpath(FILE).read_bytes()


@cache
def language_set() -> tuple[LabelledSentence, ...]:
    """All labelled sentences, in the order of the file."""
    lines = _bytes().decode("utf-8").splitlines()
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(LabelledSentence(**row) for row in rows)


@cache
def language_set_hash() -> str:
    """SHA-256 of the file, by which stored heads know what they were fitted from."""
    return hashlib.sha256(_bytes()).hexdigest()
