"""The published database: complete, commented, the same for the same input, never lost by accident."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from factory import fill, make_workspace

from minebelief.errors import HeldError, LockedError, VersionError
from minebelief.publish import key_of, publish
from minebelief.published import SCHEMA_VERSION, open_published
from minebelief.sqlfiles import read_sql, sql_files
from minebelief.store import Store
from minebelief.workspace import Workspace

INDUSTRY = "pet-insurance"
CONTRACT = {
    "meta": "schema_version minebelief_version published_at data_from data_to",
    "companies": "industry company name ours in_field",
    "reviews": "industry review_id native_id company source kind rating scale stars title body reply language "
    "published_at url duplicate_of",
    "sentences": "industry sentence_id review_id company position text polarity p_negative role wish",
    "themes": "industry theme_id kind area statement statement_sentence_id keywords sentences reviews companies "
    "prevalence low high prevalence_volume spread common because stability precision status first_seen last_seen",
    "theme_sentences": "industry theme_id sentence_id similarity rank",
    "trends": "industry theme_id company source month reviews mentions prevalence low high",
    "lineage": "industry run_id event theme_id other_id overlap",
    "changes": "industry run_id theme_id company change before after significant",
    "prevalence": "industry theme_id company source reviews mentions prevalence low high",
    "impact": "industry theme_id penalty penalty_low penalty_high reward reward_low reward_high kano",
    "links": "industry belief_id value_id similarity company satisfaction low high",
    "openings": "industry company belief_id rank opportunity low high common unmet not_copied beyond_expected specific "
    "fits_values verdict because",
    "anchors": "industry belief_id sentence_id role quantity unit",
    "hunches": "industry hunch theme_id verdict prevalence low high",
    "claims": "industry company claim theme_id reviews confirming contradicting low high verdict because",
    "frontline": "industry theme_id reviews mentions prevalence low high",
    "judgements": "industry theme_id sentence_id verdict judge judged_at",
    "runs": "run_id industry started_at finished_at status reviews sentences encoder settings_hash table_hash figures",
    "rejects": "industry source locator reason excerpt run_id",
}
"""What tools that read the file count on; more may be there, never less."""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path)


@pytest.fixture
def store(workspace: Workspace) -> Iterator[Store]:
    with Store(workspace.work) as store:
        yield store


@pytest.fixture
def filled(store: Store) -> Store:
    fill(store)
    return store


def read(workspace: Workspace, sql: str) -> list[tuple]:
    with duckdb.connect(str(workspace.published), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_every_sql_file_runs_on_a_fresh_schema(store: Store, workspace: Workspace) -> None:
    publish(store, workspace)
    assert {name for (name,) in read(workspace, "select table_name from duckdb_tables()")} == {
        *CONTRACT,
        "industries",
        "blind_spots",
        "border",
        "heard",
        "movements",
        "names",
        "opposites",
        "own_values",
        "purposes",
    }
    with open_published(workspace.published) as database:
        assert database.industries() == ()
        assert database.beliefs("none") == ()
        assert database.evidence("none", "b1") == ()
        assert database.prevalence_of("none", "b1") == ()
    assert {Path(name).parent.name for name in sql_files("queries")} == {"queries"}


@pytest.mark.parametrize("table", CONTRACT)
def test_a_table_has_every_column_of_the_contract_in_its_order(table: str, store: Store, workspace: Workspace) -> None:
    publish(store, workspace)
    found = [name for (name,) in read(workspace, f"select column_name from (describe {table})")]
    assert [name for name in found if name in CONTRACT[table].split()] == CONTRACT[table].split()


def test_what_is_ready_to_read_needs_no_other_query(filled: Store, workspace: Workspace) -> None:
    publish(filled, workspace)
    assert read(workspace, "select theme_id, common, field from beliefs") == [
        ("b1", True, 3),
        ("b2", True, 3),
        ("b3", False, 3),
    ]
    assert read(workspace, "select theme_id, field from customer_values") == [("v1", 3)]
    top = f"select theme_id from top_beliefs('{INDUSTRY}', n := 2)"
    assert read(workspace, top) == [("b1",), ("b2",)]
    said = f"select count(*), count(distinct review_id), min(rank) from evidence('{INDUSTRY}', 'b1', n := 5)"
    assert read(workspace, said) == [(5, 5, 1)]
    figo = f"select distinct company from evidence('{INDUSTRY}', 'b1', company := 'figo')"
    assert read(workspace, figo) == [("Figo",)]
    compared = f"select theme_id, round(difference, 2), apart from compare('{INDUSTRY}', 'figo', 'trupanion')"
    assert sorted(read(workspace, compared)) == [(theme, -0.04, False) for theme in ("b1", "b2", "b3", "v1")]


def test_every_table_view_column_and_macro_has_a_comment(filled: Store, workspace: Workspace) -> None:
    publish(filled, workspace)
    things = read(
        workspace,
        """
        select table_name, comment from duckdb_tables()
        union all select view_name, comment from duckdb_views() where not internal
        union all select table_name || '.' || column_name, comment from duckdb_columns() where not internal
        union all select function_name, comment from duckdb_functions() where not internal
        """,
    )
    assert [name for name, comment in things if not comment] == []
    assert {"beliefs", "customer_values", "top_beliefs", "evidence", "compare"} <= {name for name, _ in things}


def test_the_key_that_a_comment_names_is_one(filled: Store, workspace: Workspace) -> None:
    publish(filled, workspace)
    for table, comment in read(workspace, "select table_name, comment from duckdb_tables()"):
        assert "Grain: one row per" in comment, table
        key = ", ".join(key_of(comment))
        twice = read(workspace, f"select {key} from {table} group by {key} having count(*) > 1")
        assert (table, twice) == (table, [])


def test_sql_is_lower_case() -> None:
    for folder in ("tables", "views", "macros", "queries", "publish"):
        for name in sql_files(folder):
            for word in ("SELECT", "FROM", "WHERE", "JOIN", "CREATE", "COMMENT ON"):
                assert f"{word} " not in read_sql(name), name


def test_no_authors_and_no_vectors_are_published(filled: Store, workspace: Workspace) -> None:
    publish(filled, workspace)
    columns = {name for (name,) in read(workspace, "select column_name from duckdb_columns()")}
    assert not columns & {"author", "vector", "masked"}
    assert b"someone" not in workspace.published.read_bytes()


def test_times_have_no_time_zone(filled: Store, workspace: Workspace) -> None:
    publish(filled, workspace)
    kinds = {kind for (kind,) in read(workspace, "select data_type from duckdb_columns() where not internal")}
    assert "TIMESTAMP" in kinds
    assert "TIMESTAMP WITH TIME ZONE" not in kinds


def test_older_clients_can_open_the_file(filled: Store, workspace: Workspace) -> None:
    publish(filled, workspace)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{workspace.published}' as it (read_only)")
        tags = connection.execute("select tags from duckdb_databases() where database_name = 'it'").fetchone()
    assert tags is not None
    assert tags[0]["storage_version"].startswith("v1.4")


def test_retired_themes_and_companies_that_left_are_not_published(filled: Store, workspace: Workspace) -> None:
    filled.execute("delete from companies where company = 'figo'")
    publish(filled, workspace)
    assert read(workspace, "select count(*) from themes where status <> 'active'") == [(0,)]
    for table in ("reviews", "sentences", "prevalence"):
        assert read(workspace, f"select count(*) from {table} where company = 'figo'") == [(0,)]
    orphans = "select count(*) from theme_sentences anti join sentences using (industry, sentence_id)"
    assert read(workspace, orphans) == [(0,)]


def test_employees_and_reviews_that_were_not_mined_do_not_make_a_field(filled: Store, workspace: Workspace) -> None:
    filled.execute("update industries set field_min = 12")
    filled.execute("delete from sentences where review_id = 'figo-0'")
    filled.execute("update reviews set kind = 'employee' where review_id = 'embrace-0'")
    publish(filled, workspace)
    fields = read(workspace, "select company, in_field from companies order by company")
    assert fields == [("embrace", False), ("figo", False), ("trupanion", True)]


def test_the_run_carries_the_hash_of_its_tables(filled: Store, workspace: Workspace) -> None:
    published = publish(filled, workspace, run_id=f"{INDUSTRY}-r1")
    expected = published.table_hashes[INDUSTRY]
    assert len(expected) == 64
    assert read(workspace, "select table_hash from runs") == [(expected,)]
    assert filled.value("select table_hash from runs") == expected
    assert published.bytes == workspace.published.stat().st_size
    assert published.sentences == {INDUSTRY: 108}


def test_the_hash_depends_on_results_only(filled: Store, workspace: Workspace) -> None:
    first = publish(filled, workspace).table_hashes[INDUSTRY]
    filled.execute("update runs set status = 'partial'")
    filled.execute("delete from rejects")
    filled.execute("update theme_counts set low = low + 0.0000001")
    filled.execute("create table shuffled as select * from reviews order by hash(review_id)")
    filled.execute("delete from reviews")
    filled.execute("insert into reviews select * from shuffled")
    assert publish(filled, workspace).table_hashes[INDUSTRY] == first
    filled.execute("update theme_counts set low = low + 0.001 where theme_id = 'b2'")
    assert publish(filled, workspace).table_hashes[INDUSTRY] != first


def test_the_hash_of_an_industry_knows_no_other(filled: Store, workspace: Workspace) -> None:
    first = publish(filled, workspace).table_hashes
    fill(filled, "airlines")
    second = publish(filled, workspace).table_hashes
    assert second[INDUSTRY] == first[INDUSTRY]
    assert second["airlines"] != first[INDUSTRY]


def test_fields_that_only_look_alike_have_different_hashes(filled: Store, workspace: Workspace) -> None:
    filled.execute("update reviews set title = 'a', language = 'bc'")
    first = publish(filled, workspace).table_hashes
    filled.execute("update reviews set title = 'ab', language = 'c'")
    second = publish(filled, workspace).table_hashes
    filled.execute("update reviews set title = null, language = 'abc'")
    assert len({first[INDUSTRY], second[INDUSTRY], publish(filled, workspace).table_hashes[INDUSTRY]}) == 3


def test_a_result_that_lost_much_is_held_back(filled: Store, workspace: Workspace) -> None:
    publish(filled, workspace)
    before = workspace.published.read_bytes()
    filled.execute("delete from sentences where position = 0")  # a third of them
    with pytest.raises(HeldError, match=r"pet-insurance has 72 sentences instead of 108.*--force-publish"):
        publish(filled, workspace)
    assert workspace.published.read_bytes() == before
    assert list(workspace.root.glob("*.new-*")) == []
    published = publish(filled, workspace, force=True)
    assert published.sentences == {INDUSTRY: 72}
    assert "72 sentences instead of 108" in published.warnings[0]


def test_a_result_that_lost_little_is_published(filled: Store, workspace: Workspace) -> None:
    publish(filled, workspace)
    filled.execute("delete from sentences where position = 0 and review_id < 'figo-5'")
    published = publish(filled, workspace)
    assert published.sentences[INDUSTRY] < 108
    assert published.warnings == ()


def test_a_company_that_is_gone_holds_the_result_back(filled: Store, workspace: Workspace) -> None:
    fill(filled, "airlines", companies=("figo",))
    publish(filled, workspace)
    filled.execute("delete from reviews where company = 'figo' and industry = ?", [INDUSTRY])
    with pytest.raises(HeldError, match=r"pet-insurance has .*no reviews any more of Figo \(12 reviews\)"):
        publish(filled, workspace)


def test_an_industry_that_is_gone_holds_the_result_back(filled: Store, workspace: Workspace) -> None:
    publish(filled, workspace)
    for table in ("industries", "companies", "reviews", "sentences", "themes", "theme_sentences"):
        filled.execute(f"delete from {table}")
    fill(filled, "airlines")
    with pytest.raises(HeldError, match="pet-insurance has 0 sentences instead of 108"):
        publish(filled, workspace)


def test_a_held_run_has_no_hash(filled: Store, workspace: Workspace) -> None:
    publish(filled, workspace)
    filled.execute("delete from sentences")
    with pytest.raises(HeldError):
        publish(filled, workspace, run_id=f"{INDUSTRY}-r1")
    assert filled.value("select table_hash from runs") is None


def test_a_damaged_file_is_replaced_with_a_warning(filled: Store, workspace: Workspace) -> None:
    workspace.published.write_bytes(b"no database at all" * 1000)
    published = publish(filled, workspace)
    assert "without being compared" in published.warnings[0]
    assert read(workspace, "select count(*) from reviews") == [(36,)]


def test_a_file_of_a_newer_version_is_left_alone(filled: Store, workspace: Workspace) -> None:
    publish(filled, workspace)
    with duckdb.connect(str(workspace.published)) as connection:
        connection.execute("update meta set schema_version = ?", [SCHEMA_VERSION + 1])
    with pytest.raises(VersionError, match="Upgrade minebelief"):
        publish(filled, workspace, force=True)
    with pytest.raises(VersionError, match="Upgrade minebelief"), open_published(workspace.published):
        pass


def test_leftovers_of_killed_publishers_are_removed(filled: Store, workspace: Workspace) -> None:
    for name in ("minebelief.duckdb.new-1", "minebelief.duckdb.new-1.wal", "minebelief.duckdb.wal"):
        (workspace.root / name).write_bytes(b"x")
    publish(filled, workspace)
    assert [path.name for path in sorted(workspace.root.iterdir())] == [".minebelief", "minebelief.duckdb"]


def test_the_work_database_is_usable_after_a_failure(filled: Store, workspace: Workspace) -> None:
    filled.execute("alter table themes rename to hidden")
    with pytest.raises(duckdb.Error):
        publish(filled, workspace)
    filled.execute("alter table hidden rename to themes")
    assert publish(filled, workspace).sentences == {INDUSTRY: 108}


def test_paths_may_hold_quotes_and_blanks(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "it's mine")
    with Store(workspace.work) as store:
        fill(store)
        publish(store, workspace)
    with open_published(workspace.published) as database:
        assert database.default_industry() == INDUSTRY


PUBLISHER = """
import sys, pathlib
from minebelief.publish import publish
from minebelief.store import Store
from minebelief.workspace import Workspace
workspace = Workspace(pathlib.Path(sys.argv[1]))
with Store(workspace.work) as store:
    for _ in range(5):
        publish(store, workspace)
"""


def test_readers_never_wait_while_another_process_publishes(workspace: Workspace) -> None:
    with Store(workspace.work) as store:
        fill(store)
        publish(store, workspace)
    publisher = subprocess.Popen([sys.executable, "-P", "-c", PUBLISHER, str(workspace.root)], env=os.environ)
    seen = 0
    versions = set()
    deadline = time.monotonic() + 60
    while publisher.poll() is None and time.monotonic() < deadline:
        with open_published(workspace.published) as database:
            assert database.industries()[0].reviews == 36
        versions.add(workspace.published.stat().st_ino)
        seen += 1
    assert publisher.wait(60) == 0
    assert seen >= 5
    assert len(versions) >= 2


HOLDER = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1])
print('open', flush=True)
sys.stdin.read()
"""


def test_a_program_that_writes_to_the_published_file_is_named_as_the_obstacle(
    filled: Store, workspace: Workspace
) -> None:
    publish(filled, workspace)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(workspace.published)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(LockedError, match="open for writing in another program"):
            publish(filled, workspace)
        with (
            pytest.raises(LockedError, match="open for writing in another program"),
            open_published(workspace.published),
        ):
            pass
        holder.kill()
