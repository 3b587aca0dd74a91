"""Loading: what comes in once, what is replaced, what is refused, and that a killed run goes on."""

import gzip
import json
import stat
from datetime import datetime
from pathlib import Path

import pytest

from minebelief.errors import InputError
from minebelief.gather import landing as module
from minebelief.gather.landing import Loaded, load
from minebelief.industry import load_industry
from minebelief.progress import Silent
from minebelief.store import Store

HEAD = """
industry = "pets"
{extra}
[companies.figo]
name = "Figo"
aliases = ["Figo Pet"]
[companies.spot]
name = "Spot"
"""
FILES = '[[sources]]\nname = "site"\nfiles = "{}"\ncompany = "company"\nscale = 5\n'
SITE = '[[sources]]\nname = "web"\nspider = "schema_org"\nurls = ["https://web.example/"]\n'
LONG = "They took forty days to answer and then lost the papers that I had sent"


class Listener(Silent):
    def __init__(self):
        self.warnings, self.totals, self.count = [], [], 0

    def start(self, step, total):
        self.totals.append(total)

    def advance(self, step, count):
        self.count += count

    def warn(self, message):
        self.warnings.append(message)


class Place:
    """A workspace with an industry file, review files and landing files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.listener = Listener()
        self.crawled = {}
        self.settings = FILES.format("*.csv")
        self.extra = ""
        (folder / ".minebelief").mkdir(parents=True)

    def csv(self, name: str, *rows: dict) -> None:
        columns = list(dict.fromkeys(key for row in rows for key in row))
        lines = [",".join(columns), *(",".join(str(row.get(c, "")) for c in columns) for row in rows)]
        (self.folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")

    def land(self, source: str, day: int, *lines: dict) -> None:
        path = self.folder / f"{source}.202601{day:02}T000000000000Z.jsonl.gz"
        given = ({"company": "Figo", "url": "https://a/1", **line} if "reject" not in line else line for line in lines)
        path.write_bytes(gzip.compress("\n".join(map(json.dumps, given)).encode()))
        self.crawled.setdefault(source.split("+")[0], []).append(path)

    def load(self, run: str = "r1") -> Loaded:
        path = self.folder / "pets.toml"
        path.write_text(HEAD.format(extra=self.extra) + self.settings, encoding="utf-8")
        with Store(self.work) as store:
            return load(store, load_industry(path), run, self.listener, self.crawled)

    def rows(self, sql: str) -> list[tuple]:
        with Store(self.work) as store:
            return store.rows(sql)

    def all(self) -> list[tuple]:
        return self.rows("select * from reviews order by all")

    def texts(self) -> dict[str, str]:
        return dict(self.rows("select native_id, body from reviews"))

    @property
    def work(self) -> Path:
        return self.folder / ".minebelief" / "work.duckdb"


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path / "a")


def row(number: int, body: str = "", **values) -> dict:
    return {"id": f"n{number}", "company": "Figo", "body": body or f"Review {number}", "rating": 2, **values}


def test_a_review_lands_with_all_its_fields_and_without_its_author(place):
    author = "Ann  Marsh"
    place.csv("a.csv", row(1, published_at="2024-05-06", title="Late", author=author, url="https://a/1"))
    loaded = place.load()
    assert (loaded.read, loaded.new, loaded.changed, loaded.rejected) == (1, 1, 0, 0)
    names = "native_id, company, source, locator, kind, rating, scale, stars, title, body, language"
    assert place.rows(f"select {names}, published_at, url from reviews") == [
        (
            "n1",
            "figo",
            "site",
            "a.csv:2",
            "review",
            2,
            5,
            0.25,
            "Late",
            "Review 1",
            "en",
            datetime(2024, 5, 6),
            "https://a/1",
        )
    ]
    assert place.rows("select * from industries") == [("pets", "Pets", 0.01, 100, False)]
    assert place.rows("select company, name, ours from companies order by 1") == [
        ("figo", "Figo", False),
        ("spot", "Spot", False),
    ]
    (hashed,) = place.rows("select author from reviews")[0]
    assert len(hashed) == 16
    assert b"Marsh" not in place.work.read_bytes()
    salt = place.folder / ".minebelief" / "salt"
    assert stat.S_IMODE(salt.stat().st_mode) == 0o600


def test_one_author_has_one_hash_in_a_workspace_and_another_in_another(place, tmp_path):
    place.csv("a.csv", row(1, author="Ann Marsh"), row(2, author="ann  marsh"), row(3, author="Bo"))
    other = Place(tmp_path / "b")
    other.csv("a.csv", row(1, author="Ann Marsh"))
    place.load()
    other.load()
    first, second, third = (author for (author,) in place.rows("select author from reviews order by native_id"))
    assert first == second != third
    assert other.rows("select author from reviews") != [(first,)]


def test_a_second_load_does_nothing(place):
    place.csv("a.csv", row(1), row(2))
    place.load()
    before = place.all()
    loaded = place.load("r2")
    assert (loaded.read, loaded.new, loaded.changed, loaded.rejected) == (0, 0, 0, 0)
    assert place.listener.totals == [None, 0]
    assert place.listener.count == 2
    assert place.all() == before


def test_of_a_file_that_has_grown_only_what_is_new_counts(place):
    place.csv("a.csv", row(1), row(2))
    place.load()
    place.csv("a.csv", row(0), row(1), row(2), row(3))
    loaded = place.load("r2")
    assert (loaded.read, loaded.new, loaded.changed) == (4, 2, 0)


def test_what_has_gone_from_its_source_stays(place):
    place.csv("a.csv", row(1), row(2))
    place.load()
    place.csv("a.csv", row(2))
    place.load("r2")
    assert set(place.texts()) == {"n1", "n2"}


def test_a_changed_review_is_replaced_and_what_was_mined_from_it_is_forgotten(place):
    place.csv("a.csv", row(1, "Slow"), row(2, "Good"))
    place.load()
    with Store(place.work) as store:
        for native, name in store.rows("select native_id, review_id from reviews"):
            sentence = f"s-{native}"
            store.execute("insert into sentences values ('pets', ?, ?, 0, 0, 4, 'x', 'x', 'h')", [sentence, name])
            store.execute("insert into readings values ('pets', ?, 'negative', 1, 'reason', 1, false)", [sentence])
            store.execute("insert into theme_sentences values ('pets', 'b1', ?, 1, 1)", [sentence])
    place.csv("a.csv", row(1, "Very slow"), row(2, "Good"))
    loaded = place.load("r2")
    assert (loaded.new, loaded.changed) == (0, 1)
    assert place.texts() == {"n1": "Very slow", "n2": "Good"}
    for table in ("sentences", "readings", "theme_sentences"):
        assert place.rows(f"select sentence_id from {table}") == [("s-n2",)]


def test_ids_do_not_depend_on_the_order_of_files_or_rows(place, tmp_path):
    rows = [row(n, f"Review {n}", id="") for n in range(6)] + [row(9)]
    place.csv("a.csv", *rows[:3])
    place.csv("b.csv", *rows[3:])
    other = Place(tmp_path / "b")
    other.csv("x.csv", *rows[::-1])
    place.load()
    other.load()
    ids = "select body, review_id from reviews order by 1"
    assert place.rows(ids) == other.rows(ids)


def test_ratings_without_text_or_id_are_each_kept(place):
    bare = {"company": "Figo", "body": "", "rating": 4}
    place.csv("a.csv", bare, bare, bare, row(1))
    assert place.load().new == 4
    assert place.load("r2").new == 0


def test_the_same_review_in_two_files_is_one_and_the_last_file_wins(place):
    place.csv("a.csv", row(1, "Old"))
    place.csv("b.csv", row(1, "New"))
    assert place.load().new == 1
    assert place.texts() == {"n1": "New"}
    place.csv("a.csv", row(1, "Older"))  # read last, and still not the last file
    place.load("r2")
    assert place.texts() == {"n1": "New"}


def test_duplicates_point_to_the_earliest_whatever_the_order_of_loading(place, tmp_path):
    rows = [
        row(1, LONG, published_at="2024-03-01"),
        row(2, LONG.upper() + "!!", published_at="2024-02-01"),
        row(3, LONG, published_at=""),
        row(4, LONG, published_at="2024-01-01", company="Spot"),
        row(5, "Too short to tell", published_at="2024-01-01"),
        row(6, "Too short to tell", published_at="2024-01-02"),
    ]
    other = Place(tmp_path / "b")
    for number, one in enumerate(rows):
        place.csv(f"{number}.csv", one)
        other.csv("a.csv", *rows[::-1][: number + 1])
        other.load(f"r{number}")
    place.load()
    links = (
        "select later.native_id, first.native_id from reviews later "
        "join reviews first on first.review_id = later.duplicate_of order by 1"
    )
    assert place.rows(links) == other.rows(links) == [("n1", "n2"), ("n3", "n2")]


def test_one_author_who_says_nearly_the_same_twice_is_a_duplicate(place):
    text = f"{LONG} {LONG} {LONG} {LONG}"
    place.csv(
        "a.csv",
        row(1, f"{text} One more thing.", published_at="2024-01-01", author="Ann"),
        row(2, f"{text} Update: still waiting.", published_at="2024-02-01", author="Ann"),
        row(3, f"{text} Update: still waiting.", published_at="2024-03-01", author="Bo"),
        row(4, f"{text} Quite another end.", published_at="2024-04-01", author="Cy"),
    )
    place.load()
    first = place.rows("select review_id from reviews where native_id = 'n1'")[0][0]
    marked = place.rows("select native_id, duplicate_of from reviews order by 1")
    assert marked == [("n1", None), ("n2", first), ("n3", first), ("n4", None)]


def test_a_killed_run_goes_on_with_the_next_file(place, monkeypatch):
    place.csv("a.csv", row(1))
    place.csv("b.csv", row(2), row(3))

    class Killed(BaseException):
        pass

    original = module._Landing._review

    def dies_at_the_third(self, parcel, record, *rest):
        if record.native_id == "n3":
            raise Killed
        original(self, parcel, record, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(module, "_BATCH", 1)
        patched.setattr(module._Landing, "_review", dies_at_the_third)
        with pytest.raises(Killed):
            place.load()
    assert place.texts() == {"n1": "Review 1"}
    loaded = place.load("r2")
    assert (loaded.read, loaded.new) == (2, 2)
    whole = place.all()
    place.work.unlink()
    place.load()
    assert place.all() == whole


def test_batches_change_nothing(place, tmp_path, monkeypatch):
    rows = [row(1, "A"), row(2, "B"), row(1, "C"), row(1, "A"), row(3, "D", company="?")]
    place.csv("a.csv", *rows)
    monkeypatch.setattr(module, "_BATCH", 1)
    loaded = place.load()
    assert (loaded.read, loaded.new, loaded.rejected) == (5, 2, 1)
    assert place.texts() == {"n1": "A", "n2": "B"}


def test_sections_of_one_name_are_one_source(place):
    (place.folder / "more").mkdir()
    place.settings = FILES.format("*.csv") + FILES.format("more/*.csv")
    place.csv("a.csv", row(1))
    place.csv("more/a.csv", row(1), row(2, company="Spot"))
    assert place.load().new == 2
    assert place.rows("select distinct source from reviews") == [("site",)]
    assert place.load("r2").read == 0


def test_rejects_are_kept_with_their_run_until_they_are_mended(place):
    place.csv("a.csv", row(1), row(2, company="Nobody"), row(3, "", rating=""))
    place.csv("b.csv", row(4, company="Noone"))
    (place.folder / "a.csv").write_text((place.folder / "a.csv").read_text() + 'n9,"open\n')
    assert place.load().rejected == 3
    told = "select locator, reason, excerpt, run_id from rejects order by 1, 2"
    assert place.rows(told) == [
        ("a.csv:3", "unknown company 'Nobody'", "Review 2", "r1"),
        ("a.csv:5", "a quote is opened and never closed", 'n9,"open', "r1"),
        ("b.csv:2", "unknown company 'Noone'", "Review 4", "r1"),
    ]
    place.load("r2")
    assert len(place.rows(told)) == 3
    place.csv("a.csv", row(1), row(2))
    place.load("r3")
    assert [run for *_, run in place.rows(told)] == ["r1"]


def test_a_new_alias_lets_in_what_was_refused(place):
    place.csv("a.csv", row(1), row(2, company="Figgy"))
    assert (place.load().new, place.load("r2").read) == (1, 0)
    place.extra = "[companies.figgy]\nname = 'Figgy'"
    loaded = place.load("r3")
    assert (loaded.read, loaded.new, loaded.changed) == (2, 1, 0)
    assert place.rows("select * from rejects") == []
    place.extra = ""
    place.load("r4")
    assert place.rows("select company from companies order by 1") == [("figo",), ("spot",)]


def test_nothing_is_written_where_a_source_is_wrong(place):
    place.csv("a.csv", row(1))
    place.settings += FILES.format("missing/*.csv").replace("site", "other")
    with pytest.raises(InputError, match="no file matches"):
        place.load()
    assert place.rows("select * from reviews") == place.rows("select * from industries") == []


def test_an_industry_without_any_text_is_an_error_that_names_its_sources(place):
    place.settings += SITE
    place.csv("a.csv", row(1, body="").copy() | {"body": ""})
    with pytest.raises(InputError, match=r"no review of 'pets' has a text; sources: 'site', 'web'"):
        place.load()


def test_what_is_odd_is_told(place):
    place.csv("a.csv", *(row(n, published_at="soon") for n in range(25)))
    warnings = place.load().warnings
    assert warnings == tuple(place.listener.warnings)
    dates, spot, ratings = warnings
    assert "set date_order): 25, such as 'soon' (a.csv:2)" in dates
    assert spot.startswith("company 'spot' has no reviews")
    assert ratings.startswith("source 'site': all 25 ratings are 2")


def test_the_language_is_the_records_own_else_it_is_detected_else_the_default(place):
    german = "Ich warte seit drei Wochen auf eine Antwort und niemand geht ans Telefon."
    place.csv("a.csv", row(1, german), row(2, german, language="nl-BE"), row(3, "Nein"), row(4, LONG))
    place.load()
    assert [language for (language,) in place.rows("select language from reviews order by native_id")] == [
        "de",
        "nl",
        "en",
        "en",
    ]


# --- landing files --------------------------------------------------------------------------------


@pytest.fixture
def web(place):
    place.settings = SITE
    return place


def test_landing_files_are_loaded_once_and_companies_are_known_by_any_name(web):
    web.land("web", 1, {"native_id": "n1", "body": LONG, "company": "figo pet"}, {"native_id": "n2", "body": "B"})
    assert web.load().new == 2
    web.land("web", 2, {"native_id": "n1", "body": LONG, "url": "https://a/2"}, {"native_id": "n3", "body": "C"})
    loaded = web.load("r2")
    assert (loaded.read, loaded.new, loaded.changed) == (2, 1, 0)
    assert web.rows("select distinct company, source from reviews") == [("figo", "web")]


def test_the_newest_crawl_wins_in_whatever_order_files_are_given(web):
    web.land("web+spot", 2, {"native_id": "n1", "body": "New"})
    web.land("web+figo", 1, {"native_id": "n1", "body": "Old"})
    loaded = web.load()
    assert (loaded.read, loaded.new) == (2, 1)
    assert web.texts() == {"n1": "New"}
    web.extra = 'language = "fr"'  # all is read again
    assert web.load("r2").read == 2
    assert web.texts() == {"n1": "New"}


def test_a_date_in_words_keeps_its_first_and_nearest_reading(web):
    web.land("web", 1, {"native_id": "n1", "body": LONG, "published_at": "2025-01-01T00:00:00"})
    web.load()
    web.land("web", 9, {"native_id": "n1", "body": LONG, "published_at": "2025-01-09T00:00:00"})
    assert web.load("r2").changed == 0
    assert web.rows("select published_at from reviews") == [(datetime(2025, 1, 1),)]


def test_records_of_companies_that_nobody_named_are_rejected_one_by_one(web):
    web.land(
        "web",
        1,
        {"native_id": "n1", "body": LONG},
        {"company": "Acme", "body": "A"},
        {"company": "Acme", "body": "B"},
        {"company": None, "body": "C"},
        {"reject": {"url": "https://a/1", "reason": "placeholder text", "excerpt": "comment"}},
    )
    assert web.load().rejected == 4
    assert web.rows("select locator, reason, excerpt from rejects order by reason, locator") == [
        ("https://a/1", "no company", "C"),
        ("https://a/1", "placeholder text", "comment"),
        ("https://a/1", "unknown company 'Acme'", "A"),
        ("https://a/1 (2)", "unknown company 'Acme'", "B"),
    ]


def test_a_page_that_says_english_of_a_german_review_is_not_believed(web):
    german = "Ich warte seit drei Wochen auf eine Antwort und niemand geht ans Telefon."
    web.land(
        "web",
        1,
        {"native_id": "n1", "body": german, "language": "en"},
        {"native_id": "n2", "body": german, "language": "nl"},
    )
    web.load()
    assert web.rows("select language from reviews order by native_id") == [("de",), ("nl",)]


def test_a_damaged_landing_file_gives_what_it_holds(web):
    web.land("web", 1, *({"native_id": f"n{n}", "body": f"{LONG} {n}"} for n in range(500)))
    (path,) = web.crawled["web"]
    path.write_bytes(path.read_bytes()[:-40])
    loaded = web.load()
    assert loaded.new > 100
    assert web.rows("select reason from rejects where reason like '%damaged%'") == [
        ("the file is damaged from here on",)
    ]


@pytest.mark.slow
def test_the_benchmark_reviews_load(shared_data, tmp_path, monkeypatch):
    monkeypatch.setenv("MINEBELIEF_DATA", str(shared_data))
    file = Path(__file__).parents[2] / "benchmarks" / "industries" / "pet-insurance.toml"
    with Store(tmp_path / "work.duckdb") as store:
        loaded = load(store, load_industry(file), "r1", Silent(), {})
        assert (loaded.read, loaded.new, loaded.rejected) == (26878, 26878, 0)
        assert store.value("select count(*) from reviews where duplicate_of is not null") < 100
        assert load(store, load_industry(file), "r2", Silent(), {}).read == 0
