"""Themes that are not said any more, those that are said again, and what came in their place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from minebelief.comparison import exact_p
from minebelief.mining.known import Known
from minebelief.mining.lineage import Event
from minebelief.months import Calendar, Cell, plus, strata

__all__ = ["SILENCE", "Succession"]

SILENT, BEFORE = 2, 12
"""Whole months for which a theme must be silent, and months before them that it is measured by."""

SILENCE = 0.002
"""How unlikely the silence must be if people said it as often as before."""

LEFT = 0.2
"""Share of its former prevalence up to which a theme counts as silent: a few matches are always mistaken."""

HEIR, HEARD = 0.45, 0.8
"""Similarity of statements from which a new theme may come in the place of one that fell silent, and the share of its
mentions that must be later than the other's last month."""

LATELY = 4
"""Months within which a theme falls silent and another is first said that comes in its place."""


@dataclass(frozen=True)
class Succession:
    """What the months say of an industry's themes.

    Args:
        calendar: opinions by month.
        mentions: by theme and cell.
        vectors: the unit vectors of the themes' own statements.
    """

    calendar: Calendar
    mentions: Mapping[str, Mapping[Cell, int]]
    vectors: Mapping[str, np.ndarray]

    def is_silent(self, theme: str) -> bool:
        """Whether a theme was said before and is not any more.

        The newest two whole months are held against up to twelve before them, company by company and source by source:
        there is next to nothing left of it, and chance alone makes such a silence less often than in 0.2% of cases.
        """
        after = self.calendar.stretch(SILENT)
        before = self.calendar.stretch(BEFORE, SILENT)
        if len(after) < SILENT or len(before) < SILENT:
            return False
        parts = strata(self.calendar.opinions, self.mentions[theme], before, after)
        said, said_before = sum(one.said_after for one in parts), sum(one.said_before for one in parts)
        reviews, reviews_before = sum(one.after for one in parts), sum(one.before for one in parts)
        if not reviews or not said_before:
            return False
        if said / reviews > LEFT * said_before / reviews_before:
            return False
        return exact_p(parts, "less") <= SILENCE

    def last_said(self, theme: str) -> date | None:
        """The month from which on next to nothing is said: that of the nineteenth in twenty of its mentions."""
        return self._month(theme, 0.95)

    def first_said(self, theme: str) -> date | None:
        """The month by which it is really said: that of the first in ten of its mentions."""
        return self._month(theme, 0.1)

    def _month(self, theme: str, share: float) -> date | None:
        counts: dict[date, int] = {}
        for (_, _, month), count in self.mentions[theme].items():
            counts[month] = counts.get(month, 0) + count
        total, seen = sum(counts.values()), 0
        for month in sorted(counts):
            seen += counts[month]
            if seen >= share * total:
                return month
        return None

    def heirs(self, gone: Sequence[str], others: Sequence[str]) -> dict[str, dict[str, float]]:
        """For each theme that fell silent those that came in its place, with the nearness of their statements."""
        result: dict[str, dict[str, float]] = {}
        for old in gone:
            end = self.last_said(old)
            for new in others:
                start = self.first_said(new)
                if end is None or start is None or not plus(end, -1) < start <= plus(end, LATELY):
                    continue
                near = float(self.vectors[old] @ self.vectors[new])
                cells = self.mentions[new]
                later = sum(count for (_, _, month), count in cells.items() if month > end)
                if near >= HEIR and later >= HEARD * sum(cells.values()):
                    result.setdefault(old, {})[new] = round(near, 4)
        return result

    def judge(self, themes: Mapping[str, Known], least: int, known: Sequence[Event]) -> list[Event]:
        """Retire what is not said any more, revive what is said again, and see what came in its place.

        Args:
            themes: all themes of one kind; their status is changed.
            least: sentences that a theme needs to be one.
            known: all events so far, so that none is told twice.
        """
        events = []
        standing = [theme for theme in themes.values() if theme.is_itself]
        for theme in standing:
            said = len(theme.members) >= least and not self.is_silent(theme.theme_id)
            alive = said or (theme.pinned and len(theme.members) > 0)
            was = theme.status != "retired"
            if alive != was:
                events.append(Event("revived" if alive else "retired", theme.theme_id))
            theme.status = "hidden" if alive and theme.hidden else "active" if alive else "retired"
        return events + self._successions(standing, known)

    def _successions(self, standing: Sequence[Known], known: Sequence[Event]) -> list[Event]:
        told = {(one.event, one.theme, one.other) for one in known}
        newest = self.calendar.last_whole
        gone = [one.theme_id for one in standing if one.status == "retired" and one.members]
        alive = [one.theme_id for one in standing if one.status == "active"]
        lately = [
            one for one in gone if newest and (end := self.last_said(one)) and plus(end, LATELY + SILENT) >= newest
        ]
        heirs = self.heirs(lately, alive)
        forebears: dict[str, list[str]] = {}
        for old, own in heirs.items():
            for new in own:
                forebears.setdefault(new, []).append(old)
        events = []
        for old, own in sorted(heirs.items()):
            for new, near in sorted(own.items()):
                kinds = [("split", len(own) > 1), ("merged", len(forebears[new]) > 1)]
                events += [
                    Event(event, old, new, near, note="one fell silent as the other was first said")
                    for event, is_so in kinds
                    if is_so and (event, old, new) not in told
                ]
        return events
