from minebelief.mining.registry import give_ids


def test_first_themes_are_numbered_in_order():
    assert give_ids("b", [{"1"}, {"2"}], {}, []) == ["b1", "b2"]


def test_a_theme_that_shares_its_sentences_keeps_its_id():
    assert give_ids("b", [{"9"}, {"1", "2", "3"}], {"b4": {"1", "2"}}, ["b4"]) == ["b5", "b4"]


def test_an_id_is_never_used_again():
    assert give_ids("b", [{"1"}], {}, ["b1", "b7"]) == ["b8"]


def test_values_are_numbered_on_their_own():
    assert give_ids("v", [{"1"}], {}, ["b1", "b7"]) == ["v1"]


def test_little_overlap_is_another_theme():
    assert give_ids("b", [{"1", "2", "3", "4"}], {"b1": {"1", "9", "8", "7"}}, ["b1"]) == ["b2"]
