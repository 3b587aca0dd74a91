"""The truth is complete, agrees with the reviews, and can be written as JSON."""

import json

from minebelief.demo import generate, write_truth

KEYS = {
    "schema", "made_up", "seed", "wordings", "months", "companies", "matters", "reviews", "lineage",
    "opening", "copy", "table_stake", "three_companies", "two_companies", "claims", "hunches",
    "blind_spots", "values", "purpose", "employees", "duplicates", "shill_bursts", "anchors",
    "without_text", "foreign", "personal",
}  # fmt: skip


def matter(demo, id_):
    return next(entry for entry in demo.truth["matters"] if entry["id"] == id_)


def test_it_has_every_part_and_survives_json(demo, tmp_path):
    path = write_truth(demo, tmp_path / "truth.json")
    assert json.loads(path.read_text(encoding="utf-8")) == demo.truth
    assert demo.truth.keys() == KEYS
    assert demo.truth["made_up"] is True
    assert demo.truth["months"][0] == "2024-07"
    assert demo.truth["months"][-1] == "2025-08"


def test_counts_are_those_of_the_reviews(demo):
    by_id = {review.native_id: review for review in demo.reviews}
    for entry in demo.truth["matters"]:
        said = {id_ for id_, planted in demo.truth["reviews"].items() if entry["id"] in {p["matter"] for p in planted}}
        counted = [by_id[id_] for id_ in said if id_ in by_id and by_id[id_].counted]
        assert len(counted) == sum(map(sum, entry["counts"].values()))
        assert len(counted) == sum(sum(sites.values()) for sites in entry["sites"].values())
    for key, company in demo.truth["companies"].items():
        assert (
            sum(company["counted"])
            == sum(company["sites"].values())
            == sum(review.company == key and review.counted for review in demo.reviews)
        )


def test_what_is_common_and_what_is_not(demo):
    classic = [entry for entry in demo.truth["matters"] if entry["classic"]]
    assert len(classic) == 5
    assert all(entry["common"] and len(entry["spread"]) >= 4 for entry in classic)
    assert all(sum(rate[0] >= 0.03 for rate in entry["rates"].values()) >= 4 for entry in classic)
    assert not any(entry["common"] for entry in demo.truth["matters"] if entry["kind"] != "belief")
    assert matter(demo, "shop-powerless")["spread"] == ["brambletel", "kedgeway", "tindrel"]
    assert matter(demo, "shop-powerless")["common"]
    assert matter(demo, "number-transfer")["spread"] == ["quillfone", "murrowtel"]
    assert not matter(demo, "number-transfer")["common"]


def test_the_opening_is_everybody_s_and_nobody_solves_it(demo):
    opening = demo.truth["opening"]
    assert (opening["matter"], len(opening["companies"])) == ("no-callback", 6)
    assert opening["praised"] == {}
    assert opening["claimed_by"] == []
    assert opening["matter"] in demo.truth["blind_spots"]
    classic = [entry for entry in demo.truth["matters"] if entry["classic"]]
    mean = {e["id"]: sum(e["prevalence"].values()) / 6 for e in [*classic, matter(demo, "no-callback")]}
    assert max(mean, key=mean.get) == "no-callback"
    roles = {anchor["role"] for anchor in demo.truth["anchors"] if anchor["matter"] == "no-callback"}
    assert roles == {"got", "promised", "wanted"}


def test_the_copy_is_praised_and_claimed_at_one_rival(demo):
    copy = demo.truth["copy"]
    assert copy["matter"] == "bill-shock"
    assert copy["praised"] == {"honest-bill": ["tindrel"]}
    assert "tindrel" in copy["claimed_by"]
    assert matter(demo, "honest-bill")["prevalence"]["tindrel"] > 0.1


def test_the_table_stake_hurts_a_few_and_is_met_for_most(demo):
    stake = demo.truth["table_stake"]["matter"]
    met = matter(demo, "town-signal")["prevalence"]
    assert all(met[key] > 1.5 * share for key, share in matter(demo, stake)["prevalence"].items())
    assert matter(demo, stake)["effect"] == min(entry["effect"] for entry in demo.truth["matters"])
    assert abs(matter(demo, "town-signal")["effect"]) < 0.3


def test_lineage_tells_each_event_with_its_month(demo):
    assert {(e["event"], e["matter"], e["month"], *e["others"]) for e in demo.truth["lineage"]} == {
        ("born", "old-phone-cut-off", 8),
        ("dies", "paper-form", 8),
        ("splits", "slow-data", 7, "slow-evenings", "data-throttled"),
        ("merges", "orders-late", 9, "sim-late", "handset-late"),
        ("rises", "handset-locked", 1),
        ("fades", "voicemail-late", 1),
    }


def test_a_short_industry_has_only_the_events_that_it_reaches():
    assert {e["event"] for e in generate(reviews=300, months=5).truth["lineage"]} == {"rises", "fades"}


def test_claims_are_judged_by_what_the_company_s_customers_say(demo):
    for claim in demo.truth["claims"]:
        if claim["verdict"] == "contradicted":
            assert claim["contradicting"] > 10
            assert claim["confirming"] == 0
        elif claim["verdict"] == "confirmed":
            assert claim["confirming"] > 10 * claim["contradicting"]
        else:
            assert claim["confirming"] == claim["contradicting"] == 0


def test_employees_agree_but_for_one_belief(demo):
    stances = {id_: entry["stance"] for id_, entry in demo.truth["employees"].items()}
    assert [id_ for id_, stance in stances.items() if stance == "dissent"] == ["repeat-yourself"]
    assert len(stances) == 6
    assert all(entry["mentions"] > 40 for entry in demo.truth["employees"].values())
    assert all(review.kind == "employee" for review in demo.employee_reviews)


def test_hunches_and_values_name_matters_that_exist(demo):
    ids = {entry["id"] for entry in demo.truth["matters"]}
    for part in ("hunches", "values"):
        for entry in demo.truth[part]:
            assert entry["matter"] in ids if entry["matter"] else entry["verdict"] == "unheard"
    assert demo.truth["purpose"]["matter"] == "peace-of-mind"


def test_anchors_state_their_number_in_the_sentence(demo):
    assert len(demo.truth["anchors"]) > 200
    spelled = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 90: "ninety"}
    for anchor in demo.truth["anchors"]:
        number = int(anchor["quantity"])
        text = anchor["sentence"].lower()
        assert str(number) in text or spelled.get(number, "-") in text
