"""Whole documents: reference dates, offsets through edits, conflicts, impossible dates, TIMEX3, and any text at all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wic.dates import Expression, find
from wic.document import Document, Edit, apply
from wic.errors import WicError


def one(text: str, lang: str, reference: str | None = None, **metadata: str) -> Expression:
    found = find(Document(id="d", text=text, lang=lang, metadata=metadata), reference)
    assert len(found) == 1, found
    return found[0]


def test_fields_of_a_record() -> None:
    record = one("去年6月", "zh", "2023-11-08").record()
    assert list(record) == [
        "id", "lang", "start", "end", "text", "type", "value", "mod", "from", "to", "granularity", "calendar",
        "reference", "alternatives", "conflict", "rule",
    ]  # fmt: skip
    assert (record["from"], record["to"], record["granularity"]) == ("2022-06-01", "2022-06-30", "month")
    assert record["reference"] == {"date": "2023-11-08", "source": "argument", "fields": ["year"]}


def test_the_argument_outranks_the_metadata_and_both_outrank_the_text() -> None:
    text = "《人民日报》（2020年3月5日）今年"
    assert find(Document(id="d", text=text, lang="zh"))[-1].value == "2020"
    assert find(Document(id="d", text=text, lang="zh", metadata={"date": "2021-01-01"}))[-1].value == "2021"
    found = find(Document(id="d", text=text, lang="zh", metadata={"date": "2021-01-01"}), date(2022, 1, 1))
    assert found[-1].value == "2022"


def test_a_masthead_in_the_text_is_reported_with_its_place() -> None:
    text = "今年6月，大会开幕。《人民日报》（2023年11月08日 01版）"
    found = find(Document(id="d", text=text, lang="zh"))
    assert found[0].value == "2023-06"
    assert found[0].reference == {"date": "2023-11-08", "source": "text", "fields": ["year"], "start": 17, "end": 28}
    assert text[17:28] == "2023年11月08日"


def test_a_weekday_with_its_date_finds_the_year() -> None:
    text = "قمة 2021. افتتحت يوم الأحد (26 سبتمبر) وتنتهي في 28 سبتمبر."  # Sunday, 26 September
    assert [hit.value for hit in find(Document(id="d", text=text, lang="ar"))] == ["2021", "2021-09-26", "2021-09-28"]


def test_a_dateline_is_stronger_than_other_full_dates() -> None:
    text = "อูเจิ้น 7 พ.ย. 2566 – งานเริ่ม 8 พฤศจิกายน (ภาพ 5 พฤศจิกายน 2566) ครั้งหน้าจัดวันที่ 1 มีนาคม 2568"
    found = find(Document(id="d", text=text, lang="th"))
    assert [hit.value for hit in found] == ["2023-11-07", "2023-11-08", "2023-11-05", "2025-03-01"]
    assert found[1].reference is not None and found[1].reference["date"] == "2023-11-07"


@pytest.mark.parametrize(
    ("lang", "text", "value", "other"),
    [
        ("zh", "10月23日至26日", "2012-10-23/2012-10-26", "2013-10-23/2013-10-26"),
        ("en", "October to December", "2012-10/2012-12", "2013-10/2013-12"),
        ("zh", "周一至周五", "2013-02-11/2013-02-15", "2013-02-18/2013-02-22"),
        ("th", "8-10 พฤศจิกายน", "2012-11-08/2012-11-10", "2013-11-08/2013-11-10"),
        ("ar", "من 29 نوفمبر إلى 2 ديسمبر", "2012-11-29/2012-12-02", "2013-11-29/2013-12-02"),
    ],
)
def test_the_other_reading_of_a_range_is_a_range(lang: str, text: str, value: str, other: str) -> None:
    hit = one(text, lang, "2013-02-12")
    assert hit.value == value
    assert [reading["value"] for reading in hit.alternatives] == [other]


def test_without_any_reference_values_stay_underspecified() -> None:
    assert one("11月23日至24日", "zh").value == "XXXX-11-23/XXXX-11-24"
    assert one("เมื่อวานนี้", "th").value == "XXXX-XX-XX"
    assert (one("on Friday", "en").value, one("on Friday", "en").from_) == ("XXXX-WXX-5", None)


def test_a_reference_that_is_no_date_is_refused() -> None:
    with pytest.raises(WicError, match="not a date"):
        find(Document(id="d", text="今年", lang="zh"), "soon")


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("31 กุมภาพันธ์ 2566", "th"),
        ("2月30日", "zh"),
        ("35 رمضان 1445", "ar"),
        ("February 29, 2023", "en"),
        ("2023年13月5日", "zh"),
    ],
)
def test_impossible_dates_have_a_reason_and_no_value(text: str, lang: str) -> None:
    hit = one(text, lang, "2023-11-08")
    assert (hit.value, hit.from_, hit.to) == (None, None, None)
    assert hit.reason
    assert "reason" in hit.record()


def test_conflicts_are_reported_and_not_resolved() -> None:
    hit = one("Wednesday, November 7, 2023", "en")
    assert (hit.value, hit.conflict) == ("2023-11-07", "2023-11-07 is a Tuesday, not a Wednesday")
    hit = one("24 ربيع الآخر 1445 هـ الموافق 12 نوفمبر 2023", "ar")
    assert hit.conflict == "the other half of the date says 2023-11-08"
    # The moon may be sighted a day before or after Umm al-Qura reckons.
    assert one("24 ربيع الآخر 1445 هـ الموافق 9 نوفمبر 2023", "ar").conflict is None


def test_the_other_reading_is_kept() -> None:
    hit = one("วันจันทร์", "th", "2023-11-08")
    assert (hit.value, hit.alternatives[0]["value"]) == ("2023-11-06", "2023-11-13")


def test_offsets_lead_to_the_text_as_read() -> None:
    raw = "大會  於11月8日(rì)開幕"
    edits = (Edit("blanks", 2, 4, "  ", ""), Edit("zh-pinyin", 9, 14, "日(rì)", "日"))
    clean = apply(edits, raw)
    hit = find(Document(id="d", text=clean, lang="zh", edits=edits), "2023-11-08")[0]
    assert (hit.text, hit.value) == ("11月8日(rì)", "2023-11-08")
    assert raw[hit.start : hit.end] == hit.text


def test_the_same_on_garbled_and_on_clean_text() -> None:
    assert one("當(dāng)前", "zh").value == "PRESENT_REF"


def test_buddhist_years_until_1940_began_in_april() -> None:
    hit = one("5 มกราคม 2475", "th")  # 5 January BE 2475
    assert (hit.value, hit.alternatives[0]["value"]) == ("1933-01-05", "1932-01-05")


PIECES = st.sampled_from(
    [
        "2023",
        "66",
        "8",
        "11",
        "31",
        "年",
        "月",
        "日",
        "去年",
        "第",
        "十",
        "วันที่",
        "พ.ย.",
        "ปี",
        "ที่ผ่านมา",
        "ก่อน",
        "يوم",
        "الأحد",
        "نوفمبر",
        "قبل",
        "ثلاثة",
        "أيام",
        "Nov.",
        "next",
        "last",
        "of",
        "the",
        "May",
        "-",
        "/",
        ".",
        ",",
        "(",
        ")",
        "و",
        "周",
        "上",
        "ไตรมาส",
        "世纪",
        "初",
        "至",
        "ถึง",
        "إلى",
        "to",
        "and",
        "every",
        "ago",
        "\n",
    ]
)
ANYTHING = st.one_of(st.text(max_size=40), st.lists(st.tuples(PIECES, st.sampled_from(["", " "])), max_size=14).map(
    lambda pairs: "".join(piece + blank for piece, blank in pairs)
))  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(
    ANYTHING,
    st.sampled_from(["th", "zh", "ar", "en", "und", "ja"]),
    st.sampled_from([None, "2023-11-08", "0001-01-01", "9999-12-31"]),
)
def test_any_text_is_read_without_trouble(text: str, lang: str, reference: str | None) -> None:
    end = 0
    for hit in find(Document(id="any", text=text, lang=lang), reference):
        assert end <= hit.start < hit.end <= len(text)
        assert hit.text == text[hit.start : hit.end]
        assert hit.value or hit.reason
        assert not (hit.from_ and hit.to and hit.from_ > hit.to)
        end = hit.end


@pytest.mark.parametrize(
    "piece", ["1", "月", "一", "1日", "2023-", "วันที่ ", "و", "خمسة و", "the first of ", "twenty ", "Nov 8 ", "去年"]
)
def test_repetition_takes_linear_time(piece: str) -> None:
    for lang in ("th", "zh", "ar", "en"):
        find(Document(id="long", text=piece * (8000 // len(piece)), lang=lang), "2023-11-08")


def test_a_range_of_days_is_complete() -> None:
    for offset in range(0, 400, 7):
        first = date(2023, 1, 1) + timedelta(offset)
        hit = one(f"{first.year}年{first.month}月{first.day}日", "zh")
        assert hit.from_ == hit.to == first.isoformat()
