"""The made-up industry: six phone companies, what their customers write, and the truth about it.

Nothing in it is real: no company, no person, no review. It is the only data whose truth is known.
"""

import random
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from .author import Writer
from .matter import Catalogue, PhoneCompany, load_catalogue
from .plan import Draft, draw_mood, plan_matters
from .review import CompanyPage, MadeUpReview
from .truth import describe_truth

__all__ = ["EMPLOYEE_SITE", "REVIEW_SITES", "MadeUpIndustry", "generate"]

REVIEW_SITES = {"plainly": 5, "tenpoint": 10, "shelfmark": 5}  # each site's best rating
EMPLOYEE_SITE = "breakroom"

_SITE_SHARES = {"plainly": 45, "tenpoint": 30, "shelfmark": 25}
_WITHOUT_TEXT, _FOREIGN, _COPIED = 0.04, 0.04, 0.025
_BURSTS = (("murrowtel", 10, 36), ("brambletel", 5, 24))  # company, month, number of shill reviews
_EMPLOYEES_PER_REVIEW = 0.1


@dataclass(frozen=True)
class MadeUpIndustry:
    """All that the made-up sites show; ``truth`` says what was planted in it."""

    seed: int
    wordings: str
    months: int
    first_day: date
    catalogue: Catalogue
    reviews: tuple[MadeUpReview, ...]
    employee_reviews: tuple[MadeUpReview, ...]
    pages: tuple[CompanyPage, ...]

    @property
    def companies(self) -> tuple[PhoneCompany, ...]:
        return self.catalogue.companies

    @cached_property
    def truth(self) -> dict[str, Any]:
        """What was planted, ready for JSON; `minebelief.demo.truth` describes its schema."""
        return describe_truth(self)

    def of(self, site: str, company: str) -> tuple[MadeUpReview, ...]:
        """What `site` shows about `company`, newest first."""
        return self._shown.get((site, company), ())

    @cached_property
    def _shown(self) -> dict[tuple[str, str], tuple[MadeUpReview, ...]]:
        shown: dict[tuple[str, str], list[MadeUpReview]] = {}
        for review in sorted(
            (*self.reviews, *self.employee_reviews), key=lambda r: (r.published, r.native_id), reverse=True
        ):
            shown.setdefault((review.site, review.company), []).append(review)
        return {key: tuple(some) for key, some in shown.items()}


def generate(seed: int = 1, wordings: str = "test", reviews: int = 3600, months: int = 14) -> MadeUpIndustry:
    """Make up an industry.

    `reviews` are those of customers before copies on a second site and shills are added. `wordings` is
    ``tune`` while something is being tuned and ``test`` where it is measured: the two share no planted
    sentence. The same arguments give the same industry on every machine.
    """
    catalogue = load_catalogue()
    rng = random.Random(f"minebelief/{seed}/{wordings}")
    writer = Writer(wordings, catalogue, months, rng)
    drafts = list(_drafts(catalogue, reviews, months, rng))
    plan_matters((draft for draft in drafts if draft.text), catalogue, months, rng)
    written = [writer.review(draft, _day(catalogue, draft.month, rng)) for draft in drafts]
    written += list(_copies(written, rng))
    for key, month, count in _BURSTS:
        if month <= months:
            start = _day(catalogue, month, rng, latest=26)
            count = max(4, round(count * reviews / 3600))
            written += [
                writer.shill(catalogue.company(key), month, start + timedelta(days=i % 2), _site(rng))
                for i in range(count)
            ]
    staff = []
    for company in catalogue.companies:
        count = max(12, round(reviews * _EMPLOYEES_PER_REVIEW / len(catalogue.companies)))
        staff += writer.employees(company, EMPLOYEE_SITE, _days(catalogue, months, count, rng))
    written, staff = _numbered(written, rng), _numbered(staff, rng)
    year, month = catalogue.first_month
    return MadeUpIndustry(
        seed=seed,
        wordings=wordings,
        months=months,
        first_day=date(year, month, 1),
        catalogue=catalogue,
        reviews=tuple(written),
        employee_reviews=tuple(staff),
        pages=tuple(_page(company, catalogue) for company in catalogue.companies),
    )


def _drafts(catalogue: Catalogue, reviews: int, months: int, rng: random.Random) -> Iterator[Draft]:
    total = sum(company.weight for company in catalogue.companies)
    for company in catalogue.companies:
        busy = [rng.uniform(0.85, 1.15) for _ in range(months)]
        due = rng.random()
        for month in range(1, months + 1):
            before = int(due)
            due += reviews * company.weight / total * busy[month - 1] / sum(busy)
            for _ in range(int(due) - before):
                draft = Draft(company.key, month, _site(rng), mood=draw_mood(rng))
                kind = rng.random()
                draft.text = kind >= _WITHOUT_TEXT
                if 0 <= kind - _WITHOUT_TEXT < _FOREIGN:
                    draft.language = rng.choice(("es", "es", "fr", "de"))
                yield draft


def _site(rng: random.Random) -> str:
    return rng.choices(list(_SITE_SHARES), list(_SITE_SHARES.values()))[0]


def _day(catalogue: Catalogue, month: int, rng: random.Random, latest: int = 31) -> date:
    year, first = catalogue.first_month
    year, number = year + (first + month - 2) // 12, (first + month - 2) % 12 + 1
    return date(year, number, rng.randint(1, min(latest, monthrange(year, number)[1])))


def _days(catalogue: Catalogue, months: int, count: int, rng: random.Random) -> list[tuple[int, date]]:
    drawn = [i % months + 1 for i in range(count)]
    return [(month, _day(catalogue, month, rng)) for month in drawn]


def _copies(reviews: list[MadeUpReview], rng: random.Random) -> Iterator[MadeUpReview]:
    """The same review by the same author on a second site, up to three days later but in the same month."""
    long = [i for i, r in enumerate(reviews) if r.author and r.language == "en" and len(r.sentences) > 1]
    for i in sorted(rng.sample(long, round(len(reviews) * _COPIED))):
        first = reviews[i]
        site = rng.choice([name for name in REVIEW_SITES if name != first.site])
        later = first.published + timedelta(days=rng.randint(0, 3))
        yield replace(
            first,
            site=site,
            published=later if later.month == first.published.month else first.published,
            rating=float(first.stars * REVIEW_SITES[site] // 5),
            scale=REVIEW_SITES[site],
            reply=None,
            native_id="",
            duplicate_of=str(i),
        )


def _numbered(reviews: list[MadeUpReview], rng: random.Random) -> list[MadeUpReview]:
    """The reviews with native ids as their sites give them; copies then name the original's id."""
    numbers = rng.sample(range(100_000, 1_000_000), len(reviews))
    makers = {
        "plainly": lambda n: f"pr-{n * 2654435761 % 2**32:08x}",
        "tenpoint": lambda n: str(n),
        "shelfmark": lambda n: f"S{n}",
        EMPLOYEE_SITE: lambda n: f"shift-{n}",
    }
    ids = [makers[review.site](number) for review, number in zip(reviews, numbers, strict=True)]
    return [
        replace(review, native_id=own, duplicate_of=ids[int(review.duplicate_of)] if review.duplicate_of else None)
        for review, own in zip(reviews, ids, strict=True)
    ]


def _page(company: PhoneCompany, catalogue: Catalogue) -> CompanyPage:
    return CompanyPage(
        company=company.key,
        name=company.name,
        headline=f"{company.name}: made-up phones for made-up people",
        paragraphs=(
            f"{company.name} is a fictional phone company with shops in {catalogue.names['towns'][0]} "
            f"and {catalogue.names['towns'][1]}.",
            "Choose a plan, pick a phone, keep talking.",
        ),
        claims=tuple(claim.text for claim in catalogue.claims_of(company.key)),
    )
