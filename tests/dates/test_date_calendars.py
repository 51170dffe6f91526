"""Calendars against published days; the tables are complete; every day leads there and back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from wic.dates.calendars import chinese, eras, hebrew, hijri, hindu, thai
from wic.dates.calendars.holidays import holiday
from wic.dates.numerals import Word, chinese_pair, longest
from wic.dates.numerals import chinese as chinese_number
from wic.dates.value import Impossible, duration

# Hong Kong Observatory, Gregorian-Lunar Calendar Conversion Table.
LUNAR = [
    ((1900, 1, 1), "1900-01-31"), ((1912, 1, 1), "1912-02-18"), ((1949, 8, 10), "1949-10-01"), ((1976, 8, 15), "1976-09-08"),
    ((1984, 1, 1), "1984-02-02"), ((2000, 1, 1), "2000-02-05"), ((2023, 8, 15), "2023-09-29"), ((2033, 11, 1), "2033-11-22"),
    ((2034, 1, 1), "2034-02-19"), ((2100, 1, 1), "2100-02-09"),
]  # fmt: skip
TERMS = [
    (2023, 3, "2023-02-04"),
    (2023, 7, "2023-04-05"),
    (2023, 21, "2023-11-08"),
    (2023, 24, "2023-12-22"),
    (1951, 24, "1951-12-23"),
    (2024, 12, "2024-06-21"),
]
# Royal Thai Government announcements of public holidays.
HOLY = [
    ("makha", 2015, "2015-03-04"), ("makha", 2023, "2023-03-06"), ("makha", 2024, "2024-02-24"), ("visakha", 2020, "2020-05-06"),
    ("visakha", 2021, "2021-05-26"), ("visakha", 2023, "2023-06-03"), ("asalha", 2021, "2021-07-24"), ("asalha", 2023, "2023-08-01"),
    ("khaophansa", 2022, "2022-07-14"), ("loykrathong", 2021, "2021-11-19"), ("loykrathong", 2023, "2023-11-27"),
]  # fmt: skip
# Umm al-Qura calendar of Saudi Arabia.
HIJRI = [
    ((1445, 1, 1), "2023-07-19"),
    ((1445, 9, 1), "2024-03-11"),
    ((1444, 10, 1), "2023-04-21"),
    ((1343, 1, 1), "1924-08-01"),
    ((1433, 3, 4), "2012-01-27"),
]
HOLIDAYS: list[tuple[str, int, str]] = [
    ("easter 0", 2024, "2024-03-31"), ("easter 0", 1954, "1954-04-18"), ("orthodox 0", 2024, "2024-05-05"),
    ("nth 11 4 4", 2023, "2023-11-23"), ("nth 5 1 -1", 2023, "2023-05-29"), ("lunar 1-1", 2024, "2024-02-10"),
    ("lunar-eve", 2024, "2024-02-09"), ("hijri 10-1", 2024, "2024-04-10"), ("term 7", 2024, "2024-04-04"),
]  # fmt: skip


@pytest.mark.parametrize(("lunar", "day"), LUNAR)
def test_lunar_days(lunar: tuple[int, int, int], day: str) -> None:
    assert chinese.day(*lunar) == date.fromisoformat(day)


@pytest.mark.parametrize(("year", "number", "day"), TERMS)
def test_solar_terms(year: int, number: int, day: str) -> None:
    assert chinese.term(year, number) == date.fromisoformat(day)


def test_the_chinese_table_has_no_gap() -> None:
    for year in range(chinese.FIRST, chinese.LAST):
        assert chinese.year_days(year)[1] + timedelta(1) == chinese.year_days(year + 1)[0]
        last = date(year, 1, 1)
        for number in range(1, 25):
            assert 13 <= (chinese.term(year, number) - last).days + (number == 1) * 13 <= 31
            last = chinese.term(year, number)


def test_every_third_year_or_so_has_a_leap_month() -> None:
    def has_leap(year: int) -> bool:
        return (chinese.year_days(year)[1] - chinese.year_days(year)[0]).days > 380

    assert sum(has_leap(year) for year in range(1900, 2100)) == 74
    assert chinese.month_days(2023, 2, leap=True) == (date(2023, 3, 22), date(2023, 4, 19))
    with pytest.raises(Impossible):
        chinese.month_days(2024, 2, leap=True)


@pytest.mark.parametrize(("name", "year", "day"), HOLY)
def test_thai_holy_days(name: str, year: int, day: str) -> None:
    assert thai.holy_day(name, year) == date.fromisoformat(day)


@pytest.mark.parametrize(("written", "day"), HIJRI)
def test_hijri_days(written: tuple[int, int, int], day: str) -> None:
    assert hijri.day(*written) == date.fromisoformat(day)


def test_every_day_has_its_hijri_year() -> None:
    for year in range(1, 1600, 7):
        first, last = hijri.year_days(year)
        assert 352 <= (last - first).days <= 354
        assert hijri.year_of(first) == hijri.year_of(first + timedelta(100)) == year


@pytest.mark.parametrize(("rule", "year", "day"), HOLIDAYS)
def test_holidays(rule: str, year: int, day: str) -> None:
    found = holiday(rule, year)
    assert found is not None
    assert found.first == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("era", "year", "month", "expected"),
    [
        ("be", 2566, None, 2023), ("be", 2475, 2, 1933), ("be", 2475, 4, 1932), ("be", 2484, 1, 1941), ("re", 112, None, 1893),
        ("cs", 1143, None, 1781), ("minguo", 112, None, 2023), ("reiwa", 5, None, 2023), ("showa", 64, None, 1989),
        ("showa", 65, None, None), ("kangxi", 61, None, 1722), ("bc", 221, None, -220),
    ],
)  # fmt: skip
def test_eras(era: str, year: int, month: int | None, expected: int | None) -> None:
    assert eras.gregorian_year(era, year, month) == expected


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("二〇二三", (2023, 4)),
        ("廿四", (24, 0)),
        ("卅一", (31, 0)),
        ("一千九百九十七", (1997, 0)),
        ("三万", (30000, 0)),
        ("五六", (56, 2)),
        ("十十", None),
    ],
)
def test_chinese_numerals(numeral: str, value: Any) -> None:
    assert chinese_number(numeral) == value


def test_neighbouring_numerals_are_an_estimate() -> None:
    assert (chinese_pair("五六"), chinese_pair("十一二"), chinese_pair("五七")) == ((5, 6), (11, 12), None)


@pytest.mark.parametrize(
    ("words", "value", "used"),
    [
        ([(5, 0), (20, 0)], 25, 2),  # خمسة وعشرون five and twenty
        ([(2, 0), (10, 1), (5, 0)], 25, 3),  # สอง สิบ ห้า
        ([(2, 0), (1000, 1), (20, 0), (3, 0)], 2023, 4),
        ([(1000, 1), (900, 0), (40, 0), (8, 0)], 1948, 4),
        ([(3, 0), (4, 0)], 3, 1),
        ([(20, 0), (30, 0)], 20, 1),
    ],
)
def test_number_words(words: list[tuple[int, int]], value: int, used: int) -> None:
    assert longest([Word(number, bool(times)) for number, times in words]) == (value, used)


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ("hindu diwali", "2017-10-19"), ("hindu diwali", "2023-11-12"), ("hindu holi", "2024-03-25"), ("parsi", "2022-08-16"),
        ("hindu diwali -2", "2023-11-10"), ("hindu guru_gobind_singh_jayanti", "2024-01-17"),
    ],
)  # fmt: skip
def test_feasts_of_india(rule: str, day: str) -> None:
    found = holiday(rule, int(day[:4]))
    assert found is not None
    assert str(found.first) == day


def test_feasts_of_india_are_known_for_the_years_of_their_table() -> None:
    with pytest.raises(Impossible, match="known for 2001 to 2035"):
        hindu.feast("diwali", 1999)
    assert hindu.feast("guru_gobind_singh_jayanti", 2018) is None


@pytest.mark.parametrize(
    ("feast", "day"),
    [
        ("tishri-1", "2018-09-10"), ("tishri-10", "2023-09-25"), ("kislev-25", "2024-12-26"), ("adar-14", "2024-03-24"),
        ("adar-14", "2013-02-24"), ("nisan-15", "2024-04-23"), ("sivan-6", "2018-05-20"), ("shevat-15", "2014-01-16"),
        ("av-9~", "2018-07-22"), ("iyar-5!", "2013-04-16"), ("iyar-5!", "2024-05-14"), ("iyar-5!", "2018-04-19"),
    ],
)  # fmt: skip
def test_hebrew_feasts(feast: str, day: str) -> None:
    assert hebrew.feast(feast, int(day[:4])).isoformat() == day


def test_a_hebrew_year_has_one_of_six_lengths() -> None:
    lengths = {hebrew.new_year(year + 1) - hebrew.new_year(year) for year in range(5600, 6000)}
    assert lengths == {353, 354, 355, 383, 384, 385}


@pytest.mark.parametrize(
    ("amounts", "value"),
    [
        ((("year", 3), ("month", 6)), "P3Y6M"), ((("year", 1.5),), "P1Y6M"), ((("decade", 2),), "P20Y"), ((("week", 1), ("day", 2)), "P9D"),
        ((("hour", 1.5),), "PT1.5H"), ((("year", -1),), "PXY"), ((("day", 1), ("hour", 2)), "P1DT2H"),
    ],
)  # fmt: skip
def test_durations(amounts: Any, value: str) -> None:
    assert duration(amounts) == value
