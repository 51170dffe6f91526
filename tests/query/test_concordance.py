"""Concordance lines are aligned by the cells that a terminal gives them, and never cut a cluster."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from wic.query.concordance import aligned, cells, line

TEXTS = [
    "ชาวบ้านน้ำท่วมที่ภาคใต้ต้องการน้ำดื่มและอาหารแห้งจำนวนมากในสัปดาห์นี้",
    "昨天下午，市圖書館的新館正式對外開放，許多讀者帶著孩子來看書。",
    "افتتحت المدينة مكتبتها الجديدة يوم السبت وحضر الافتتاح عدد كبير",
    "The library’s new café opened on Saturday,\nat last, 👩‍👩‍👧 as one reader said.",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("width", [30, 60, 100])
def test_aligned(text, width):
    clusters = [match.span() for match in regex.finditer(r"\X", text)]
    columns, totals = set(), set()
    for start, end in clusters:
        hit = aligned(text[:start], text[start:end], text[end:], width)
        columns.add(cells(hit.pad + hit.before))
        totals.add(cells("".join(hit)))
        assert "\n" not in "".join(hit)
        assert text[:start].replace("\n", " ").endswith(hit.before)
        assert text[end:].replace("\n", " ").startswith(hit.after)
        assert start - len(hit.before) in {place for place, _ in clusters}
    assert len(columns) == 1
    assert max(totals) <= max(width, 40)


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_any_text_is_safe(text, a, b):
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    hit = aligned(text[:start], text[start:end], text[end:], 40)
    assert not regex.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e]", "".join(hit))


def test_isolated_lines_have_one_width_and_arabic_begins_at_the_right():
    lines = []
    for text in TEXTS:
        hit = aligned(text[:20], text[20:24], text[24:], 80)
        shown = line(hit, str, "isolate")
        assert shown.count("\u2068") == 3
        assert shown.startswith("\u2067") == (text is TEXTS[2])
        assert shown.count("\u2069") == 3 + (text is TEXTS[2])
        lines.append(shown)
    assert cells(lines[2]) <= 80
    hit = aligned("قبل ", "كلمة", " بعد", 60)
    assert line(hit, str, "off").lstrip() == "قبل   كلمة   بعد"
