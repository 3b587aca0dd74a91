"""Which language a review is in, and when nothing is said about it."""

import pytest

from minebelief.gather.language import LanguageReader

GERMAN = "Ich warte seit drei Wochen auf eine Antwort und niemand geht ans Telefon."
SPANISH = "Llevo tres semanas esperando una respuesta y nadie contesta el teléfono."
CHINESE = "配送费越来越贵，贵到我都可以买多一份套餐了"


@pytest.mark.parametrize(
    ("text", "told", "language"),
    [
        (GERMAN, None, "de"),
        (SPANISH, None, "es"),
        (CHINESE, None, "zh"),
        (GERMAN, "nl", "nl"),
        (GERMAN, "pt_BR", "pt"),
        (GERMAN, "und", "de"),
        (GERMAN, "English", "de"),
        ("Nicht gut", None, "en"),
        ("", None, "en"),
        ("Veru help and professional, plus esay! Excellent communication", None, "en"),
        ("👍🏾👍🏾👍🏾 !!! 1234567890 1234567890 1234567890 1234567890", None, "en"),
        ("@SouthwestAir @VirginAmerica #vacaciones https://t.co/estoesunapaginamuylarga thx", None, "en"),
    ],
)
def test_a_language_is_told_only_where_it_is_sure(text, told, language):
    assert LanguageReader("en").of(text, told) == language


def test_the_default_need_not_be_english():
    reader = LanguageReader("de")
    assert reader.of(GERMAN) == reader.of("gut") == "de"
    assert reader.of("They never answered my calls and the claim was denied without a reason.") == "en"
    assert LanguageReader("pt-BR").of("bom") == "pt"
