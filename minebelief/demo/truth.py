"""What was planted in a made-up industry, as one table that JSON can hold.

Months are counted from 1; ``months`` names them. A review is *counted* when it has text and is neither a copy
nor a shill; shares are shares of a company's counted reviews. Review ids are the sites' native ids.

==================  ========================================================================================
``schema``          1; ``seed``, ``wordings`` and ``made_up`` say where the rest comes from
``companies``       per key: name, aliases, ours, number of reviews, counted ones by month and by site
``matters``         id, kind (belief, one-company, value), role, classic, label, area, effect on the stars,
                    which belief a value answers, months of life, trend; ``rates`` planted per company and
                    month, ``counts`` realised per company and month, ``sites`` realised per company and site,
                    ``prevalence`` realised per company; ``spread`` (companies whose lower 95% bound clears
                    0.01) and ``common`` (a belief whose spread is at least three)
``reviews``         per native id: what was planted in it (matter, sentence, role, stance), copies included
``lineage``         event (born, dies, splits, merges, rises, fades), matter, others, month
``opening``         the common belief that nobody solves; ``copy``, ``table_stake``, ``three_companies``,
                    ``two_companies`` likewise, with what makes them so
``claims``          company (``*``: all), text, matter, verdict, reviews that contradict and confirm it
``hunches``         text, matter, verdict; ``blind_spots`` are the common beliefs that no hunch names;
                    ``values`` and ``purpose`` likewise
``employees``       per matter: stance, planted rate, reviews, mentions
``duplicates``      pairs (copy, original); ``shill_bursts`` with company, days and reviews
``anchors``         review, matter, sentence, quantity, unit, role (got, promised, wanted)
``without_text``    native ids; ``foreign`` and ``personal`` (holding personal data) likewise
==================  ========================================================================================
"""

import json
from collections import Counter
from collections.abc import Iterable
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .matter import Matter
from .review import MadeUpReview

if TYPE_CHECKING:
    from .industry import MadeUpIndustry

__all__ = ["describe_truth", "truth_text", "write_truth"]

_FLOOR = 0.01
_SPREAD = 3


def write_truth(industry: "MadeUpIndustry", path: str | Path) -> Path:
    """Write the industry's truth as JSON; returns the path."""
    path = Path(path)
    path.write_text(truth_text(industry), encoding="utf-8")
    return path


def truth_text(industry: "MadeUpIndustry") -> str:
    """The industry's truth as JSON; no two industries have the same."""
    return json.dumps(industry.truth, ensure_ascii=False, indent=1) + "\n"


def describe_truth(industry: "MadeUpIndustry") -> dict[str, Any]:
    """The truth about `industry`, in the schema that this module's docstring gives."""
    catalogue, reviews = industry.catalogue, industry.reviews
    everyone = (*reviews, *industry.employee_reviews)
    matters = [_matter(matter, industry) for matter in catalogue.matters]
    common = [entry["id"] for entry in matters if entry["common"]]
    named = {hunch.matter for hunch in catalogue.hunches}
    return {
        "schema": 1,
        "made_up": True,
        "seed": industry.seed,
        "wordings": industry.wordings,
        "months": [_month_name(industry, month) for month in range(1, industry.months + 1)],
        "companies": {
            company.key: {
                "name": company.name,
                "aliases": list(company.aliases),
                "ours": company.ours,
                "reviews": sum(review.company == company.key for review in reviews),
                "counted": _by_month(_counted(reviews, company.key), industry.months),
                "sites": dict(sorted(Counter(r.site for r in _counted(reviews, company.key)).items())),
            }
            for company in catalogue.companies
        },
        "matters": matters,
        "reviews": {
            review.native_id: [
                {"matter": s.matter, "sentence": s.text, "role": s.role, "stance": s.stance}
                for s in review.sentences
                if s.matter
            ]
            for review in everyone
            if review.planted
        },
        "lineage": [event for matter in catalogue.matters for event in _events(matter, industry)],
        **_roles(industry),
        "claims": [
            _claim(claim.company, claim.text, claim.matter, claim.verdict, industry) for claim in catalogue.claims
        ],
        "hunches": [{"text": h.text, "matter": h.matter, "verdict": h.verdict} for h in catalogue.hunches],
        "blind_spots": [matter for matter in common if matter not in named],
        "values": [{"text": h.text, "matter": h.matter, "verdict": h.verdict} for h in catalogue.values],
        "purpose": {
            "text": catalogue.purpose,
            "matter": next(matter.id for matter in catalogue.matters if matter.role == "purpose"),
        },
        "employees": {
            matter.id: {
                "stance": matter.stance,
                "rate": matter.employee_rate,
                "reviews": len(industry.employee_reviews),
                "mentions": sum(matter.id in review.matters for review in industry.employee_reviews),
            }
            for matter in catalogue.matters
            if matter.stance
        },
        "duplicates": [[r.native_id, r.duplicate_of] for r in reviews if r.duplicate_of],
        "shill_bursts": _bursts(reviews),
        "anchors": [
            {
                "review": review.native_id,
                "matter": sentence.matter,
                "sentence": sentence.text,
                "quantity": anchor.quantity,
                "unit": anchor.unit,
                "role": anchor.role,
            }
            for review in everyone
            for sentence in review.sentences
            if sentence.matter
            for anchor in sentence.anchors
        ],
        "without_text": [review.native_id for review in reviews if review.body is None],
        "foreign": [review.native_id for review in reviews if review.language != "en"],
        "personal": [r.native_id for r in reviews if any(s.role == "personal" for s in r.sentences)],
    }


def _matter(matter: Matter, industry: "MadeUpIndustry") -> dict[str, Any]:
    keys = [company.key for company in industry.companies]
    said = {key: [r for r in _counted(industry.reviews, key) if matter.id in r.matters] for key in keys}
    sizes = {key: len(_counted(industry.reviews, key)) for key in keys}
    spread = [key for key in keys if _lower_bound(len(said[key]), sizes[key]) > _FLOOR]
    return {
        "id": matter.id,
        "kind": matter.kind,
        "role": matter.role,
        "classic": matter.classic,
        "label": matter.label,
        "area": matter.area,
        "effect": matter.effect,
        "answers": matter.answers,
        "first": matter.first,
        "last": matter.last,
        "trend": list(matter.trend),
        "rates": {
            key: [round(matter.rate(key, m, industry.months), 5) for m in range(1, industry.months + 1)] for key in keys
        },
        "counts": {key: _by_month(said[key], industry.months) for key in keys},
        "sites": {key: dict(sorted(Counter(review.site for review in said[key]).items())) for key in keys},
        "prevalence": {key: round(len(said[key]) / sizes[key], 5) if sizes[key] else None for key in keys},
        "spread": spread,
        "common": not matter.positive and len(spread) >= _SPREAD,
    }


def _events(matter: Matter, industry: "MadeUpIndustry") -> list[dict[str, Any]]:
    catalogue, months = industry.catalogue, industry.months
    events: list[dict[str, Any]] = []
    children = {child for other in catalogue.matters for child in other.splits_into}
    heirs = {other.merges_into for other in catalogue.matters}
    if 1 < matter.first <= months and matter.id not in children | heirs:
        events.append(_event("born", matter, matter.first))
    if matter.splits_into and (matter.last or months) < months:
        events.append(_event("splits", matter, (matter.last or 0) + 1, matter.splits_into))
    elif matter.last and matter.last < months and not matter.merges_into:
        events.append(_event("dies", matter, matter.last + 1))
    parents = tuple(other.id for other in catalogue.matters if other.merges_into == matter.id)
    if parents and matter.first <= months:
        events.append(_event("merges", matter, matter.first, parents))
    start, end = matter.trend
    if start != end:
        events.append(_event("rises" if end > start else "fades", matter, 1))
    return events


def _event(event: str, matter: Matter, month: int, others: Iterable[str] = ()) -> dict[str, Any]:
    return {"event": event, "matter": matter.id, "others": list(others), "month": month}


def _roles(industry: "MadeUpIndustry") -> dict[str, Any]:
    catalogue = industry.catalogue
    found: dict[str, Any] = {}
    for role in ("opening", "copy", "table-stake", "three-companies", "two-companies"):
        matter = next(matter for matter in catalogue.matters if matter.role == role)
        praise = [value for value in catalogue.matters if value.answers == matter.id]
        found[role.replace("-", "_")] = {
            "matter": matter.id,
            "companies": [key for key in matter.rates if matter.rates[key] > _FLOOR],
            "praised": {value.id: [key for key, rate in value.rates.items() if rate > _FLOOR] for value in praise},
            "claimed_by": [claim.company for claim in catalogue.claims if claim.matter == matter.id],
        }
    return found


def _claim(company: str, text: str, matter: str | None, verdict: str, industry: "MadeUpIndustry") -> dict[str, Any]:
    """A claim about a belief is confirmed by the praise that answers it; one about a value by the value."""
    catalogue = industry.catalogue
    concerned = catalogue.matter(matter) if matter else None
    good = {m.id for m in catalogue.matters if matter and (m.answers == matter or (m is concerned and m.positive))}
    bad = {m.id for m in catalogue.matters if m is concerned and not m.positive}
    own = _counted(industry.reviews, company)
    return {
        "company": company,
        "text": text,
        "matter": matter,
        "verdict": verdict,
        "reviews": len(own),
        "confirming": sum(bool(good & set(review.matters)) for review in own),
        "contradicting": sum(bool(bad & set(review.matters)) for review in own),
    }


def _bursts(reviews: Iterable[MadeUpReview]) -> list[dict[str, Any]]:
    by_company: dict[str, list[MadeUpReview]] = {}
    for review in reviews:
        if review.shill:
            by_company.setdefault(review.company, []).append(review)
    return [
        {
            "company": company,
            "month": some[0].month,
            "first_day": min(review.published for review in some).isoformat(),
            "last_day": max(review.published for review in some).isoformat(),
            "reviews": [review.native_id for review in some],
        }
        for company, some in by_company.items()
    ]


def _counted(reviews: Iterable[MadeUpReview], company: str) -> list[MadeUpReview]:
    return [review for review in reviews if review.counted and review.company == company]


def _by_month(reviews: Iterable[MadeUpReview], months: int) -> list[int]:
    counts = Counter(review.month for review in reviews)
    return [counts[month] for month in range(1, months + 1)]


def _month_name(industry: "MadeUpIndustry", month: int) -> str:
    along = industry.first_day.month + month - 2
    return f"{industry.first_day.year + along // 12}-{along % 12 + 1:02d}"


def _lower_bound(mentions: int, reviews: int, z: float = 1.959964) -> float:
    """The lower end of the Wilson interval of a share."""
    if not reviews:
        return 0.0
    share = mentions / reviews
    middle = share + z * z / (2 * reviews)
    spread = z * sqrt(share * (1 - share) / reviews + z * z / (4 * reviews * reviews))
    return (middle - spread) / (1 + z * z / reviews)
