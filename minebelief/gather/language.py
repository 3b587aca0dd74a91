"""Which language a review is in."""

import re
from functools import cached_property
from typing import Any

__all__ = ["LanguageReader"]

#: Widely written languages. Among all that the model knows, rare relatives share the probability of the right
#: one: on 124 foreign reviews of the made-up industry this list raised those told at 0.9 from 117 to all, and
#: of 13,000 English tweets and reviews none is taken for another language either way.
_LANGUAGES = (
    "ar bg bn ca cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv ms nl no pl pt ro ru sk sl sr "
    "sv sw ta th tl tr uk ur vi zh"
)
_SURE = 0.9
#: Bytes of letters below which nothing is told: 40 Latin letters say as much as 14 Chinese ones.
_MIN_BYTES = 40
_NOISE = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|[@#]\w+")
_NO_LETTER = re.compile(r"[\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+")
#: Frequent English words that are frequent in no other of the languages.
_ENGLISH_WORDS = (
    "the and of to it that this with for was were are have has had you they my your not but from their what "
    "when would been be very all there will because which just them who out up our can could did don get"
)
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_ENGLISH_SHARE = 0.2


class LanguageReader:
    """Tells the language of a review; in doubt it is ``default``."""

    def __init__(self, default: str) -> None:
        self.default = _code(default) or default

    def of(self, text: str, told: str | None = None) -> str:
        """The language of ``text`` in two or three letters: as ``told`` by its source, else as it reads.

        Another language than the default is believed only with a probability of 0.9 and 40 bytes of letters.
        Addresses, handles and hashtags say nothing about it.
        """
        if told and (code := _code(told)):
            return code
        plain = _NOISE.sub(" ", text)
        if len(_NO_LETTER.sub("", plain).encode()) < _MIN_BYTES:
            return self.default
        if self.default == "en" and _looks_english(plain):  # saves 9 of 10 calls of the model
            return self.default
        found, probability = self._model.classify(plain)
        return str(found) if probability >= _SURE else self.default

    @cached_property
    def _model(self) -> Any:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier  # half a second: only where it is needed

        model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
        model.set_languages({*_LANGUAGES.split(), self.default} & set(model.labels))
        return model


def _code(text: str) -> str | None:
    code = re.split(r"[-_]", text.strip().lower())[0]
    return code if re.fullmatch(r"[a-z]{2,3}", code) and code not in ("und", "mul", "zxx") else None


def _looks_english(text: str) -> bool:
    words = _WORD.findall(text.lower())
    return sum(word in _ENGLISH for word in words) >= _ENGLISH_SHARE * len(words)
