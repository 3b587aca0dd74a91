"""What customers say for and against a sentence that is not theirs: a guess, a value, a promise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from minebelief.industry import Industry
from minebelief.insight.count import Field, field_of
from minebelief.insight.intervals import mean_of_shares, wilson
from minebelief.mining.encoder import Encoder
from minebelief.mining.learnt_names import masker_of
from minebelief.mining.matching import Matcher
from minebelief.store import Store, read_sql

__all__ = ["Heard", "Hearing", "KnownTheme", "Share", "Subject"]

SAYS = 0.67
"""Mean of the cosine and of the score word by word from which a sentence says another one. On six guesses about pet
insurance and nine about made-up phones nine in ten of the sentences above it do, and two in ten of those below."""

SURE, MAYBE = 0.78, 0.64
"""Cosine from which no second look is needed, and below which none is worth while."""

OPPOSES = 0.66
"""Cosine without polarity from which a sentence of the other polarity is about the same matter, unless it says a theme
that is about another one."""

THEME, SAYS_THEME, OPPOSES_THEME, APART = 0.70, 0.64, 0.58, 0.08
"""Nearness, whatever the polarity, from which a theme is about the matter; and those from which the nearest theme is,
if the next one is so much less near, where it says the same and where it says the opposite. Tuned on three seeds of the
made-up phones."""

LOOKS = 400
"""Sentences for each subject that get the second look, nearest first; beyond, the cosine decides alone."""

ALONE = 0.74


@dataclass(frozen=True)
class KnownTheme:
    """An active theme; ``prevalence`` is None without a field."""

    theme_id: str
    kind: str
    statement: str
    prevalence: float | None
    common: bool


@dataclass(frozen=True)
class Subject:
    """A sentence to listen for. ``wordings`` are ways to say it, at least one; ``praise`` tells its polarity."""

    wordings: tuple[str, ...]
    praise: bool


@dataclass(frozen=True)
class Heard:
    """What was heard of a subject, as row numbers of the reasons, nearest first, with similarities of the same shape.

    ``says_themes`` and ``opposes_themes`` are the ids of the themes that say the same, or the opposite.
    """

    says: np.ndarray
    says_similarity: np.ndarray
    opposes: np.ndarray
    opposes_similarity: np.ndarray
    says_themes: tuple[str, ...]
    opposes_themes: tuple[str, ...]


@dataclass(frozen=True)
class Share:
    """In how many opinions something occurs: ``mentions`` over the compared sources, and the mean of the companies.

    ``by_company`` gives mentions of each company of the field, ``spread`` at how many the lower end clears the floor.
    """

    mentions: int
    share: float | None
    low: float | None
    high: float | None
    spread: int
    by_company: dict[str, int]


class Hearing:
    """An industry's reasons with their vectors, ready to be listened to.

    Attributes:
        sentence_ids, texts, companies: of the n reasons, customers' and employees', in order.
        positive, employee, wish: arrays of n booleans.
        themes: the active themes, most prevalent first.
        field: the companies compared.
    """

    def __init__(self, store: Store, industry: Industry, encoder: Encoder, field: Field | None = None) -> None:
        where = {"industry": industry.industry}
        table = store.table(read_sql("steps/reasons_heard.sql"), where)
        self.industry = industry
        self.encoder = encoder
        self.field = field or field_of(store, industry)
        self.masker = masker_of(store, industry)
        self.sentence_ids: list[str] = table["sentence_id"].to_pylist()
        self.texts: list[str] = table["text"].to_pylist()
        self.masked: list[str] = table["masked"].to_pylist()
        self.companies: list[str] = table["company"].to_pylist()
        self.sources: list[str] = table["source"].to_pylist()
        self.voices: list[str] = table["voice"].to_pylist()
        self.positive = np.array(table["polarity"].to_pylist(), object) == "positive"
        self.employee = table["employee"].to_numpy(zero_copy_only=False).astype(bool)
        self.wish = table["wish"].to_numpy(zero_copy_only=False).astype(bool)
        self.vectors = self._vectors(store, table["text_hash"].to_pylist())
        self.themes = [KnownTheme(*row) for row in store.rows(read_sql("steps/counted_themes.sql"), where)]
        row_of = {sentence: row for row, sentence in enumerate(self.sentence_ids)}
        held: dict[str, list[int]] = {theme.theme_id: [] for theme in self.themes}
        for theme_id, sentence in store.rows(read_sql("steps/active_theme_sentences.sql"), [industry.industry]):
            if theme_id in held and sentence in row_of:
                held[theme_id].append(row_of[sentence])
        self.held = {theme_id: np.array(sorted(rows), int) for theme_id, rows in held.items()}
        self.away = self._polarity()

    def _vectors(self, store: Store, hashes: list[str]) -> np.ndarray:
        where = {"industry": self.industry.industry, "encoder": self.encoder.name}
        known = store.table(read_sql("steps/vectors.sql"), where)
        flat = known["vector"].combine_chunks().values.to_numpy(zero_copy_only=False).astype(np.float32, copy=False)
        row_of = {text_hash: row for row, text_hash in enumerate(known["text_hash"].to_pylist())}
        rows = np.array([row_of[text_hash] for text_hash in hashes], int)
        return flat.reshape(known.num_rows, -1)[rows] if len(rows) else np.zeros((0, 1), np.float32)

    def _polarity(self) -> np.ndarray:
        """The direction from praise to complaint, of unit length; zero where there is only one of them."""
        bad, good = self.vectors[~self.positive & ~self.employee], self.vectors[self.positive & ~self.employee]
        if not len(bad) or not len(good):
            return np.zeros(self.vectors.shape[1], np.float32)
        direction = bad.mean(axis=0) - good.mean(axis=0)
        return np.asarray(direction / max(float(np.linalg.norm(direction)), 1e-9), np.float32)

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self.encoder, sorted(set(self.masked)))

    @cached_property
    def _neutral(self) -> np.ndarray:
        return self.without_polarity(self.vectors)

    def without_polarity(self, vectors: np.ndarray) -> np.ndarray:
        """Unit vectors, shape (n, d), with the direction from praise to complaint taken out."""
        flat = vectors - np.outer(vectors @ self.away, self.away)
        return np.asarray(flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-9), np.float32)

    def hear(self, subjects: Sequence[Subject], *, employees: bool = False) -> list[Heard]:
        """What customers (or, if wanted, employees) say for and against each subject."""
        if not subjects:
            return []
        wordings = [self.masker.mask(wording) for subject in subjects for wording in subject.wordings]
        vectors = self.encoder.encode(wordings)
        starts = np.cumsum([0, *(len(subject.wordings) for subject in subjects)])
        among = np.flatnonzero(self.employee == employees)
        if not len(among):
            nothing = np.array([], int)
            return [Heard(nothing, nothing, nothing, nothing, (), ()) for _ in subjects]
        plain = _best(vectors @ self.vectors[among].T, starts)
        neutral = _best(self.without_polarity(vectors) @ self._neutral[among].T, starts)
        near = self._second_look(wordings, starts, subjects, among, plain, neutral)
        said = self._themes_that_say(wordings, vectors, starts, subjects)
        opposed = self._themes_that_oppose(vectors, starts, subjects)
        found = []
        for i, subject in enumerate(subjects):
            same = self.positive[among] == subject.praise
            says = same & (near[i] >= SAYS)
            opposes = ~same & (neutral[i] >= OPPOSES) & (near[i] < SAYS)
            if not employees:
                says |= self._in(said[i], among)
                opposes &= ~self._in(self.held.keys() - set(opposed[i]), among)
                opposes |= self._in(opposed[i], among)
            found.append(
                Heard(
                    *_sorted(among, says, near[i], self.sentence_ids),
                    *_sorted(among, opposes, neutral[i], self.sentence_ids),
                    said[i],
                    opposed[i],
                )
            )
        return found

    def _second_look(
        self,
        wordings: Sequence[str],
        starts: np.ndarray,
        subjects: Sequence[Subject],
        among: np.ndarray,
        plain: np.ndarray,
        neutral: np.ndarray,
    ) -> np.ndarray:
        """How far each sentence says each subject: the cosine, or its mean with the score word by word."""
        near = np.where(plain >= ALONE, SAYS, np.minimum(plain, SAYS - 0.01))
        near = np.where(plain >= SURE, plain, near).astype(np.float32)
        looked = []
        for i, subject in enumerate(subjects):
            same = self.positive[among] == subject.praise
            rows = np.flatnonzero((plain[i] >= MAYBE) & (plain[i] < SURE) & (same | (neutral[i] >= OPPOSES)))
            looked.append(rows[np.lexsort((rows, -np.round(plain[i][rows], 4)))][:LOOKS])
        texts = sorted({self.masked[among[row]] for rows in looked for row in rows})
        place = {text: at for at, text in enumerate(texts)}
        scores = self._matcher.scores(wordings, texts)
        for i, rows in enumerate(looked):
            if len(rows):
                own = scores[[place[self.masked[among[row]]] for row in rows], starts[i] : starts[i + 1]]
                near[i][rows] = (plain[i][rows] + own.max(axis=1)) / 2
        return near

    def _themes_that_say(
        self, wordings: Sequence[str], vectors: np.ndarray, starts: np.ndarray, subjects: Sequence[Subject]
    ) -> list[tuple[str, ...]]:
        if not self.themes:
            return [() for _ in subjects]
        words = self._matcher.scores(wordings, [self.masker.mask(theme.statement) for theme in self.themes]).T
        fully = _best((vectors @ self._statements.T + words) / 2, starts)
        near = _best(self.nearness(vectors), starts)
        return [
            self._chosen(fully[i] >= SAYS, near[i], SAYS_THEME, "value" if s.praise else "belief")
            for i, s in enumerate(subjects)
        ]

    def _themes_that_oppose(
        self, vectors: np.ndarray, starts: np.ndarray, subjects: Sequence[Subject]
    ) -> list[tuple[str, ...]]:
        if not self.themes:
            return [() for _ in subjects]
        near = _best(self.nearness(vectors), starts)
        nothing = np.zeros(len(self.themes), bool)
        return [
            self._chosen(nothing, near[i], OPPOSES_THEME, "belief" if s.praise else "value")
            for i, s in enumerate(subjects)
        ]

    def nearness(self, vectors: np.ndarray) -> np.ndarray:
        """How near each text is to each theme's matter, whatever the polarity: shape (texts, themes), at most 1."""
        asked = self.without_polarity(vectors)
        statements = self.without_polarity(self._statements)
        return np.asarray((asked @ statements.T + asked @ self.without_polarity(self._centres).T) / 2)

    @cached_property
    def _statements(self) -> np.ndarray:
        return self.encoder.encode([self.masker.mask(theme.statement) for theme in self.themes])

    @cached_property
    def _centres(self) -> np.ndarray:
        centres = [
            self.vectors[rows].mean(axis=0) if len(rows := self.held[theme.theme_id]) else self._statements[i]
            for i, theme in enumerate(self.themes)
        ]
        return np.stack(centres) / np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-9)

    def _chosen(self, sure: np.ndarray, near: np.ndarray, least: float, kind: str) -> tuple[str, ...]:
        """The themes of a kind that are about the matter: those that are sure, or near, or nearest by far."""
        order = [j for j in np.argsort(-np.round(near, 4), kind="stable") if self.themes[j].kind == kind]
        alone = len(order) > 0 and (len(order) == 1 or near[order[0]] - near[order[1]] >= APART)
        return tuple(
            self.themes[j].theme_id
            for place, j in enumerate(order)
            if sure[j] or near[j] >= THEME or (place == 0 and alone and near[j] >= least)
        )

    def _in(self, theme_ids: Iterable[str], among: np.ndarray) -> np.ndarray:
        inside = np.zeros(len(self.sentence_ids), bool)
        for theme_id in theme_ids:
            inside[self.held[theme_id]] = True
        return inside[among]

    @property
    def praise_odds(self) -> float:
        """How many of the customers' reasons praise for each that complains."""
        customers = ~self.employee
        return float((customers & self.positive).sum() / max((customers & ~self.positive).sum(), 1))

    def share(self, rows: Iterable[int]) -> Share:
        """In what share of customers' opinions over the compared sources these sentences stand."""
        counts = self.counts(rows)
        compared = [company for company in self.field.companies if self.field.total(company) > 0]
        by_company = {company: counts.get(company, 0) for company in compared}
        total = sum(counts.values())
        if not compared:
            return Share(total, None, None, None, 0, by_company)
        k = np.array(list(by_company.values()))
        n = np.array([self.field.total(company) for company in compared])
        spread = int((wilson(k, n)[0] >= self.industry.floor).sum())
        return Share(total, *mean_of_shares(k, n), spread, by_company)

    def counts(self, rows: Iterable[int]) -> dict[str, int]:
        """Customers' opinions over the compared sources in which these sentences stand, by company."""
        sources = set(self.field.sources)
        voices = {
            (self.companies[row], self.voices[row])
            for row in rows
            if not self.employee[row] and self.sources[row] in sources
        }
        counts: dict[str, int] = {}
        for company, _ in voices:
            counts[company] = counts.get(company, 0) + 1
        return counts


def _best(scores: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """The best score over the wordings of each subject: shape (wordings, n) to (subjects, n)."""
    return np.maximum.reduceat(scores, starts[:-1], axis=0)


def _sorted(
    among: np.ndarray, chosen: np.ndarray, scores: np.ndarray, ids: Sequence[str]
) -> tuple[np.ndarray, np.ndarray]:
    rows = np.flatnonzero(chosen)
    order = sorted(rows.tolist(), key=lambda row: (-round(float(scores[row]), 4), ids[int(among[row])]))
    rows = np.array(order, np.int64)
    return among[rows], scores[rows]
