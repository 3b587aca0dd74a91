"""Pages that say one thing of how they are written and are written otherwise."""

import pytest
from minebelief.spiders.charset import page_text
from scrapy.http import HtmlResponse

TEXT = "Größe paßt nicht – “nie” wieder, für 5 €"
HTML = f"<html><body>{TEXT}</body></html>"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (HTML.encode(), "utf-8"),
        (HTML.encode(), "iso-8859-1"),
        (HTML.encode(), "klingon"),
        (b"\xef\xbb\xbf" + HTML.encode(), "iso-8859-1"),
        (HTML.encode("cp1252"), "iso-8859-1"),
        (HTML.encode("cp1252"), "utf-8"),
        (HTML.encode("utf-16"), "utf-16"),
    ],
)
def test_the_text_is_what_was_written(body, said):
    response = HtmlResponse("https://shop.example/", body=body, headers={"Content-Type": f"text/html; charset={said}"})
    text = page_text(response)
    assert TEXT in text
    assert not text.startswith("\ufeff")


def test_one_broken_letter_costs_no_other():
    body = HTML.encode().replace("ß".encode(), b"\xdf", 1)
    response = HtmlResponse("https://shop.example/", body=body, headers={"Content-Type": "text/html; charset=utf-8"})
    assert "– “nie” wieder, für 5 €" in page_text(response)


def test_japanese_of_before_unicode_is_read_as_its_page_says():
    body = "<html>対応が遅い</html>".encode("shift_jis")
    headers = {"Content-Type": "text/html; charset=shift_jis"}
    assert "対応が遅い" in page_text(HtmlResponse("https://shop.example/", body=body, headers=headers))
