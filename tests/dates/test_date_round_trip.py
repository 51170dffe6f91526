"""Random dates and ranges, written in every common surface format and every set of digits, parse back exactly."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest

from wic.dates import find
from wic.dates.calendars import chinese, hijri
from wic.document import Document

THAI_MONTHS = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
]
THAI_SHORT = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
THAI_DAYS = ["จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์"]
ARABIC_MONTHS = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
]
SYRIAC = [
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
]
ARABIC_DAYS = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
HIJRI = [
    "محرم",
    "صفر",
    "ربيع الأول",
    "ربيع الآخر",
    "جمادى الأولى",
    "جمادى الآخرة",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة",
    "ذو الحجة",
]
ENGLISH_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
ENGLISH_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
HAN = "〇一二三四五六七八九"
DIGITS = {
    "ascii": "0123456789",
    "thai": "๐๑๒๓๔๕๖๗๘๙",
    "arabic": "٠١٢٣٤٥٦٧٨٩",
    "persian": "۰۱۲۳۴۵۶۷۸۹",
    "full": "０１２３４５６７８９",
}


def digits(text: str, script: str) -> str:
    return text.translate({ord(str(number)): character for number, character in enumerate(DIGITS[script])})


def han(number: int) -> str:
    """An additive Chinese numeral up to 99."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else HAN[tens] + "十") + ("" if ones == 0 and tens else HAN[ones])


def han_year(number: int) -> str:
    return "".join(HAN[int(digit)] for digit in str(number))


def suffix(day: int) -> str:
    return "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


DayFormat = Callable[[date], str]
DAYS: dict[str, list[DayFormat]] = {
    "th": [
        lambda d: f"{d.day} {THAI_MONTHS[d.month - 1]} {d.year + 543}",
        lambda d: f"วันที่ {d.day} {THAI_MONTHS[d.month - 1]} {d.year}",
        lambda d: f"วันที่ {d.day} เดือน{THAI_MONTHS[d.month - 1]} พ.ศ. {d.year + 543}",
        lambda d: f"{d.day} {THAI_SHORT[d.month - 1]} {d.year + 543}",
        lambda d: f"{d.day}{THAI_SHORT[d.month - 1]}{d.year + 543}",
        lambda d: f"วัน{THAI_DAYS[d.weekday()]}ที่ {d.day} {THAI_MONTHS[d.month - 1]} {d.year + 543}",
        lambda d: f"{d.day} {THAI_MONTHS[d.month - 1]} ค.ศ. {d.year}",
        lambda d: f"{d.day}/{d.month}/{d.year + 543}",
        lambda d: f"{d.day:02}-{d.month:02}-{d.year}",
        lambda d: f"{d.day:02}.{d.month:02}.{d.year + 543}",
        lambda d: d.isoformat(),
    ],
    "zh": [
        lambda d: f"{d.year}年{d.month}月{d.day}日",
        lambda d: f"{d.year}年{d.month:02}月{d.day:02}日",
        lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日",
        lambda d: f"{d.year}年{d.month}月{d.day}号",
        lambda d: f"{han_year(d.year)}年{han(d.month)}月{han(d.day)}日",
        lambda d: f"民国{d.year - 1911}年{d.month}月{d.day}日",
        lambda d: f"中華民國{han(d.year - 1911) if d.year < 2010 else d.year - 1911}年{han(d.month)}月{han(d.day)}日",
        lambda d: d.strftime("%Y/%m/%d"),
        lambda d: d.strftime("%Y.%m.%d"),
        lambda d: d.strftime("%Y%m%d"),
        lambda d: d.isoformat(),
    ],
    "ar": [
        lambda d: f"{d.day} {ARABIC_MONTHS[d.month - 1]} {d.year}",
        lambda d: f"{d.day} من {ARABIC_MONTHS[d.month - 1]} {d.year}",
        lambda d: f"يوم {ARABIC_DAYS[d.weekday()]} {d.day} {ARABIC_MONTHS[d.month - 1]} {d.year}",
        lambda d: f"{d.day} {SYRIAC[d.month - 1]} {d.year}",
        lambda d: f"{d.day} {SYRIAC[d.month - 1]}/{ARABIC_MONTHS[d.month - 1]} {d.year}",
        lambda d: f"{d.day} {ARABIC_MONTHS[d.month - 1]} عام {d.year}",
        lambda d: f"{d.day}/{d.month}/{d.year}",
        lambda d: f"{d.day:02}-{d.month:02}-{d.year}",
        lambda d: d.isoformat(),
    ],
    "en": [
        lambda d: f"{ENGLISH_MONTHS[d.month - 1]} {d.day}, {d.year}",
        lambda d: f"{ENGLISH_MONTHS[d.month - 1][:3]}. {d.day}, {d.year}",
        lambda d: f"{d.day} {ENGLISH_MONTHS[d.month - 1]} {d.year}",
        lambda d: f"the {d.day}{suffix(d.day)} of {ENGLISH_MONTHS[d.month - 1]} {d.year}",
        lambda d: f"{ENGLISH_DAYS[d.weekday()]}, {ENGLISH_MONTHS[d.month - 1]} {d.day}, {d.year}",
        lambda d: f"{d.day:02} {ENGLISH_MONTHS[d.month - 1][:3]} {d.year}",
        lambda d: f"{d.month}/{d.day}/{d.year}",
        lambda d: d.isoformat(),
    ],
}  # fmt: skip
SCRIPTS = {"th": ("ascii", "thai"), "zh": ("ascii", "full"), "ar": ("ascii", "arabic", "persian"), "en": ("ascii",)}
RangeFormat = Callable[[date, date], str]
RANGES: dict[str, list[RangeFormat]] = {
    "th": [
        lambda a, b: f"วันที่ {a.day} {THAI_MONTHS[a.month - 1]} {a.year + 543} ถึง {b.day} {THAI_MONTHS[b.month - 1]} {b.year + 543}",
        lambda a, b: f"{a.day} {THAI_SHORT[a.month - 1]} {a.year + 543} - {b.day} {THAI_SHORT[b.month - 1]} {b.year + 543}",
        lambda a, b: f"{a.day} {THAI_SHORT[a.month - 1]}-{b.day} {THAI_SHORT[b.month - 1]} {b.year + 543}",
    ],
    "zh": [
        lambda a, b: f"{a.year}年{a.month}月{a.day}日至{b.year}年{b.month}月{b.day}日",
        lambda a, b: f"{a.year}年{a.month}月{a.day}日—{b.month}月{b.day}日",
    ],
    "ar": [
        lambda a, b: f"{a.day} {ARABIC_MONTHS[a.month - 1]} {a.year} إلى {b.day} {ARABIC_MONTHS[b.month - 1]} {b.year}",
        lambda a, b: f"{a.day} {ARABIC_MONTHS[a.month - 1]} حتى {b.day} {ARABIC_MONTHS[b.month - 1]} {b.year}",
    ],
    "en": [
        lambda a, b: f"{ENGLISH_MONTHS[a.month - 1]} {a.day}, {a.year} to {ENGLISH_MONTHS[b.month - 1]} {b.day}, {b.year}",
        lambda a, b: f"{a.day} {ENGLISH_MONTHS[a.month - 1]} to {b.day} {ENGLISH_MONTHS[b.month - 1]} {b.year}",
    ],
}  # fmt: skip


def moments(random_numbers: random.Random, count: int) -> Iterator[date]:
    first = date(1950, 1, 1)
    for _ in range(count):
        yield first + timedelta(random_numbers.randrange((date(2049, 12, 31) - first).days))


def check(lang: str, text: str, first: date, last: date) -> None:
    found = find(Document(id="one", text=text, lang=lang), "2023-11-08")
    assert [(hit.start, hit.end, hit.from_, hit.to, hit.conflict) for hit in found] == [
        (0, len(text), first.isoformat(), last.isoformat(), None)
    ], text


def run(lang: str, count: int) -> None:
    numbers = random.Random(lang)
    for when in moments(numbers, count):
        for form in DAYS[lang]:
            check(lang, digits(form(when), numbers.choice(SCRIPTS[lang])), when, when)
    for first in moments(numbers, count // 4):
        last = first + timedelta(numbers.randrange(1, 25))
        for form in RANGES[lang]:
            check(lang, digits(form(first, last), numbers.choice(SCRIPTS[lang])), first, last)


@pytest.mark.parametrize("lang", DAYS)
def test_dates_parse_back(lang: str) -> None:
    run(lang, 60)


@pytest.mark.long
@pytest.mark.parametrize("lang", DAYS)
def test_twenty_thousand_dates_parse_back(lang: str) -> None:
    run(lang, 5000)


def test_hijri_days_parse_back() -> None:
    numbers = random.Random("hijri")
    for _ in range(150):
        year, month, day = numbers.randrange(1343, 1501), numbers.randrange(1, 13), numbers.randrange(1, 30)
        when = hijri.day(year, month, day)
        check("ar", digits(f"{day} {HIJRI[month - 1]} {year}", numbers.choice(SCRIPTS["ar"])) + "هـ", when, when)


def test_lunar_days_parse_back() -> None:
    numbers = random.Random("lunar")
    for _ in range(150):
        year, month, day = numbers.randrange(1901, 2100), numbers.randrange(1, 13), numbers.randrange(1, 30)
        written = f"初{han(day)}" if day <= 10 else han(day)
        when = chinese.day(year, month, day)
        check("zh", f"{year}年农历{'正' if month == 1 else han(month)}月{written}", when, when)
