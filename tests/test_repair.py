"""Damage: found as a database is opened, named in one line, mended without losing ids and decisions."""

import gzip
import os
from pathlib import Path

import duckdb
import pytest
from laundries import INDUSTRY, Review, published_hash, write_files, write_industry

from minebelief.decisions import decide, read_decisions
from minebelief.errors import DamagedError
from minebelief.gather.crawl_files import read_landing
from minebelief.gather.record import Reject
from minebelief.pipeline import run
from minebelief.progress import Silent
from minebelief.published import open_published
from minebelief.repair import repair
from minebelief.store import Store
from minebelief.workspace import Workspace

Reviews = dict[str, list[Review]]


def cut(data: bytes) -> bytes:
    return data[: len(data) // 3]


def overwritten(data: bytes) -> bytes:
    """The first blocks after the headers are others: these are always in use."""
    return data[:20_000] + os.urandom(400_000) + data[420_000:]


DAMAGE = {
    "cut off": cut,
    "overwritten": overwritten,
    "headers overwritten": lambda data: data[:4096] + os.urandom(8192) + data[12288:],
    "zeros": lambda data: bytes(len(data)),
    "empty": lambda _: b"",
    "garbage": lambda _: os.urandom(50_000),
    "another kind of file": lambda _: b"SQLite format 3\0" + bytes(5000),
}


def ask(workspace: Workspace, sql: str) -> list[tuple]:
    with duckdb.connect(str(workspace.published), read_only=True) as connection:
        return connection.execute(sql).fetchall()


@pytest.mark.parametrize("how", DAMAGE)
def test_damage_is_found_at_open_and_told_in_one_line(how: str, laundry: Workspace) -> None:
    with Store(laundry.work) as store:
        store.execute("checkpoint")
    for path in (laundry.work, laundry.published):
        path.write_bytes(DAMAGE[how](path.read_bytes()))
    with pytest.raises(DamagedError, match=r"is damaged: .*'minebelief doctor --repair'") as told:
        Store(laundry.work)
    assert "\n" not in str(told.value)
    with pytest.raises(DamagedError, match="is damaged"), open_published(laundry.published) as database:
        database.read_through()


def test_a_repair_gives_the_same_ids_decisions_and_tables(laundry: Workspace, reviews: Reviews) -> None:
    file = write_industry(laundry.root.parent)
    (name,) = ask(laundry, "select theme_id from beliefs limit 1")[0]
    decide(laundry, INDUSTRY, "rename", name, "What I call it", who="Ann")
    more = {**reviews["sudsy"][0], "id": "new", "text": "They lost my hat and nobody knows where it went."}
    write_files(laundry.root.parent / "reviews", {**reviews, "sudsy": [*reviews["sudsy"], more]})
    run(file, laundry, Silent())
    themes, lineage = ask(laundry, "from themes order by all"), ask(laundry, "from lineage order by all")
    laundry.work.write_bytes(overwritten(laundry.work.read_bytes()))
    with pytest.raises(DamagedError):
        run(file, laundry, Silent())

    done = repair(laundry, Silent())

    assert done.rebuilt == (INDUSTRY,)
    assert done.aside is not None
    assert done.aside.exists()
    assert [decision.value for decision in read_decisions(laundry, INDUSTRY)] == ["What I call it"]
    assert ask(laundry, f"select name from themes where theme_id = '{name}'") == [("What I call it",)]
    assert [row[:3] for row in ask(laundry, "from themes order by all")] == [row[:3] for row in themes]
    assert ask(laundry, "from lineage order by all") == lineage
    after = run(file, laundry, Silent())
    assert after.reviews_new == 0
    assert after.table_hash == published_hash(laundry.published)
    statuses = [status for (status,) in ask(laundry, "select status from runs order by started_at")]
    assert statuses == ["finished"] * 4  # both before the damage, the repair, and the run after it


def test_after_a_first_run_a_repair_publishes_the_same_tables(laundry: Workspace) -> None:
    write_industry(laundry.root.parent)
    laundry.remember(INDUSTRY, laundry.root.parent / f"{INDUSTRY}.toml")
    before = published_hash(laundry.published)
    laundry.work.write_bytes(overwritten(laundry.work.read_bytes()))
    assert repair(laundry, Silent()).rebuilt == (INDUSTRY,)
    assert published_hash(laundry.published) == before


def test_a_damaged_published_file_is_published_anew(laundry: Workspace) -> None:
    before = published_hash(laundry.published)
    laundry.published.write_bytes(cut(laundry.published.read_bytes()))
    done = repair(laundry, Silent())
    assert done.aside is not None
    assert published_hash(laundry.published) == before


def test_nothing_is_done_where_nothing_is_damaged(laundry: Workspace) -> None:
    before = laundry.published.read_bytes()
    assert repair(laundry, Silent()).aside is None
    assert laundry.published.read_bytes() == before


@pytest.mark.parametrize("middle", [False, True], ids=["half a last line", "garbage in the middle"])
def test_of_a_damaged_landing_file_the_rest_is_read(middle: bool, tmp_path: Path) -> None:
    line = '{{"company": "sudsy", "url": "https://x.example/{}", "native_id": "{}", "body": "{}"}}\n'
    lines = [line.format(n, n, os.urandom(40).hex()) for n in range(2000)]
    data = gzip.compress("".join(lines).encode())
    half = len(data) // 2
    data = data[:half] + os.urandom(64) + data[half + 64 :] if middle else data[:half]
    path = tmp_path / "site.20250101T000000Z.jsonl.gz"
    path.write_bytes(data)
    found = list(read_landing(path))
    rejects = [one for one in found if isinstance(one, Reject)]
    assert len(found) - len(rejects) > 500
    assert "damaged from here on" in rejects[-1].reason
    assert rejects[-1].locator.startswith(path.name)
