"""The industry file: what is read from it, and how its mistakes are told."""

import datetime
from pathlib import Path

import pytest

from minebelief.errors import IndustryFileError
from minebelief.industry import CrawlSource, FileSource, Industry, load_industry

GOOD = """
industry = "pet-insurance"
title = "US pet insurance"
beliefs = ["Claims take forever"]
values = ["Quick service"]
purpose = "Keep pets and their people together"

[companies.figo]
name = "Figo"
aliases = ["Figo Pet Insurance", "@figo"]
ours = true
claims = ["Claims paid within 3 days"]

[companies.us-airways]
name = "US Airways"

[[sources]]
spider = "schema_org"
company = "Figo Pet Insurance"
urls = ["https://reviews.example/figo"]
since = 2024-05-06
max_pages = 3

[[sources]]
files = "data/*.csv.gz"
company = "{stem}"
columns = { id = "id", body = "text", rating = "rating" }
scale = 5
companies = { "US AIR" = "US Airways" }
"""


@pytest.fixture
def write(tmp_path: Path):
    def write(text: str) -> Path:
        path = tmp_path / "industry.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def mistakes(write):
    """The lines of the error that a file raises, without the file's name."""

    def mistakes(text: str) -> list[str]:
        path = write(text)
        with pytest.raises(IndustryFileError) as error:
            load_industry(path)
        lines = str(error.value).splitlines()
        assert all(line.startswith(f"{path}: ") for line in lines)
        return [line.removeprefix(f"{path}: ") for line in lines]

    return mistakes


def test_everything_that_the_file_says_is_kept(write):
    industry = load_industry(write(GOOD))
    assert isinstance(industry, Industry)
    assert (industry.industry, industry.title, industry.floor) == ("pet-insurance", "US pet insurance", 0.01)
    assert (industry.field_min, industry.language, industry.encoder, industry.made_up) == (
        100,
        "en",
        None,
        False,
    )
    assert industry.beliefs == ("Claims take forever",)
    assert industry.companies["figo"].claims == ("Claims paid within 3 days",)
    assert industry.companies["figo"].ours
    crawl, files = industry.sources
    assert isinstance(crawl, CrawlSource)
    assert (crawl.name, crawl.company, crawl.args) == ("schema_org-figo", "figo", {"max_pages": 3})
    assert (crawl.since, crawl.allow_local) == (datetime.date(2024, 5, 6), False)
    assert isinstance(files, FileSource)
    assert (files.name, files.kind, files.encoding) == ("data", "review", "utf-8")
    assert files.columns.given() == {"id": "id", "body": "text", "rating": "rating"}
    assert files.companies == {"US AIR": "us-airways"}


def test_an_industry_cannot_be_changed(write):
    with pytest.raises(ValueError):
        load_industry(write(GOOD)).floor = 0.5


@pytest.mark.parametrize("text", ["us-airways", "US Airways", "  us AIRWAYS.", "USAirways"])
def test_a_company_is_known_by_key_and_name_whatever_the_case_blanks_and_punctuation(write, text):
    assert load_industry(write(GOOD)).company_key(text) == "us-airways"


def test_a_company_is_known_by_its_aliases_and_by_nothing_else(write):
    industry = load_industry(write(GOOD))
    assert industry.company_key("@Figo") == "figo"
    assert industry.company_key("Delta") is None
    assert industry.company_key("") is None


def test_without_a_title_the_key_is_made_readable(write):
    assert load_industry(write(GOOD.replace('title = "US pet insurance"', ""))).title == "Pet insurance"


def test_sections_of_one_kind_may_share_a_name(write):
    section = '\n[[sources]]\nname = "site"\nspider = "schema_org"\ncompany = "{}"\nurls = ["https://x.example/"]\n'
    files = '\n[[sources]]\nname = "exports"\nfiles = "{}/*.csv"\ncompany = "figo"\n'
    text = GOOD + section.format("figo") + section.format("us-airways") + files.format("a") + files.format("b")
    sources = load_industry(write(text)).sources
    assert [source.name for source in sources[2:]] == ["site", "site", "exports", "exports"]
    assert [source.company for source in sources[2:4]] == ["figo", "us-airways"]


def test_environment_variables_are_filled_in(write, monkeypatch):
    monkeypatch.setenv("REVIEWS", "/mnt/reviews")
    industry = load_industry(write(GOOD.replace('"data/*.csv.gz"', '"${REVIEWS}/pets/*.csv"')))
    assert industry.sources[1].files == "/mnt/reviews/pets/*.csv"
    assert industry.sources[1].name == "pets"


def test_a_missing_environment_variable_is_named_with_its_key(mistakes):
    assert mistakes(GOOD.replace('"Claims take forever"', '"a", "${NOT_SET_ANYWHERE}"')) == [
        "beliefs[1]: the environment variable NOT_SET_ANYWHERE is not set; set it"
    ]


def test_all_mistakes_are_told_at_once(mistakes):
    text = GOOD.replace("beliefs", "belief").replace("ours = true", 'ours = "perhaps"')
    text = text.replace('body = "text"', "body = 7").replace("scale = 5", "scale = 0")
    told = mistakes(text)
    assert len(told) == 4
    assert told[0].startswith("companies.figo.ours: found 'perhaps'; accepted: true or false")
    assert told[1] == "sources[1].columns.body: found 7; accepted: a text, in quotes"
    assert told[2] == "sources[1].scale: found 0; accepted: greater than 0"
    assert told[3].startswith("belief: unknown key (did you mean 'beliefs'?); accepted: beliefs, companies,")


def test_no_mistake_hides_behind_another(mistakes):
    text = GOOD.replace("ours = true", 'ours = "perhaps"').replace('name = "US Airways"', 'name = "FIGO"')
    text = text.replace('"Figo Pet Insurance"\nurls', '"Fgo"\nurls')
    text = text.replace("scale = 5", "worst = -1\nkind = 'tweet'")
    assert [line.split("; accepted")[0] for line in mistakes(text)] == [
        "companies.figo.ours: found 'perhaps'",
        "companies.us-airways.name: company 'figo' has this name too; keep it at one company",
        "sources[0].company: found 'Fgo'",
        "sources[1].scale: found 'nothing'",
        "sources[1].worst: found -1",
        "sources[1].kind: found 'tweet'",
    ]


CASES = [
    ('industry = "pet-insurance"', 'industry = "Pets!"', "industry: found 'Pets!'; accepted: small letters"),
    ('industry = "pet-insurance"', "", "industry: missing"),
    ("purpose", "floor = 1.0\npurpose", "floor: found 1.0; accepted: less than 1"),
    ("purpose", "floor = nan\npurpose", "floor: found nan; accepted: a finite number"),
    ("purpose", "path = 'x'\npurpose", "path: unknown key"),
    ("[companies.us-airways]", "[companies.US]", "companies.US: found 'US'; accepted: as key small letters"),
    ('name = "US Airways"', 'name = "figo."', "companies.us-airways.name: company 'figo' has this name too"),
    ('name = "US Airways"', 'name = "?"', "companies.us-airways.name: no letter or digit in it"),
    (
        'name = "US Airways"',
        'name = "US"\nours = true',
        "companies.us-airways.ours: found 'figo, us-air",
    ),
    ('"schema_org"', '"schemaorg"', "sources[0].spider: found 'schemaorg'; accepted: 'app_store', 'cfpb'"),
    ('"Figo Pet Insurance"\nurls', '"Fgo"\nurls', "sources[0].company: found 'Fgo'; accepted: figo"),
    ("https://", "ftp://", "sources[0].urls[0]: found 'ftp://reviews.example/figo'; accepted: an address"),
    (
        'files = "data/*.csv.gz"',
        "",
        "sources[1]: found 'company, columns, scale, companies'; accepted: a",
    ),
    ("purpose", "field_min = 'x'\npurpose", "field_min: found 'x'; accepted: a whole number"),
    ("purpose", "floor = 'x'\npurpose", "floor: found 'x'; accepted: a number"),
    ('["Claims take forever"]', "'x'", "beliefs: found 'x'; accepted: a list, in square brackets"),
    ('name = "US Airways"', 'name = ""', "companies.us-airways.name: found ''; accepted: a text that is not empty"),
    ("scale = 5", "scale = 5\ndelimiter = '||'", "sources[1].delimiter: found '||'; accepted: a single character"),
    ('"{stem}"', '"{stm}"', "sources[1].company: found '{stm}'; accepted: a company, a column, or '{stem}'"),
    ("id =", "ide =", "sources[1].columns.ide: unknown key (did you mean 'id'?)"),
    ("scale = 5", "", "sources[1].scale: found 'nothing'; accepted: the best rating that can be given"),
    ("scale = 5", "scale = 5\nworst = 5", "sources[1].worst: found 5; accepted: the lowest rating"),
    ("scale = 5", "scale = 5\nkind = 'tweet'", "sources[1].kind: found 'tweet'; accepted: 'review', 'compl"),
    ("scale = 5", "scale = 5\nencoding = 'utf9'", "sources[1].encoding: found 'utf9'; accepted: a text enc"),
    ("scale = 5", "scale = 5\ndate_order = 'DM'", "sources[1].date_order: found 'DM'; accepted: 'DMY'"),
    (
        "scale = 5",
        "scale = 5\nname = 'schema_org-figo'",
        "sources[1].name: found 'schema_org-figo'; accepted: "
        "another name, or spider = 'schema_org' as in the other source of this name",
    ),
    ('= "US Airways" }', '= "Delta" }', "sources[1].companies.US AIR: found 'Delta'; accepted: figo, us-air"),
]


@pytest.mark.parametrize(("old", "new", "told"), CASES)
def test_a_mistake_names_the_key_what_was_found_and_what_is_accepted(mistakes, old, new, told):
    assert old in GOOD
    lines = mistakes(GOOD.replace(old, new))
    assert len(lines) == 1, lines
    assert lines[0].startswith(told)


def test_without_companies_and_sources_nothing_can_be_compared(mistakes):
    assert mistakes('industry = "x"') == [
        "companies: found 'none'; accepted: at least one table [companies.KEY] with a name",
        "sources: found 'none'; accepted: at least one [[sources]] with spider or files",
    ]


@pytest.mark.parametrize("text", ["companies = 3\nsources = 4", "companies = []\nsources = {}"])
def test_tables_of_the_wrong_shape_are_told_not_raised(mistakes, text):
    told = mistakes(text)
    assert told[0].startswith("companies: found")
    assert told[1].startswith("sources: found")


def test_a_mistaken_company_does_not_make_its_source_mistaken(mistakes):
    told = mistakes(GOOD.replace("aliases", "alias").replace('"Figo Pet Insurance"\nurls', '"figo"\nurls'))
    assert [line.split(":")[0] for line in told] == ["companies.figo.alias"]


def test_a_syntax_error_names_the_line(mistakes):
    assert "line 3" in mistakes('industry = "x"\n\ntitle = = "y"')[0]


def test_a_file_that_is_not_there_or_not_utf8_is_told(tmp_path):
    with pytest.raises(IndustryFileError, match=r"nowhere\.toml: No such file"):
        load_industry(tmp_path / "nowhere.toml")
    (tmp_path / "latin.toml").write_bytes(b'industry = "x"\ntitle = "caf\xe9"\n')
    with pytest.raises(IndustryFileError, match="line 2 is not UTF-8"):
        load_industry(tmp_path / "latin.toml")
