"""The steps of a run, in order. `minebelief run` and the flows carry out the same ones."""

import json
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from minebelief.damage import told
from minebelief.errors import HeldError, InputError
from minebelief.gather.claims import load_claims
from minebelief.gather.erasures import Erasures
from minebelief.gather.landing import Loaded, load
from minebelief.gather.sources import SourceWork, gather, landed, usable
from minebelief.industry import Industry, load_industry
from minebelief.insight.border import mark_border
from minebelief.insight.changes import changes
from minebelief.insight.count import Field, count, field_of
from minebelief.insight.hear import hear
from minebelief.insight.intervals import visible
from minebelief.insight.judge import judge
from minebelief.insight.trends import trends
from minebelief.mining.discover import discover
from minebelief.mining.encoder import Encoder
from minebelief.mining.epochs import load_estimate
from minebelief.mining.estimates import Estimate
from minebelief.mining.steps import embed, general_heads, read, split
from minebelief.notify import notifying
from minebelief.progress import Progress
from minebelief.publish import check_replaceable, publish, settle_runs
from minebelief.sqlfiles import read_sql
from minebelief.store import Store, fingerprint
from minebelief.workspace import Workspace

__all__ = ["Run", "RunSummary", "run"]

LEAST_SENTENCES = 20


@dataclass(frozen=True)
class RunSummary:
    """What a run did; counts are of the whole industry unless they say otherwise.

    ``status`` is 'finished', or 'partial' when a source failed. ``reviews_read``, ``reviews_new`` and ``rejected``
    are of this run. ``matched`` is how many negative reasons say a belief, ``common`` how many
    of the ``beliefs`` are common. ``other_languages`` are reviews that are kept and not mined. ``reading`` is how well
    sentences are read by the run's own estimate, None where no stars can tell. ``visible`` gives, for each company of
    the field, its name, its reviews and the prevalence (0 to 1) from which a complaint would be seen.
    """

    industry: str
    title: str
    made_up: bool
    run_id: str
    status: str
    reviews_read: int
    reviews_new: int
    rejected: int
    reviews: int
    sentences: int
    negatives: int
    reasons: int
    matched: int
    beliefs: int
    values: int
    common: int
    other_languages: int
    reading: Estimate | None
    seconds: dict[str, float]
    visible: list[tuple[str, int, float]]
    warnings: list[str]
    failed_sources: list[str]
    table_hash: str
    database: Path


@dataclass
class _Listener:
    """Passes everything on and remembers the warnings."""

    inner: Progress
    warnings: list[str] = field(default_factory=list)

    def start(self, step: str, total: int | None) -> None:
        self.inner.start(step, total)

    def advance(self, step: str, count: int) -> None:
        self.inner.advance(step, count)

    def finish(self, step: str, done: str) -> None:
        self.inner.finish(step, done)

    def warn(self, message: str) -> None:
        self.warnings.append(message)
        self.inner.warn(message)


class Run:
    """One run over one industry, with the workspace's lock held: call `steps` in order, then `summary`.

    Use `Run.opened`, which takes the lock, opens the work database and records what became of the run.
    """

    def __init__(self, industry: Industry, workspace: Workspace, store: Store, progress: Progress) -> None:
        self.industry = industry
        self.workspace = workspace
        self.store = store
        self.listener = _Listener(progress)
        started = datetime.now(UTC)
        self.run_id = f"{started:%Y%m%dT%H%M%S}-{secrets.token_hex(2)}"
        self.seconds: dict[str, float] = {}
        self.failed_sources: list[str] = []
        self._encoder = Encoder(industry.encoder)
        self._usable = industry
        self._crawled: dict[str, list[Path]] = {}
        self._loaded = Loaded(0, 0, 0, 0)
        self._field: Field | None = None
        self._table_hash = ""
        settings = fingerprint(industry.model_dump(mode="json", exclude={"path"}))
        store.execute(
            "insert into runs by name select ? as run_id, ? as industry, ? as started_at, 'running' as status, "
            "? as encoder, ? as settings_hash",
            [self.run_id, industry.industry, started.replace(tzinfo=None), self._encoder.name, settings],
        )

    @classmethod
    @contextmanager
    def opened(
        cls, industry_file: Path, workspace: Workspace, progress: Progress, *, wait: float = 0
    ) -> Iterator["Run"]:
        """A run with the lock held, recorded as finished, partial, held or failed at the end.

        Raises:
            IndustryFileError, LockedError, WorkspaceError, VersionError: before anything is done.
            DamagedError, DiskError: at any time.
        """
        industry = load_industry(industry_file)
        with workspace.writing(wait), Store(workspace.work) as store, told(workspace.work):
            check_replaceable(store, workspace)
            settle_runs(store, workspace)
            workspace.remember(industry.industry, industry_file)
            this = cls(industry, workspace, store, progress)
            try:
                yield this
            except HeldError:
                this._record("held")
                raise
            except BaseException:
                with suppress(duckdb.Error):  # a database that cannot be written to: the next run tells it as killed
                    this._record("failed")
                raise

    def steps(
        self,
        *,
        contact: str | None = None,
        force_publish: bool = False,
        rediscover: bool = False,
        landed_only: bool = False,
        work: SourceWork = SourceWork(),  # noqa: B008 (it cannot be changed)
    ) -> list[tuple[str, Callable[[], None]]]:
        """The names of the steps and what carries each out, in order.

        ``work`` crawls and checks single sources; with ``landed_only`` no site is crawled.
        """
        store, industry, listener, encoder = self.store, self.industry, self.listener, self._encoder

        def heads_then(step: Callable[..., None], **more: object) -> None:
            step(store, industry, encoder, general_heads(encoder), listener, rediscover=rediscover, **more)

        steps: list[tuple[str, Callable[[], None]]] = [
            ("gather", lambda: self._take_landed(work) if landed_only else self._gather(contact, work)),
            ("load", self._load),
            ("split", self._split),
            ("embed", lambda: embed(store, industry, encoder, listener)),
            ("read", lambda: heads_then(read)),
            ("discover", lambda: heads_then(discover, workspace=self.workspace, run_id=self.run_id)),
            ("count", self._count),
            ("trends", self._trends),
            ("hear", lambda: hear(store, industry, encoder, listener, self._field)),
            ("judge", lambda: judge(store, industry, encoder, listener)),
            ("publish", lambda: self._publish(force_publish)),
        ]
        return [(name, self._timed(name, step)) for name, step in steps]

    def _timed(self, name: str, step: Callable[[], None]) -> Callable[[], None]:
        def timed() -> None:
            start = time.perf_counter()
            step()
            self.seconds[name] = round(time.perf_counter() - start, 3)

        return timed

    def _gather(self, contact: str | None, work: SourceWork) -> None:
        self._usable, self.failed_sources = usable(self.industry, self.listener, work)
        self._crawled, outcomes = gather(self.industry, self.workspace, self.listener, contact, work=work)
        self.failed_sources += [outcome.source for outcome in outcomes if outcome.verdict != "ok"]

    def _take_landed(self, work: SourceWork) -> None:
        self._usable, self.failed_sources = usable(self.industry, self.listener, work)
        self.listener.start("gather", None)
        self._crawled = landed(self.industry, self.workspace)
        files = len({path for paths in self._crawled.values() for path in paths})
        self.listener.finish("gather", f"{files:,} landing files, no site is asked")

    def _load(self) -> None:
        erasures = Erasures.of(self.workspace)
        self._loaded = load(self.store, self._usable, self.run_id, self.listener, self._crawled, erasures)
        load_claims(self.store, self.industry, self.listener, self._crawled)

    def _split(self) -> None:
        split(self.store, self.industry, self.listener)
        found = self._number("select count(*) from sentences where industry = ?")
        if found < LEAST_SENTENCES:
            raise InputError(
                f"the reviews of '{self.industry.industry}' hold {found} sentences in "
                f"{self.industry.mined_language or 'any language'}, and "
                f"at least {LEAST_SENTENCES} are needed to find anything. Add sources, or check that 'body' names "
                "the column with the text"
            )

    def _count(self) -> None:
        mark_border(self.store, self.industry, self._encoder)
        self._field = count(self.store, self.industry, self.listener, self.workspace)
        if self._number("select count(*) from readings where industry = ? and polarity = 'negative'") == 0:
            self.listener.warn("no sentence is negative: there are no complaints, and so no beliefs")

    def _trends(self) -> None:
        if self._field is None:
            self._field = field_of(self.store, self.industry)
        trends(self.store, self.industry, self._field, self.listener)
        changes(self.store, self.industry, self.run_id, self.listener)

    def _publish(self, force: bool) -> None:
        self.listener.start("publish", None)
        self._record("running")  # until it is in place
        status = "partial" if self.failed_sources else "finished"
        done = publish(self.store, self.workspace, run_id=self.run_id, status=status, force=force)
        for warning in done.warnings:
            self.listener.warn(warning)
        self._table_hash = done.table_hashes[self.industry.industry]
        self.listener.finish("publish", f"{done.path} ({done.bytes / 1e6:.1f} MB)")

    def _number(self, sql: str) -> int:
        return int(self.store.value(sql, [self.industry.industry]))

    def _record(self, status: str) -> None:
        """What became of the run, with its figures, as it will be published."""
        figures = {"seconds": self.seconds, "warnings": self.listener.warnings, "failed": self.failed_sources}
        estimate = load_estimate(self.store, self.industry.industry)
        self.store.execute(
            "update runs set status = ?, finished_at = ?, reviews = ?, sentences = ?, figures = ?, "
            "reading_reviews = ?, reading_accuracy = ?, reading_auc = ?, reading_calibration_error = ? "
            "where run_id = ?",
            [
                status,
                datetime.now(UTC).replace(tzinfo=None),
                self._number("select count(*) from reviews where industry = ?"),
                self._number("select count(*) from sentences where industry = ?"),
                json.dumps(figures),
                *(astuple(estimate) if estimate else [None] * 4),
                self.run_id,
            ],
        )

    def summary(self) -> RunSummary:
        """What the run did, once every step is done."""
        industry = self.industry
        names = ["reviews", "sentences", "negatives", "reasons", "matched", "beliefs", "values", "common"]
        names.append("other_languages")
        where = {"industry": industry.industry, "language": industry.mined_language}
        counts = dict(zip(names, self.store.rows(read_sql("steps/summary.sql"), where)[0], strict=True))
        seen = self._field or Field({}, (), (), True, 0)
        return RunSummary(
            industry=industry.industry,
            title=industry.title,
            made_up=industry.made_up,
            run_id=self.run_id,
            status="partial" if self.failed_sources else "finished",
            reviews_read=self._loaded.read,
            reviews_new=self._loaded.new,
            rejected=self._loaded.rejected,
            **counts,
            reading=load_estimate(self.store, industry.industry),
            seconds=dict(self.seconds),
            visible=[
                (industry.companies[company].name, seen.total(company), visible(seen.total(company)))
                for company in seen.companies
            ],
            warnings=list(self.listener.warnings),
            failed_sources=list(self.failed_sources),
            table_hash=self._table_hash,
            database=self.workspace.published,
        )


def run(
    industry_file: Path,
    workspace: Workspace,
    progress: Progress,
    *,
    force_publish: bool = False,
    wait: float = 0,
    contact: str | None = None,
    rediscover: bool = False,
) -> RunSummary:
    """Bring everything about one industry up to date: gather, load, mine, count, publish.

    A run that is stopped or killed at any point is simply run again.

    Args:
        industry_file: the industry file.
        workspace: where databases and landing files lie.
        progress: told about every step.
        force_publish: publish although the publish guard would hold the result back.
        wait: seconds to wait for another writer.
        contact: contact address that crawls of public sites send along.
        rediscover: find all themes anew beside the known ones, though that is not due.

    Raises:
        MinebeliefError: with what to do about it; the published database is untouched then.
    """
    with notifying(workspace, industry_file, progress) as outcome:
        with Run.opened(industry_file, workspace, progress, wait=wait) as this:
            for _, step in this.steps(contact=contact, force_publish=force_publish, rediscover=rediscover):
                step()
            outcome.summary = this.summary()
        return outcome.summary
