"""Dates as sites write them."""

from datetime import UTC, datetime

import pytest
from minebelief.spiders.dates import day_order, parse_date

NOW = datetime(2026, 1, 15, 12, 0)


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("2022-05-06", datetime(2022, 5, 6)),
        ("2022-5-6", datetime(2022, 5, 6)),
        ("2022-05-06T23:30:00-05:00", datetime(2022, 5, 7, 4, 30)),
        ("2022-05-06T10:00:00.123Z", datetime(2022, 5, 6, 10)),
        ("2022-05-06 10:00:00 +0200", datetime(2022, 5, 6, 8)),
        ("2022-05-06T25:99", datetime(2022, 5, 6)),
        ("2020-02-11T18:16:58Z", datetime(2020, 2, 11, 18, 16, 58)),
        ("May 6, 2022", datetime(2022, 5, 6)),
        ("6 mai 2022", datetime(2022, 5, 6)),
        ("04-27-2021 09:50", datetime(2021, 4, 27, 9, 50)),
        ("27.04.2021", datetime(2021, 4, 27)),
        ("04/27/2021 9:50 PM", datetime(2021, 4, 27, 21, 50)),
        ("Tue Apr 01 2025 20:08:29 GMT+0100 (British Summer Time)", datetime(2025, 4, 1, 19, 8, 29)),
        ("Wed, 21 Oct 2015 07:28:00 GMT", datetime(2015, 10, 21, 7, 28)),
        ("2 weeks ago", datetime(2026, 1, 1, 12)),
        ("vor 3 Tagen", datetime(2026, 1, 12, 12)),
        ("yesterday", datetime(2026, 1, 14, 12)),
        ("20220506", datetime(2022, 5, 6)),
        (1651795200, datetime(2022, 5, 6)),
        (1651795200000, datetime(2022, 5, 6)),
        ({"@value": "2022-05-06"}, datetime(2022, 5, 6)),
        ("2022-02-31", None),
        ("0000-00-00", None),
        ("13-45-2021 99:99", None),
        ("2035-01-01", None),
        ("1970-01-01", None),
        ("soon", None),
        ("", None),
        (None, None),
        (True, None),
    ],
)
def test_a_date_is_naive_utc_or_nothing(raw, found):
    assert parse_date(raw, NOW) == found


def test_the_other_dates_of_a_page_tell_days_from_months():
    assert day_order(["03-04-2021", "25-04-2021"], "en-US") == "DMY"
    assert day_order(["03-04-2021", "04-25-2021"], "de") == "MDY"
    assert (day_order(["03-04-2021"], "en-US"), day_order(["03-04-2021"], "en-GB")) == ("MDY", "DMY")
    assert parse_date("03-04-2021", NOW, "de", "DMY") == datetime(2021, 4, 3)


def test_a_date_in_the_language_of_the_page():
    assert parse_date("6. März 2022", NOW, "de") == datetime(2022, 3, 6)
    assert parse_date(datetime(2022, 3, 6, tzinfo=UTC).isoformat(), NOW) == datetime(2022, 3, 6)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20220506T101112", datetime(2022, 5, 6, 10, 11, 12)),
        ("20220506T1011+0200", datetime(2022, 5, 6, 8, 11)),
        ("2022-05-06T10:11:12Z[UTC]", datetime(2022, 5, 6, 10, 11, 12)),
        ("2022-05-06T10:11:12+02:00[Europe/Berlin]", datetime(2022, 5, 6, 8, 11, 12)),
        ("03.04.2022", datetime(2022, 4, 3)),
        ("03.04.22", datetime(2022, 4, 3)),
        ("04/03/2022", datetime(2022, 4, 3)),
        ("Posted 3 days ago", datetime(2022, 5, 28, 12)),
        ("30+ days ago", datetime(2022, 5, 1, 12)),
        ("Reviewed on May 6, 2022", datetime(2022, 5, 6)),
    ],
)
def test_dates_of_machines_and_of_the_impatient(text, expected):
    assert parse_date(text, datetime(2022, 5, 31, 12), "en", "MDY") == expected


@pytest.mark.parametrize(
    ("language", "texts", "found"),
    [
        ("en", ["2 weeks ago", "2w", "14 days ago"], datetime(2026, 1, 1, 12)),
        ("de", ["vor 2 Wochen", "vor 14 Tagen"], datetime(2026, 1, 1, 12)),
        ("fr", ["il y a 2 semaines"], datetime(2026, 1, 1, 12)),
        ("es", ["hace 2 semanas"], datetime(2026, 1, 1, 12)),
        ("it", ["2 settimane fa"], datetime(2026, 1, 1, 12)),
        ("nl", ["2 weken geleden"], datetime(2026, 1, 1, 12)),
        ("pt", ["há 2 semanas"], datetime(2026, 1, 1, 12)),
        ("pl", ["2 tygodnie temu"], datetime(2026, 1, 1, 12)),
        ("ja", ["2週間前"], datetime(2026, 1, 1, 12)),
        ("en", ["a month ago", "about a month ago", "one month ago"], datetime(2025, 12, 15, 12)),
        ("de", ["vor einem Monat", "vor etwa einem Monat"], datetime(2025, 12, 15, 12)),
        ("fr", ["il y a un mois", "il y a environ un mois"], datetime(2025, 12, 15, 12)),
        ("es", ["hace un mes"], datetime(2025, 12, 15, 12)),
        ("it", ["un mese fa", "circa un mese fa"], datetime(2025, 12, 15, 12)),
        ("nl", ["een maand geleden"], datetime(2025, 12, 15, 12)),
        ("pt", ["há um mês"], datetime(2025, 12, 15, 12)),
        ("pl", ["miesiąc temu"], datetime(2025, 12, 15, 12)),
        ("en", ["over a year ago", "1y"], datetime(2025, 1, 15, 12)),
        ("de", ["vor einem Jahr", "vor über einem Jahr"], datetime(2025, 1, 15, 12)),
        ("fr", ["il y a un an", "il y a plus d'un an"], datetime(2025, 1, 15, 12)),
        ("es", ["hace un año", "hace más de un año"], datetime(2025, 1, 15, 12)),
        ("it", ["un anno fa"], datetime(2025, 1, 15, 12)),
        ("nl", ["een jaar geleden"], datetime(2025, 1, 15, 12)),
        ("en", ["yesterday"], datetime(2026, 1, 14, 12)),
        ("de", ["gestern"], datetime(2026, 1, 14, 12)),
        ("fr", ["hier"], datetime(2026, 1, 14, 12)),
        ("es", ["ayer"], datetime(2026, 1, 14, 12)),
        ("it", ["ieri"], datetime(2026, 1, 14, 12)),
        ("es", ["hoy"], datetime(2026, 1, 15, 12)),
        ("ja", ["昨日"], datetime(2026, 1, 14, 12)),
    ],
)
def test_relative_dates_count_from_the_fetch_whatever_the_page_calls_its_language(language, texts, found):
    assert [parse_date(text, NOW, tag) for text in texts for tag in (language, "en", None)] == [found] * 3 * len(texts)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Reviewed in the United States on May 6, 2022", "en"),
        ("Rezension aus Deutschland vom 6. Mai 2022", "de"),
        ("Commenté en France le 6 mai 2022", "fr"),
        ("Revisado en España el 6 de mayo de 2022", "es"),
        ("Recensito in Italia il 6 maggio 2022", "it"),
        ("Date of experience: May 06, 2022", "en"),
        ("Friday,\u202fMay\xa06, 2022", "en"),
        ("2022-W18-5", None),
        ("/Date(1651795200000)/", None),
        ("1651795200.5", None),
    ],
)
def test_a_date_among_other_words_and_dates_of_other_machines(text, language):
    assert parse_date(text, NOW, language) == datetime(2022, 5, 6)


def test_words_behind_which_a_relative_date_stands():
    assert parse_date("Dined on 3 days ago", NOW) == datetime(2026, 1, 12, 12)
    assert parse_date("Bewertet vor 2 Wochen", NOW, "de") == datetime(2026, 1, 1, 12)
    assert parse_date("2022-05-06 10:11 PM", NOW) == datetime(2022, 5, 6, 22, 11)


@pytest.mark.parametrize(
    "text",
    ["verified purchase", "Order 4711", "99-99-9999 99:99", "30 February 2022", "31.04.2022", "-", "0", "5", "12"],
)
def test_what_is_no_date_is_none(text):
    assert parse_date(text, NOW, "en") is None
