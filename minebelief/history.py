"""What the published database tells of themes over time: changes, lineage, what is new in the evidence."""

from dataclasses import dataclass
from datetime import datetime

from minebelief.errors import InputError, UnknownNameError
from minebelief.published import PublishedDatabase

__all__ = ["Change", "Gain", "LineageEvent", "changes", "lineage_of", "new_evidence", "sentence_of", "since_when"]


@dataclass(frozen=True)
class Change:
    """Something that a run changed; shares go from 0 to 1, ``company`` is * for the whole field."""

    number: int
    run_id: str
    started_at: datetime | None
    theme_id: str
    company: str
    change: str
    before: float | None
    after: float | None
    significant: bool
    note: str | None
    statement: str | None
    company_name: str | None


@dataclass(frozen=True)
class Gain:
    """How many sentences a theme gained."""

    theme_id: str
    statement: str | None
    sentences: int


@dataclass(frozen=True)
class LineageEvent:
    """Something that became of a theme; ``who`` and ``decided_at`` are of people's decisions."""

    number: int
    run_id: str
    event: str
    theme_id: str
    other_id: str | None
    overlap: float | None
    who: str | None
    decided_at: datetime | None
    note: str | None
    started_at: datetime | None


def since_when(database: PublishedDatabase, industry: str, text: str) -> datetime:
    """The time that a date or the id of a run stands for (the run itself is not after it).

    Raises:
        InputError: it is neither.
    """
    runs = {row["run_id"]: row["started_at"] for row in database.ask("runs", industry=industry)}
    if text in runs:
        found: datetime = runs[text]
        return found
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        latest = f", such as {next(iter(runs))} (the latest)" if runs else ""
        raise InputError(
            f"--since '{text}' is neither a date nor a run of {industry}; give a date, such as 2026-11-25, or a "
            f"run{latest}"
        ) from None


def changes(database: PublishedDatabase, industry: str, since: datetime | None = None) -> tuple[Change, ...]:
    """What runs changed after a time, or else what the newest run that changed anything did; oldest first."""
    return tuple(Change(**row) for row in database.ask("changes", industry=industry, since=since))


def new_evidence(
    database: PublishedDatabase, industry: str, since: datetime | None = None, limit: int | None = 10
) -> tuple[Gain, ...]:
    """The themes that gained most sentences after a time, or else in the newest run that brought any."""
    return tuple(Gain(**row) for row in database.ask("new_evidence", industry=industry, since=since, limit=limit))


def lineage_of(database: PublishedDatabase, industry: str, theme_id: str) -> tuple[LineageEvent, ...]:
    """What became of a theme, oldest first; also of one that is not published any more."""
    return tuple(LineageEvent(**row) for row in database.ask("lineage_of", industry=industry, theme_id=theme_id))


def sentence_of(database: PublishedDatabase, industry: str, theme_id: str, text: str) -> tuple[str, str]:
    """The id and text of that sentence of a theme which has this id, or these words (case and blanks ignored).

    Raises:
        UnknownNameError: none has.
    """
    wanted = " ".join(text.casefold().split())
    for row in database.ask("said_of_theme", industry=industry, theme_id=theme_id):
        if text == row["sentence_id"] or wanted == " ".join(row["text"].casefold().split()):
            return row["sentence_id"], row["text"]
    raise UnknownNameError(
        f"no sentence of {theme_id} is '{text}'. Give one as 'minebelief show {industry} {theme_id} --limit 50' prints "
        "it, or its id"
    )
