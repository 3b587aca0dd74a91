"""What is wrong with the input: it fails in one line and changes nothing, or is told and gone on with."""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from laundries import INDUSTRY, make_up, write_files, write_industry

from minebelief.cli.group import run
from minebelief.mining import encoder
from minebelief.store import Store
from minebelief.workspace import Workspace


@dataclass(frozen=True)
class Case:
    """A folder with the laundries' files and a workspace where they are published."""

    folder: Path
    workspace: Workspace
    patch: pytest.MonkeyPatch

    @property
    def reviews(self) -> Path:
        return self.folder / "reviews"


@pytest.fixture
def case(laundry: Workspace, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setenv("COLUMNS", "500")
    return Case(laundry.root.parent, laundry, monkeypatch)


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run_file(case: Case, industry_file: Path) -> list[str]:
    return ["--workspace", str(case.workspace.root), "run", str(industry_file)]


def run_reviews(case: Case, **reviews: str) -> list[str]:
    """A run of an industry that has these files alone."""
    folder = case.folder / "others"
    folder.mkdir()
    for company, text in reviews.items():
        (folder / f"{company}.csv").write_text(text, encoding="utf-8")
    return run_file(case, write_industry(case.folder, industry="others", files="others/*.csv", companies=reviews))


# --- what fails -----------------------------------------------------------------------------------


def missing_industry_file(case: Case) -> list[str]:
    return run_file(case, case.folder / "nothing.toml")


def missing_reviews(case: Case) -> list[str]:
    return run_file(case, write_industry(case.folder, files="nowhere/*.csv"))


def wrong_columns(case: Case) -> list[str]:
    return run_file(case, write_industry(case.folder, columns=['body = "words"']))


def unknown_companies(case: Case) -> list[str]:
    return run_file(case, write_industry(case.folder, companies=["someone-else"]))


def few_sentences(case: Case) -> list[str]:
    return run_reviews(case, sudsy="id,stars,day,text,answer\n1,1,2025-01-01,They lost my favourite coat.,\n")


def no_texts(case: Case) -> list[str]:
    return run_reviews(case, sudsy="id,stars,day,text,answer\n1,1,2025-01-01,,\n")


def unknown_industry(case: Case) -> list[str]:
    return ["--workspace", str(case.workspace.root), "beliefs", "laundry"]


def unknown_theme(case: Case) -> list[str]:
    return ["--workspace", str(case.workspace.root), "show", INDUSTRY, "b999"]


def newer_work_database(case: Case) -> list[str]:
    with Store(case.workspace.work) as store:
        store.execute("insert into migrations values (99, 'later')")
    return run_file(case, write_industry(case.folder))


def newer_published_database(case: Case) -> list[str]:
    with duckdb.connect(str(case.workspace.published)) as connection:
        connection.execute("update meta set schema_version = 99")
    return run_file(case, write_industry(case.folder))


def newer_published_database_read(case: Case) -> list[str]:
    newer_published_database(case)
    return ["--workspace", str(case.workspace.root), "beliefs"]


def damaged_work_database(case: Case) -> list[str]:
    case.workspace.work.write_bytes(b"no database" * 1000)
    return run_file(case, write_industry(case.folder))


def unwritable_workspace(case: Case) -> list[str]:
    (case.folder / "file").write_text("")
    return ["--workspace", str(case.folder / "file" / "below"), "run", str(write_industry(case.folder))]


def altered_encoder(case: Case) -> list[str]:
    case.patch.setitem(encoder.HASHES, "tokenizer.json", "0" * 64)
    rows = make_up()
    rows["sudsy"][0]["text"] = "This sentence is new, so the encoder is needed."
    write_files(case.reviews, rows)
    return run_file(case, write_industry(case.folder))


FAILURES: list[tuple[Callable[[Case], list[str]], int, str]] = [
    (missing_industry_file, 2, "nothing.toml: No such file or directory"),
    (missing_reviews, 1, "no file matches files = 'nowhere/*.csv'"),
    (wrong_columns, 1, "no column 'words' (for body); columns found: id, stars, day, text, answer"),
    (unknown_companies, 1, "no company is recognized; found: 'pressly'"),
    (few_sentences, 1, "hold 1 sentences in en, and at least 20 are needed"),
    (no_texts, 1, "no review of 'others' has a text"),
    (unknown_industry, 2, "laundries"),
    (unknown_theme, 2, "b999"),
    (newer_work_database, 1, "has schema version 99"),
    (newer_published_database, 1, "has schema version 99"),
    (newer_published_database_read, 1, "99"),
    (damaged_work_database, 1, "is damaged: it is no DuckDB database"),
    (unwritable_workspace, 1, "cannot write to the workspace"),
    (altered_encoder, 1, "tokenizer.json is altered"),
]


@pytest.mark.parametrize(("wrong", "code", "message"), FAILURES, ids=[wrong.__name__ for wrong, _, _ in FAILURES])
def test_it_fails_in_one_line_and_nothing_is_published(
    wrong: Callable[[Case], list[str]], code: int, message: str, case: Case, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = wrong(case)
    before = fingerprint(case.workspace.published)
    assert run(arguments) == code
    said = [line for line in capsys.readouterr().err.splitlines() if line.startswith("minebelief:")]
    assert len(said) == 1
    assert message in said[0]
    assert "unexpected" not in said[0]
    assert fingerprint(case.workspace.published) == before


def test_what_bars_publishing_is_told_before_the_work(case: Case, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(newer_published_database(case)) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_all_mistakes_of_an_industry_file_are_told(case: Case, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_industry(case.folder, more='kind = "rumour"\nlanguage = "Klingon"\ncolour = "red"')
    assert run(run_file(case, path)) == 2
    said = [line for line in capsys.readouterr().err.splitlines() if line.startswith("minebelief:")]
    assert len(said) == 3
    assert all(any(key in line for line in said) for key in ("kind", "language", "colour"))


# --- what is told and gone on with ----------------------------------------------------------------


def broken_row(case: Case) -> list[str]:
    with (case.reviews / "sudsy.csv").open("a") as file:
        file.write("x1,1,2025-01-01,one,field,too,many\n")
    return run_file(case, write_industry(case.folder))


def other_encoding(case: Case) -> list[str]:
    with (case.reviews / "sudsy.csv").open("ab") as file:
        file.write("x1,5,2025-01-01,The staff is helpful and polite at the café.,\n".encode("cp1252"))
    return run_file(case, write_industry(case.folder))


def empty_file(case: Case) -> list[str]:
    (case.reviews / "sudsy-2.csv").write_text("")
    return run_file(case, write_industry(case.folder, more=""))


def company_without_reviews(case: Case) -> list[str]:
    return run_file(
        case, write_industry(case.folder, companies=["sudsy", "whitefold", "pressly", "quickwash", "lonely"])
    )


def odd_date(case: Case) -> list[str]:
    with (case.reviews / "sudsy.csv").open("a") as file:
        file.write("x1,5,the day after,The staff is helpful and polite.,\n")
    return run_file(case, write_industry(case.folder))


def odd_rating(case: Case) -> list[str]:
    with (case.reviews / "sudsy.csv").open("a") as file:
        file.write("x1,eleven,2025-01-01,The staff is helpful and polite.,\n")
    return run_file(case, write_industry(case.folder))


def rating_without_text(case: Case) -> list[str]:
    with (case.reviews / "sudsy.csv").open("a") as file:
        file.write("x1,5,2025-01-01,,\n")
    return run_file(case, write_industry(case.folder))


def others(stars: str, *texts: str, times: int = 30) -> str:
    rows = [f"{n},{stars},2025-01-{n % 28 + 1:02},{texts[n % len(texts)]},\n" for n in range(times)]
    return "id,stars,day,text,answer\n" + "".join(rows)


def equal_stars(case: Case) -> list[str]:
    return run_reviews(case, sudsy=others("5", "The staff is helpful and polite.", "Nobody showed up for the pickup."))


def no_negatives(case: Case) -> list[str]:
    return run_reviews(case, sudsy=others("5", "The staff is helpful and polite.", "Great service for busy people."))


WARNINGS: list[tuple[Callable[[Case], list[str]], str]] = [
    (broken_row, "1 rejected"),
    (other_encoding, "reviews/sudsy.csv: lines that are not utf-8 and were read as cp1252: 1"),
    (empty_file, "reviews/sudsy-2.csv: the file is empty"),
    (company_without_reviews, "company 'lonely' has no reviews"),
    (odd_date, "dates that could not be used and were left out (where it is unclear"),
    (odd_rating, "ratings that could not be used and were left out: 1, such as 'eleven'"),
    (rating_without_text, "1 of 401 reviews have a rating and no text, and count nowhere"),
    (equal_stars, "all 30 ratings are 5"),
    (no_negatives, "no sentence is negative: there are no complaints, and so no beliefs"),
]


@pytest.mark.parametrize(("odd", "message"), WARNINGS, ids=[odd.__name__ for odd, _ in WARNINGS])
def test_it_is_told_and_the_run_goes_on(
    odd: Callable[[Case], list[str]], message: str, case: Case, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = odd(case)
    assert run(arguments) == 0
    told = capsys.readouterr()
    assert message in told.err
    assert "is up to date" in told.out


def test_a_broken_row_is_rejected_with_its_line(case: Case) -> None:
    arguments = broken_row(case)
    assert run(arguments) == 0
    with duckdb.connect(str(case.workspace.published), read_only=True) as connection:
        rejects = connection.execute("select locator, reason from rejects").fetchall()
    assert rejects == [("reviews/sudsy.csv:102", "too many fields: 7 instead of 5")]


def test_without_negatives_no_belief_is_published(case: Case, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(no_negatives(case)) == 0
    assert "No beliefs were found." in capsys.readouterr().out
    with duckdb.connect(str(case.workspace.published), read_only=True) as connection:
        beliefs = connection.execute("select count(*) from beliefs where industry = 'others'").fetchall()
    assert beliefs == [(0,)]


def test_a_rating_without_text_is_kept_and_has_no_sentences(case: Case) -> None:
    assert run(rating_without_text(case)) == 0
    with duckdb.connect(str(case.workspace.published), read_only=True) as connection:
        counts = connection.execute(
            "select (select count(*) from reviews), (select count(distinct review_id) from sentences) < 401"
        ).fetchall()
    assert counts == [(401, True)]


def test_the_publish_guard_holds_back_in_one_line(case: Case, capsys: pytest.CaptureFixture[str]) -> None:
    with Store(case.workspace.work) as store:
        for table in ("reviews", "landed", "theme_sentences"):
            store.execute(f"delete from {table}")
    shutil.rmtree(case.reviews)
    write_files(case.reviews, {company: rows[:50] for company, rows in make_up().items()})
    before = fingerprint(case.workspace.published)
    assert run(run_file(case, write_industry(case.folder))) == 1
    assert "minebelief: not published" in capsys.readouterr().err
    assert fingerprint(case.workspace.published) == before
