"""The learnt names of an industry as the work database keeps them, and the masker that knows them."""

import hashlib
import re

import pyarrow as pa

from minebelief.industry import Industry
from minebelief.mining.masking import Masker
from minebelief.mining.names import learn_names
from minebelief.store import Store, read_sql

__all__ = ["hash_of", "masker_of", "renew_names"]


def hash_of(masked: str) -> str:
    """What a masked text's vector is kept under."""
    return hashlib.blake2b(masked.encode(), digest_size=16).hexdigest()


def masker_of(store: Store, industry: Industry) -> Masker:
    """The masker of an industry, with the names that were learnt."""
    names = store.rows("select name from learnt_names where industry = ? order by name", [industry.industry])
    return Masker(industry, [name for (name,) in names])


def renew_names(store: Store, industry: Industry) -> None:
    """Learn names from all mined reviews, and mask them in the sentences that hold them.

    Names that are known stay, whatever their use is now, and no other sentence is touched: so hardly anything is
    embedded anew.
    """
    where = {"industry": industry.industry}
    before = masker_of(store, industry)
    texts = store.rows(read_sql("steps/texts_of_companies.sql"), where)
    found = [one for one in learn_names(texts) if industry.company_key(one.name) is None]
    columns = {name: [getattr(one, name) for one in found] for name in ("name", "company", "reviews", "elsewhere")}
    table = pa.table({"industry": pa.array([industry.industry] * len(found), pa.string()), **columns})
    with store.transaction():
        store.insert("learnt_names", table, replace=True)
        masker = masker_of(store, industry)
        new = sorted(set(masker.learnt) - set(before.learnt))
        if new:
            _mask_again(store, industry, masker, new)


def _mask_again(store: Store, industry: Industry, masker: Masker, names: list[str]) -> None:
    pattern = rf"(?i)(?:^|[^\w@])(?:{'|'.join(map(re.escape, names))})(?:\W|$)"
    rows = store.table(read_sql("steps/sentences_like.sql"), {"industry": industry.industry, "pattern": pattern})
    masked = [masker.mask(text) for text in rows["text"].to_pylist()]
    for name, values in (("masked", masked), ("text_hash", [hash_of(text) for text in masked])):
        rows = rows.set_column(rows.schema.get_field_index(name), name, pa.array(values, pa.string()))
    store.insert("sentences", rows, replace=True)
