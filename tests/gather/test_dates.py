"""Dates as sources write them become naive UTC, or nothing."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minebelief.gather.dates import DateReader

NOW = datetime(2026, 1, 2, 12)
EVENING = datetime(2022, 5, 6, 19, 30, 31)


def read(value: object, order: str | None = None) -> datetime | None:
    return DateReader(order, NOW).parse(value)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2022-05-06", datetime(2022, 5, 6)),
        ("2022-05-06T19:30:31.000Z", EVENING),
        ("2022-05-06 19:30:31", EVENING),
        ("2022-05-06 21:30:31+02:00", EVENING),
        ("2022-05-06 11:30:31 -0800", EVENING),
        ("2022/05/06", datetime(2022, 5, 6)),
        ("2022.5.6 19:30", datetime(2022, 5, 6, 19, 30)),
        ("20220506", datetime(2022, 5, 6)),
        ("20220506193031", EVENING),
        ("1651865431", EVENING),
        ("1651865431.0", EVENING),
        ("1651865431000", EVENING),
        (1651865431, EVENING),
        (1651865431000.0, EVENING),
        ("May 6, 2022", datetime(2022, 5, 6)),
        ("6th May 2022", datetime(2022, 5, 6)),
        ("Fri, 06 May 2022 19:30:31 GMT", EVENING),
        ("Fri May 06 19:30:31 +0000 2022", EVENING),
        ("6. Mai 2022", datetime(2022, 5, 6)),
        ("6 de mayo de 2022", datetime(2022, 5, 6)),
        ("25/12/2021", datetime(2021, 12, 25)),
        ("12/25/2021 7:05 pm", datetime(2021, 12, 25, 19, 5)),
        (date(2022, 5, 6), datetime(2022, 5, 6)),
        (datetime(2022, 5, 6, 21, 30, 31, tzinfo=timezone(timedelta(hours=2))), EVENING),
    ],
)
def test_a_date_is_read_however_it_is_written(written, meant):
    assert read(written) == meant


@pytest.mark.parametrize(
    ("order", "meant"),
    [("DMY", datetime(2022, 5, 6)), ("MDY", datetime(2022, 6, 5)), (None, None)],
)
def test_which_number_is_the_day_is_never_guessed(order, meant):
    assert read("06/05/2022", order) == meant


def test_two_digit_years_follow_the_order_too():
    assert read("22-05-06", "YMD") == read("06.05.22", "DMY") == datetime(2022, 5, 6)
    assert read("22-05-06") is None


@pytest.mark.parametrize(
    "written",
    [
        *(
            "",
            "nan",
            "soon",
            "2022",
            "May 2022",
            "3 days ago",
            "yesterday",
            "2022-02-30",
            "31/04/2022",
            "12:30",
        ),
        *("1989-12-31", "2026-01-04", "9999-12-31T23:59:59-10:00", "0001-01-01T00:00:00+10:00"),
        *("99999999999999999999", "2022-05-06T25:00:00", "x" * 500 + "1", "Paid on 6/5 of 2022"),
        *(None, True, 5, -1651865431, float("nan"), float("inf"), [2022, 5, 6]),
    ],
)
def test_what_no_review_can_have_as_its_date_is_none(written):
    assert read(written) is None


def test_a_day_ahead_is_allowed_for_clocks_and_zones():
    assert read("2026-01-03T11:59:59") is not None
    assert read("2026-01-03T12:00:01") is None


@given(
    st.datetimes(datetime(1990, 1, 2), datetime(2025, 12, 31), timezones=st.just(UTC)),
    st.integers(-14 * 60, 14 * 60),
)
def test_every_iso_date_is_read_to_the_microsecond_in_any_zone(moment, minutes):
    there = moment.astimezone(timezone(timedelta(minutes=minutes)))
    assert read(there.isoformat()) == moment.replace(tzinfo=None)
    assert read(there.isoformat(sep=" ")) == moment.replace(tzinfo=None)


@given(st.dates(date(1990, 1, 1), date(2025, 12, 31)), st.sampled_from("/.-"))
def test_every_day_is_read_back_in_the_order_that_it_was_written_in(day, mark):
    meant = datetime(day.year, day.month, day.day)
    assert read(day.strftime(f"%d{mark}%m{mark}%Y"), "DMY") == meant
    assert read(day.strftime(f"%m{mark}%d{mark}%Y"), "MDY") == meant
    assert read(day.strftime(f"%Y{mark}%m{mark}%d")) == meant
    assert read(day.strftime(f"%d{mark}%m{mark}%Y")) in (meant, None)  # never another day


@given(st.text("0123456789/-.: TZ+", max_size=30))
def test_no_text_breaks_the_reader_and_what_it_reads_is_plausible(text):
    moment = read(text)
    assert moment is None or (moment.tzinfo is None and datetime(1990, 1, 1) <= moment <= NOW + timedelta(days=1))
