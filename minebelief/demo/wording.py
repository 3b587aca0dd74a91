"""The wordings: sentences written for the made-up industry, and how one of them becomes a text.

A wording may hold choices, ``[nine|ten] o'clock``, and slots, ``{minutes} minutes``. The same slot twice in
one wording has the same value. Each wording belongs to a split, ``tune`` or ``test`` (``both`` where nothing
is planted, as in titles and replies), so that nothing is measured on wordings that it was tuned on.

Language is Zipfian: when people complain or praise, a few plain wordings are most of what is said, and the
inventive ones are its tail. So the wordings of a complaint or a value have ranks, those of ``plain`` in an order
drawn from the seed and then the others in such an order, and rank r is said 1/r as often as rank 1.
"""

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from .matter import Catalogue
from .review import Anchor

__all__ = ["SPLITS", "TABLES", "Phrase", "Wordings", "read_wordings"]

SPLITS = ("tune", "test")
TABLES = ("plain", "complaints", "praise", "wishes", "employees", "asides", "foreign", "frames")

_RANKED = ("complaints", "praise")  # the tables whose wordings are said by rank, after those of "plain"

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{([a-z_0-9]+)\}")
_ORDINALS = ("third", "fourth", "fifth", "sixth")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WORDS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 90: "ninety"}

# What a slot measures: the unit, and whether its number is what people got or what they had been promised.
_UNITS = {
    "minutes": ("minutes", "got"),
    "smallminutes": ("minutes", "got"),
    "promisedminutes": ("minutes", "promised"),
    "seconds": ("seconds", "got"),
    "hours": ("hours", "promised"),
    "days": ("days", "got"),
    "weeks": ("weeks", "got"),
    "times": ("times", "got"),
    "transfers": ("transfers", "got"),
    "agents": ("agents", "got"),
    "dollars": ("dollars", "promised"),
    "moredollars": ("dollars", "got"),
    "smalldollars": ("dollars", "got"),
    "gigabytes": ("gigabytes", "got"),
}
_VALUES: dict[str, tuple[int, ...]] = {
    "minutes": (20, 25, 30, 35, 40, 45, 48, 50, 55, 60, 65, 70, 75, 90),
    "smallminutes": (2, 3, 5, 10),
    "promisedminutes": (5, 6, 8, 10),
    "seconds": (20, 25, 30, 40, 45),
    "hours": (2, 4, 24, 48),
    "days": (5, 6, 8, 9, 10, 11, 12, 14, 16),
    "weeks": (3, 4, 5, 6, 7),
    "times": (3, 4, 5, 6),
    "transfers": (3, 4, 5, 6, 7),
    "agents": (4, 5, 6, 7),
    "smalldollars": (4, 6, 7, 9, 12),
    "gigabytes": (5, 10, 15, 20, 25, 30, 40),
    "years": (2, 3, 4, 5, 6, 7, 8, 9, 11, 12),
    "number": (9, 12, 14, 17, 19, 23, 27, 31, 38, 42),
    "day": (14, 15, 16, 17, 18),
    "miles": (8, 12, 20, 25, 30, 40),
}


@dataclass(frozen=True)
class Phrase:
    """A wording with its choices made and its slots filled."""

    text: str
    anchors: tuple[Anchor, ...] = ()


@cache
def read_wordings(table: str) -> tuple[tuple[str, str, str], ...]:
    """The rows (matter, split, sentence) of one of `TABLES`."""
    lines = (files(__package__) / f"{table}.tsv").read_text(encoding="utf-8").splitlines()
    rows = []
    for line in lines[1:]:
        matter, split, sentence = line.split("\t")
        rows.append((matter, split, sentence))
    return tuple(rows)


class Wordings:
    """Draws wordings of one split and makes phrases of them.

    Complaints and praise are drawn by rank, as Zipf's law has it; of the rest each is drawn as often as the others.
    """

    def __init__(self, split: str, catalogue: Catalogue, rng: random.Random) -> None:
        if split not in SPLITS:
            raise ValueError(f"no wordings '{split}'; accepted: {', '.join(SPLITS)}")
        self._rng = rng
        self._names = catalogue.names
        self._rows: dict[tuple[str, str], list[str]] = {}
        self._decks: dict[tuple[str, str], list[str]] = {}
        for table in TABLES:
            for matter, its_split, sentence in read_wordings(table):
                if its_split in (split, "both"):
                    self._rows.setdefault((table, matter), []).append(sentence)
        self._ranks = {
            (table, matter): [*self._shuffled("plain", matter), *self._shuffled(table, matter)]
            for table, matter in self._rows
            if table in _RANKED
        }

    def has(self, table: str, matter: str) -> bool:
        return (table, matter) in self._rows

    def draw(self, table: str, matter: str, known: Mapping[str, str]) -> Phrase:
        """The next wording of `matter` as a phrase; `known` fills slots such as ``company``."""
        if ranks := self._ranks.get((table, matter)):
            wording = self._rng.choices(ranks, [1 / rank for rank in range(1, len(ranks) + 1)])[0]
            return self._compose(wording, known, wanted=False)
        deck = self._decks.get((table, matter))
        if not deck:
            deck = self._decks[table, matter] = self._shuffled(table, matter)
        return self._compose(deck.pop(), known, wanted=table == "wishes")

    def _shuffled(self, table: str, matter: str) -> list[str]:
        wordings = list(self._rows.get((table, matter), ()))
        self._rng.shuffle(wordings)
        return wordings

    def _compose(self, wording: str, known: Mapping[str, str], *, wanted: bool) -> Phrase:
        filled = dict(known)
        anchors: list[Anchor] = []

        def fill(match: re.Match[str]) -> str:
            slot = match[1]
            if slot not in filled:
                filled[slot], quantity = self._value(slot, filled)
                if slot in _UNITS and quantity is not None:
                    unit, role = _UNITS[slot]
                    anchors.append(Anchor(quantity, unit, "wanted" if wanted else role))
            return filled[slot]

        text = _CHOICE.sub(lambda match: self._rng.choice(match[1].split("|")), wording)
        text = _SLOT.sub(fill, text)
        return Phrase(text[:1].upper() + text[1:] if wording[:1] == "{" else text, tuple(anchors))

    def _value(self, slot: str, filled: Mapping[str, str]) -> tuple[str, float | None]:
        rng = self._rng
        if slot == "dollars":
            amount = float(rng.choice((25, 30, 35, 40, 45)))
            return f"{amount:.0f}", amount
        if slot == "moredollars":
            amount = float(filled.get("dollars", 40)) + rng.choice((11, 14, 19, 23, 28))
            return f"{amount:.0f}", amount
        if slot in _VALUES:
            number = rng.choice(_VALUES[slot])
            spelled = slot == "minutes" and rng.random() < 0.2
            return (_WORDS.get(number, str(number)) if spelled else str(number)), float(number)
        return self._name(slot, filled), None

    def _name(self, slot: str, filled: Mapping[str, str]) -> str:
        rng, names = self._rng, self._names
        first, last = rng.choice(names["first"]), rng.choice(names["last"])
        makers: dict[str, Callable[[], str]] = {
            "ordinal": lambda: rng.choice(_ORDINALS),
            "weekday": lambda: rng.choice(_WEEKDAYS),
            "weekday2": lambda: rng.choice([day for day in _WEEKDAYS if day != filled.get("weekday")]),
            "month": lambda: rng.choice(_MONTHS),
            "town": lambda: rng.choice(names["towns"]),
            "country": lambda: rng.choice(names["countries"]),
            "clock": lambda: rng.choice(("ten o'clock", "3 pm", "noon", "half past four")),
            "fewpeople": lambda: rng.choice(("three", "four", "five", "six")),
            "person": lambda: f"{first} {last}",
            "email": lambda: f"{first}.{last}@example.com".lower(),
            "phonenumber": lambda: f"{rng.choice((212, 305, 617, 808))}-555-01{rng.randrange(100):02d}",
            "customernumber": lambda: f"{rng.randrange(10**7, 10**8)}",
            "address": lambda: f"{rng.randrange(1, 99)} {rng.choice(names['last'])} Street",
        }
        if slot not in makers:
            raise ValueError(f"unknown slot '{{{slot}}}'; accepted: {', '.join([*_VALUES, *makers])}")
        return makers[slot]()
