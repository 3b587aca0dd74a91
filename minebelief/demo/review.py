"""What the made-up sites show: reviews, with the truth about each sentence, and companies' own pages."""

from dataclasses import dataclass
from datetime import date

__all__ = ["Anchor", "CompanyPage", "MadeUpReview", "Planted", "Sentence"]


@dataclass(frozen=True)
class Anchor:
    """A number that a planted sentence states; ``role`` is ``got``, ``promised`` or ``wanted``."""

    quantity: float
    unit: str
    role: str


@dataclass(frozen=True)
class Planted:
    """A matter and the verbatim sentence that says it."""

    matter: str
    sentence: str


@dataclass(frozen=True)
class Sentence:
    """One sentence of a body, as the reader sees it.

    ``role`` is ``reason``, ``wish``, ``verdict``, ``story``, ``aside`` (a reason that hardly anyone else
    has), ``personal``, ``shill`` or ``foreign``; ``matter`` is set for planted reasons and wishes. ``stance``
    is ``agree`` or ``dissent`` in employees' reviews.
    """

    text: str
    role: str
    matter: str | None = None
    stance: str | None = None
    anchors: tuple[Anchor, ...] = ()


@dataclass(frozen=True)
class MadeUpReview:
    """One review on one site.

    ``rating`` is the site's own number out of ``scale`` and ``stars`` the 1 to 5 from which it was made.
    ``month`` counts from 1. ``duplicate_of`` is the native id of the same review on another site. ``counted``
    says whether the review belongs to the truth's denominators: it has text, is no copy and no shill.
    """

    native_id: str
    company: str
    site: str
    kind: str
    author: str | None
    published: date
    month: int
    stars: int
    rating: float
    scale: int
    title: str | None
    body: str | None
    reply: str | None
    language: str
    sentences: tuple[Sentence, ...] = ()
    duplicate_of: str | None = None
    shill: bool = False

    @property
    def planted(self) -> tuple[Planted, ...]:
        return tuple(Planted(s.matter, s.text) for s in self.sentences if s.matter is not None)

    @property
    def matters(self) -> tuple[str, ...]:
        """The planted matters, each once, in the order in which they are said."""
        return tuple(dict.fromkeys(planted.matter for planted in self.planted))

    @property
    def counted(self) -> bool:
        return self.body is not None and self.duplicate_of is None and not self.shill


@dataclass(frozen=True)
class CompanyPage:
    """A company's page about itself: a headline, some paragraphs, and what it promises."""

    company: str
    name: str
    headline: str
    paragraphs: tuple[str, ...]
    claims: tuple[str, ...]
