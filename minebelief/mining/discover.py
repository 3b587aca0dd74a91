"""The step *discover*: ``readings`` → themes, what says them, and what became of them since the run before."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from minebelief.decisions import Decision, read_decisions
from minebelief.industry import Industry
from minebelief.mining.assignment import KEPT, Assignment
from minebelief.mining.corpus import Corpus, load_corpus
from minebelief.mining.discovery import ThemeDiscovery
from minebelief.mining.drift import DRIFTED, drift_between
from minebelief.mining.encoder import Encoder
from minebelief.mining.epochs import Epoch, epoch_of, load_model, save_model
from minebelief.mining.heads import GeneralHeads
from minebelief.mining.known import Known, Statement, load_known, next_id, write_known
from minebelief.mining.lineage import Event, bring_back, events_of, keep_lines, write_events
from minebelief.mining.steps import made_with, state_of
from minebelief.mining.succession import Succession
from minebelief.mining.themes import KINDS
from minebelief.mining.verdicts import carry_out
from minebelief.months import calendar_of, mentions_by_month
from minebelief.progress import Progress
from minebelief.store import Store, fingerprint
from minebelief.workspace import Workspace

__all__ = ["discover"]


def discover(
    store: Store,
    industry: Industry,
    encoder: Encoder,
    heads: GeneralHeads,
    progress: Progress,
    *,
    workspace: Workspace | None = None,
    run_id: str = "",
    rediscover: bool = False,
) -> None:
    """Bring ``themes``, ``theme_sentences``, ``areas`` and ``lineage`` up to date with the readings.

    New reasons join the known themes whose statements they say; among what says none, new themes are found. When a full
    discovery is due, or asked for, themes are found among all reasons anew and matched to the known ones.

    Args:
        workspace: whose people's decisions are carried out, and where the file of lineage lies.
        run_id: the run that does it.
        rediscover: carry out a full discovery though none is due.
    """
    settings = ThemeDiscovery()
    models = made_with(encoder, heads, settings)
    key = industry.industry
    decisions = read_decisions(workspace, key) if workspace else []
    made = fingerprint("discover", state_of(store, industry, encoder), models, [one.key for one in decisions])
    lines = workspace.lineage(key) if workspace else None
    if not rediscover and store.is_done(key, "discover", made):
        if lines:
            keep_lines(store, key, lines)
        progress.start("discover", 0)
        progress.finish("discover", "nothing new")
        return
    epoch = epoch_of(store, industry, models)
    with store.transaction():
        themes = load_known(store, key)
        known = [event for _, _, event in events_of(store, key)]
        if lines and not themes:
            themes = bring_back(store, key, lines)
            known = [event for _, _, event in events_of(store, key)]
        work = _Work(store, industry, encoder, settings, progress, load_corpus(store, industry, encoder), themes, known)
        work.decide(decisions)
        told = work.whole() if rediscover or epoch.is_due else work.added()
        work.write(run_id)
        if rediscover or epoch.is_due:
            _begin(store, key, models, epoch)
        store.mark_done(key, "discover", made)
    if lines:
        keep_lines(store, key, lines)
    progress.finish("discover", told)


def _begin(store: Store, industry: str, models: str, epoch: Epoch) -> None:
    store.execute("insert or replace into epochs values (?, ?, ?)", [industry, models, epoch.sentences])


@dataclass
class _Work:
    """One discovery, inside its transaction."""

    store: Store
    industry: Industry
    encoder: Encoder
    settings: ThemeDiscovery
    progress: Progress
    corpus: Corpus
    themes: dict[str, Known]
    known: list[Event]
    events: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._row = {name: row for row, name in enumerate(self.corpus.ids)}
        mentioned = {name for event in self.known for name in (event.theme, event.other) if name}
        self._taken = {*self.themes, *mentioned}
        self._restored = bool(self.themes) and not any(theme.members for theme in self.themes.values())
        for theme in self.themes.values():
            self._mend(theme)
        if self.themes and not self.known:  # they are of a time before lineage was kept
            self.events += [Event("born", name) for name in sorted(self.themes, key=_by_number)]

    def _mend(self, theme: Known) -> None:
        """A theme whose statement's review is gone speaks through the best sentence that is left."""
        theme.members = {name: score for name, score in theme.members.items() if name in self._row}
        own = [one for one in theme.statements if one.sentence_id in self._row]
        if theme.statements and own[:1] != theme.statements[:1] and theme.members:
            row = self._row[theme.ranked()[0]]
            own = [Statement(self.corpus.ids[row], self.corpus.masked[row]), *own]
        if own and own[0] != theme.statements[0]:
            theme.statement = self.corpus.texts[self._row[own[0].sentence_id]]
        theme.statements = own
        if not theme.exemplars:
            theme.born_from()

    def decide(self, decisions: Sequence[Decision]) -> None:
        """Carry out what people decided."""

        def sentence(name: str) -> tuple[str, str] | None:
            row = self._row.get(name)
            return None if row is None else (self.corpus.texts[row], self.corpus.masked[row])

        done = carry_out(decisions, self.themes, self.known, sentence, self._new_id, self.progress.warn)
        self.split_off = [(event.theme, event.other) for event in done if event.event == "split" and event.other]
        self.events += done

    def _new_id(self, kind: str) -> str:
        return next_id(kind, self._taken)

    def _assignment(self, kind: str) -> Assignment:
        corpus = self.corpus
        return Assignment(
            settings=self.settings,
            industry=self.industry,
            encoder=self.encoder,
            kind=kind,
            reasons=corpus.reasons(kind),
            everything=corpus.vectors,
            clear=corpus.clear(kind),
            themes={name: theme for name, theme in self.themes.items() if theme.kind == kind},
            new_id=lambda: self._new_id(kind),
        )

    def whole(self) -> str:
        """Find all themes anew beside the known ones."""
        self.progress.start("discover", sum(len(self.corpus.rows(kind)) for kind in KINDS))
        models = self.corpus.areas_anew()
        key = self.industry.industry
        self.store.execute("delete from newcomers where industry = ?", [key])
        for kind in KINDS:
            save_model(self.store, key, f"areas of {kind}", models[kind])
            assignment = self._assignment(kind)
            if assignment.reasons.ids:
                save_model(self.store, key, f"words of {kind}", {"rarity": assignment.anew()})
            self._take(kind, assignment)
            self.progress.advance("discover", len(assignment.reasons.ids))
        return self._told()

    def added(self) -> str:
        """Let new reasons join the known themes, and find new themes in what joins none."""
        key = self.industry.industry
        new = self.corpus.new()
        self.progress.start("discover", int(new.sum()))
        names = [self.corpus.ids[row] for row in np.flatnonzero(new)]
        rows = pa.table({"industry": pa.array([key] * len(names)), "sentence_id": names})
        self.store.insert("newcomers", rows, replace=True)
        since = new | self.corpus.newcomers
        areas = {kind: load_model(self.store, key, f"areas of {kind}") for kind in KINDS}
        self.corpus.areas_added({kind: arrays for kind, arrays in areas.items() if arrays})
        for kind in KINDS:
            assignment = self._assignment(kind)
            fresh = np.flatnonzero(new[self.corpus.rows(kind)])
            words = load_model(self.store, key, f"words of {kind}")
            if words and assignment.reasons.ids:
                for parent, child in self.split_off:
                    if child in assignment.themes:
                        assignment.part(assignment.themes[parent], assignment.themes[child], words["rarity"])
                if len(fresh):
                    assignment.added(fresh, since[self.corpus.rows(kind)], words["rarity"])
            self._take(kind, assignment)
            self.progress.advance("discover", len(fresh))
        return self._told()

    def _take(self, kind: str, assignment: Assignment) -> None:
        self.themes |= assignment.themes
        if self._restored:  # all this was told before the work database was lost
            self.events += [event for event in assignment.events if event.event != "continued"]
        else:
            self.events += assignment.events

    def _told(self) -> str:
        parts = []
        for kind, (_, side) in KINDS.items():
            own = [theme for theme in self.themes.values() if theme.kind == kind and theme.members]
            said = {name for theme in own for name in theme.members}
            parts.append(f"{len(own)} {kind}s hold {len(said):,} of {len(self.corpus.rows(kind)):,} {side} reasons")
        return ", ".join(parts)

    def write(self, run_id: str) -> None:
        """Put everything into the database, and judge who is still said."""
        key, corpus = self.industry.industry, self.corpus
        area = dict(zip(corpus.ids, corpus.areas, strict=True))
        for theme in self.themes.values():
            theme.members = dict(theme.members) if theme.is_itself else {}
            areas = Counter(sorted(str(area[name]) for name in theme.members))
            theme.area = areas.most_common(1)[0][0] if areas else theme.area
            if not theme.exemplars:
                theme.born_from()
            theme.drift = self._drift(theme)
        rows = [row for kind in KINDS for row in corpus.rows(kind)]
        self.store.execute("delete from areas where industry = ?", [key])
        columns = {"sentence_id": [corpus.ids[row] for row in rows], "area": [corpus.areas[row] for row in rows]}
        self.store.insert("areas", pa.table({"industry": pa.array([key] * len(rows)), **columns}))
        write_known(self.store, key, self.themes, run_id)
        self._judge()
        changed = [(theme.status, key, name) for name, theme in self.themes.items()]
        for status, industry, name in changed:
            self.store.execute(
                "update themes set status = ? where industry = ? and theme_id = ?", [status, industry, name]
            )
        write_events(self.store, key, run_id, self.events)
        drifted = [name for name, one in self.themes.items() if one.status == "active" and (one.drift or 0) > DRIFTED]
        if drifted:
            names = ", ".join(sorted(drifted, key=_by_number))
            self.progress.warn(f"{names} may mean something else now than at birth: see 'minebelief show' and split")

    def _judge(self) -> None:
        calendar = calendar_of(self.store, self.industry.industry)
        standing = [name for name in sorted(self.themes, key=_by_number) if self.themes[name].is_itself]
        mentions = mentions_by_month(self.store, self.industry.industry, standing)
        for kind in KINDS:
            own = {name: self.themes[name] for name in standing if self.themes[name].kind == kind}
            texts = [one.statements[0].masked if one.statements else one.statement for one in own.values()]
            vectors: Sequence[np.ndarray] = list(self.encoder.encode(texts)) if texts else []
            succession = Succession(calendar, mentions, dict(zip(own, vectors, strict=True)))
            self.events += succession.judge(own, KEPT, [*self.known, *self.events])

    def _drift(self, theme: Known) -> float | None:
        """How far all its sentences are from those that it was born with; None where none of those are left."""
        first = [self._row[name] for name in theme.exemplars if name in self._row]
        now = [self._row[name] for name in sorted(theme.members)]
        if not first or not now:
            return None
        return drift_between(self.corpus.vectors[first], self.corpus.vectors[now])


def _by_number(name: str) -> tuple[str, int]:
    return name[0], int(name[1:])
