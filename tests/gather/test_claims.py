"""What companies promise on their own pages, from landing files into the table of candidate claims."""

import gzip
import json
from datetime import datetime

import pytest
from apis import Apis

from minebelief.gather.claims import ClaimRecord, load_claims, read_claims
from minebelief.gather.crawl_files import read_landing
from minebelief.industry import load_industry
from minebelief.pipeline import Run
from minebelief.progress import Silent
from minebelief.store import Store
from minebelief.workspace import Workspace

INDUSTRY = """
industry = "pets"
[companies.figo]
name = "Figo"
aliases = ["Figo Inc."]
[[sources]]
name = "own pages"
spider = "pages"
company = "figo"
urls = ["https://figo.example/"]
"""
FAST, FREE = "Claims paid within 3 days", "No hidden fees"


@pytest.fixture
def industry(tmp_path):
    path = tmp_path / "pets.toml"
    path.write_text(INDUSTRY, encoding="utf-8")
    return load_industry(path)


@pytest.fixture
def landed(tmp_path):
    """Write a landing file of claims, as a crawl of that day would."""

    def write(day, *texts, company="figo"):
        path = tmp_path / f"own-pages+figo.2025{day}T120000000000Z.jsonl.gz"
        claims = [{"claim": {"company": company, "url": "https://figo.example/", "text": text}} for text in texts]
        path.write_bytes(gzip.compress("".join(json.dumps(claim) + "\n" for claim in claims).encode()))
        return path

    return write


def table(store):
    return store.rows("select company, text, first_seen, last_seen from candidate_claims order by text")


def test_a_claim_keeps_its_first_day_and_moves_on_to_its_last(industry, landed, tmp_path):
    first, second = landed("0101", FAST, FREE), landed("0201", "Claims paid within 3 days.", company="Figo Inc.")
    with Store(tmp_path / "work.duckdb") as store:
        assert load_claims(store, industry, Silent(), {"own pages": [first]}) == 2
        assert load_claims(store, industry, Silent(), {"own pages": [first, second]}) == 0
        january, february = datetime(2025, 1, 1, 12), datetime(2025, 2, 1, 12)
        assert table(store) == [
            ("figo", "Claims paid within 3 days.", january, february),
            ("figo", FREE, january, january),
        ]
        assert store.value("select count(*) from landed") == 2


def test_a_file_is_read_once(industry, landed, tmp_path):
    path = landed("0101", FAST)
    with Store(tmp_path / "work.duckdb") as store:
        load_claims(store, industry, Silent(), {"own pages": [path]})
        store.execute("delete from candidate_claims")
        load_claims(store, industry, Silent(), {"own pages": [path]})
        assert table(store) == []


def test_a_claim_of_nobody_known_is_told_and_left_out(industry, landed, tmp_path):
    class Listener(Silent):
        def warn(self, message):
            told.append(message)

    told: list[str] = []
    with Store(tmp_path / "work.duckdb") as store:
        load_claims(store, industry, Listener(), {"own pages": [landed("0101", FAST, FREE, company="Spot")]})
        assert table(store) == []
    assert told == ["source 'own pages': claims of an unknown company 'Spot' are left out"]


def test_damaged_lines_cost_only_themselves(tmp_path):
    path = tmp_path / "own-pages.20250101T120000000000Z.jsonl.gz"
    good = json.dumps({"claim": {"company": "figo", "url": "u", "text": FAST}})
    path.write_bytes(gzip.compress(f'{good}\n{{"claim": \n{{"claim": 3}}\n{{"reject": {{}}}}\n{good}\n'.encode()))
    assert list(read_claims(path)) == [ClaimRecord("figo", "u", FAST)] * 2
    path.write_bytes(gzip.compress(f"{good}\n".encode() * 1000)[:-20])
    assert set(read_claims(path)) == {ClaimRecord("figo", "u", FAST)}


def test_claims_are_no_reviews(landed):
    assert list(read_landing(landed("0101", FAST))) == []


def test_a_run_gathers_claims_beside_reviews_and_counts_them_apart(tmp_path):
    apis = Apis()
    page = f"<html lang=en><main><h1>{FAST}</h1><p>{FREE}. Since 1998.</p></main>"
    apis.route(f"127.0.0.1:{apis.port}", "/", lambda *_: (200, {"Content-Type": "text/html"}, page.encode()))
    (tmp_path / "reviews.csv").write_text("text,company\nThey never answer the phone.,figo\n", encoding="utf-8")
    source = f'urls = ["http://127.0.0.1:{apis.port}/"]\nallow_local = true\n[[sources]]\nfiles = "reviews.csv"\n'
    source += 'company = "company"\ncolumns = { body = "text" }\n'
    path = tmp_path / "pets.toml"
    path.write_text(INDUSTRY.replace('urls = ["https://figo.example/"]\n', source), encoding="utf-8")
    told: list[tuple[str, str]] = []

    class Listener(Silent):
        def finish(self, step, done):
            told.append((step, done))

    with Run.opened(path, Workspace(tmp_path), Listener()) as run:
        for name, step in run.steps():
            if name in ("gather", "load"):
                step()
        assert [text for _, text, *_ in table(run.store)] == [FAST, f"{FREE}."]
        assert run.store.rows("select source, body from reviews") == [("reviews", "They never answer the phone.")]
        assert run.store.value("select count(*) from rejects") == 0
    apis.close()
    assert told[0][0] == "gather"
    assert "2 candidate claims on 1 page" in told[0][1]
