"""The made-up people: they turn a draft into a review, sentence by sentence, and leave a rating."""

import random
from collections.abc import Sequence
from datetime import date

from .matter import Catalogue, Matter, PhoneCompany
from .plan import Draft, quotas
from .review import MadeUpReview, Sentence
from .voice import Voice, draw_author, draw_voice
from .wording import Wordings

__all__ = ["Writer"]

_SCALES = {"tenpoint": 10}
_WISH = 0.18  # of the mentions that have a wish written for them; half of these stand without a reason
_BASE = {"bad": 2.6, "mixed": 3.4, "good": 4.1}
_TRIES = 40


class Writer:
    """Writes the reviews of one industry; no author writes twice about a company, no text comes twice."""

    def __init__(self, split: str, catalogue: Catalogue, months: int, rng: random.Random) -> None:
        self._catalogue = catalogue
        self._months = months
        self._rng = rng
        self._words = Wordings(split, catalogue, rng)
        self._authors: set[tuple[str, str]] = set()
        self._bodies: set[str] = set()

    def review(self, draft: Draft, published: date) -> MadeUpReview:
        """The customer review that `draft` asks for."""
        rng = self._rng
        company = self._catalogue.company(draft.company)
        stars = self._stars(draft)
        sentences: list[Sentence] = []
        body = None
        if draft.text:
            for _ in range(_TRIES):
                voice = draw_voice(rng)
                sentences = self._sentences(draft, company, stars, voice)
                body = voice.join([sentence.text for sentence in sentences], stars >= 3, rng)
                if body not in self._bodies:
                    break
            self._bodies.add(body or "")
        author = self._author(company) if rng.random() > 0.04 else None
        mood = "negative" if stars <= 2 else "positive" if stars >= 4 else "mixed"
        title = None
        if body and draft.language == "en" and rng.random() < 0.55:
            title = self._words.draw("frames", f"title-{mood}", {}).text
        reply = self._reply(company, author, stars) if body and rng.random() < (0.2 if stars <= 2 else 0.1) else None
        scale = _SCALES.get(draft.site, 5)
        return MadeUpReview(
            native_id="",
            company=company.key,
            site=draft.site,
            kind="review",
            author=author,
            published=published,
            month=draft.month,
            stars=stars,
            rating=float(max(1, 2 * stars - rng.randint(0, 1)) if scale == 10 else stars),
            scale=scale,
            title=title,
            body=body,
            reply=reply,
            language=draft.language,
            sentences=tuple(sentences),
        )

    def shill(self, company: PhoneCompany, month: int, published: date, site: str) -> MadeUpReview:
        """One of many five-star reviews that are all but the same."""
        text = self._words.draw("frames", "shill", {"company": company.name}).text
        scale = _SCALES.get(site, 5)
        return MadeUpReview(
            native_id="",
            company=company.key,
            site=site,
            kind="review",
            author=self._author(company),
            published=published,
            month=month,
            stars=5,
            rating=float(scale),
            scale=scale,
            title=None,
            body=text,
            reply=None,
            language="en",
            sentences=(Sentence(text, "shill"),),
            shill=True,
        )

    def employees(self, company: PhoneCompany, site: str, days: Sequence[tuple[int, date]]) -> list[MadeUpReview]:
        """What the company's own people write about it; one review for each of the `days` (month, day)."""
        rng = self._rng
        said: list[list[Matter]] = [[] for _ in days]
        for matter in self._catalogue.matters:
            if matter.employee_rate:
                (count,) = quotas([matter.employee_rate], [len(days)], rng)
                for i in rng.sample(range(len(days)), count):
                    said[i].append(matter)
        return [
            self._employee(company, site, month, day, matters) for (month, day), matters in zip(days, said, strict=True)
        ]

    def _employee(self, company: PhoneCompany, site: str, month: int, day: date, matters: list[Matter]) -> MadeUpReview:
        rng = self._rng
        known = self._known(company)
        stars = min(5, max(1, round(3.6 - 0.5 * sum(m.stance == "agree" for m in matters) + rng.gauss(0, 0.8))))
        body = ""
        sentences: list[Sentence] = []
        for _ in range(_TRIES):
            voice = draw_voice(rng)
            drawn: list[tuple[str, Matter | None]] = []
            if rng.random() < 0.5:
                drawn.append(("employee-story", None))
            drawn += [(matter.id, matter) for matter in matters]
            drawn += [("employee-positive" if stars >= 3 else "employee-negative", None)]
            if rng.random() < 0.5:
                drawn += [("employee-negative" if rng.random() < 0.5 else "employee-positive", None)]
            sentences = []
            for key, matter in drawn:
                phrase = self._words.draw("employees", key, known)
                role = "reason" if matter else "story" if key == "employee-story" else "aside"
                text = voice.say(phrase.text, rng)
                about, stance = (matter.id, matter.stance) if matter else (None, None)
                sentences.append(Sentence(text, role, about, stance, phrase.anchors))
            body = voice.join([sentence.text for sentence in sentences], stars >= 3, rng)
            if body not in self._bodies:
                break
        self._bodies.add(body)
        return MadeUpReview(
            native_id="",
            company=company.key,
            site=site,
            kind="employee",
            author=None,
            published=day,
            month=month,
            stars=stars,
            rating=float(stars),
            scale=5,
            title=None,
            body=body,
            reply=None,
            language="en",
            sentences=tuple(sentences),
        )

    def _stars(self, draft: Draft) -> int:
        rng = self._rng
        if rng.random() < 0.02:  # pressed the wrong star
            return rng.randint(1, 5)
        reasons = sum(matter.effect for matter in draft.matters)
        base = _BASE[draft.mood] + (0.6 if draft.matters and draft.mood == "bad" else 0.0)
        return min(5, max(1, round(base + reasons + rng.gauss(0, 0.6))))

    def _sentences(self, draft: Draft, company: PhoneCompany, stars: int, voice: Voice) -> list[Sentence]:
        rng = self._rng
        if draft.language != "en":
            mood = "positive" if stars >= 3 else "negative"
            texts = [
                self._words.draw("foreign", f"{draft.language}-{mood}", self._known(company)).text
                for _ in range(rng.randint(2, 4))
            ]
            return [Sentence(text, "foreign") for text in dict.fromkeys(texts)]
        said: list[Sentence] = []
        if rng.random() < 0.4:
            said.append(self._aside("story", company, voice, "story"))
        if rng.random() < 0.12:
            said.append(self._aside("story", company, voice, "story"))
        middle: list[Sentence] = []
        for matter in draft.matters:
            middle += self._reasons(matter, company, voice)
        if rng.random() < 0.14:
            middle.append(self._aside("one-off-positive" if stars >= 4 else "one-off-negative", company, voice))
        rng.shuffle(middle)
        said += middle
        wish = "negative" if stars <= 2 else "positive" if stars >= 4 else "mixed"
        if not middle or rng.random() < 0.5:
            said.append(self._aside(f"verdict-{wish}", company, voice, "verdict"))
        if not middle and rng.random() < 0.6:
            said.append(self._aside(f"verdict-{wish}", company, voice, "verdict"))
        if rng.random() < 0.02:
            said.append(self._aside("personal", company, voice, "personal"))
        return said

    def _reasons(self, matter: Matter, company: PhoneCompany, voice: Voice) -> list[Sentence]:
        """One mention: a reason, two of them, a reason with a wish, or a wish alone."""
        rng = self._rng
        table = "praise" if matter.positive else "complaints"
        tables = [table]
        if self._words.has("wishes", matter.id) and rng.random() < _WISH:
            tables = ["wishes"] if rng.random() < 0.5 else [table, "wishes"]
        elif rng.random() < 0.08:
            tables = [table, table]
        said = []
        for drawn in tables:
            phrase = self._words.draw(drawn, matter.id, self._known(company))
            opener = f"With {company.name}, " if rng.random() < 0.025 else None
            text = voice.say(phrase.text, rng, opener)
            role = "wish" if drawn == "wishes" else "reason"
            said.append(Sentence(text, role, matter.id, anchors=phrase.anchors))
        return said

    def _aside(self, kind: str, company: PhoneCompany, voice: Voice, role: str = "aside") -> Sentence:
        table = "frames" if kind == "personal" else "asides"
        phrase = self._words.draw(table, kind, self._known(company))
        return Sentence(voice.say(phrase.text, self._rng), role)

    def _author(self, company: PhoneCompany) -> str:
        names = self._catalogue.names
        while True:
            author = draw_author(names["first"], names["last"], self._rng)
            if (company.key, author) not in self._authors:
                self._authors.add((company.key, author))
                return author

    def _reply(self, company: PhoneCompany, author: str | None, stars: int) -> str:
        known = {"company": company.name, "company_key": company.key, "author": author or "there"}
        kind = "reply-glad" if stars >= 4 else "reply-sorry"
        return self._words.draw("frames", kind, known).text

    def _known(self, company: PhoneCompany) -> dict[str, str]:
        plain = [alias for alias in company.aliases if not alias.startswith("@")]
        names = [company.name, company.name, *plain]
        return {"company": self._rng.choice(names)}
