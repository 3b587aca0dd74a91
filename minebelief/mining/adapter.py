"""What the language set taught the default encoder: small low-rank changes of its weights."""

from __future__ import annotations

import hashlib
import importlib.resources
import io
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from minebelief.language import language_set_hash

if TYPE_CHECKING:
    from torch import nn

__all__ = ["ADAPTED", "Adapter", "load_adapter"]

FILE = "adapter.npz"

ADAPTED = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
"""The linear maps of every transformer layer that are changed."""


@dataclass(frozen=True)
class Adapter:
    """Low-rank changes of an encoder's linear maps, so that sentences which say the same lie near each other.

    ``changes`` maps a module's name to the two factors, of shapes (out, rank) and (rank, in), whose product is added to
    its weights (LoRA: Hu et al., ICLR 2022). ``language_set`` is the hash of what it was fitted from.
    """

    changes: dict[str, tuple[np.ndarray, np.ndarray]]
    language_set: str

    @property
    def fingerprint(self) -> str:
        """Eight characters that change with the weights, so that vectors of two adapters are never mixed."""
        digest = hashlib.sha256()
        for name, factors in sorted(self.changes.items()):
            digest.update(name.encode())
            for factor in factors:
                digest.update(np.ascontiguousarray(factor, np.float16).tobytes())
        return digest.hexdigest()[:8]

    def apply(self, model: nn.Module) -> None:
        """Add the changes to a model's weights, in place; they should be float32.

        Args:
            model: a BERT model, or one that holds a BERT model.
        """
        import torch

        modules = dict(model.named_modules())
        inside = {name: next(m for path, m in modules.items() if path.endswith(name)) for name in self.changes}
        with torch.no_grad():
            for name, (out, into) in self.changes.items():
                change = out.astype(np.float32) @ into.astype(np.float32)
                weight = inside[name].weight
                assert isinstance(weight, torch.Tensor)
                weight += torch.from_numpy(change).to(weight.dtype)

    def save(self) -> bytes:
        """The adapter as an .npz file's bytes."""
        arrays: dict[str, np.ndarray] = {"language_set": np.array(self.language_set)}
        for name, (out, into) in self.changes.items():
            arrays[f"{name}/out"] = out.astype(np.float16)
            arrays[f"{name}/in"] = into.astype(np.float16)
        buffer = io.BytesIO()
        np.savez_compressed(buffer, allow_pickle=False, **arrays)
        return buffer.getvalue()


@cache
def load_adapter() -> Adapter | None:
    """The shipped adapter of the default encoder, or None where it was fitted from another language set."""
    file = importlib.resources.files("minebelief.language").joinpath(FILE)
    if not file.is_file():
        return None
    with np.load(io.BytesIO(file.read_bytes()), allow_pickle=False) as arrays:
        if str(arrays["language_set"]) != language_set_hash():
            return None
        names = sorted({key.split("/")[0] for key in arrays.files if "/" in key})
        changes = {name: (arrays[f"{name}/out"], arrays[f"{name}/in"]) for name in names}
        return Adapter(changes, str(arrays["language_set"]))
