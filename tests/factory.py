"""A small work database, filled as the steps would fill it."""

from datetime import datetime, timedelta
from pathlib import Path

from minebelief.store import Store
from minebelief.workspace import Workspace

COMPANIES = {"figo": "Figo", "embrace": "Embrace", "trupanion": "Trupanion"}
STATEMENTS = {
    "b1": ("belief", "claims", "It takes weeks until a claim is paid.", True),
    "b2": ("belief", "waiting", "I was on hold for 40 minutes.", True),
    "b3": ("belief", "price", "The premium doubled after one year.", False),
    "v1": ("value", "staff", "The agent was kind when my dog died.", False),
}
FIRST = datetime(2024, 1, 1)


def make_workspace(folder: Path) -> Workspace:
    """An empty workspace."""
    workspace = Workspace(folder)
    workspace.create()
    return workspace


def fill(
    store: Store,
    industry: str = "pet-insurance",
    *,
    companies: tuple[str, ...] = tuple(COMPANIES),
    reviews: int = 12,
) -> None:
    """Insert an industry: the sentences of every review say b1, b2, b3 and v1 in turn."""
    with store.transaction():
        _fill_industry(store, industry, companies, reviews)


def _fill_industry(store: Store, industry: str, companies: tuple[str, ...], reviews: int) -> None:
    title = industry.replace("-", " ").capitalize()
    store.execute("insert into industries values (?, ?, 0.01, 10, false)", [industry, title])
    for company in companies:
        store.execute(
            "insert into companies values (?, ?, ?, ?)",
            [industry, company, COMPANIES[company], company == "figo"],
        )
        _fill_company(store, industry, company, reviews)
    _fill_themes(store, industry, companies, reviews)
    store.execute("insert into rejects values (?, 'files', 'figo.csv:7', 'no text', '5;;', 'r1')", [industry])
    store.execute(
        "insert into runs values (?, ?, ?, ?, 'finished', ?, ?, 'all-MiniLM-L6-v2', 'abc', null, '{}', "
        "null, null, null, null)",
        [f"{industry}-r1", industry, FIRST, FIRST, len(companies) * reviews, len(companies) * reviews * 3],
    )


def _fill_company(store: Store, industry: str, company: str, reviews: int) -> None:
    themes = list(STATEMENTS)
    for n in range(reviews):
        review_id = f"{company}-{n}"
        day = FIRST + timedelta(days=10 * n)
        said = [themes[(n + k) % len(themes)] for k in range(3)]
        texts = [f"{STATEMENTS[theme][1]} Case {n}." for theme in said]
        store.execute(
            "insert into reviews values "
            "(?, ?, ?, ?, ?, 'files', 'x.csv:1', 'review', 1, 5, 0, 'Beware', ?, null, "
            "?, 'en', ?, ?, null)",
            [
                industry,
                review_id,
                f"h{n}",
                str(n),
                company,
                " ".join(texts),
                f"someone {n}",
                day,
                f"https://reviews.example/{n}",
            ],
        )
        for k, (theme, text) in enumerate(zip(said, texts, strict=True)):
            sentence_id = f"{review_id}-{k}"
            statement = STATEMENTS[theme][2] if n < len(themes) else f"{STATEMENTS[theme][2][:-1]}, case {n}."
            store.execute(
                "insert into sentences values (?, ?, ?, ?, 0, 1, ?, ?, ?)",
                [industry, sentence_id, review_id, k, statement, text, f"t{n}{k}"],
            )
            polarity, p_negative = ("negative", 0.9) if theme[0] == "b" else ("positive", 0.1)
            store.execute(
                "insert into readings values (?, ?, ?, ?, 'reason', 0.8, false)",
                [industry, sentence_id, polarity, p_negative],
            )
            store.execute(
                "insert into theme_sentences values (?, ?, ?, ?, ?)",
                [industry, theme, sentence_id, 1 - n / 100, 3 * n + list(COMPANIES).index(company) + 1],
            )


def _fill_themes(store: Store, industry: str, companies: tuple[str, ...], reviews: int) -> None:
    for place, (theme, (kind, area, statement, common)) in enumerate(STATEMENTS.items()):
        share = 0.30 - 0.05 * place
        store.execute(
            "insert into themes values (?, ?, ?, ?, ?, ?, ['claim', 'weeks'], 'active')",
            [industry, theme, kind, area, statement, f"{companies[0]}-{place}-0"],
        )
        store.execute(
            "insert into theme_counts values (?, ?, 9, 9, ?, ?, ?, ?, ?, ?, 4, ?, ?, ?, ?)",
            [
                industry, theme, len(companies), share, share - 0.04, share + 0.05, share + 0.01,
                len(companies) if common else 1, common,
                "at 3 of 3 companies" if common else "at 1 of 3 companies, 3 are needed",
                FIRST, FIRST + timedelta(days=10 * (reviews - 1)),
            ],
        )  # fmt: skip
        for step, company in enumerate(companies):
            here = share + 0.02 * step
            store.execute(
                "insert into prevalence values (?, ?, ?, '*', ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    industry, theme, company, reviews, round(here * reviews), here, here - 0.05, here + 0.06,
                    here, here - 0.04, here + 0.05,
                ],
            )  # fmt: skip
    store.execute(
        "insert into themes values (?, 'b9', 'belief', 'claims', 'Gone.', null, [], 'retired')",
        [industry],
    )


def fill_judged(
    store: Store, industry: str = "pet-insurance", *, companies: tuple[str, ...] = tuple(COMPANIES)
) -> None:
    """What judging says of a filled industry: the first company solves b1, b2 is open, b3 is not common."""
    with store.transaction():
        store.execute("insert into compared values (?, ['files'], true, null, null)", [industry])
        store.execute(
            "insert into prevalence by name select * replace ('files' as source) from prevalence where industry = ?",
            [industry],
        )
        store.execute("insert into value_links values (?, 'b1', 'v1', 0.6)", [industry])
        store.execute(
            "insert into opposites select industry, 'b1', sentence_id, 0.9 - rank / 1000, true, rank "
            "from theme_sentences where industry = ? and theme_id = 'v1'",
            [industry],
        )
        for theme in ("b1", "b2", "b3"):
            for place, company in enumerate(companies):
                positive = 30 if theme == "b1" and place == 0 else 2
                store.execute(
                    "insert into links values (?, ?, ?, ?, 0.6, 100, ?, 20, ?, ?, ?)",
                    [
                        industry, theme, company, "v1" if theme == "b1" else None, positive,
                        positive / (positive + 20), positive / (positive + 20) - 0.08, positive / (positive + 20) + 0.1,
                    ],
                )  # fmt: skip
            store.execute(
                "insert into impact values (?, ?, 300, 0.2, 0.15, 0.25, 0.1, 0.05, 0.15, 'linear')", [industry, theme]
            )
            for company in (None, *companies):
                _fill_opening(store, industry, company, theme, ahead=company == companies[0] and theme == "b1")


def _fill_opening(store: Store, industry: str, company: str | None, theme: str, *, ahead: bool) -> None:
    copied, common = theme == "b1" and not ahead, theme != "b3"
    gates = {
        "common": ("pass" if common else "fail", "at 3 of 3 companies" if common else "at 1 of 3 companies"),
        "unmet": ("pass", "no rival satisfies more than half for sure, the best Embrace with 9%"),
        "not copied": ("fail" if copied else "pass", "Figo is praised for it, Figo in 30.0% of its reviews"),
        "beyond expected": ("pass", "praise of it goes with +0.50 stars of five [+0.25 to +0.75]"),
        "specific": ("unknown", "no measurable anchors were looked for"),
        "fits values": ("unknown", "the industry file names no values and no purpose"),
    }
    rank = {"b2": 1, "b1": 2, "b3": 3}[theme]
    verdict = "copy" if copied else "open" if common else "unproven"
    lead = (0.5, 0.3, 0.7) if ahead else (None, None, None)
    store.execute(
        "insert into openings values (?, ?, ?, ?, ?, 8, ?, ?, ?, 0.6, 'embrace', 0.09, ?, ?, ?, 0.4, "
        "?, ?, ?, ?, ?, ?, ?, ?)",
        [
            industry, company, theme, rank, rank + 0.2, 16.0 - rank, 15.0 - rank, 17.0 - rank, *lead,
            *(gate for gate, _ in gates.values()), verdict,
            "; ".join(f"{name}: {gate}, {why}" for name, (gate, why) in gates.items()),
        ],
    )  # fmt: skip
