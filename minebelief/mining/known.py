"""Known themes: what they are known by from run to run, as the work database keeps it."""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from minebelief.mining.themes import KINDS
from minebelief.store import Store, read_sql

__all__ = ["Known", "Statement", "load_known", "next_id", "write_known"]

EXEMPLARS = 50
"""Best sentences of a theme that are kept as what it meant when it was born."""


@dataclass(frozen=True)
class Statement:
    """A sentence that speaks for a theme, with its text as it is compared."""

    sentence_id: str
    masked: str


@dataclass
class Known:
    """A theme and what it is known by.

    ``statements`` are its own, then those of themes merged into it: a sentence belongs to it that says any of them.
    ``members`` are its sentences with their scores, ``exemplars`` the best of them when it was born. ``status`` is
    active, retired (not said any more), merged or hidden. ``stability`` is that of the last discovery that looked for
    it, None where none has.
    """

    theme_id: str
    kind: str
    statement: str
    statements: list[Statement]
    status: str = "active"
    area: str = ""
    keywords: tuple[str, ...] = ()
    name: str | None = None
    hidden: bool = False
    pinned: bool = False
    merged_into: str | None = None
    drift: float | None = None
    stability: float | None = None
    exemplars: tuple[str, ...] = ()
    members: dict[str, float] = field(default_factory=dict)

    @property
    def is_itself(self) -> bool:
        """Whether it has not gone into another theme."""
        return self.merged_into is None

    def ranked(self) -> list[str]:
        """Its sentences, best first."""
        return sorted(self.members, key=lambda name: (-round(self.members[name], 4), name))

    def born_from(self) -> "Known":
        """The same theme, anchored to the sentences that say it best now."""
        self.exemplars = tuple(self.ranked()[:EXEMPLARS])
        return self


def next_id(kind: str, taken: set[str]) -> str:
    """An id of this kind that was never used before; it is taken then."""
    prefix, _ = KINDS[kind]
    used = [int(name[1:]) for name in taken if name.startswith(prefix)]
    found = f"{prefix}{max(used, default=0) + 1}"
    taken.add(found)
    return found


def load_known(store: Store, industry: str) -> dict[str, Known]:
    """Every theme that the industry ever had, by id."""
    where = {"industry": industry}
    known = {
        row["theme_id"]: Known(**{**row, "keywords": tuple(row["keywords"]), "statements": []})
        for row in store.table(read_sql("steps/known_themes.sql"), where).to_pylist()
    }
    for theme, sentence, masked in store.rows(read_sql("steps/theme_statements.sql"), where):
        known[theme].statements.append(Statement(sentence, masked))
    exemplars: dict[str, list[str]] = {}
    for theme, sentence in store.rows(
        "select theme_id, sentence_id from exemplars where industry = $industry order by all", where
    ):
        exemplars.setdefault(theme, []).append(sentence)
    for theme, sentences in exemplars.items():
        known[theme].exemplars = tuple(sentences)
    for theme, sentence, score in store.rows(
        "select theme_id, sentence_id, similarity from theme_sentences where industry = $industry", where
    ):
        known[theme].members[sentence] = score
    return known


def write_known(store: Store, industry: str, themes: dict[str, Known], run_id: str) -> None:
    """Put themes in place of those that the industry had; call it in the transaction of the discovery."""
    rows = {"themes": [], "theme_identity": [], "theme_statements": [], "exemplars": []}  # type: dict[str, list[dict[str, object]]]
    matches: list[tuple[str, str, float, int]] = []
    for theme in sorted(themes.values(), key=lambda one: (len(one.theme_id), one.theme_id)):
        key = {"industry": industry, "theme_id": theme.theme_id}
        rows["themes"].append(
            {
                **key,
                "kind": theme.kind,
                "area": theme.area,
                "statement": theme.statement,
                "statement_sentence_id": theme.statements[0].sentence_id if theme.statements else None,
                "keywords": list(theme.keywords),
                "status": theme.status,
            }
        )
        rows["theme_identity"].append(
            {
                **key,
                "name": theme.name,
                "hidden": theme.hidden,
                "pinned": theme.pinned,
                "merged_into": theme.merged_into,
                "drift": theme.drift,
                "stability": theme.stability,
            }
        )
        rows["theme_statements"] += [
            {**key, "place": place, "sentence_id": one.sentence_id, "masked": one.masked}
            for place, one in enumerate(theme.statements)
        ]
        rows["exemplars"] += [{**key, "sentence_id": sentence} for sentence in theme.exemplars]
        matches += [
            (theme.theme_id, sentence, round(theme.members[sentence], 4), rank)
            for rank, sentence in enumerate(theme.ranked(), start=1)
        ]
    for table in (*rows, "theme_sentences"):
        store.execute(f"delete from {table} where industry = ?", [industry])
    for table, own in rows.items():
        if own:
            store.insert(table, pa.Table.from_pylist(own, schema=_SCHEMAS.get(table)))
    if matches:
        ids, sentences, scores, ranks = (list(column) for column in zip(*matches, strict=True))
        columns = [pa.array([industry] * len(ids)), ids, sentences, np.array(scores), np.array(ranks, np.int32)]
        names = ["industry", "theme_id", "sentence_id", "similarity", "rank"]
        store.insert("theme_sentences", pa.table(columns, names=names))
    store.run_file("steps/note_arrivals.sql", industry=industry, run_id=run_id)


_KEY = [("industry", pa.string()), ("theme_id", pa.string())]
_SCHEMAS = {
    "themes": pa.schema(
        [
            *_KEY,
            *[(name, pa.string()) for name in ("kind", "area", "statement", "statement_sentence_id")],
            ("keywords", pa.list_(pa.string())),
            ("status", pa.string()),
        ]
    ),
    "theme_identity": pa.schema(
        [
            *_KEY,
            ("name", pa.string()),
            *[(name, pa.bool_()) for name in ("hidden", "pinned")],
            ("merged_into", pa.string()),
            ("drift", pa.float64()),
            ("stability", pa.float64()),
        ]
    ),
}
