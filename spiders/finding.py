"""Where the reviews of a page hang: every node that is one, whatever holds it. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .nodes import Node, types

__all__ = ["Found", "find_reviews", "first_of", "is_review", "walk"]

_MAX_DEPTH = 200
_HELD = (dict, list)
_SMALL = "@abcdefghijklmnopqrstuvwxyz"
# What hangs on a review and holds no other; not to look there halves the time of looking.
_PARTS = {"author", "image", "publisher", "reviewRating"}


@dataclass(frozen=True, slots=True)
class Found:
    """A review's node with the node of what it is about, and the one that it hangs on."""

    node: Node
    about: Node | None
    owner: Node | None

    @property
    def alone(self) -> bool:
        """Does it hang on nothing, or on what only holds a page's nodes together?"""
        return self.owner is None or "@graph" in self.owner


def find_reviews(nodes: list[Node], walked: Iterable[Node]) -> Iterator[Found]:
    """Every review among ``nodes`` once, in order, with what it is about; references by ``@id`` to any of ``walked``,
    which are these nodes and all within them, are followed.
    """
    index: dict[str, Node] = {}
    for node in walked:
        name = node.get("@id")
        if isinstance(name, str) and len(node) > len(index.get(name, ())) and _is_more(node):
            index[name] = node
    # What hangs on a product knows its product; so nested reviews first, then those that stand alone.
    first = sorted(nodes, key=lambda node: is_review(node, False))
    pending: list[tuple[Any, Node | None, bool, int]] = [(first, None, False, 0)]
    # Each node once, so that references which go in circles, or everywhere, take no longer than the page has nodes.
    met: set[tuple[int, bool]] = set()
    yielded: set[int] = set()
    while pending:
        value, about, named, depth = pending.pop()
        if isinstance(value, list):
            pending += [(entry, about, named, depth) for entry in reversed(value)]
            continue
        if not isinstance(value, dict) or depth > _MAX_DEPTH:
            continue
        value = _resolved(value, index)
        reviewed_here = is_review(value, named)
        if id(value) in yielded or (id(value), named) in met:
            continue
        met.add((id(value), named))
        if reviewed_here:
            yielded.add(id(value))
            reviewed = _resolved(value.get("itemReviewed"), index)
            yield Found(_filled(value, index), (reviewed if isinstance(reviewed, dict) else None) or about, about)
        inner = [
            (entry, value, _key(key) in ("review", "reviews"), depth + 1)
            for key, entry in value.items()
            if isinstance(entry, _HELD) and not (reviewed_here and key in _PARTS)
        ]
        pending += reversed(inner)


def walk(value: Any) -> Iterator[Node]:
    """Every node in ``value``, at any depth up to a bound."""
    level = [value]
    for _ in range(_MAX_DEPTH):
        inner: list[Any] = []
        for entry in level:
            if isinstance(entry, dict):
                yield entry
                inner += [part for part in entry.values() if isinstance(part, _HELD)]
            elif isinstance(entry, list):
                inner += entry
        if not inner:
            return
        level = inner


def _is_more(node: Node) -> bool:
    return len(node) > ("@id" in node) + ("@type" in node)


def _resolved(value: Any, index: dict[str, Node]) -> Any:
    """What a reference refers to; in a list, each of them."""
    if isinstance(value, list):
        return [_resolved(entry, index) if isinstance(entry, dict) else entry for entry in value]
    if not isinstance(value, dict) or "@id" not in value or _is_more(value):
        return value
    name = value["@id"]
    return index.get(name, value) if isinstance(name, str) else value


def _filled(review: Node, index: dict[str, Node]) -> Node:
    """The review with its references replaced by what they refer to; sites also write ``ReviewRating``."""
    filled: Node = {}
    for name, value in review.items():
        if value or _is_zero(value):
            name = name if name[:1] in _SMALL else _key(name)
            filled.setdefault(name, _resolved(value, index) if isinstance(value, _HELD) else value)
    return filled


def _key(name: str) -> str:
    return name[:1].lower() + name[1:]


def is_review(node: Node, named: bool) -> bool:
    names = types(node)
    if any(name.endswith("Review") for name in names):
        return True
    return named and not names and any(first_of(node, name) for name in ("reviewBody", "reviewRating"))


def first_of(node: Node, *names: str) -> Any:
    """The first property of these names that says something."""
    for name in names:
        value = node.get(name)
        if value or _is_zero(value):
            return value
    return None


def _is_zero(value: Any) -> bool:
    """Is this, which is falsy, something said nevertheless?"""
    return value is not None and not isinstance(value, (str, dict, list))
