"""Fit the general heads anew from the language set: ``python -m minebelief.language``."""

from pathlib import Path

from minebelief.mining.encoder import Encoder
from minebelief.mining.heads import FILE, fit_general_heads, save_general_heads

if __name__ == "__main__":
    target = Path(__file__).with_name(FILE)
    target.write_bytes(save_general_heads(fit_general_heads(Encoder().encode)))
