"""A page's text, whatever its site says of how it is written. Pure."""

from scrapy.http import TextResponse

__all__ = ["page_text"]

_BROKEN = "\ufffd"


def page_text(response: TextResponse) -> str:
    """The text of a page, in UTF-8 where it is that to its last byte: hardly anything else is by chance.

    Where a page says that it is UTF-8 and most of its letters outside of English are not, it is read as Windows
    writes in Western Europe.
    """
    body = response.body
    if body.isascii() or response.encoding.startswith(("utf-16", "utf-32")):
        return response.text
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = response.text
    broken = text.count(_BROKEN)
    whole = sum(1 for letter in text if not letter.isascii()) - broken if broken else 0
    return body.decode("cp1252", "replace") if broken > whole else text
