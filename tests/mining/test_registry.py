import numpy as np

from minebelief.mining.known import next_id
from minebelief.mining.registry import reconcile


def letters(text: str) -> set[str]:
    return set(text)


def test_ids_are_numbered_by_kind_and_never_used_again():
    taken = {"b1", "b7"}
    assert [next_id("belief", taken), next_id("belief", taken), next_id("value", taken)] == ["b8", "b9", "v1"]


def test_a_theme_that_shares_its_sentences_is_the_known_one():
    ties = reconcile([letters("z"), letters("abc")], {"b4": letters("ab")})
    assert ties.same == {1: ("b4", 0.6667)}


def test_little_overlap_is_another_theme():
    assert reconcile([letters("abcd")], {"b1": letters("axyz")}).same == {}


def test_themes_are_matched_best_over_all_together():
    # b1 shares most with the first, but the first is all that b2 could be
    ties = reconcile([letters("abcde"), letters("abcfg")], {"b1": letters("abcd"), "b2": letters("ade")})
    assert {row: name for row, (name, _) in ties.same.items()} == {0: "b2", 1: "b1"}


def test_meaning_decides_only_between_equal_overlaps():
    known = {"b1": letters("ab"), "b2": letters("cd")}
    found = [letters("abcd")]
    assert reconcile(found, known, np.array([[0.1, 0.9]])).same[0][0] == "b2"
    assert reconcile(found, known, np.array([[0.9, 0.1]])).same[0][0] == "b1"
    more = {"b1": letters("abc"), "b2": letters("d")}
    assert reconcile(found, more, np.array([[0.0, 1.0]])).same[0][0] == "b1"


def test_a_theme_whose_sentences_lie_in_another_has_gone_into_it():
    ties = reconcile([letters("abcdef")], {"b1": letters("abcd"), "b2": letters("ef")})
    assert ties.same == {0: ("b1", 0.6667)}
    assert ties.gone_into == {"b2": ("b1", 1.0)}


def test_a_fixed_theme_goes_into_no_other():
    ties = reconcile([letters("abcdef")], {"b1": letters("abcd"), "b2": letters("ef")}, fixed={"b2"})
    assert ties.gone_into == {}


def test_a_theme_that_came_off_a_known_one_is_a_part_of_it():
    ties = reconcile([letters("abcd"), letters("ef")], {"b1": letters("abcdef")})
    assert ties.same == {0: ("b1", 0.6667)}
    assert ties.part_of == {1: ("b1", 1.0)}


def test_nothing_known_is_nothing_to_match():
    ties = reconcile([letters("ab")], {})
    assert (ties.same, ties.part_of, ties.gone_into) == ({}, {}, {})
