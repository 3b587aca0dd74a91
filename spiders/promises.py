"""Sentences on a company's own page that promise something. Pure: no network, no clock.

What is found is a candidate: whether customers see it kept is for the claim check to say. The signs of a promise
are English ones; a page in another language gives next to nothing.
"""

import re
from urllib.parse import urldefrag, urljoin, urlsplit

import lxml.html  # type: ignore[import-untyped]
from sentencex import segment

from .nodes import Tree, parse_html
from .normalise import clean_text, language_code

__all__ = ["find_promises", "is_promise", "page_language", "page_links"]

# What frames a page, and what others say on it.
_FRAME = (
    "//script | //style | //template | //noscript | //nav | //footer | //form | //aside | //blockquote | //q | //svg"
    " | //select | //button | //*[@role='navigation' or @role='contentinfo' or @role='dialog' or @hidden]"
    " | //*[@aria-hidden='true'] | //*[contains(@itemtype, 'schema.org/Review')]"
    " | //*[re:test(concat(@class, ' ', @id), '(^|[\\s_-])(cookies?|consent|testimonials?|reviews?|breadcrumbs?"
    "|disclaimers?|legal|newsletter)([\\s_-]|$)', 'i')]"
)
_XSLT = {"re": "http://exslt.org/regular-expressions"}

_WORDS = range(2, 46)
_WORD = re.compile(r"\w[\w'’%/.-]*")

_WHO = r"(?:we|our(?:\s+\w+){1,2}|us)"
_COMMITS = (
    r"(?:will|['’]ll|won['’]t|guarantee|promise|pledge|commit|are\s+committed|always|never|make\s+sure|ensure|refund"
    r"|stand\s+behind|don['’]t\s+(?:charge|ask|sell|share)|do\s+not\s+(?:charge|ask|sell|share)|match)"
)
_NUMBER = r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|a\s+few)"
_UNIT = r"(?:seconds?|minutes?|mins?|hours?|hrs?|(?:business|working)\s+days?|days?|weeks?|months?|years?)"
_SIGNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # the company binds itself
        rf"\b{_WHO}\b(?:['’]ll|(?:\s+[\w'’-]+){{0,3}}?\s+{_COMMITS})\b",
        rf"\b{_WHO}\b.{{0,80}}\b(?:within|in\s+(?:under|less\s+than|as\s+little\s+as)|up\s+to)\s+{_NUMBER}\b",
        rf"\b{_WHO}\b.{{0,80}}\bin\s+{_NUMBER}\s*(?:-\s*)?(?:seconds?|minutes?|mins?|hours?|hrs?|(?:\w+\s+)?days?)\b",
        # the customer is told what will be so
        r"\byou(?:['’]ll|\s+will|\s+won['’]t|\s+never|\s+always|\s+only\s+pay|\s+pay\s+(?:no|nothing|only))\b",
        r"\byour?\b.{0,60}\b(?:guaranteed|or\s+your\s+money\s+back|or\s+it['’]s\s+free|on\s+us)\b",
        # a promise without anybody in it, as headlines are
        r"\b(?:satisfaction|best\s+price|lowest\s+price|money[- ]back|price[- ]match)\b.{0,30}\bguarantee",
        r"\bguaranteed\b|\bmoney[- ]back\b|\bno\s+questions\s+asked\b|\brisk[- ]free\b|\bhassle[- ]free\b",
        r"\bno\s+(?:hidden|extra|surprise|cancell?ation|set-?up|annual|late|prepayment|monthly|waiting|long[- ]term|"
        r"booking|origination)\s+(?:\w+\s+)?(?:fees?|costs?|charges?|contracts?|periods?|penalt(?:y|ies)|bills?)\b",
        r"\bfree\s+(?:\w+\s+)?(?:shipping|delivery|returns?|support|cancell?ation|replacements?|pick-?up|trial|quotes?)\b",
        r"\bcancel\s+any\s?time\b|\b24\s*/\s*7\b|\baround\s+the\s+clock\b",
        rf"\b(?:within|in\s+(?:just|under|less\s+than|as\s+little\s+as))\s+{_NUMBER}\s*(?:-\s*)?{_UNIT}\b",
        rf"\b(?:paid|answer\w*|resolv\w*|deliver\w*|process\w*|approv\w*|done|ready|ship\w*|decision|respon\w*|repl\w+|"
        rf"refund\w*|quote|online)\s+in\s+{_NUMBER}\s*(?:-\s*)?{_UNIT}\b",
        rf"\b{_NUMBER}[- ](?:day|hour|minute|year)\s+(?:guarantee|returns?|delivery|turnaround|response|warranty)\b",
    )
)
# A lawyer's sentences, a site's own affairs, and what takes a promise back.
_NONE = re.compile(
    r"\?\s*$|©|\ball\s+rights\s+reserved\b|\bcookies?\b|\bprivacy\b|\bterms\s+(?:of|and|&)\b|\bapplicable\s+law\b"
    r"|\b(?:not|no|cannot|can['’]t)\s+(?:be\s+)?guarantee|\bmay\b|\bmight\b|\bmust\b|\brequired\b|\bsubject\s+to\b|\bresults\s+vary\b"
    r"|\bliab(?:le|ility)\b|\bforward-looking\b|\bjob\s+(?:offer|applicants?)\b|\bwe['’]?\s*(?:a|wi)ll\s+(?:email|send)\s+"
    r"you\s+(?:a\s+)?(?:news|updates|link)|\bsubscribe\b|\bsign\s+up\b|\blog\s+in\b",
    re.IGNORECASE,
)


def is_promise(sentence: str) -> bool:
    """Does a company bind itself with this sentence, or tell customers what they can count on?

    >>> is_promise("We answer every call within 2 minutes."), is_promise("We were founded in 1998.")
    (True, False)
    """
    if len(_WORD.findall(sentence)) not in _WORDS or _NONE.search(sentence):
        return False
    return any(sign.search(sentence) for sign in _SIGNS)


def find_promises(html: str) -> tuple[str, ...]:
    """The promising sentences of a page's content, in order, each once."""
    tree = parse_html(html)
    for element in tree.xpath(_FRAME, namespaces=_XSLT):
        if element.getparent() is not None:
            element.drop_tree()
    bodies = tree.xpath("//main | //*[@role='main']") or tree.xpath("//body")
    found: dict[str, str] = {}
    for body in bodies:
        text = clean_text(lxml.html.tostring(body, encoding="unicode")) or ""
        for line in text.split("\n"):
            for sentence in segment("en", line):
                sentence = " ".join(sentence.split())
                if is_promise(sentence):
                    found.setdefault(sentence.casefold(), sentence)
    return tuple(found.values())


def page_language(html: str) -> str | None:
    """The language that the page says it is in."""
    tree = parse_html(html)
    return language_code(tree.get("lang"))


def page_links(tree: Tree, url: str) -> list[str]:
    """Where a page's links lead on its own host, each address once and without its fragment."""
    base = urljoin(url, tree.xpath("string(//base/@href)"))
    host = urlsplit(url).netloc
    found: dict[str, None] = {}
    for link in tree.xpath("//a[@href]/@href"):
        try:
            address, _ = urldefrag(urljoin(base, link.strip()))
            parts = urlsplit(address)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.netloc == host:
            found[address] = None
    return list(found)
