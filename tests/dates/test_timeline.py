"""Periods are counted where an expression lies whole, and counts of parts add up to those of the whole."""

from __future__ import annotations

from collections import Counter

import pytest
from shell import run

from wic.dates import find
from wic.dates.timeline import UNDATED, UNITS, counted, rows
from wic.document import Document

TEXT = (
    "On 5 March 2023 and again on 7 March 2023 it rained. The spring of 2023 was wet, and in 2022 it was dry. "
    "From 2014 to 2020 six fairs were held, every Monday there is a market, and it took three years."
)


@pytest.mark.parametrize(
    ("unit", "counts"),
    {
        "day": {"2022": 1, "2023": 1, "2023-03-05": 1, "2023-03-07": 1, UNDATED: 3},
        "month": {"2022": 1, "2023": 1, "2023-03": 2, UNDATED: 3},
        "year": {"2022": 1, "2023": 3, UNDATED: 3},
    }.items(),
)
def test_units(unit, counts):
    found = rows(counted(find(Document(id="x", text=TEXT, lang="en"), "2024-01-01"), unit))
    assert {row["period"]: row["count"] for row in found} == counts
    assert [row["period"] for row in found] == list(counts)
    assert all(row["langs"] == {"en": row["count"]} for row in found)


@pytest.mark.parametrize("unit", UNITS)
def test_parts_add_up(unit):
    expressions = find(Document(id="x", text=TEXT, lang="en"), "2024-01-01")
    parts = [counted(expressions[:3], unit), counted(expressions[3:], unit)]
    assert sum(parts, Counter()) == counted(expressions, unit)


def test_formats(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_text("Le 5 mars.", encoding="utf-8")
    done = run(f"wic dates {tmp_path} --timeline year -f tsv --ref 2024-01-01")
    assert done.out.splitlines()[:3] == ["period\tcount", "2022\t1", "2023\t3"]
    assert "█" in run(f"wic dates {tmp_path} --timeline month -f table").out
    assert run(f"wic dates {tmp_path} --timeline month -f timex3").code == 2
    assert run("wic dates --timeline day -", "No day here.").code == 1
