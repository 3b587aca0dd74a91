"""What can be measured in a sentence: times, prices, counts, distances, shares and guarantees.

Of 26 phrases from reviews ("a couple of weeks", "3-5 business days", "half an hour late", "45-minute wait", "S$5.90"),
quantulum3 0.10 without its classifier reads 12 right: minutes become angles, "half" has no unit. Hence this reader,
which knows few units and these well.
"""

import re
from dataclasses import dataclass

__all__ = ["Quantity", "find_quantities", "role_of"]


@dataclass(frozen=True)
class Quantity:
    """A measurable part of a sentence.

    ``value`` is in ``unit``; None for a guarantee without a number. Of a range it is the upper end. ``measure`` is
    time, price, count, distance, share or guarantee; ``start`` and ``end`` are its place, in characters.
    """

    value: float | None
    unit: str
    measure: str
    phrase: str
    start: int
    end: int


_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS: dict[str, float] = {word: float(value) for value, word in enumerate(_ONES)}
_WORDS |= {word: 10.0 * (place + 2) for place, word in enumerate(_TENS)}
_WORDS |= {"a": 1.0, "an": 1.0, "half": 0.5, "couple": 2.0, "dozen": 12.0, "single": 1.0}
_SCALES = {"hundred": 100.0, "thousand": 1_000.0, "k": 1_000.0, "million": 1_000_000.0}

_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[1:10])}))?|{'|'.join(_ONES)})"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?"
_NUMBER = (
    rf"(?:(?:{_DIGITS}|{_SMALL}|an?)(?:\s*(?:hundred|thousand|million)\b|k\b)"
    rf"|half an?|an? half|an? couple(?: of)?|a dozen|a single|an? |{_DIGITS}|{_SMALL})"
)
_TO = r"\s*(?:-|–|to|or)\s*"

_TIMES = {
    "seconds": r"seconds?|secs?",
    "minutes": r"minutes?|mins?",
    "hours": r"hours?|hrs?",
    "days": r"(?:(?:business|working|calendar|week)[- ]?)?days?",
    "weeks": r"(?:business |working )?weeks?|wks?",
    "months": r"months?|mos?\b",
    "years": r"years?|yrs?",
}
_DISTANCES = {
    "miles": r"miles?",
    "kilometres": r"kilomet(?:er|re)s?|kms?",
    "metres": r"met(?:er|re)s?",
    "feet": r"feet|foot",
    "blocks": r"blocks?",
}
_COUNTS = {
    "times": r"times|attempts?|tries|visits?|calls?|e-?mails?|letters?|messages?|reminders?",
    "people": r"people|persons?|agents?|advisers?|advisors?|reps|representatives|colleagues|departments?|experts?",
    "steps": r"steps?|clicks?|taps?|pages?|forms?|questions?",
}
_CURRENCIES = {"$": "USD", "US$": "USD", "S$": "SGD", "A$": "AUD", "C$": "CAD", "£": "GBP", "€": "EUR", "¥": "JPY"}
_CURRENCY_WORDS = {
    "USD": r"dollars?|bucks?|usd",
    "SGD": r"sgd",
    "EUR": r"euros?|eur",
    "GBP": r"pounds?|quid|gbp",
    "CHF": r"francs?|chf",
    "cents": r"cents?|pence",
}


def _units(units: dict[str, str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in units.values())


_MEASURES = (("time", _TIMES), ("distance", _DISTANCES), ("count", _COUNTS), ("price", _CURRENCY_WORDS))
_KIND_OF = r"(?:more |full |whole |different |other |separate )?"
_WITH_UNIT = re.compile(
    rf"\b(?:(?P<first>{_NUMBER}){_TO})?(?P<number>{_NUMBER})[\s-]*{_KIND_OF}"
    rf"(?P<unit>{'|'.join(_units(units) for _, units in _MEASURES)})\b(?P<half> and a half\b)?",
    re.IGNORECASE,
)
_PRICE = re.compile(rf"(?P<sign>(?:US|S|A|C)?\$|[£€¥])\s?(?P<number>{_DIGITS})(?P<scale>k\b)?", re.IGNORECASE)
_CODE_FIRST = re.compile(rf"\b(?P<sign>USD|SGD|EUR|GBP|CHF)\s?(?P<number>{_DIGITS})")
_SHARE = re.compile(rf"(?P<number>{_DIGITS})\s?(?:%|per ?cent\b|percent\b)", re.IGNORECASE)
_OFTEN = re.compile(r"\b(?P<word>once|twice|thrice)\b", re.IGNORECASE)
_ORDINAL = re.compile(
    r"\b(?:on|at|in) (?:the )?(?:very )?(?P<word>first|1st|second|third) (?:call|attempt|try|visit|contact|time)\b",
    re.IGNORECASE,
)
_RELATIVE = (
    (re.compile(r"\bthe same[- ]day\b|\bsame[- ]day\b|\bthat day\b", re.IGNORECASE), 1.0, "days"),
    (
        re.compile(r"\b(?:the )?next[- ](?:business |working )?(?:day|morning)\b|\bovernight\b", re.IGNORECASE),
        1.0,
        "days",
    ),
    (
        re.compile(r"\b(?:24|twenty-four)\s?/\s?7\b|\b(?:day and night|around the clock|round the clock)\b"),
        24.0,
        "hours",
    ),
)
_GUARANTEE = re.compile(
    r"\bguarantee[ds]?\b|\bwarrant(?:y|ies)\b|\bmoney[- ]back\b|\bmoney back\b|\bor (?:it['’]?s|it is|"
    r"you (?:pay|owe) "
    r"nothing|we pay|we refund|your money|the \w+(?: \w+)? (?:is|are) (?:free|on us|ours)|you get|we credit|"
    r"we owe)\b|"
    r"\b(?:is|are|it['’]?s) free if\b|\b(?:full|automatic) refund\b|\bno questions asked\b|\b(?:is|are) on us\b|"
    r"\bcosts? (?:you )?nothing\b|\byou (?:do not|don['’]?t|never) pay\b|\bwe (?:hand|pay|give|owe) you\b|"
    r"\bwithout (?:a |any )?(?:charge|fee|cost)\b|\b(?:order|month|visit|night|meal|ride|trip|repair) is free\b|"
    r"\bor (?:we|the \w+) (?:\w+ ){0,2}(?:free|refund\w*)\b",
    re.IGNORECASE,
)


_PROMISED = re.compile(
    r"\b(?:promis\w+|told (?:me|us)|said|says|claim(?:s|ed)?|advertis\w+|quoted|supposed to|guarantee[sd]?|assured|"
    r"was to be|were to be|should have (?:been|taken|arrived|come))\b",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"\b(?:should(?!n['’]?t have| have)|ought|wish|want|would like|['’]d (?:like|want|expect)|would (?:be nice|expect|"
    r"have been (?:enough|nice))|please|if only|why not|why can['’]?t|need to|all i want|expect(?:ed)?|it['’]?d be)\b",
    re.IGNORECASE,
)


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """All that can be measured in a sentence, from left to right, without overlaps.

    >>> [(one.value, one.unit) for one in find_quantities("It took 3-5 business days and S$5.90, twice")]
    [(5.0, 'days'), (5.9, 'SGD'), (2.0, 'times')]
    """
    found = [*_prices(text), *_shares(text), *_with_units(text), *_others(text), *_guarantees(text)]
    kept: list[Quantity] = []
    for one in found:
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    kept.sort(key=lambda one: one.start)
    return tuple(one for i, one in enumerate(kept) if not (i and _is_rate(text, kept[i - 1], one)))


def _is_rate(text: str, before: Quantity, one: Quantity) -> bool:
    """Whether a quantity only says per what the one before it is: "$92 a month", "twice a day"."""
    return one.phrase.lower().startswith(("a ", "an ")) and text[before.end : one.start].strip() in ("", "per", "for")


def _prices(text: str) -> list[Quantity]:
    found = []
    for match in (*_PRICE.finditer(text), *_CODE_FIRST.finditer(text)):
        sign = match["sign"].upper()
        scale = 1_000.0 if match.groupdict().get("scale") else 1.0
        found.append(_quantity(match, _value(match["number"]) * scale, _CURRENCIES.get(sign, sign), "price"))
    return found


def _shares(text: str) -> list[Quantity]:
    return [_quantity(match, _value(match["number"]), "percent", "share") for match in _SHARE.finditer(text)]


def _with_units(text: str) -> list[Quantity]:
    found = []
    for match in _WITH_UNIT.finditer(text):
        said = match["unit"]
        measure, unit = next(
            (measure, unit)
            for measure, units in _MEASURES
            for unit, pattern in units.items()
            if re.fullmatch(pattern, said, re.IGNORECASE)
        )
        bare = match["number"].strip().lower() in ("a", "an")
        if bare and re.search(r"\d\s*$", text[: match.start()]):  # "49 a month" is a price
            continue
        if bare and (measure in ("count", "price") or text[match.end() :].lstrip().lower().startswith("ago")):
            continue
        value = _value(match["number"]) + (0.5 if match["half"] else 0.0)
        found.append(_quantity(match, value, unit, measure))
    return found


def _others(text: str) -> list[Quantity]:
    often = {"once": 1.0, "twice": 2.0, "thrice": 3.0}
    place = {"first": 1.0, "1st": 1.0, "second": 2.0, "third": 3.0}
    found = [_quantity(m, place[m["word"].lower()], "times", "count") for m in _ORDINAL.finditer(text)]
    for pattern, value, unit in _RELATIVE:
        found += [_quantity(match, value, unit, "time") for match in pattern.finditer(text)]
    for match in _OFTEN.finditer(text):
        if match["word"].lower() != "once" or re.match(r" (?:a|per|every)\b|\W*$", text[match.end() :]):
            found.append(_quantity(match, often[match["word"].lower()], "times", "count"))
    return found


def _guarantees(text: str) -> list[Quantity]:
    return [_quantity(match, None, "guarantee", "guarantee") for match in _GUARANTEE.finditer(text)]


def _quantity(match: re.Match[str], value: float | None, unit: str, measure: str) -> Quantity:
    phrase = match[0].strip()
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    return Quantity(value, unit, measure, phrase, start, start + len(phrase))


def _value(words: str) -> float:
    """The number that words or digits say.

    >>> _value("forty-five"), _value("1,200"), _value("a hundred"), _value("half an"), _value("2k")
    (45.0, 1200.0, 100.0, 0.5, 2000.0)
    """
    text = words.lower().replace("-", " ").strip()
    if text.startswith(("half", "a half", "an half")):
        return 0.5
    scale = 1.0
    for word, factor in _SCALES.items():
        if re.search(rf"(?:\b|\d){word}$", text):
            text, scale = text.removesuffix(word).strip(), factor
    if re.fullmatch(r"[\d.,]+", text):
        decimal = re.fullmatch(r"\d+,\d{1,2}", text) is not None
        return float(text.replace(",", "." if decimal else "")) * scale
    parts = [_WORDS[word] for word in text.split() if word in _WORDS]
    if len(parts) > 1 and text.startswith(("a ", "an ")):  # "a couple", "a dozen"
        parts = parts[1:]
    return (sum(parts) if parts else 1.0) * scale


def role_of(text: str, quantity: Quantity, wish: bool) -> str:
    """What a quantity is in its sentence: got, wanted or promised.

    >>> text = "They said 2 days, and it took 3 weeks"
    >>> [role_of(text, one, False) for one in find_quantities(text)]
    ['promised', 'got']
    """
    before = text[: quantity.start]
    clause = re.split(r"[,;.!?]|\b(?:but|and|instead of|yet|not)\b", before)[-1]
    if re.search(r"\binstead of\W*$", before):
        return "promised"
    if _PROMISED.search(clause):
        return "promised"
    if _WANTED.search(before) or wish:
        return "wanted"
    return "got"
