"""The page about industry files, made from the models that check them: ``python -m minebelief.industry_reference``."""

import re
import sys
import typing
from types import NoneType
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from minebelief.industry import SPIDERS, Columns, Company, CrawlSource, FileSource, Industry

__all__ = ["reference"]

BEGINNING = """\
# The industry file

<!-- Made from minebelief/industry.py and industry_sources.py by `make docs/industry-file.md`; change those. -->

One TOML file says which companies are compared, where their reviews come from, and what you believe. `minebelief init
NAME` writes one to start from. Paths in it are relative to the file; `${NAME}` takes an environment variable. All
mistakes are told at once: the file, the key, what was found and what is accepted.

```toml
industry = "coffee"
title = "Coffee subscriptions"
beliefs = ["Deliveries are always late"]

[companies.bean-post]
name = "Bean Post"
aliases = ["BeanPost"]
ours = true

[companies.roastery]
name = "The Roastery"

[[sources]]
files = "reviews.csv"
company = "shop"
columns = { body = "text", rating = "stars" }
scale = 5
```
"""

_PARTS: tuple[tuple[str, type[BaseModel], str], ...] = (
    ("The file", Industry, "Keys at the top."),
    ("`[companies.KEY]`", Company, "One table for each company."),
    ("`[[sources]]` of files", FileSource, "A section with the key `files`."),
    ("`columns` of files", Columns, "Each value is the name of a column."),
    (
        "`[[sources]]` of sites",
        CrawlSource,
        "A section with the key `spider`. [Sources](sources.md) says what each spider accepts beside these keys.",
    ),
)
_NOT_WRITTEN = {(Industry, "path"), (CrawlSource, "args")}
_ALWAYS_THERE = {(Industry, "title"), (FileSource, "name"), (CrawlSource, "name")}
_KINDS = {str: "text", int: "whole number", float: "number", bool: "true or false"}


def reference() -> str:
    """The whole page, in Markdown."""
    return "\n".join([BEGINNING, *(_section(*part) for part in _PARTS)])


def _section(title: str, model: type[BaseModel], about: str) -> str:
    rows = [
        f"| `{name}` | {_kind(field)} | {_default(model, name, field)} | {_cell(field.description or '')} |"
        for name, field in model.model_fields.items()
        if (model, name) not in _NOT_WRITTEN
    ]
    head = f"## {title}\n\n{about}\n\n| key | value | by default | meaning |\n|---|---|---|---|\n"
    return head + "\n".join(rows) + "\n"


def _kind(field: FieldInfo) -> str:
    limits = [str(one) for one in field.metadata if type(one).__name__ in ("Gt", "Ge", "Lt", "Le")]
    words = {"Gt": "above", "Ge": "at least", "Lt": "below", "Le": "at most"}
    found = [re.fullmatch(r"(\w+)\(\w+=(.+)\)", limit) for limit in limits]
    told = " and ".join(f"{words[one[1]]} {one[2]}" for one in found if one)
    return f"{_name(field.annotation)}{', ' + told if told else ''}"


def _name(kind: Any) -> str:
    """A type in words."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Annotated:
        return _name(inner[0])
    if origin is Literal:
        names = SPIDERS if inner == (SPIDERS,) else inner
        return ", ".join(f"`{name}`" for name in names)
    if origin is tuple:
        return "sections" if _is_model(inner[0]) else f"list of {_name(inner[0])}s"
    if origin is dict:
        return "tables" if _is_model(inner[1]) else "table"
    if origin is not None:  # a union
        return " or ".join(_name(one) for one in inner if one is not NoneType)
    return _KINDS.get(kind) or ("table" if _is_model(kind) else "date")


def _is_model(kind: Any) -> bool:
    return any(isinstance(one, type) and issubclass(one, BaseModel) for one in (kind, *typing.get_args(kind)))


def _default(model: type[BaseModel], name: str, field: FieldInfo) -> str:
    if field.is_required():
        return "" if (model, name) in _ALWAYS_THERE else "**required**"
    if field.default is None or isinstance(field.default, BaseModel) or field.default in ((), {}):
        return ""
    text = str(field.default)
    return f"`{text.lower() if isinstance(field.default, bool) else text}`"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(reference())
