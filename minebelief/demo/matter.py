"""What is planted in the made-up industry, as industry.toml says: companies, matters, claims and guesses."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["Catalogue", "Claim", "Hunch", "Matter", "PhoneCompany", "load_catalogue"]


@dataclass(frozen=True)
class PhoneCompany:
    """A fictional phone company; ``weight`` is its share of the reviews, relative to the others."""

    key: str
    name: str
    aliases: tuple[str, ...]
    weight: float
    ours: bool = False


@dataclass(frozen=True)
class Matter:
    """Something that reviews say again and again.

    ``kind`` is ``belief`` (a complaint about several companies), ``one-company`` or ``value`` (praise).
    ``rates`` are shares of a company's reviews with text; a company that is missing has none. The matter is
    alive from month ``first`` to month ``last`` (None: to the end), counted from 1. ``trend`` multiplies the
    rate, from the first of all months to the last of all. ``effect`` is what one mention adds to the stars.
    """

    id: str
    kind: str
    label: str
    area: str
    effect: float
    rates: dict[str, float]
    classic: bool = False
    role: str | None = None
    first: int = 1
    last: int | None = None
    trend: tuple[float, float] = (1.0, 1.0)
    answers: str | None = None
    splits_into: tuple[str, ...] = ()
    merges_into: str | None = None
    stance: str | None = None
    employee_rate: float = 0.0

    @property
    def positive(self) -> bool:
        return self.kind == "value"

    def rate(self, company: str, month: int, months: int) -> float:
        """The planted share of the company's reviews with text in `month` (1 to `months`)."""
        if month < self.first or (self.last is not None and month > self.last):
            return 0.0
        start, end = self.trend
        along = (month - 1) / (months - 1) if months > 1 else 0.0
        return self.rates.get(company, 0.0) * (start + (end - start) * along)


@dataclass(frozen=True)
class Claim:
    """A company's promise about itself (``*``: all make it), the matter it concerns, and how it compares.

    ``verdict`` is ``confirmed``, ``contradicted``, ``unheard`` or ``claimed-by-all``.
    """

    company: str
    text: str
    verdict: str
    matter: str | None = None


@dataclass(frozen=True)
class Hunch:
    """A guess of the user (or a value that the user's company says it has) and what customers make of it."""

    text: str
    verdict: str
    matter: str | None = None


@dataclass(frozen=True)
class Catalogue:
    """All that is planted, and the names that are used."""

    title: str
    purpose: str
    first_month: tuple[int, int]
    companies: tuple[PhoneCompany, ...]
    matters: tuple[Matter, ...]
    claims: tuple[Claim, ...]
    hunches: tuple[Hunch, ...]
    values: tuple[Hunch, ...]
    names: dict[str, tuple[str, ...]] = field(repr=False)

    def matter(self, id: str) -> Matter:  # noqa: A002  (it is the matter's own word)
        return next(matter for matter in self.matters if matter.id == id)

    def company(self, key: str) -> PhoneCompany:
        return next(company for company in self.companies if company.key == key)

    def claims_of(self, company: str) -> tuple[Claim, ...]:
        """The company's own claims, those that all companies make included."""
        return tuple(claim for claim in self.claims if claim.company in (company, "*"))


@cache
def load_catalogue() -> Catalogue:
    """The catalogue that is shipped with the package."""
    table = tomllib.loads((files(__package__) / "industry.toml").read_text(encoding="utf-8"))
    year, month = table["first_month"].split("-")
    return Catalogue(
        title=table["title"],
        purpose=table["purpose"],
        first_month=(int(year), int(month)),
        companies=tuple(PhoneCompany(**{**c, "aliases": tuple(c["aliases"])}) for c in table["companies"]),
        matters=tuple(_matter(entry) for entry in table["matters"]),
        claims=tuple(Claim(**entry) for entry in table["claims"]),
        hunches=tuple(Hunch(**entry) for entry in table["hunches"]),
        values=tuple(Hunch(**entry) for entry in table["values"]),
        names={kind: tuple(names) for kind, names in table["names"].items()},
    )


def _matter(entry: dict[str, Any]) -> Matter:
    entry = dict(entry)
    employees = entry.pop("employees", {})
    start, end = entry.pop("trend", (1.0, 1.0))
    return Matter(
        first=entry.pop("from", 1),
        last=entry.pop("until", None),
        trend=(start, end),
        splits_into=tuple(entry.pop("splits_into", ())),
        stance=employees.get("stance"),
        employee_rate=employees.get("rate", 0.0),
        **entry,
    )
