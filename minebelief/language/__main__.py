"""Fit what is learnt from the language set anew: ``python -m minebelief.language [heads]``.

With ``heads`` the adapter stays as it is, if it belongs to the language set, and only the linear heads and what tells
opposites are fitted.
"""

import sys
from pathlib import Path

from minebelief.language.adapt import fit_adapter
from minebelief.mining.adapter import FILE as ADAPTER_FILE
from minebelief.mining.adapter import load_adapter
from minebelief.mining.encoder import Encoder, check_default_encoder
from minebelief.mining.heads import FILE as HEADS_FILE
from minebelief.mining.heads import fit_general_heads, save_general_heads
from minebelief.mining.opposites import FILE as OPPOSITES_FILE
from minebelief.mining.opposites import fit_opposites, save_opposites

if __name__ == "__main__":
    folder = Path(__file__).parent
    if "heads" not in sys.argv[1:] or load_adapter() is None:
        # It takes minutes: each epoch is told (T201: this is a command).
        adapter = fit_adapter(str(check_default_encoder()), told=lambda line: print(line, flush=True))  # noqa: T201
        (folder / ADAPTER_FILE).write_bytes(adapter.save())
        load_adapter.cache_clear()
    embed = Encoder().encode
    heads = fit_general_heads(embed)
    (folder / HEADS_FILE).write_bytes(save_general_heads(heads))
    (folder / OPPOSITES_FILE).write_bytes(save_opposites(fit_opposites(embed, heads)))
