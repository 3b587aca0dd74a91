"""Reasons of one kind and the themes that they belong to: all of them anew, or only what is new."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from sklearn.base import clone

from minebelief.industry import Industry
from minebelief.mining.discovery import NEAR, ThemeDiscovery
from minebelief.mining.encoder import Encoder
from minebelief.mining.known import Known, Statement
from minebelief.mining.lineage import Event, take_in
from minebelief.mining.matching import Matcher
from minebelief.mining.registry import reconcile
from minebelief.mining.scores import ScoreBook, belonging
from minebelief.mining.stability import stability
from minebelief.mining.statements import content_words, keywords
from minebelief.mining.themes import FoundTheme, Reasons, find_themes

__all__ = ["KEPT", "Assignment"]

KEPT = 4
"""Sentences that a theme needs to be born of what is recent alone, or to stay. It is less than a full discovery asks
for: among thousands of old sentences some few are alike by chance, among recent loose ones hardly any."""

BACK = 0.55
"""Similarity of vectors from which an older sentence is asked whether it says a theme that was born now. Of 32,711
matches of pet insurance 99 in 100 are above 0.59."""


@dataclass
class Assignment:
    """The work on the themes of one kind.

    Args:
        settings: how themes are found and matched.
        industry: whose names no statement may hold.
        encoder: judges what says what.
        kind: 'belief' or 'value'.
        reasons: n reasons of this kind.
        everything, clear: as in `find_themes`.
        themes: the themes of this kind by id, which are changed.
        new_id: gives an id that was never used.
        events: what became of themes; it is added to.
    """

    settings: ThemeDiscovery
    industry: Industry
    encoder: Encoder
    kind: str
    reasons: Reasons
    everything: np.ndarray
    clear: np.ndarray
    themes: dict[str, Known]
    new_id: Callable[[], str]
    events: list[Event] = field(default_factory=list)
    _parents: dict[int, tuple[str, float]] = field(default_factory=dict, init=False)

    def anew(self) -> np.ndarray:
        """Find themes among all reasons, match them to the known ones, and assign every reason.

        Known themes keep their statements; what is found beside them is born. Returns the matcher's word counts.
        """
        texts = sorted(set(self.reasons.masked))
        matcher = Matcher(self.encoder, texts)
        standing = self._standing()
        book = ScoreBook(matcher, texts, [one.masked for theme in standing for one in theme.statements])
        discovery = self._discovery()
        found = self._find(discovery, self.reasons, book)
        before = {theme.theme_id: set(theme.members) for theme in standing}
        born = self._reconciled(found, standing, book) if standing else list(range(len(found)))
        new = [self._new(found[number], number) for number in born]
        standing = [theme for theme in standing if theme.is_itself]
        self._assign_all(standing + new, book)
        self._measure(discovery, texts, self.reasons, standing + new)
        self._name(new, {number: found[number] for number in born})
        for theme in standing:
            old, now = before[theme.theme_id], set(theme.members)
            if old and now:
                self.events.append(
                    Event("continued", theme.theme_id, overlap=round(len(old & now) / len(old | now), 4))
                )
        return matcher.rarity()

    def added(self, fresh: np.ndarray, since: np.ndarray, rarity: np.ndarray) -> None:
        """Assign new reasons to the known themes, and find new themes among what says none of them.

        A theme is born when enough of what is recent says it: what is older had its chance at the last full discovery.
        Older reasons that say it join it.

        Args:
            fresh: row numbers of the reasons that are new.
            since: n booleans, which reasons are recent.
            rarity: what the matcher knows of words.
        """
        matcher = Matcher.remembered(self.encoder, rarity)
        standing = self._standing()
        new = _part(self.reasons, fresh)
        book = ScoreBook(matcher, sorted(set(new.masked)))
        taken = self._join(standing, new, book)
        matched = {sentence for theme in standing for sentence in theme.members}
        loose = np.array([name not in matched for name in self.reasons.ids], bool)
        own = fresh[~taken]
        if not len(own):
            return
        older = np.setdiff1d(np.flatnonzero(loose), own)
        near = since[older] & (self._nearest(older, self.reasons.vectors[own]) >= NEAR)
        pool = np.sort(np.concatenate([own, older[near]]))
        rest = np.setdiff1d(older, pool)
        ours = {self.reasons.ids[row] for row in own}
        some = _part(self.reasons, pool)
        pool_book = ScoreBook(matcher, sorted(set(some.masked)))
        known_vectors = self._vectors([one.masked for theme in standing for one in theme.statements])
        discovery = self._discovery(KEPT)
        admitted = []
        for theme in self._find(discovery, some, pool_book):
            vector = some.vectors[theme.statement]
            if len(known_vectors) and (known_vectors @ vector).max() >= self.settings.same:
                continue
            if not ours & {some.ids[row] for row in theme.rows}:
                continue
            born = self._new(theme, 0, some)
            born.members = {
                some.ids[row]: float(score) for row, score in zip(theme.rows, theme.similarity, strict=True)
            }
            admitted.append(born)
            back = rest[self._nearest(rest, vector[None]) >= BACK]
            older_reasons = _part(self.reasons, back)
            self._join([born], older_reasons, ScoreBook(matcher, sorted(set(older_reasons.masked))))
            born.keywords = theme.keywords
            self._admit(born)
        if admitted:
            self._measure(discovery, pool_book.texts, some, admitted)

    def part(self, parent: Known, child: Known, rarity: np.ndarray) -> None:
        """Give a theme that a person split off those of its parent's sentences that say it at least as fully."""
        rows = np.array([row for row, name in enumerate(self.reasons.ids) if name in parent.members], int)
        some = _part(self.reasons, rows)
        book = ScoreBook(Matcher.remembered(self.encoder, rarity), sorted(set(some.masked)))
        columns = self._columns([parent, child], book)
        place = {text: row for row, text in enumerate(book.texts)}
        for name, text in zip(some.ids, some.masked, strict=True):
            own, its = columns[place[text]]
            if its >= self.settings.match and its >= own:
                child.members[name] = float(its)
                del parent.members[name]
        self.themes[child.theme_id] = child.born_from()

    def _standing(self) -> list[Known]:
        return [theme for theme in self.themes.values() if theme.is_itself and theme.statements]

    def _discovery(self, least: int | None = None) -> ThemeDiscovery:
        return clone(self.settings).set_params(min_mentions=least or self.settings.min_mentions)

    def _find(self, discovery: ThemeDiscovery, reasons: Reasons, book: ScoreBook) -> list[FoundTheme]:
        if not reasons.ids:
            return []
        return find_themes(discovery, self.industry, self.encoder, reasons, self.everything, self.clear, book)

    def _measure(
        self, discovery: ThemeDiscovery, texts: Sequence[str], reasons: Reasons, themes: Sequence[Known]
    ) -> None:
        """Give themes the stability that they have in the resamples of a discovery."""
        found = stability(discovery, texts, reasons, [theme.members for theme in themes])
        for theme, value in zip(themes, found, strict=True):
            theme.stability = value

    def _vectors(self, masked: Sequence[str]) -> np.ndarray:
        return self.encoder.encode(list(masked)) if masked else np.zeros((0, self.reasons.vectors.shape[1]), np.float32)

    def _nearest(self, rows: np.ndarray, vectors: np.ndarray) -> np.ndarray:
        """How near each of some reasons is to the nearest of some vectors."""
        if not len(rows) or not len(vectors):
            return np.zeros(len(rows))
        parts = np.array_split(rows, max(1, len(rows) // 4096))
        return np.concatenate([(self.reasons.vectors[part] @ vectors.T).max(axis=1) for part in parts])

    def _reconciled(self, found: list[FoundTheme], standing: list[Known], book: ScoreBook) -> list[int]:
        """Merge known themes that are one now; the numbers of the found themes that are new."""
        columns = self._columns(standing, book)
        said = self._sentences(belonging(columns, self.settings.match, self.settings.also), book)
        known = {theme.theme_id: own for theme, own in zip(standing, said, strict=True)}
        vectors = self._vectors([theme.statements[0].masked for theme in standing])
        own = self.reasons.vectors[[theme.statement for theme in found]]
        likeness = own @ vectors.T
        ties = reconcile(
            [{self.reasons.ids[row] for row in theme.rows} for theme in found],
            known,
            likeness,
            {theme.theme_id for theme in standing if theme.pinned},
        )
        for gone, (into, overlap) in sorted(ties.gone_into.items()):
            take_in(self.themes[into], self.themes[gone])
            self.events.append(Event("merged", gone, into, overlap))
        says = columns >= self.settings.match
        found_columns = self._columns([self._new(theme, number) for number, theme in enumerate(found)], book)
        counts = self._counts(book)
        new = []
        for number in range(len(found)):
            if number in ties.same or likeness[number].max(initial=0) >= self.settings.same:
                continue
            column = found_columns[:, number]
            own_says = column >= self.settings.match
            if number in ties.part_of:  # it must say it better than what it came off, and not only as well
                better = own_says & (column > columns.max(axis=1) + self.settings.also)
                if counts[better].sum() < max(
                    self.settings.min_mentions, self.settings.overlap * counts[own_says].sum()
                ):
                    continue
            else:
                both = counts @ (says & own_says[:, None])
                least = np.minimum(counts @ says, counts[own_says].sum())
                if (both >= self.settings.overlap * np.maximum(least, 1)).any():
                    continue
            new.append(number)
        self._parents = {number: ties.part_of[number] for number in new if number in ties.part_of}
        return new

    def _new(self, found: FoundTheme, number: int, reasons: Reasons | None = None) -> Known:
        """A theme without an id yet: only what is said often enough in the end gets one."""
        reasons = reasons or self.reasons
        row = found.statement
        statements = [Statement(reasons.ids[one], reasons.masked[one]) for one in (row, *found.voices)]
        return Known(str(number), self.kind, reasons.texts[row], statements)

    def _name(self, new: list[Known], found: dict[int, FoundTheme]) -> None:
        for theme in new:
            number = int(theme.theme_id)
            if theme.members:
                self._admit(theme, self._parents.get(number))

    def _admit(self, theme: Known, parent: tuple[str, float] | None = None) -> None:
        theme.theme_id = self.new_id()
        self.themes[theme.theme_id] = theme.born_from()
        if parent:
            self.events.append(Event("split", parent[0], theme.theme_id, parent[1]))
        else:
            self.events.append(Event("born", theme.theme_id))

    def _columns(self, themes: Sequence[Known], book: ScoreBook) -> np.ndarray:
        """How fully each text says each theme: the statement of it that it says most fully."""
        wanted = [one.masked for theme in themes for one in theme.statements]
        whole = book.columns(wanted)
        result = np.zeros((len(book.texts), len(themes)), np.float32)
        start = 0
        for place, theme in enumerate(themes):
            result[:, place] = whole[:, start : start + len(theme.statements)].max(axis=1)
            start += len(theme.statements)
        return result

    def _counts(self, book: ScoreBook) -> np.ndarray:
        said = Counter(self.reasons.masked)
        return np.array([said[text] for text in book.texts], float)

    def _sentences(self, belongs: np.ndarray, book: ScoreBook) -> list[set[str]]:
        """The sentence ids behind each column of booleans over the texts."""
        rows: dict[str, list[str]] = {}
        for name, text in zip(self.reasons.ids, self.reasons.masked, strict=True):
            rows.setdefault(text, []).append(name)
        return [{name for place in np.flatnonzero(column) for name in rows[book.texts[place]]} for column in belongs.T]

    def _assign_all(self, themes: list[Known], book: ScoreBook) -> None:
        """Give every theme its sentences; what too few say holds none, and its sentences may say another."""
        columns, counts = self._columns(themes, book), self._counts(book)
        settings = self.settings
        belongs = belonging(columns, settings.match, settings.also)
        least = np.array([KEPT if theme.exemplars else settings.min_mentions for theme in themes])
        small = counts @ belongs < least
        columns[:, small] = 0
        belongs = belonging(columns, settings.match, settings.also)
        words = Counter(word for text in book.texts for word in set(content_words(text)))
        rows: dict[str, list[str]] = {}
        for name, text in zip(self.reasons.ids, self.reasons.masked, strict=True):
            rows.setdefault(text, []).append(name)
        for place, theme in enumerate(themes):
            own = np.flatnonzero(belongs[:, place])
            own = own[np.lexsort((own, -np.round(columns[own, place], 4)))]
            theme.members = {name: float(columns[row, place]) for row in own for name in rows[book.texts[row]]}
            if len(own):
                theme.keywords = tuple(keywords([book.texts[row] for row in own], words, len(book.texts)))

    def _join(self, themes: list[Known], reasons: Reasons, book: ScoreBook) -> np.ndarray:
        """Let each of some reasons join the themes that it says; which of them joined any."""
        if not themes or not reasons.ids:
            return np.zeros(len(reasons.ids), bool)
        columns = self._columns(themes, book)
        belongs = belonging(columns, self.settings.match, self.settings.also)
        place = {text: row for row, text in enumerate(book.texts)}
        taken = np.zeros(len(reasons.ids), bool)
        for number, (name, text) in enumerate(zip(reasons.ids, reasons.masked, strict=True)):
            for column in np.flatnonzero(belongs[place[text]]):
                themes[column].members[name] = float(columns[place[text], column])
                taken[number] = True
        return taken


def _part(reasons: Reasons, rows: np.ndarray) -> Reasons:
    """Some of the reasons."""
    return Reasons(
        ids=[reasons.ids[row] for row in rows],
        reviews=[reasons.reviews[row] for row in rows],
        texts=[reasons.texts[row] for row in rows],
        masked=[reasons.masked[row] for row in rows],
        vectors=reasons.vectors[rows],
        clear=reasons.clear[rows],
        wish=reasons.wish[rows],
    )
