"""What people judged of samples by hand, as append-only JSON lines beside the other decisions.

``decisions/INDUSTRY.judgements.jsonl`` in the workspace holds one judgement a line, oldest first. Nothing is ever
changed there: who thinks otherwise judges again, and a judge's newest judgement on a sentence counts. Every run replays
them all.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from minebelief.decisions import account, read_lines, write_lines
from minebelief.errors import InputError
from minebelief.safe_text import sanitise
from minebelief.workspace import Workspace

__all__ = ["ENOUGH", "STRATA", "VERDICTS", "Judgement", "judge", "read_judgements", "text_hash"]

VERDICTS = ("yes", "no", "unsure")
STRATA = ("match", "border")
ENOUGH = 10
"""Judgements of a stratum, unsure ones aside, from which a figure is corrected; before it would say more of chance."""


@dataclass(frozen=True)
class Judgement:
    """Whether a sentence says a theme's statement.

    ``stratum`` is where the sentence was drawn from: ``match`` where it is counted under the theme, ``border`` where
    it is near and not counted. ``text_hash`` is that of the sentence as it was judged. ``at`` is a time with its zone.
    """

    theme: str
    sentence: str
    stratum: str
    verdict: str
    text_hash: str
    who: str
    at: str

    @property
    def judged_at(self) -> datetime:
        """When it was judged, UTC."""
        return datetime.fromisoformat(self.at).astimezone(UTC).replace(tzinfo=None)


def text_hash(text: str) -> str:
    """The hash by which a sentence's text is known, as it is shown to judges.

    >>> text_hash("I waited for weeks.")
    '4327db404b'
    """
    return hashlib.blake2b(sanitise(text).encode(), digest_size=5).hexdigest()


def judge(
    workspace: Workspace, industry: str, judged: Iterable[tuple[str, str, str, str, str]], who: str = ""
) -> list[Judgement]:
    """Record judgements; the next run counts them.

    Args:
        workspace: whose judgements they are.
        industry: key of the industry.
        judged: for each sentence the theme's id, the sentence's id, the stratum, the verdict and the hash of its text.
        who: name of the judge; as in `minebelief.decisions.decide` where it is left out.

    Raises:
        WorkspaceError: the file cannot be written.
    """
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    lines = [Judgement(*one, who or account(), now) for one in judged]
    write_lines(workspace.judgements(industry), [asdict(line) for line in lines])
    return lines


def read_judgements(workspace: Workspace, industry: str) -> list[Judgement]:
    """The newest judgement of each judge on each sentence of each theme, oldest first.

    Raises:
        InputError: a line is no judgement.
    """
    path = workspace.judgements(industry)
    newest: dict[tuple[str, str, str], Judgement] = {}
    for number, line in read_lines(path):
        try:
            one = Judgement(**{name: str(text) for name, text in line.items()})
            known = one.verdict in VERDICTS and one.stratum in STRATA and bool(one.judged_at)
        except (TypeError, ValueError):
            known = False
        if not known:
            raise InputError(
                f"{path}, line {number} is no judgement. A line holds theme, sentence, stratum ({', '.join(STRATA)}), "
                f"verdict ({', '.join(VERDICTS)}), text_hash, who and at (a time with its zone). Mend that line, or "
                "take it out"
            )
        key = (one.theme, one.sentence, one.who)
        newest.pop(key, None)
        newest[key] = one
    return list(newest.values())
