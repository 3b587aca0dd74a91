"""An industry file while it is checked: all mistakes are collected, so that mending one does not uncover the next."""

import difflib
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError as Invalid
from pydantic_core import ErrorDetails

from .industry_values import Part, shown

__all__ = ["Draft"]

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_ACCEPTED = {
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "float_parsing": "a number",
    "float_type": "a number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "list_type": "a list, in square brackets",
    "string_too_long": "a single character",
    "string_too_short": "a text that is not empty",
    "string_type": "a text, in quotes",
    "tuple_type": "a list, in square brackets",
}
"""By pydantic's kind of error, where its own words are not those of a TOML file."""
Built = TypeVar("Built", bound=Part)


class Draft:
    """An industry file while it is checked: collects mistakes and goes on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.mistakes: list[str] = []
        self.sure = True  # of all names; a mistaken company has one message, not one per mention of it

    def wrong(self, key: str, found: object, accepted: str) -> None:
        self.mistakes.append(f"{key}: found {shown(found)}; accepted: {accepted}")

    def unknown(self, key: str, known: Iterable[str]) -> None:
        close = difflib.get_close_matches(re.split(r"\.", key)[-1], sorted(known), n=1)
        hint = f" (did you mean '{close[0]}'?)" if close else ""
        self.mistakes.append(f"{key}: unknown key{hint}; accepted: {', '.join(sorted(known))}")

    def fill_in(self, value: Any, key: str) -> Any:
        """`value` with every ``${NAME}`` replaced by the environment variable."""
        if isinstance(value, dict):
            return {name: self.fill_in(part, f"{key}.{name}".lstrip(".")) for name, part in value.items()}
        if isinstance(value, list):
            return [self.fill_in(part, f"{key}[{i}]") for i, part in enumerate(value)]
        if not isinstance(value, str):
            return value
        for name in dict.fromkeys(_VARIABLE.findall(value)):
            if name not in os.environ:
                self.mistakes.append(f"{key}: the environment variable {name} is not set; set it")
        return _VARIABLE.sub(lambda match: os.environ.get(match[1], match[0]), value)

    def build(
        self,
        model: type[Built],
        table: Any,
        key: str,
        known: Iterable[str] = (),
        nested: Mapping[str, Iterable[str]] | None = None,
    ) -> Built | None:
        """`table` as a `model`, or None after noting what is wrong with it.

        `known` are the keys accepted in it, those of the model by default; `nested` those of tables within it.
        """
        try:
            return model.model_validate(table)
        except Invalid as error:
            for detail in error.errors():
                inside = next((keys for name, keys in (nested or {}).items() if name in detail["loc"]), None)
                self.note(detail, key, inside or known or model.model_fields)
        return None

    def note(self, detail: ErrorDetails, key: str, known: Iterable[str], meaning: str = "") -> None:
        """Note what pydantic found wrong below `key`; `meaning` says what a missing key is for."""
        place = key
        for step in detail["loc"]:
            place += f"[{step}]" if isinstance(step, int) else f".{step}"
        place = place.lstrip(".")
        accepted = _ACCEPTED.get(detail["type"]) or detail["msg"]
        accepted = accepted.removeprefix("Value error, ").removeprefix("Input should be ")
        accepted = accepted.partition(", unable to parse")[0]
        if detail["type"] == "missing":
            self.mistakes.append(f"{place}: missing; this key is required{f': {meaning}' if meaning else ''}")
        elif detail["type"] == "extra_forbidden":
            self.unknown(place, known)
        elif detail["type"] in ("model_type", "model_attributes_type", "dict_type"):
            self.wrong(place, detail["input"], "a table")
        else:
            self.wrong(place, detail["input"], accepted[:1].lower() + accepted[1:])
