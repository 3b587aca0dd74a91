"""Reviews in other languages are kept and counted, and mined together where the encoder reads them."""

import json
from pathlib import Path

import duckdb
import pytest
from laundries import make_up, write_files, write_industry

from minebelief.cli.group import run as call
from minebelief.mining.encoder import check_default_encoder
from minebelief.pipeline import RunSummary, run
from minebelief.progress import Silent
from minebelief.workspace import Workspace

GERMAN = "Die Wäsche kam schmutzig zurück und niemand hat auf meine Nachrichten geantwortet."
HEADS = 'encoder = "{encoder}"\nmultilingual = true\n'


@pytest.fixture(scope="module")
def small_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stand-in for a multilingual encoder: one layer, random weights, the default encoder's words."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from transformers import AutoTokenizer, BertConfig, BertModel

    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("encoder")
    tokenizer = AutoTokenizer.from_pretrained(str(check_default_encoder()))
    sizes = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
    BertModel(BertConfig(vocab_size=len(tokenizer), **sizes)).save_pretrained(folder / "bert")
    tokenizer.save_pretrained(folder / "bert")
    words = Transformer(str(folder / "bert"), max_seq_length=32)
    SentenceTransformer(modules=[words, Pooling(32)], device="cpu").save(str(folder / "whole"))
    return folder / "whole"


def workspace_with_german(folder: Path) -> Workspace:
    reviews = make_up(160)
    reviews["sudsy"] += [
        {"id": f"de-{n}", "stars": "1", "day": "2025-03-01", "text": f"{GERMAN} Zum {n}. Mal!", "answer": ""}
        for n in range(3, 9)
    ]
    write_files(folder / "reviews", reviews)
    workspace = Workspace(folder / "workspace")
    workspace.create()
    return workspace


def mined(workspace: Workspace) -> dict[str, tuple[int, int]]:
    """Reviews, and those that have sentences, by language."""
    with duckdb.connect(str(workspace.published), read_only=True) as connection:
        sql = "select language, count(*), count(*) filter (where sentences > 0) from reviews group by 1"
        return {language: (kept, read) for language, kept, read in connection.execute(sql).fetchall()}


def told(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What the doctor says of the laundries."""
    capsys.readouterr()
    call(["--workspace", str(workspace.root), "doctor", "--format", "json"])
    return [row["found"] for row in json.loads(capsys.readouterr().out) if row["check"] == "laundries"]


@pytest.mark.slow
def test_by_default_they_are_kept_and_counted_and_not_mined(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workspace = workspace_with_german(tmp_path)
    summary: RunSummary = run(write_industry(tmp_path), workspace, Silent())
    assert summary.other_languages == 6
    assert mined(workspace)["de"] == (6, 0)
    assert "reviews in other languages, kept and not mined: de 6" in told(workspace, capsys)


@pytest.mark.slow
def test_with_a_multilingual_encoder_all_are_mined_together(
    tmp_path: Path, small_encoder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = workspace_with_german(tmp_path)
    file = write_industry(tmp_path)
    file.write_text(HEADS.format(encoder=small_encoder) + file.read_text(encoding="utf-8"), encoding="utf-8")
    summary: RunSummary = run(file, workspace, Silent())
    assert summary.other_languages == 0
    assert mined(workspace)["de"] == (6, 6)
    assert not any("other languages" in line for line in told(workspace, capsys))
