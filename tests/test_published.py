"""Reading what is published: names, themes, evidence, and anybody's SQL."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from factory import fill, make_workspace

from minebelief.errors import DamagedError, InputError, QueryError, UnknownNameError
from minebelief.publish import publish
from minebelief.published import PublishedDatabase, open_published
from minebelief.store import Store

INDUSTRY = "pet-insurance"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = make_workspace(tmp_path_factory.mktemp("published"))
    with Store(workspace.work) as store:
        fill(store)
        fill(store, "airlines", companies=("figo",), reviews=4)
        publish(store, workspace)
    return workspace.published


@pytest.fixture
def database(path: Path) -> Iterator[PublishedDatabase]:
    with open_published(path) as database:
        yield database


def test_nothing_published_says_what_to_run(tmp_path: Path) -> None:
    with (
        pytest.raises(InputError, match=r"nothing is published here yet.*minebelief run FILE"),
        open_published(tmp_path / "minebelief.duckdb"),
    ):
        pass


def test_a_damaged_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "minebelief.duckdb"
    path.write_bytes(b"no database at all" * 1000)
    with pytest.raises(DamagedError, match="is damaged: it is no DuckDB database"), open_published(path):
        pass


def test_industries_come_with_their_figures(database: PublishedDatabase) -> None:
    airlines, pets = database.industries()
    assert (airlines.industry, airlines.companies, airlines.field, airlines.reviews) == ("airlines", 1, 0, 4)
    assert (pets.title, pets.companies, pets.field, pets.reviews) == ("Pet insurance", 3, 3, 36)
    assert (pets.beliefs, pets.common_beliefs, pets.customer_values) == (3, 2, 1)
    assert str(pets.data_to) == "2024-04-20 00:00:00"


@pytest.mark.parametrize("name", ["pet-insurance", "Pet-Insurance"])
def test_an_industry_is_found_by_its_key(database: PublishedDatabase, name: str) -> None:
    assert database.default_industry(name) == INDUSTRY


def test_an_unknown_industry_says_which_there_are(database: PublishedDatabase) -> None:
    with pytest.raises(UnknownNameError, match=r"'pet-insurence' \(did you mean 'pet-insurance'\?\).*airlines"):
        database.default_industry("pet-insurence")
    with pytest.raises(UnknownNameError, match="which industry"):
        database.default_industry()


def test_a_company_is_found_by_key_or_name(database: PublishedDatabase) -> None:
    assert database.default_company(INDUSTRY, "figo") == "figo"
    assert database.default_company(INDUSTRY, "FIGO") == "figo"
    with pytest.raises(UnknownNameError, match=r"did you mean 'figo'"):
        database.default_company(INDUSTRY, "fidgo")


def test_beliefs_are_the_common_ones_by_prevalence(database: PublishedDatabase) -> None:
    beliefs = database.beliefs(INDUSTRY)
    assert [(belief.theme_id, belief.spread, belief.field) for belief in beliefs] == [
        ("b1", 3, 3),
        ("b2", 3, 3),
    ]
    assert beliefs[0].prevalence == pytest.approx(0.30)
    assert beliefs[0].keywords == ("claim", "weeks")


def test_other_beliefs_and_values_can_be_asked_for(database: PublishedDatabase) -> None:
    every = database.beliefs(INDUSTRY, common_only=False)
    assert [belief.theme_id for belief in every] == ["b1", "b2", "b3"]
    assert [belief.theme_id for belief in database.beliefs(INDUSTRY, 1)] == ["b1"]
    assert [v.theme_id for v in database.beliefs(INDUSTRY, kind="value", common_only=False)] == ["v1"]
    assert [b.theme_id for b in database.beliefs(INDUSTRY, common_only=False, min_spread=2)] == ["b1", "b2"]


def test_a_quote_is_no_repetition_of_the_statement(database: PublishedDatabase) -> None:
    quote = database.beliefs(INDUSTRY)[0].quote
    assert quote is not None
    assert (quote.text, quote.company) == ("It takes weeks until a claim is paid, case 4.", "Figo")
    assert str(quote.published_at) == "2024-02-10 00:00:00"


def test_a_company_has_its_own_figures_and_quotes(database: PublishedDatabase) -> None:
    belief = database.beliefs(INDUSTRY, company="trupanion")[0]
    assert belief.prevalence == pytest.approx(0.34)
    assert belief.reviews == 4
    assert belief.quote is not None
    assert belief.quote.company == "Trupanion"


def test_a_theme_is_found_by_its_id(database: PublishedDatabase) -> None:
    assert database.theme(INDUSTRY, "V1").kind == "value"
    with pytest.raises(UnknownNameError, match=r"no theme 'b77'.*there is b1, b2, b3, v1"):
        database.theme(INDUSTRY, "b77")


def test_evidence_is_one_sentence_per_review_best_first(database: PublishedDatabase) -> None:
    quotes = database.evidence(INDUSTRY, "b1", 5)
    assert len({quote.review_id for quote in quotes}) == 5
    assert quotes[0].text == "It takes weeks until a claim is paid."
    assert {quote.company for quote in database.evidence(INDUSTRY, "b1", None, company="figo")} == {"Figo"}


def test_what_was_said_before_comes_after_what_is_new(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    with Store(workspace.work) as store:
        fill(store)
        store.execute(
            "update sentences set text = 'it takes WEEKS, until a claim is paid!' where sentence_id = 'embrace-0-0'"
        )
        publish(store, workspace)
    with open_published(workspace.published) as database:
        said = [quote.text for quote in database.evidence(INDUSTRY, "b1", None)]
    letters = ["".join(filter(str.isalpha, text)).lower() for text in said]
    first = len(set(letters))
    assert first < len(said)
    assert len(set(letters[:first])) == first


def test_prevalence_is_told_for_every_company(database: PublishedDatabase) -> None:
    figures = database.prevalence_of(INDUSTRY, "b1")
    assert [figure.name for figure in figures] == ["Trupanion", "Embrace", "Figo"]
    assert figures[0].prevalence == pytest.approx(0.34)
    assert [figure.name for figure in figures if figure.ours] == ["Figo"]


def test_macros_answer_in_sql(database: PublishedDatabase) -> None:
    top = database.query("select theme_id from top_beliefs('pet-insurance')")
    assert top.columns == ("theme_id",)
    assert top.rows == (("b1",), ("b2",), ("b3",))
    assert len(database.query("from top_beliefs('pet-insurance', n := 1)").rows) == 1
    assert len(database.query("from evidence('pet-insurance', 'b1', n := 2)").rows) == 2
    compared = database.query(
        "select theme_id, round(difference, 2), apart from compare('pet-insurance', 'trupanion', 'figo')"
    )
    assert sorted(compared.rows)[0] == ("b1", 0.04, False)
    assert database.query("select theme_id from customer_values where industry = 'pet-insurance'").rows == (("v1",),)


@pytest.mark.parametrize(
    "sql",
    [
        "slect 1",
        "select nothing from beliefs",
        "create table mine (i integer)",
        "delete from reviews",
        "drop view beliefs",
        "update meta set schema_version = 2",
        "from read_text('/etc/passwd')",
        "from read_csv('/etc/passwd')",
        "from glob('/*')",
        "from '/etc/passwd'",
        "copy reviews to 'stolen.csv'",
        "export database 'stolen'",
        "attach 'other.duckdb'",
        "install httpfs",
        "set enable_external_access = true",
        "set memory_limit = '100GB'",
        "set lock_configuration = false",
        "pragma profiling_output = 'mine.json'",
        "pragma log_query_path = 'mine.txt'",
        "create secret (type s3)",
        "from path",
        "select ?",
    ],
)
def test_anybodys_sql_reads_this_database_and_nothing_else(
    database: PublishedDatabase, sql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(QueryError, match="cannot be run") as caught:
        database.query(sql)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_query_that_takes_too_long_is_stopped(database: PublishedDatabase) -> None:
    endless = "select count(*) from range(1000000000000) a where a.range % 7 = 3"
    with pytest.raises(QueryError, match=r"longer than 0\.2 seconds"):
        database.query(endless, seconds=0.2)
    assert database.query("select 1 as one").rows == ((1,),)


def test_an_interrupt_is_an_interrupt_also_within_a_query(path: Path) -> None:
    code = (
        "import signal, sys, threading, minebelief.published as p\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # it is ignored where tests run in the background
        "with p.open_published(sys.argv[1]) as database:\n"
        "    try:\n"
        "        threading.Timer(0.3, print, ('running',), {'flush': True}).start()\n"
        "        database.query('select count(*) from range(1000000000000) a where a.range % 7 = 3')\n"
        "    except KeyboardInterrupt: print('interrupted')\n"
    )
    command = [sys.executable, "-P", "-c", code, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as asking:
        assert asking.stdout is not None
        assert asking.stdout.readline() == "running\n"
        asking.send_signal(signal.SIGINT)
        assert asking.stdout.read() == "interrupted\n"


def test_a_query_that_gives_too_much_is_refused(database: PublishedDatabase) -> None:
    with pytest.raises(QueryError, match="more than 50 rows"):
        database.query("from range(51)", rows=50)
    assert len(database.query("from range(50)", rows=50).rows) == 50


def test_two_can_read_in_one_process(path: Path) -> None:
    with open_published(path) as one, open_published(path) as two:
        assert one.industries() == two.industries()


def test_reading_is_light() -> None:
    code = "import sys, minebelief.published; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True)
    assert not set(loaded.stdout.split()) & {
        "torch", "scrapy", "prefect", "sklearn", "pandas", "numpy", "pyarrow"
    }  # fmt: skip
