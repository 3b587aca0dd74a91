"""Where the reviews of a page hang: every node that is one, whatever holds it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .nodes import Node, types

__all__ = ["Found", "find_reviews", "first_of", "is_review", "walk"]

_MAX_DEPTH = 60
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
        return self.owner is None


def find_reviews(nodes: list[Node]) -> Iterator[Found]:
    """Every review among ``nodes`` once, in order, with what it is about; references by ``@id`` are
    followed.
    """
    index: dict[str, Node] = {}
    for node in walk(nodes):
        name = node.get("@id")
        if isinstance(name, str) and len(node) > len(index.get(name, ())) and _is_more(node):
            index[name] = node
    yielded: set[int] = set()

    def visit(value: Any, about: Node | None, named: bool, depth: int) -> Iterator[Found]:
        if depth > _MAX_DEPTH:
            return
        if isinstance(value, list):
            for entry in value:
                yield from visit(entry, about, named, depth + 1)
            return
        if not isinstance(value, dict):
            return
        value = _resolved(value, index)
        reviewed_here = is_review(value, named)
        if reviewed_here:
            if id(value) in yielded:
                return
            yielded.add(id(value))
            reviewed = value.get("itemReviewed")
            reviewed = _resolved(reviewed, index) if isinstance(reviewed, dict) else None
            yield Found(_filled(value, index), reviewed or about, about)
            about = None
        elif id(value) in open_nodes:
            return
        open_nodes.add(id(value))
        for key, entry in value.items():
            if isinstance(entry, dict | list) and not (reviewed_here and key in _PARTS):
                yield from visit(entry, value, _key(key) in ("review", "reviews"), depth + 1)
        open_nodes.discard(id(value))

    open_nodes: set[int] = set()
    # What hangs on a product knows its product; so nested reviews first, then those that stand alone.
    nested = [node for node in nodes if not is_review(node, False)]
    alone = [node for node in nodes if is_review(node, False)]
    for node in nested + alone:
        yield from visit(node, None, False, 0)


def walk(value: Any) -> Iterator[Node]:
    """Every node in ``value``, at any depth up to a bound."""
    level = [value]
    for _ in range(_MAX_DEPTH):
        inner: list[Any] = []
        for entry in level:
            if isinstance(entry, dict):
                yield entry
                inner += [part for part in entry.values() if isinstance(part, dict | list)]
            elif isinstance(entry, list):
                inner += entry
        if not inner:
            return
        level = inner


def _is_more(node: Node) -> bool:
    return any(key not in ("@id", "@type") for key in node)


def _resolved(node: Node, index: dict[str, Node]) -> Node:
    name = node.get("@id")
    return index.get(name, node) if isinstance(name, str) and not _is_more(node) else node


def _filled(review: Node, index: dict[str, Node]) -> Node:
    """The review with its references replaced by what they refer to; sites also write ``ReviewRating``."""
    filled: Node = {}
    for name, value in review.items():
        if value not in (None, "", [], {}):
            filled.setdefault(_key(name), _resolved(value, index) if isinstance(value, dict) else value)
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
        if value not in (None, "", [], {}):
            return value
    return None
