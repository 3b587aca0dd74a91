"""What stands in an industry file: names, addresses and other values, and how a mistaken one is shown."""

import re
import unicodedata
from datetime import date
from pathlib import PurePath
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

__all__ = [
    "SLUG",
    "SLUG_ACCEPTED",
    "Address",
    "Encoding",
    "Kind",
    "Language",
    "Part",
    "Slug",
    "Text",
    "file_stem",
    "fold_name",
    "shown",
]

_FILE_ENDINGS = {".gz", ".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".parquet"}
SLUG = r"[a-z0-9][a-z0-9-]*"
SLUG_ACCEPTED = "small letters, digits and '-', such as 'us-airways'"


def fold_name(text: str) -> str:
    """What is left of a name when case, blanks and punctuation are ignored.

    >>> fold_name("US Airways") == fold_name("us-airways")
    True
    """
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def file_stem(path: str | PurePath) -> str:
    """The file's name without the endings of a data file: ``figo`` for ``data/figo.csv.gz``."""
    name = PurePath(path)
    while name.suffix.lower() in _FILE_ENDINGS:
        name = name.with_suffix("")
    return name.name


def _like(pattern: str, accepted: str) -> Any:
    def checked(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(accepted)  # the message becomes "found ...; accepted: ..."
        return value

    return AfterValidator(checked)


def _known_encoding(value: str) -> str:
    try:
        "".encode(value)
    except (LookupError, UnicodeError):
        raise ValueError("a text encoding, such as 'utf-8', 'cp1252' or 'utf-16'") from None
    return value


Slug = Annotated[str, _like(SLUG, SLUG_ACCEPTED)]
Address = Annotated[str, _like(r"https?://[^/\s]\S*", "an address that begins with http:// or https://")]
Language = Annotated[str, _like(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", "a language code, such as 'en'")]
Encoding = Annotated[str, AfterValidator(_known_encoding)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Kind = Literal["review", "complaint", "mention", "employee"]


class Part(BaseModel):
    """A table of the file, which cannot be changed once it is read."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, use_attribute_docstrings=True)


def shown(value: object) -> str:
    """A value as a message quotes it, at most 80 characters."""
    if isinstance(value, dict):
        return "a table"
    text = repr(str(value)) if isinstance(value, str | date) else repr(value)
    return text if len(text) <= 80 else text[:79] + "…"
