"""What is known of an industry, as little as it takes to grade a sentence: beliefs, praise, claims, numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from minebelief.published import PublishedDatabase

__all__ = ["Belief", "Claim", "Evidence", "Praise", "evidence_from", "published_evidence"]

BELIEFS, PRAISES, QUOTES = 60, 60, 6


@dataclass(frozen=True)
class Belief:
    """A complaint: prevalence from 0 to 1 (None where unknown), at how many companies, and what customers say."""

    id: str
    statement: str
    prevalence: float | None
    companies: int
    quotes: tuple[str, ...]
    common: bool = True


@dataclass(frozen=True)
class Praise:
    """A theme of praise: its prevalence by company, from 0 to 1, and what customers say."""

    id: str
    statement: str
    by_company: Mapping[str, float]
    quotes: tuple[str, ...]


@dataclass(frozen=True)
class Claim:
    """A promise that a company makes."""

    company: str
    text: str


@dataclass(frozen=True)
class Evidence:
    """An industry as `check` sees it. ``names`` maps a company's key to its name; ``ours`` is a key."""

    title: str
    names: Mapping[str, str]
    ours: str | None
    beliefs: tuple[Belief, ...]
    praise: tuple[Praise, ...]
    claims: tuple[Claim, ...]
    floor: float = 0.01

    def knows_rivals_of(self, company: str | None) -> bool:
        """Whether anything is known that a rival claims or is praised for."""
        claimed = any(claim.company != company for claim in self.claims)
        return claimed or any(key != company for praise in self.praise for key in praise.by_company)


def evidence_from(table: Mapping[str, Any]) -> Evidence:
    """Evidence from a table as JSON holds it: title, ours, companies, beliefs, values, claims."""
    return Evidence(
        title=table["title"],
        names={key: key.replace("-", " ").title() for key in table["companies"]},
        ours=table["ours"],
        beliefs=tuple(
            Belief(b["id"], b["statement"], b["prevalence"], b["companies"], tuple(b["quotes"]))
            for b in table["beliefs"]
        ),
        praise=tuple(
            Praise(v["id"], v["statement"], dict(v["company_prevalence"]), tuple(v["quotes"])) for v in table["values"]
        ),
        claims=tuple(Claim(c["company"], c["claim"]) for c in table["claims"]),
    )


def published_evidence(database: PublishedDatabase, industry: str) -> Evidence:
    """Evidence from the published database: its beliefs and praise, most prevalent first, and the claims."""
    figures = next(one for one in database.industries() if one.industry == industry)
    people = database.ask("companies", industry=industry)
    quotes: dict[str, list[str]] = {}
    for row in database.ask("theme_quotes", industry=industry, limit=QUOTES):
        quotes.setdefault(row["theme_id"], []).append(row["text"])
    praised: dict[str, dict[str, float]] = {}
    for row in database.ask("praised_at", industry=industry, floor=figures.floor):
        praised.setdefault(row["theme_id"], {})[row["company"]] = row["prevalence"]
    return Evidence(
        title=figures.title,
        names={row["company"]: row["name"] for row in people},
        ours=next((row["company"] for row in people if row["ours"]), None),
        beliefs=tuple(
            Belief(t.theme_id, t.statement, t.prevalence, t.spread, tuple(quotes.get(t.theme_id, ())), t.common)
            for t in database.beliefs(industry, BELIEFS, common_only=False)
            if t.statement
        ),
        praise=tuple(
            Praise(t.theme_id, t.statement, praised.get(t.theme_id, {}), tuple(quotes.get(t.theme_id, ())))
            for t in database.beliefs(industry, PRAISES, kind="value", common_only=False)
            if t.statement
        ),
        claims=tuple(Claim(row["company"], row["claim"]) for row in database.ask("claims", industry=industry)),
        floor=figures.floor,
    )
