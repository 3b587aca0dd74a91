"""Reviews in files: what is read, what is refused and why, and what is told before anything is read."""

import gzip
import json
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from minebelief.errors import InputError
from minebelief.gather.files import Note, check_source, read_source
from minebelief.gather.record import Reject, ReviewRecord
from minebelief.industry import load_industry

NOW = datetime(2026, 1, 2)
COMPANIES = """
industry = "pets"
[companies.figo]
name = "Figo"
aliases = ["@figo"]
[companies.us-pets]
name = "US Pets"
"""
PLAIN = 'files = "data/*"\ncompany = "Figo"\nscale = 5\n'
BENCHMARKS = Path(__file__).parents[2] / "benchmarks" / "industries"


class Source:
    """A folder with an industry file of one source, and the files of that source."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "data").mkdir()

    def put(self, name: str, content: str | bytes) -> None:
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        (self.folder / "data" / name).write_bytes(data)

    def load(self, settings: str):
        path = self.folder / "pets.toml"
        path.write_text(f"{COMPANIES}[[sources]]\n{settings}", encoding="utf-8")
        industry = load_industry(path)
        return industry.sources[0], industry

    def read(self, settings: str = PLAIN) -> list:
        return list(read_source(*self.load(settings), now=NOW))

    def records(self, settings: str = PLAIN) -> list[ReviewRecord]:
        return [item for item in self.read(settings) if isinstance(item, ReviewRecord)]

    def refusal(self, settings: str = PLAIN) -> str:
        with pytest.raises(InputError) as error:
            check_source(*self.load(settings))
        return str(error.value)


@pytest.fixture
def source(tmp_path):
    return Source(tmp_path)


ROWS = [
    {"id": "7", "title": "Late", "body": "Paid late.", "rating": "2", "published_at": "2024-05-06"},
    {"id": "8", "title": "", "body": "Fine,\nreally", "rating": "5", "published_at": "2024-05-07T10:00:00Z"},
]
CSV = """id,title,body,rating,published_at
7,Late,Paid late.,2,2024-05-06
8,,"Fine,
really",5,2024-05-07T10:00:00Z
"""
SEMICOLONS = CSV.replace(",", ";").replace("Fine;", "Fine,")
TABS = CSV.replace(",", "\t").replace("Fine\t", "Fine,")


def parquet(path: Path, rows: list[dict]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.Table.from_pylist(rows), path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", CSV),
        ("a.csv.gz", gzip.compress(CSV.encode())),
        ("a.csv", gzip.compress(CSV.encode())),
        ("a.csv", "\ufeff" + CSV.replace("\n", "\r\n")),
        ("a.csv", CSV.encode("utf-16")),
        ("a.csv", CSV.encode("utf-8-sig")),
        ("a.csv", CSV.replace("late", "\0late")),
        ("a.csv", SEMICOLONS),
        ("a.tsv", TABS),
        ("a.jsonl", "\n\n".join(map(json.dumps, ROWS))),
        ("a.ndjson.gz", gzip.compress("\n".join(map(json.dumps, ROWS)).encode())),
        ("a.json", "\n".join(map(json.dumps, ROWS))),
        ("a.json", json.dumps(ROWS, indent=2)),
        ("a.json", json.dumps(ROWS)),
        ("a.parquet", None),
    ],
)
def test_every_format_gives_the_same_records(source, name, content):
    if content is None:
        parquet(source.folder / "data" / name, ROWS)
    else:
        source.put(name, content)
    first, second = source.read()
    assert (first.native_id, first.title, first.body) == ("7", "Late", "Paid late.")
    assert (first.company, first.kind, first.rating, first.scale, first.stars) == (
        "figo",
        "review",
        2,
        5,
        0.25,
    )
    assert first.published_at == datetime(2024, 5, 6)
    assert (second.native_id, second.title, second.body, second.stars) == ("8", None, "Fine,\nreally", 1)
    assert second.published_at == datetime(2024, 5, 7, 10)


def test_columns_are_mapped_and_nothing_is_guessed_but_the_same_name(source):
    source.put("a.csv", "text,stars,author,Title,lang\nGood,4 out of 5,Ann,Ignored,de\n")
    settings = 'files = "data/*.csv"\ncompany = "figo"\nkind = "mention"\nlanguage = "en"\n'
    (record,) = source.read(settings + 'columns = { body = "text", rating = "stars", language = "lang" }\nscale = 10')
    assert (record.body, record.author, record.title, record.language) == ("Good", "Ann", None, "de")
    assert (record.rating, record.scale, record.stars, record.kind) == (4, 5, 0.75, "mention")


def test_a_column_that_one_field_is_mapped_to_is_no_other_field_by_its_name(source):
    source.put("a.csv", "body,x\nGood,1\n")
    (record,) = source.read(PLAIN + 'columns = { title = "body" }')
    assert (record.title, record.body) == ("Good", None)


def test_the_company_comes_from_the_name_of_the_file(source):
    source.put("figo.csv.gz", gzip.compress(b"body\nGood\n"))
    source.put("US_Pets.csv", "body\nBad\n")
    source.put("strange.csv", "body\nOdd\n")
    kinds = [
        getattr(item, "company", None) or item.reason for item in source.read('files = "data/*"\ncompany = "{stem}"')
    ]
    assert kinds == ["us-pets", "figo", "unknown company 'strange'"]


def test_the_company_comes_from_a_column_by_key_name_alias_or_translation(source):
    source.put("a.csv", "brand,body\nFIGO,a\n@figo,b\nu.s. pets,c\nUSP Inc,d\nOther,e\n,f\n")
    items = source.read('files = "data/*"\ncompany = "brand"\ncompanies = { "USP Inc" = "us-pets" }')
    assert [item.company for item in items[:4]] == ["figo", "figo", "us-pets", "us-pets"]
    assert items[4:] == [
        Reject("data/a.csv:6", "unknown company 'Other'", "e"),
        Reject("data/a.csv:7", "no company", "f"),
    ]


def test_files_are_read_in_the_order_of_their_names_and_located_by_line(source):
    source.put("b.csv", 'body\n"two\nlines"\n\nafter\n')
    source.put("a.jsonl", '\n{"body": "x"}\n')
    assert [item.locator for item in source.read()] == ["data/a.jsonl:2", "data/b.csv:2", "data/b.csv:5"]


def test_a_file_elsewhere_is_located_without_an_absolute_path(source, tmp_path_factory, monkeypatch):
    elsewhere = tmp_path_factory.mktemp("far") / "reviews"
    elsewhere.mkdir()
    (elsewhere / "figo.csv").write_text("body\nGood\n")
    monkeypatch.setenv("FAR", str(elsewhere))
    (record,) = source.read('files = "${FAR}/*.csv"\ncompany = "{stem}"')
    assert record.locator == "reviews/figo.csv:2"


def test_broken_rows_are_refused_one_by_one(source):
    source.put("a.csv", "id,body,rating\n1,good,5\n2,too,many,fields\n3,few\n4,,\n5,,3\n6,also good,1\n")
    items = source.read()
    assert [item.native_id for item in items if isinstance(item, ReviewRecord)] == ["1", "5", "6"]
    assert [item for item in items if isinstance(item, Reject)] == [
        Reject("data/a.csv:3", "too many fields: 4 instead of 3", "2,too,many,fields"),
        Reject("data/a.csv:4", "too few fields: 2 instead of 3", "3,few"),
        Reject("data/a.csv:5", "no text and no rating", "4"),
    ]


def test_a_stray_quote_costs_its_own_row_and_not_the_rest_of_the_file(source):
    rows = [f"{n},text {n},5" for n in range(1, 50)]
    rows[9] = '10,"a quote that nobody closes,5'
    source.put("a.csv", "id,body,rating\n" + "\n".join(rows) + "\n")
    items = source.read()
    assert len([item for item in items if isinstance(item, ReviewRecord)]) == 48
    (reject,) = [item for item in items if isinstance(item, Reject)]
    assert (reject.locator, reject.reason) == ("data/a.csv:11", "a quote is opened and never closed")
    assert reject.excerpt.startswith('10,"a quote')


def test_broken_json_is_refused_with_its_line(source):
    source.put("a.jsonl", '{"body": "good"}\n{"body": \n[1]\n' + "[" * 100_000 + '\n{"body": "fine"}\n')
    items = source.read()
    assert [item.locator for item in items] == [f"data/a.jsonl:{n}" for n in (1, 2, 3, 4, 5)]
    assert [type(item) for item in items] == [ReviewRecord, Reject, Reject, Reject, ReviewRecord]


def test_an_array_that_ends_early_keeps_what_stands_before(source):
    source.put("a.json", json.dumps(ROWS)[:-30])
    first, reject = source.read()
    assert first.native_id == "7"
    assert reject.reason.startswith("no valid JSON from here on")


def test_bytes_of_another_encoding_are_read_and_told_once(source):
    source.put("a.csv", "body\ncafé ☕\n".encode() + "naïve\ndéjà\n".encode("latin-1"))
    *records, note = source.read()
    assert [record.body for record in records] == ["café ☕", "naïve", "déjà"]
    assert note == Note("data/a.csv", "lines that are not utf-8 and were read as cp1252: 2")


def test_lone_surrogates_and_huge_fields_survive(source):
    source.put("a.csv", b"body\nhi \xed\xa0\xbd there\n" + b"x" * 300_000 + b"\n")
    source.put("b.jsonl", '{"body": "\\ud83d\\ude00 \\ud83d!"}\n')
    bodies = [record.body for record in source.records()]
    assert bodies == ["hi there", "x" * 300_000, "😀 !"]


def test_a_declared_encoding_and_delimiter_are_used(source):
    source.put("a.csv", "id|body\n1|привет, мир\n".encode("cp1251"))
    (record,) = source.read(PLAIN + 'encoding = "cp1251"\ndelimiter = "|"')
    assert record.body == "привет, мир"


def test_an_empty_file_among_others_is_told(source):
    source.put("a.csv", "")
    source.put("b.csv", "body\nGood\n")
    source.put("c.csv", "body\n")
    source.put("d.parquet", b"")
    assert [item for item in source.read() if isinstance(item, Note)] == [
        Note("data/a.csv", "the file is empty"),
        Note("data/c.csv", "the file has no rows"),
        Note("data/d.parquet", "the file is empty"),
    ]


def test_a_cut_off_archive_keeps_what_can_be_read(source):
    bodies = [f"text number {n * 7919 % 1000}" for n in range(20_000)]
    packed = gzip.compress(("id,body\n" + "".join(f"{n},{body}\n" for n, body in enumerate(bodies))).encode())
    refused = 0
    for end in range(20_000, 20_010):
        source.put("a.csv.gz", packed[:end])
        *items, note = source.read()
        assert note == Note("data/a.csv.gz", "the file is cut off; what stands before was kept")
        if isinstance(items[-1], Reject):  # the row in which it ends, unless it ends after a row
            assert items.pop().reason == "the file is cut off"
            refused += 1
        assert len(items) > 1000
        assert [item.body for item in items] == bodies[: len(items)]
    assert refused >= 5


def test_a_damaged_archive_keeps_what_can_be_read(source):
    packed = bytearray(
        gzip.compress(("body\n" + "".join(f"text {n * 7919 % 10007}\n" for n in range(50_000))).encode())
    )
    packed[60_000:60_100] = bytes(100)
    source.put("a.csv.gz", bytes(packed))
    items = source.read()
    assert len(items) > 1000
    assert "damaged" in items[-1].message


def test_dates_and_ratings_that_cannot_be_used_are_left_out_and_counted(source):
    source.put(
        "a.csv",
        "body,rating,published_at\na,9,2024-05-06\nb,good,06/05/2022\nc,nan,soon\nd,,\ne,0,2031-01-01\n",
    )
    *records, dates, ratings = source.read()
    assert [record.rating for record in records] == [None, None, None, None, 0]
    assert [record.published_at for record in records] == [datetime(2024, 5, 6), None, None, None, None]
    assert dates.locator == ratings.locator == "data"
    assert dates.message.startswith("dates that could not be used and were left out")
    assert "set date_order): 3, such as" in dates.message
    assert "set date_order" in dates.message
    assert "'06/05/2022' (data/a.csv:3)" in dates.message
    assert ratings.message == "ratings that could not be used and were left out: 2, such as '9' (data/a.csv:2)"


def test_ratings_without_a_scale_give_no_stars_and_are_told(source):
    source.put("a.csv", "body,rating\na,4\n")
    record, note = source.read('files = "data/*"\ncompany = "figo"')
    assert (record.rating, record.scale, record.stars) == (4, None, None)
    assert "set scale" in note.message


def test_parquet_keeps_its_types(source):
    parquet(
        source.folder / "data" / "a.parquet",
        [
            {
                "id": 12,
                "body": "x",
                "rating": 4.0,
                "published_at": datetime(2024, 5, 6, 7),
                "reply": {"body": "Thanks"},
            }
        ],
    )
    (record,) = source.read()
    assert (record.native_id, record.rating, record.reply) == ("12", 4, "Thanks")
    assert record.published_at == datetime(2024, 5, 6, 7)


def test_a_wrong_column_is_refused_with_the_columns_found(source):
    source.put("a.csv", "body,rating\na,4\n")
    source.put("b.csv", "text,rating\na,4\n")
    assert source.refusal(PLAIN + 'columns = { body = "body" }') == (
        "source 'data': data/b.csv: no column 'body' (for body); columns found: text, rating"
    )
    assert "no column for body or title is named; columns found: text, rating" in source.refusal()


def test_a_company_that_is_neither_known_nor_a_column_is_refused_with_both_lists(source):
    source.put("a.csv", "body,rating\na,4\n")
    refusal = source.refusal('files = "data/*"\ncompany = "Fgo"')
    assert refusal.endswith(
        "no column 'Fgo' (for company); columns found: body, rating; companies accepted: figo, us-pets"
    )
    assert "nothing says which company" in source.refusal('files = "data/*"')


def test_companies_of_which_none_is_known_are_refused_with_the_values_found(source):
    source.put("a.csv", "body,brand\n" + "".join(f"x,Brand {n}\n" for n in range(12)) * 2)
    refusal = source.refusal('files = "data/*"\ncompany = "brand"')
    assert "found: 'Brand 0', 'Brand 1'," in refusal
    assert "'Brand 9' and 2 more; accepted: figo, us-pets" in refusal
    source.put("a.csv", "body\nx\n")
    assert "found: 'a'; accepted: figo, us-pets" in source.refusal('files = "data/*"\ncompany = "{stem}"')


def test_missing_empty_and_unknown_files_are_refused(source):
    assert "no file matches files = 'data/*'" in source.refusal()
    source.put("a.csv", "")
    assert source.refusal() == "source 'data': no records in 'data/a.csv'"
    source.put("b.parquet", "this is not Parquet")
    assert source.refusal().startswith("data/b.parquet: no readable Parquet file")
    source.put("a.docx", "x")
    assert source.refusal().startswith("data/a.docx: cannot tell what is in it; accepted: .csv, .tsv")


def test_a_folder_with_wildcards_in_its_name_is_taken_literally(tmp_path):
    (tmp_path / "[2024] reviews").mkdir()
    source = Source(tmp_path / "[2024] reviews")
    source.put("a.csv", "body\nGood\n")
    assert [record.locator for record in source.records()] == ["data/a.csv:2"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "companies"),
    [
        (
            "pet-insurance",
            {"aspca": 5556, "spot": 4347, "pets-best": 4279, "embrace": 3495, "healthy-paws": 2211},
        ),
        (
            "airline-tweets",
            {"united": 3822, "us-airways": 2913, "american": 2759, "southwest": 2420, "delta": 2222},
        ),
        ("food-delivery-sg", {"grabfood": 7594, "foodpanda": 4288, "deliveroo": 1564}),
    ],
)
def test_the_benchmark_industries_are_read_whole(shared_data, monkeypatch, name, companies):
    monkeypatch.setenv("MINEBELIEF_DATA", str(shared_data))
    industry = load_industry(BENCHMARKS / f"{name}.toml")
    items = [item for source in industry.sources for item in read_source(source, industry)]
    assert all(isinstance(item, ReviewRecord) for item in items)
    assert len(items) == {"pet-insurance": 26_878, "airline-tweets": 14_640, "food-delivery-sg": 13_446}[name]
    assert all(item.body and item.published_at for item in items)
    assert all((item.stars is None) == (name == "airline-tweets") for item in items)
    counts = Counter(item.company for item in items)
    assert {key: counts[key] for key in companies} == companies
    assert sum(item.reply is not None for item in items) == (1625 if name == "food-delivery-sg" else 0)
    assert not any((item.reply or "").startswith("{") for item in items)
