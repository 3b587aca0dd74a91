"""Beliefs as openings: the gates and the order."""

from dataclasses import replace

import numpy as np
import pytest

from minebelief.insight.impact import DRAWS, Impact
from minebelief.insight.openings import Belief, Opening, find_openings

COMPANIES = ("ours", "rival", "third", "fourth")
NAMES = {"ours": "Ours", "rival": "Rival", "third": "Third", "fourth": "Fourth"}


def effect(value: float) -> tuple[float, float, float]:
    return value, value - 0.02, value + 0.02


def belief(
    belief_id: str = "b1", mentions: int = 100, positive: tuple[int, ...] = (2, 2, 2, 2), penalty: float = 0.2, **more
) -> Belief:
    made = Belief(
        belief_id=belief_id,
        common=True,
        because="clears 1.0% at 4 of 4 companies",
        mentions=np.full(4, mentions),
        reviews=np.full(4, 1000),
        positive=np.array(positive),
        negative=np.full(4, mentions),
        impact=Impact(effect(penalty), effect(0.1), "linear", np.full(DRAWS, penalty)),
        anchors=4,
        anchor="“I waited 40 minutes”",
        fits="Quick answers",
    )
    return replace(made, **more)


def judged(one: Belief, company: str | None = "ours") -> Opening:
    return find_openings([one], COMPANIES, NAMES, [True] * 4, company, 0.01)[0]


def test_a_belief_that_passes_every_gate_is_open():
    opening = judged(belief())
    assert set(opening.gates.values()) == {"pass"}
    assert opening.verdict == "open"


@pytest.mark.parametrize(
    ("one", "gate", "verdict"),
    [
        (belief(common=False), "common", "unproven"),
        (belief(positive=(2, 400, 2, 2)), "unmet", "copy"),
        (belief(positive=(2, 30, 2, 2)), "not_copied", "copy"),
        (belief(claimed_by=("third",)), "not_copied", "copy"),
        (belief(mentions=3, positive=(2, 40, 2, 2), reviews=np.full(4, 10_000)), "unmet", "contested"),
        (belief(anchors=0), "specific", "too vague"),
        (belief(fits=""), "fits_values", "open"),
    ],
)
def test_what_fails_a_gate_has_its_verdict_and_says_why(one: Belief, gate: str, verdict: str):
    opening = judged(one)
    assert (opening.gates[gate], opening.verdict) == ("fail", verdict)
    assert f"{gate.replace('_', ' ')}: fail, " in opening.because


def test_a_must_be_that_most_companies_meet_is_a_table_stake():
    stake = belief(
        positive=(300, 300, 300, 300), impact=Impact(effect(0.3), effect(0.01), "must-be", np.full(DRAWS, 0.3))
    )
    opening = judged(stake)
    assert (opening.gates["beyond_expected"], opening.verdict) == ("fail", "table stake")


def test_what_our_own_company_does_is_no_copy():
    assert judged(belief(positive=(400, 2, 2, 2), claimed_by=("ours",))).gates["not_copied"] == "pass"
    assert judged(belief(positive=(400, 2, 2, 2)), None).gates["not_copied"] == "fail"


def test_fewer_than_two_rivals_of_whom_it_can_be_told_leave_it_unknown():
    quiet = belief(negative=np.array([100, 40, 5, 5]), positive=(0, 0, 0, 0))
    opening = judged(quiet)
    assert (opening.gates["unmet"], opening.verdict) == ("unknown", "unproven")


def test_what_nobody_solves_is_beyond_what_is_expected_though_nobody_praises_it():
    unsolved = belief(positive=(0, 0, 0, 0), impact=Impact(effect(0.3), None, "unclear", np.full(DRAWS, 0.3)))
    assert judged(unsolved).verdict == "open"
    met = replace(unsolved, positive=np.array([0, 150, 0, 0]))
    assert judged(met).gates["beyond_expected"] == "unknown"


def test_unknown_gates_say_so():
    opening = judged(belief(anchors=None, fits=None))
    assert (opening.gates["specific"], opening.gates["fits_values"]) == ("unknown", "unknown")
    assert opening.verdict == "open"


def test_the_most_painful_and_common_comes_first():
    some = [belief("b1", 20), belief("b2", 200), belief("b3", 100), belief("b4", 200, penalty=0.01)]
    found = find_openings(some, COMPANIES, NAMES, [True] * 4, "ours", 0.01)
    assert found[0].belief_id == "b2"
    assert [one.rank for one in found] == [1, 2, 3, 4]
    assert all(one.low <= one.opportunity <= one.high for one in found)
    assert all(0 <= one.opportunity <= 20 for one in found)


def test_satisfied_customers_lower_the_opportunity():
    some = [belief("b1", 100), belief("b2", 101, positive=(900, 2, 2, 2)), belief("b3", 10)]
    ours = {one.belief_id: one for one in find_openings(some, COMPANIES, NAMES, [True] * 4, "ours", 0.01)}
    rival = {one.belief_id: one for one in find_openings(some, COMPANIES, NAMES, [True] * 4, "rival", 0.01)}
    assert ours["b2"].opportunity < rival["b2"].opportunity
    assert ours["b2"].headroom == pytest.approx(101 / 1001)


def test_a_lead_is_over_the_best_rival_and_has_an_interval():
    opening = judged(belief(positive=(900, 100, 50, 2)))
    assert opening.best_rival == "rival"
    assert opening.lead == pytest.approx(0.9 - 0.5)
    assert 0 < opening.lead_low < opening.lead < opening.lead_high
    assert judged(belief(), None).lead is None


def test_without_stars_prevalence_alone_decides():
    silent = Impact(None, None, "unclear", None)
    some = [belief("b1", 20, impact=silent), belief("b2", 200, impact=silent)]
    found = find_openings(some, COMPANIES, NAMES, [True] * 4, None, 0.01)
    assert [(one.belief_id, one.importance) for one in found] == [("b2", 10.0), ("b1", 0.0)]


def test_no_beliefs_are_no_openings():
    assert find_openings([], COMPANIES, NAMES, [True] * 4, None, 0.01) == []
