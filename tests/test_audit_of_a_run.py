"""A whole run with judgements: precision is published, prevalence is corrected and says so."""

from pathlib import Path

import pytest

from minebelief.audit import sample
from minebelief.errors import InputError
from minebelief.judgements import judge, read_judgements, text_hash
from minebelief.pipeline import run
from minebelief.progress import Silent
from minebelief.published import PublishedDatabase, Theme, open_published
from minebelief.workspace import Workspace

INDUSTRY = "laundries"


def most_said(database: PublishedDatabase) -> Theme:
    return max(database.beliefs(INDUSTRY, None, common_only=False), key=lambda theme: theme.prevalence or 0)


def judge_all(workspace: Workspace, theme: str, verdicts: dict[str, list[str]], who: str = "Ann") -> None:
    """Judge a sample: of each stratum as many as there are verdicts."""
    with open_published(workspace.published) as database:
        items = sample(database, INDUSTRY, theme, size=40)
    left = {stratum: list(said) for stratum, said in verdicts.items()}
    judge(
        workspace,
        INDUSTRY,
        [
            (theme, one.sentence_id, one.stratum, left[one.stratum].pop(), text_hash(one.text))
            for one in items
            if left[one.stratum]
        ],
        who,
    )
    assert not any(left.values())


def test_judgements_correct_the_prevalence_and_say_so(laundry: Workspace, tmp_path: Path) -> None:
    with open_published(laundry.published) as database:
        before = most_said(database)
        raw = {one.company: one for one in database.prevalence_of(INDUSTRY, before.theme_id)}
    assert (before.precision, before.corrected_for) == (None, None)
    judge_all(
        laundry,
        before.theme_id,
        {"match": ["yes"] * 6 + ["no"] * 6 + ["unsure"], "border": ["no"] * 12},
    )
    run(tmp_path / "laundries.toml", laundry, Silent())
    with open_published(laundry.published) as database:
        after = database.theme(INDUSTRY, before.theme_id)
        at_companies = database.prevalence_of(INDUSTRY, before.theme_id)
        other = [one for one in database.beliefs(INDUSTRY, None, common_only=False) if one.theme_id != after.theme_id]
        said = database.rows("select verdict, counts, count(*) from judgements group by all order by all")
        marked = database.rows("select distinct theme_id from prevalence where corrected")
    assert (after.precision, after.judged, after.recall) == (0.5, 12, 1.0)
    assert after.corrected_for == "precision and recall"
    assert after.prevalence == pytest.approx(before.prevalence / 2)
    assert after.low < after.prevalence < after.high
    for one in at_companies:
        assert one.mentions == raw[one.company].mentions
        assert one.prevalence == pytest.approx(raw[one.company].prevalence / 2)
    assert {one.corrected_for for one in other} == {None}
    assert said == [("no", True, 18), ("unsure", True, 1), ("yes", True, 6)]
    assert marked == [(after.theme_id,)]


def test_few_judgements_give_a_precision_and_correct_nothing(laundry: Workspace, tmp_path: Path) -> None:
    with open_published(laundry.published) as database:
        before = most_said(database)
    judge_all(laundry, before.theme_id, {"match": ["yes"] * 3, "border": []})
    run(tmp_path / "laundries.toml", laundry, Silent())
    with open_published(laundry.published) as database:
        after = database.theme(INDUSTRY, before.theme_id)
    assert (after.precision, after.judged, after.recall, after.corrected_for) == (1.0, 3, None, None)
    assert (after.prevalence, after.low, after.high) == (before.prevalence, before.low, before.high)


def test_a_tie_of_judges_and_a_text_that_changed_count_not(laundry: Workspace, tmp_path: Path) -> None:
    with open_published(laundry.published) as database:
        theme = most_said(database).theme_id
        first, second, *_ = [one for one in sample(database, INDUSTRY, theme) if one.stratum == "match"]
    for who, verdict in (("Ann", "yes"), ("Bob", "no")):
        judge(laundry, INDUSTRY, [(theme, first.sentence_id, "match", verdict, text_hash(first.text))], who)
    judge(laundry, INDUSTRY, [(theme, second.sentence_id, "match", "yes", text_hash("another text"))], "Ann")
    run(tmp_path / "laundries.toml", laundry, Silent())
    with open_published(laundry.published) as database:
        assert database.theme(INDUSTRY, theme).precision is None
        assert database.rows("select judge, counts from judgements order by all") == [
            ("Ann", False),
            ("Ann", True),
            ("Bob", True),
        ]


def test_a_larger_sample_holds_the_smaller_one_and_nothing_twice(laundry: Workspace) -> None:
    with open_published(laundry.published) as database:
        theme = most_said(database).theme_id
        small, large = sample(database, INDUSTRY, theme, 5), sample(database, INDUSTRY, theme, 15)
        other = sample(database, INDUSTRY, theme, 5, seed=2)
    assert {one.sentence_id for one in small} < {one.sentence_id for one in large}
    assert len({one.sentence_id.rpartition(".")[0] for one in large}) == len(large)
    assert [one.stratum for one in small].count("match") == 5
    assert set(small) != set(other)


def test_a_line_that_is_no_judgement_is_named(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    judge(workspace, INDUSTRY, [("b1", "x.1", "match", "yes", "ab")], "Ann")
    judge(workspace, INDUSTRY, [("b1", "x.1", "match", "no", "ab")], "Ann")
    (newest,) = read_judgements(workspace, INDUSTRY)
    assert newest.verdict == "no"
    path = workspace.judgements(INDUSTRY)
    path.write_text(path.read_text() + '{"theme": "b1"}\n')
    with pytest.raises(InputError, match=r"judgements\.jsonl, line 3 is no judgement.*take it out"):
        read_judgements(workspace, INDUSTRY)
