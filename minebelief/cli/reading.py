"""How well an industry was read, in words: for the summary of a run and for ``minebelief doctor``."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from minebelief.published import PublishedDatabase

if TYPE_CHECKING:
    from minebelief.mining.estimates import Estimate

__all__ = ["NAMES", "reading_line", "readings_told"]

NAMES = 12
"""Learnt names that are written out; `select * from names` has all."""


def reading_line(estimate: "Estimate | None") -> str:
    """How well sentences are read, by the run's own estimate."""
    if estimate is None:
        return "no stars to hold it against"
    return _line(estimate.reviews, estimate.accuracy, estimate.auc, estimate.calibration_error)


def readings_told(database: PublishedDatabase) -> Iterator[tuple[str, str]]:
    """What is worth a look in each industry: how well it was read, names that are masked, languages left out."""
    if "names" not in database.tables():
        return  # published by an earlier version
    for row in database.ask("readings"):
        industry = row["industry"]
        figures = [row[name] for name in ("reviews", "accuracy", "auc", "calibration_error")]
        yield industry, _line(*figures) if row["reviews"] else reading_line(None)
        if row["languages"]:
            told = ", ".join(f"{one['language']} {one['reviews']:,}" for one in row["languages"])
            yield industry, f"reviews in other languages, kept and not mined: {told}"
        if row["names"]:
            more = f" and {len(row['names']) - NAMES:,} more" if len(row["names"]) > NAMES else ""
            told = ", ".join(row["names"][:NAMES])
            yield industry, f"masked beside the given names: {told}{more} (never_mask in the industry file spares one)"


def _line(reviews: int, accuracy: float, auc: float, calibration_error: float) -> str:
    """All in one line.

    >>> _line(2400, 0.953, 0.981, 0.0312)
    '95.3% of 2,400 reviews with clear stars are read as these say (AUC 0.98), calibration error 3.1%'
    """
    return (
        f"{accuracy:.1%} of {reviews:,} reviews with clear stars are read as these say (AUC {auc:.2f}), "
        f"calibration error {calibration_error:.1%}"
    )
