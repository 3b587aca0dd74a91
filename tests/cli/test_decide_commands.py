"""``minebelief rename``, ``merge``, ``split``, ``hide`` and ``pin``: what people decide is written down."""

import json
import shutil
from pathlib import Path

import pytest

INDUSTRY = "pet-insurance"


@pytest.fixture
def own(published: Path, tmp_path: Path) -> str:
    return str(shutil.copytree(published, tmp_path / "own"))


def lines(own: str) -> list[dict[str, str]]:
    path = Path(own) / "decisions" / f"{INDUSTRY}.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


@pytest.mark.parametrize(
    ("words", "decided", "told"),
    [
        (("rename", INDUSTRY, "b1", "Too slow"), ("rename", "b1", "Too slow"), "b1 is called 'Too slow' from the next"),
        (("rename", "b1", ""), ("rename", "b1", ""), "b1 goes by its statement again"),
        (("merge", "B2", "b1"), ("merge", "b2", "b1"), "b2 goes into b1 from the next run on."),
        (("hide", "b3"), ("hide", "b3", ""), "b3 is hidden"),
        (("hide", "b3", "--undo"), ("show", "b3", ""), "b3 is shown again"),
        (("pin", "b1"), ("pin", "b1", ""), "b1 is pinned"),
        (("pin", "b1", "--undo"), ("unpin", "b1", ""), "b1 is not pinned any more"),
    ],
)
def test_a_decision_is_written_down(
    call, own: str, words: tuple[str, ...], decided: tuple[str, str, str], told: str
) -> None:
    done = call("--workspace", own, *words, "--by", "Ann")
    assert (done.code, done.err) == (0, "")
    assert told in done.out
    assert "run FILE" in done.out
    (line,) = lines(own)
    assert (line["action"], line["theme"], line["value"], line["who"]) == (*decided, "Ann")
    assert line["at"].endswith("Z")


def test_what_is_split_off_is_named_by_a_sentence_in_any_case(call, own: str) -> None:
    done = call("--workspace", own, "split", "b1", "it takes weeks until a claim is  paid, case 4.")
    assert (done.code, done.err) == (0, "")
    assert "what says 'It takes weeks until a claim is paid, case 4.' leaves b1" in done.out
    (line,) = lines(own)
    assert (line["action"], line["theme"]) == ("split", "b1")
    assert "-4-" in line["value"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("hide", "b77"), "no theme 'b77'"),
        (("rename", "b1"), "give [INDUSTRY] ID NAME"),
        (("merge", "b1", "b1"), "cannot go into itself"),
        (("merge", "b1", "v1"), "of different kinds"),
        (("split", "b1", "Nobody ever said this."), "no sentence of b1 is 'Nobody ever said this.'"),
    ],
)
def test_what_cannot_be_decided_is_said_and_not_written(call, own: str, words: tuple[str, ...], said: str) -> None:
    done = call("--workspace", own, *words)
    assert done.code == 2
    assert said in done.err
    assert lines(own) == []
