"""How a made-up person writes: in lower case, in one breath, with typos, emoji or left-over markup."""

import random
from dataclasses import dataclass

__all__ = ["Voice", "draw_author", "draw_voice"]

_OPENERS = ("Honestly, ", "Also ", "And ", "Plus, ", "To be fair, ", "Besides, ", "So ", "Well, ", "Anyway, ")
_EMOJI = {True: ("👍", "😊", "❤️", "🎉", "📱👌"), False: ("😡", "🤦", "👎", "🙄", "😤📞")}
_RESIDUE = ("<br/>", "<br>", "&amp;", "&nbsp;", "</p>", "&#39;")
_KEEP_CAPITAL = ("I ", "I'", "I’")


@dataclass(frozen=True)
class Voice:
    """One author's habits; ``joint`` stands between two sentences."""

    joint: str = " "
    lower: bool = False
    bare: bool = False
    typos: float = 0.0
    openers: float = 0.1
    shouts: bool = False
    emoji: bool = False
    residue: bool = False

    def say(self, text: str, rng: random.Random, opener: str | None = None) -> str:
        """`text` as this person writes it; `opener` overrides the chance of one."""
        if opener is None and rng.random() < self.openers:
            opener = rng.choice(_OPENERS)
        if opener and text[:1] not in "\"'":
            keep = text.startswith(_KEEP_CAPITAL) or text[1:2].isupper()
            text = opener + (text if keep else text[:1].lower() + text[1:])
        if rng.random() < self.typos:
            text = _mistype(text, rng)
        if self.lower:
            text = text.lower()
        if self.bare:
            text = text.rstrip(".")
        elif text[-1:].isalnum() and not self.lower:
            text += "."
        if self.shouts and rng.random() < 0.3:
            text = text.upper()
        return text

    def join(self, sentences: list[str], positive: bool, rng: random.Random) -> str:
        """The body: the sentences, verbatim, with what this person puts between and after them."""
        body = ""
        for i, sentence in enumerate(sentences):
            if i:
                joint = f" {rng.choice(_RESIDUE)} " if self.residue else self.joint
                if body[-1:].isalnum() and joint == " ":
                    joint = rng.choice((", ", "\n", " - ", "... "))
                body += joint
            body += sentence
        if self.emoji:
            body += " " + rng.choice(_EMOJI[positive])
        return body


def draw_voice(rng: random.Random) -> Voice:
    """The habits of one more author."""
    kind = rng.random()
    return Voice(
        joint=rng.choices((" ", "\n", "\n\n", "  "), (80, 9, 8, 3))[0],
        lower=kind < 0.11,
        bare=0.07 < kind < 0.19,
        typos=rng.choices((0.0, 0.35), (80, 20))[0],
        openers=rng.choice((0.0, 0.08, 0.25)),
        shouts=kind > 0.97,
        emoji=rng.random() < 0.06,
        residue=rng.random() < 0.025,
    )


def draw_author(first: tuple[str, ...], last: tuple[str, ...], rng: random.Random) -> str:
    """A name as review sites show it."""
    name, surname = rng.choice(first), rng.choice(last)
    style = rng.random()
    if style < 0.45:
        return f"{name} {surname[0]}."
    if style < 0.75:
        return f"{name} {surname}"
    if style < 0.92:
        return f"{name.lower()}{rng.randrange(2, 99)}"
    return f"{surname.lower()}_{name[0].lower()}{rng.randrange(10, 999)}"


def _mistype(text: str, rng: random.Random) -> str:
    words = text.split(" ")
    # Numbers in words ("forty") stay whole: the truth says that they can be read.
    long = [i for i, w in enumerate(words) if len(w) >= 5 and w.isalpha() and w.islower() and w[-2:] != "ty"]
    if not long:
        return text
    i = rng.choice(long)
    word, at = words[i], rng.randrange(1, len(words[i]) - 2)
    kind = rng.randrange(3)
    if kind == 0:
        words[i] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    elif kind == 1:
        words[i] = word[:at] + word[at + 1 :]
    else:
        words[i] = word[: at + 1] + word[at:]
    return " ".join(words)
