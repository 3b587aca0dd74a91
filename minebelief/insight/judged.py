"""The file of judgements → ``judgements`` and ``audits``: what people judged, and what of it still counts."""

from collections import Counter, defaultdict

import numpy as np
import pyarrow as pa

from minebelief.insight.audit import Tally
from minebelief.insight.intervals import wilson
from minebelief.judgements import read_judgements, text_hash
from minebelief.store import Store, read_sql
from minebelief.workspace import Workspace

__all__ = ["replay_judgements", "tallies", "write_audits"]


def replay_judgements(store: Store, industry: str, workspace: Workspace | None) -> None:
    """Bring ``judgements`` up to date with the workspace's file.

    A judgement counts while its sentence has the same text and stands where it was drawn from: a sample of what was
    counted says nothing about what is near the border now, nor the other way round.

    Raises:
        InputError: a line of the file is no judgement.
    """
    judged = read_judgements(workspace, industry) if workspace else []
    rows = pa.table(
        {
            "industry": pa.array([industry] * len(judged), pa.string()),
            "theme_id": pa.array([one.theme for one in judged], pa.string()),
            "sentence_id": pa.array([one.sentence for one in judged], pa.string()),
            "judge": pa.array([one.who for one in judged], pa.string()),
            "stratum": pa.array([one.stratum for one in judged], pa.string()),
            "verdict": pa.array([one.verdict for one in judged], pa.string()),
            "judged_at": pa.array([one.judged_at for one in judged], pa.timestamp("us")),
            "counts": pa.array([False] * len(judged), pa.bool_()),
        }
    )
    with store.transaction():
        store.execute("delete from judgements where industry = ?", [industry])
        store.insert("judgements", rows)
        now = {
            (theme, sentence): (stratum, text_hash(text))
            for theme, sentence, text, stratum in store.rows(
                read_sql("steps/sentences_judged.sql"), {"industry": industry}
            )
        }
        for one in judged:
            if now.get((one.theme, one.sentence)) == (one.stratum, one.text_hash):
                store.execute(
                    "update judgements set counts = true "
                    "where industry = ? and theme_id = ? and sentence_id = ? and judge = ?",
                    [industry, one.theme, one.sentence, one.who],
                )


def tallies(store: Store, industry: str) -> dict[str, Tally]:
    """What counts, by theme. Where judges differ the majority decides; a tie is as good as unsure."""
    rows = store.rows(read_sql("steps/verdicts_that_count.sql"), {"industry": industry})
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for theme, stratum, says, times in rows:
        counted[theme][_FIELD[stratum, says]] += times
    return {theme: Tally(**counts) for theme, counts in counted.items()}


_FIELD = {("match", True): "says", ("match", False): "says_not", ("border", True): "missed", ("border", False): "left"}


def write_audits(store: Store, industry: str, found: dict[str, tuple[Tally, int, int]]) -> None:
    """Write what judgements say of themes: with each tally the mentions counted, and the reviews near the border."""
    rows = [_audit(industry, theme, *one) for theme, one in found.items() if one[0].judged]
    store.execute("delete from audits where industry = ?", [industry])
    if rows:
        store.insert("audits", pa.Table.from_pylist(rows))


def _audit(industry: str, theme: str, tally: Tally, mentions: int, near: int) -> dict[str, object]:
    low, high = wilson(np.array([tally.says]), np.array([tally.judged]))
    found, missed = mentions * tally.precision, near * tally.missing
    return {
        "industry": industry,
        "theme_id": theme,
        "judged": tally.judged,
        "precision": tally.precision,
        "precision_low": float(low[0]),
        "precision_high": float(high[0]),
        "recall": found / (found + missed) if tally.near and found + missed else None,
        "corrected_for": tally.corrects,
    }
