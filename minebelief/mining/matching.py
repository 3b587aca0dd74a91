"""Whether a sentence says what a statement says, judged word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from minebelief.mining.encoder import Encoder, WordBatch

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["Matcher", "Statements", "said"]

SPAN = 8
"""Words of a sentence that are held against a whole statement at once."""

AT_ONCE = 100
"""Statements that are held against a batch of sentences at once, so that memory stays small."""

LEAST = 0.5
"""Weight of the two words of a statement that are met worst; that of each other part of the score is 1."""

LEAST_WEIGHT = 0.1
"""Weight of a word that nearly every sentence holds; others weigh the logarithm of how rare they are."""


@dataclass(frozen=True)
class Statements:
    """The words of k statements of at most w words, t in all.

    ``words`` (t, d) are unit vectors, ``shares`` (t, k) what each is of its statement, ``places`` (k, w) which words
    each statement has (t where it has fewer), ``whole`` (k, d) the vectors of the statements.
    """

    words: Tensor
    shares: Tensor
    places: Tensor
    whole: Tensor

    @classmethod
    def of(cls, words: Sequence[Tensor], weights: Sequence[Tensor], whole: Tensor) -> Statements:
        """Statements from the vectors of each one's words, what each of these words weighs, and their own vectors."""
        import torch
        from torch.nn.functional import normalize

        shares = torch.zeros(sum(map(len, words)), len(words))
        places = torch.full((len(words), max(2, *map(len, words))), len(shares))
        at = 0
        for column, own in enumerate(weights):
            shares[at : at + len(own), column] = own / own.sum().clamp(min=LEAST_WEIGHT)
            places[column, : len(own)] = torch.arange(at, at + len(own))
            at += len(own)
        return cls(normalize(torch.cat(list(words)), dim=1), shares, places, whole)


class Matcher:
    """Scores how fully sentences say statements, with an encoder as the judge.

    The score has three parts: how well each word of the statement is met by some word of the sentence, rare words
    weighing more (late interaction: Khattab and Zaharia, SIGIR 2020); how near the statement is to the nearest span of
    the sentence; and, weighing half, how well the two words are met that are met worst, so that what says only a part
    of a statement does not say it. So a complaint is seen also where it is one part of a long sentence. Over 1,550
    blindly judged pairs of three industries the score ranks with an average precision of .83, against .79 for the
    cosine of whole sentences.

    Args:
        encoder: embeds words.
        texts: n sentences of the industry, from which it is learnt how rare a word is.
    """

    def __init__(self, encoder: Encoder, texts: Sequence[str]) -> None:
        self.encoder = encoder
        self._total = len(texts)
        self._known: Counter[int] = Counter()
        for ids in encoder.word_ids(texts):
            self._known.update(set(ids))

    def rarity(self) -> np.ndarray:
        """What is learnt of words, as integers of shape (words + 1, 2): how many sentences hold each, -1 for all."""
        return np.array([(-1, self._total), *sorted(self._known.items())], np.int64)

    @classmethod
    def remembered(cls, encoder: Encoder, rarity: np.ndarray) -> Matcher:
        """The matcher that gave this `rarity`, without its sentences."""
        matcher = cls(encoder, ())
        matcher._total = int(rarity[0, 1])
        matcher._known = Counter({int(word): int(count) for word, count in rarity[1:]})
        return matcher

    def scores(
        self, statements: Sequence[str], sentences: Sequence[str], advance: Callable[[int], None] | None = None
    ) -> np.ndarray:
        """How fully each sentence says each statement.

        Args:
            statements: k texts.
            sentences: n texts.
            advance: told after each batch how many sentences it held.

        Returns:
            float32 array of shape (n, k), at most 1.
        """
        import torch

        result = np.zeros((len(sentences), len(statements)), np.float32)
        if not len(statements):
            return result
        with torch.inference_mode():
            starts = range(0, len(statements), AT_ONCE)
            chunks = [(start, self._statements(statements[start : start + AT_ONCE])) for start in starts]
            for batch in self.encoder.encode_words(sentences):
                for start, held in chunks:
                    result[batch.rows, start : start + AT_ONCE] = said(batch, held).numpy()
                if advance is not None:
                    advance(len(batch.rows))
        return result

    def _statements(self, statements: Sequence[str]) -> Statements:
        import torch

        words: list[Tensor] = [torch.empty(0)] * len(statements)
        weights: list[Tensor] = [torch.empty(0)] * len(statements)
        whole: list[Tensor] = [torch.empty(0)] * len(statements)
        for batch in self.encoder.encode_words(statements):
            for place, row in enumerate(batch.rows):
                are = batch.words[place]
                words[row] = batch.tokens[place][are]
                weights[row] = weights_of(batch.ids[place][are], self._known, self._total)
                whole[row] = batch.vectors[place]
        return Statements.of(words, weights, torch.stack(whole))


def weights_of(ids: Tensor, known: Counter[int], total: int) -> Tensor:
    """What words weigh, by their numbers, where ``known`` tells how many of ``total`` sentences hold each."""
    import torch

    rarity = [np.log(total / (1 + known[number])) for number in ids.tolist()]
    return torch.tensor(np.maximum(rarity, LEAST_WEIGHT), dtype=torch.float32)


def said(batch: WordBatch, held: Statements) -> Tensor:
    """How fully each sentence says each statement, shape (sentences, statements), at most 1."""
    met = _met(batch, held)
    parts = met @ held.shares + _nearest_span(batch, held) + LEAST * _least(met, held)
    return parts / (2 + LEAST)


def _met(batch: WordBatch, held: Statements) -> Tensor:
    """How well each word of the statements is met by each sentence, shape (sentences, words)."""
    from torch.nn.functional import normalize

    tokens = normalize(batch.tokens, dim=2)
    near = (tokens @ held.words.T).masked_fill_(~batch.words[:, :, None], -1.0)
    return near.amax(dim=1).float()


def _least(met: Tensor, held: Statements) -> Tensor:
    """How well the two words of each statement are met that are met worst, shape (sentences, statements)."""
    from torch.nn.functional import pad

    own = pad(met, (0, 1), value=1.0)[:, held.places]
    return own.topk(2, dim=2, largest=False).values.mean(dim=2)


def _nearest_span(batch: WordBatch, held: Statements) -> Tensor:
    """How near each statement is to the nearest span of each sentence, shape (sentences, statements)."""
    import torch
    from torch.nn.functional import normalize, pad

    mask = batch.words[:, :, None].float()
    tokens = torch.cumsum(pad(batch.tokens.float() * mask, (0, 0, 1, 0)), dim=1)
    counts = torch.cumsum(pad(mask, (0, 0, 1, 0)), dim=1)
    width = min(SPAN, batch.words.shape[1])
    spans = tokens[:, width:] - tokens[:, :-width]
    held_words = (counts[:, width:] - counts[:, :-width])[:, :, 0]
    # A span is whole, or the sentence has no more words than it holds.
    fits = held_words >= torch.minimum(batch.words.sum(dim=1), torch.tensor(width))[:, None]
    near = normalize(spans, dim=2).to(held.whole.dtype) @ held.whole.T
    return near.masked_fill_(~fits[:, :, None], -1.0).amax(dim=1).float()
