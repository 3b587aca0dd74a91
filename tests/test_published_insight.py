"""Comparisons and openings, read from a published database."""

from collections.abc import Iterator

import pytest
from factory import fill, fill_judged, make_workspace

from minebelief.errors import InputError
from minebelief.publish import publish
from minebelief.published import PublishedDatabase, open_published
from minebelief.published_insight import compare, openings, opposites, satisfaction
from minebelief.store import Store


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublishedDatabase]:
    workspace = make_workspace(tmp_path_factory.mktemp("workspace"))
    with Store(workspace.work) as store:
        fill(store)
        fill_judged(store)
        sized = "update prevalence set reviews = 1000, mentions = ? where theme_id = 'b1' and company = ?"
        store.execute(sized, [50, "figo"])
        store.execute(sized, [100, "embrace"])
        store.execute("update prevalence set source = 'elsewhere' where company = 'trupanion' and source = 'files'")
        store.execute("update sentences set text = text || ' ' || split_part(review_id, '-', 1)")
        publish(store, workspace)
    with open_published(workspace.published) as database:
        yield database


def test_five_points_at_a_thousand_reviews_each_are_told_apart(database: PublishedDatabase) -> None:
    first, *others = compare(database, "pet-insurance", ["figo", "embrace"]).differences
    assert (first.theme_id, first.apart, first.difference) == ("b1", True, pytest.approx(-0.05))
    assert first.high < 0
    assert not any(one.apart for one in others)


def test_few_reviews_are_marked(database: PublishedDatabase) -> None:
    small = {one.theme_id: one.small for one in compare(database, "pet-insurance", ["figo", "embrace"]).differences}
    assert small["b1"] is False


def test_companies_that_share_no_source_are_not_compared(database: PublishedDatabase) -> None:
    with pytest.raises(InputError, match=r"share no source \(figo: files; trupanion: elsewhere\)"):
        compare(database, "pet-insurance", ["figo", "trupanion"])


def test_openings_go_by_rank_and_tell_what_stands_out(database: PublishedDatabase) -> None:
    ours = openings(database, "pet-insurance", "figo")
    assert [(one.belief_id, one.stands_out) for one in ours] == [("b2", False), ("b1", True)]
    assert len(openings(database, "pet-insurance", common_only=False)) == 3
    assert openings(database, "pet-insurance", "embrace", 1)[0].best_rival == "Embrace"


def test_who_breaks_a_belief_comes_first_with_what_they_say(database: PublishedDatabase) -> None:
    assert satisfaction(database, "pet-insurance", "b1")[0].company == "figo"
    quotes = opposites(database, "pet-insurance", "b1", 4)
    assert len({quote.company for quote in quotes[:3]}) == 3
    assert len({quote.text for quote in quotes}) == len(quotes)
    assert opposites(database, "pet-insurance", "b2") == ()
