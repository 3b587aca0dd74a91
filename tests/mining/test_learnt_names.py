"""The split step learns names, keeps them, and masks them without touching any other sentence."""

import pytest

from minebelief.industry import load_industry
from minebelief.mining.learnt_names import masker_of
from minebelief.mining.steps import split
from minebelief.progress import Silent
from minebelief.store import Store

FILE = """
industry = "insurers"
{more}
[companies.acme]
name = "Acme"
[companies.other]
name = "Other"
[[sources]]
files = "reviews.csv"
company = "shop"
columns = {{ body = "text" }}
"""
OTHERS = ("The claim was paid late.", "I was on hold for an hour.", "The price went up again.")


@pytest.fixture
def industry(tmp_path):
    def load(more=""):
        path = tmp_path / "insurers.toml"
        path.write_text(FILE.format(more=more))
        return load_industry(path)

    return load


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "work.duckdb") as store:
        add(store, "acme", "I spoke to Janelle and she paid.", 30)
        for company in ("acme", "other"):
            for text in OTHERS:
                add(store, company, text, 20)
        yield store


def add(store, company, text, count, language="en"):
    first = store.value("select count(*) from reviews")
    for n in range(first, first + count):
        row = {"industry": "insurers", "review_id": f"r{n:04}", "content_hash": str(n), "company": company}
        row |= {"source": "files", "locator": "x:1", "kind": "review", "body": text, "language": language}
        store.execute(f"insert into reviews by name select {', '.join(f'? as {key}' for key in row)}", [*row.values()])


def masked(store):
    return dict(store.rows("select sentence_id, masked from sentences order by all"))


def names(store):
    return store.rows("select name, company, reviews, elsewhere from learnt_names order by all")


def discovered(store):
    """As after a full discovery: nothing is new now."""
    count = store.value("select count(*) from sentences")
    store.execute("insert or replace into epochs values ('insurers', '', ?)", [count])


def test_a_name_is_learnt_and_masked(store, industry):
    split(store, industry(), Silent())
    assert names(store) == [("janelle", "acme", 30, 0)]
    assert masked(store)["r0000.0"] == "I spoke to they and she paid."
    assert store.value("select count(*) from sentences where masked like '%Janelle%'") == 0


def test_its_hash_is_that_of_what_is_masked(store, industry):
    split(store, industry(), Silent())
    hashes = "select count(distinct text_hash) from sentences group by masked having count(distinct text_hash) > 1"
    assert store.rows(hashes) == []
    assert store.value("select count(distinct text_hash) from sentences") == 4


def test_a_second_run_changes_nothing(store, industry):
    split(store, industry(), Silent())
    before = masked(store)
    discovered(store)
    split(store, industry(), Silent())
    assert masked(store) == before


def test_between_two_discoveries_no_name_is_learnt_and_known_ones_mask_what_is_new(store, industry):
    split(store, industry(), Silent())
    discovered(store)
    add(store, "other", "Ask for Bryn, and then for Janelle.", 12)
    split(store, industry(), Silent())
    assert [name for name, *_ in names(store)] == ["janelle"]
    assert masked(store)["r0150.0"] == "Ask for Bryn, and then for they."


def test_when_a_fifth_is_new_names_are_learnt_and_only_sentences_that_hold_them_change(store, industry):
    split(store, industry(), Silent())
    before = masked(store)
    discovered(store)
    add(store, "other", "Ask for Bryn, and then for Janelle.", 60)
    split(store, industry(), Silent())
    after = masked(store)
    assert [name for name, *_ in names(store)] == ["bryn", "janelle"]  # Janelle stays, though both use her name now
    assert {key: after[key] for key in before} == before
    assert after["r0150.0"] == "Ask for they, and then for they."


def test_a_name_that_the_file_spares_is_not_masked(store, industry):
    split(store, industry(), Silent())
    discovered(store)
    split(store, industry('never_mask = ["Janelle"]'), Silent())
    assert masked(store)["r0000.0"] == "I spoke to Janelle and she paid."
    assert masker_of(store, industry()).learnt == ("janelle",)  # and comes back with the line gone


def test_other_languages_are_left_out_unless_the_encoder_reads_them(store, industry):
    add(store, "acme", "Der Antrag wurde abgelehnt und niemand antwortet.", 5, language="de")
    split(store, industry(), Silent())
    assert not any("Antrag" in text for text in masked(store).values())
    split(store, industry('encoder = "some-multilingual"\nmultilingual = true'), Silent())
    assert sum("Antrag" in text for text in masked(store).values()) == 5
    split(store, industry(), Silent())
    assert not any("Antrag" in text for text in masked(store).values())
