"""The wordings: enough of them, apart in two splits, and every slot has a value."""

import random
import re
from collections import Counter

import pytest

from minebelief.demo.matter import load_catalogue
from minebelief.demo.wording import SPLITS, TABLES, Wordings, read_wordings

CATALOGUE = load_catalogue()


def planted_wordings(split):
    return [
        (matter, text)
        for table in ("plain", "complaints", "praise", "wishes", "employees")
        for matter, its_split, text in read_wordings(table)
        if its_split == split
    ]


def test_the_splits_share_no_planted_wording():
    tune, test = ({text.casefold() for _, text in planted_wordings(split)} for split in SPLITS)
    assert not tune & test
    for table in TABLES:
        splits = {split for _, split, _ in read_wordings(table)}
        assert splits == ({"both"} if table in ("foreign", "frames") else set(SPLITS))


@pytest.mark.parametrize("matter", CATALOGUE.matters, ids=lambda matter: matter.id)
def test_a_test_wording_is_no_tuning_wording_in_other_order(matter):
    tune, test = ([words(text) for id_, text in planted_wordings(split) if id_ == matter.id] for split in SPLITS)
    assert max(len(one & other) / len(one | other) for one in tune for other in test) < 0.8


def words(wording):
    return set(re.findall(r"[a-z']+", re.sub(r"\{\w+\}", "", wording.casefold())))


@pytest.mark.parametrize("table", TABLES)
def test_no_wording_is_written_twice(table):
    texts = [text for _, _, text in read_wordings(table)]
    assert [text for text, count in Counter(texts).items() if count > 1] == []


@pytest.mark.parametrize("split", SPLITS)
@pytest.mark.parametrize("matter", CATALOGUE.matters, ids=lambda matter: matter.id)
def test_every_matter_has_many_wordings_in_each_split(matter, split):
    table = "praise" if matter.positive else "complaints"
    plain, others = (sum(row[:2] == (matter.id, split) for row in read_wordings(name)) for name in ("plain", table))
    assert plain >= 4
    assert plain + others >= (20 if matter.classic else 10)


def test_no_plain_wording_stands_in_another_table_too():
    plain, others = ({text.casefold() for *_, text in read_wordings(name)} for name in ("plain", "complaints"))
    assert not plain & (others | {text.casefold() for *_, text in read_wordings("praise")})


@pytest.mark.parametrize("split", SPLITS)
@pytest.mark.parametrize("matter", CATALOGUE.matters, ids=lambda matter: matter.id)
def test_some_plain_wordings_of_every_matter_could_speak_for_it(matter, split):
    """One clause of 4 to 10 words, without numbers and without a pronoun that points elsewhere."""
    rows = [text for id_, its_split, text in read_wordings("plain") if (id_, its_split) == (matter.id, split)]
    fit = [
        text
        for text in rows
        if 4 <= len(text.split()) <= 10 and not re.search(r"[\d\[{,;:]", text) and not re.match(r"(I|It|This)\b", text)
    ]
    assert len(fit) >= 2


@pytest.mark.parametrize("split", SPLITS)
@pytest.mark.parametrize("matter", CATALOGUE.matters, ids=lambda matter: matter.id)
def test_plain_wordings_are_most_of_what_is_said(matter, split):
    table = "praise" if matter.positive else "complaints"
    drawn = Wordings(split, CATALOGUE, random.Random(3))
    plain = [pattern(text) for id_, its_split, text in read_wordings("plain") if (id_, its_split) == (matter.id, split)]
    said = [drawn.draw(table, matter.id, {}).text for _ in range(1000)]
    assert 0.5 < sum(any(one.fullmatch(text) for one in plain) for text in said) / len(said) < 0.95


def test_the_second_wording_is_said_half_as_often_as_the_first_and_the_fourth_a_quarter():
    firsts = set()
    for seed in range(5):
        drawn = Wordings("tune", CATALOGUE, random.Random(seed))
        wordings = [
            (text, pattern(text))
            for table in ("plain", "complaints")
            for id_, split, text in read_wordings(table)
            if (id_, split) == ("passed-around", "tune")
        ]
        said = [drawn.draw("complaints", "passed-around", {}).text for _ in range(20_000)]
        counts = Counter(next(text for text, one in wordings if one.fullmatch(phrase)) for phrase in said)
        assert counts.keys() == {text for text, _ in wordings}
        (first, most), (_, second), _, (_, fourth) = counts.most_common(4)
        assert most / second == pytest.approx(2, rel=0.1)
        assert most / fourth == pytest.approx(4, rel=0.15)
        firsts.add(first)
    assert len(firsts) > 1


def pattern(wording):
    """What `wording` can become."""
    parts = re.split(r"(\[[^\]]*\]|\{\w+\})", wording)
    filled = [
        f"({'|'.join(re.escape(choice) for choice in part[1:-1].split('|'))})"
        if part.startswith("[")
        else ".+"
        if part.startswith("{")
        else re.escape(part)
        for part in parts
    ]
    return re.compile("".join(filled))


@pytest.mark.parametrize("split", SPLITS)
def test_every_wording_becomes_a_text_without_holes(split):
    words = Wordings(split, CATALOGUE, random.Random(1))
    known = {"company": "Tindrel", "company_key": "tindrel", "author": "Ada"}
    for table in TABLES:
        for matter in {row[0] for row in read_wordings(table)}:
            for _ in range(40):
                text = words.draw(table, matter, known).text
                assert text == text.strip()
                assert not re.search(r"[\[\]{}|]", text)


def test_a_number_that_is_said_becomes_an_anchor():
    words = Wordings("test", CATALOGUE, random.Random(1))
    phrases = [words.draw("complaints", "long-hold", {}) for _ in range(60)]
    found = [(phrase.text, anchor) for phrase in phrases for anchor in phrase.anchors]
    assert found
    for text, anchor in found:
        assert anchor.unit == "minutes"
        assert anchor.role in ("got", "promised")
        assert str(int(anchor.quantity)) in text or re.search("twenty|thirty|forty|fifty|sixty|ninety", text)
    wishes = [words.draw("wishes", "no-callback", {}) for _ in range(20)]
    assert {anchor.role for phrase in wishes for anchor in phrase.anchors} <= {"wanted"}


def test_an_unknown_split_is_refused():
    with pytest.raises(ValueError, match="no wordings 'train'; accepted: tune, test"):
        Wordings("train", CATALOGUE, random.Random(1))
