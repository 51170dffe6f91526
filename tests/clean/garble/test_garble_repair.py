"""Garbled Chinese: the cases, what always holds, and what it may cost."""

from __future__ import annotations

import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wic.clean.garble import repair
from wic.document import apply, undo

CASES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text("utf-8"))


def cases(kind: str) -> list[object]:
    return [pytest.param(case, id=case["name"]) for case in CASES[kind]]


@pytest.mark.parametrize("case", cases("repair"))
def test_damage_is_undone(case: dict[str, str]) -> None:
    edits, flags = repair(case["raw"])
    assert apply(edits, case["raw"]) == case["clean"]
    assert not flags
    check(case["raw"])


@pytest.mark.parametrize("case", cases("keep"))
def test_what_an_author_wrote_stays(case: dict[str, str]) -> None:
    assert repair(case["raw"]) == ([], [])


@pytest.mark.parametrize("case", cases("flag"))
def test_what_cannot_be_told_is_flagged(case: dict[str, str]) -> None:
    _, flags = repair(case["raw"])
    assert flags
    assert all("lossy" in flag.reason for flag in flags)


def test_an_edit_covers_the_character_with_its_reading() -> None:
    (edit,) = repair("水鄉(xiāng)的清晨")[0]
    assert (edit.rule, edit.start, edit.end, edit.before, edit.after) == ("zh-readings", 1, 9, "鄉(xiāng)", "鄉")
    assert edit.confidence == 1


def test_a_text_that_was_chosen_says_how_sure_it_is() -> None:
    (edit,) = repair("今天的日?qǐng)?bào)")[0]
    assert (edit.rule, edit.before, edit.after) == ("zh-bytes", "?qǐng)?bào)", "報")
    assert 0.6 <= edit.confidence < 1


def test_only_the_damaged_place_is_touched() -> None:
    raw = "他说,好:(见图)…我們?cè)诳紤]1,280元 ABC"
    (edit,) = repair(raw)[0]
    assert edit.before == "?cè)诳紤]"


def test_a_swallowed_character_is_never_made_up() -> None:
    edits, flags = repair("全縣(xiàn)總?cè)丝?5,190人，經(jīng)濟(jì)發(fā)展")
    assert all(edit.rule == "zh-readings" for edit in edits)
    assert any(flag.rule == "zh-bytes" for flag in flags)


def check(text: str) -> None:
    """What holds for every text: edits fit it, do not overlap, can be undone, and leave nothing to repair."""
    edits, flags = repair(text)
    position = 0
    for edit in edits:
        assert position <= edit.start < edit.end <= len(text)
        assert text[edit.start : edit.end] == edit.before != edit.after
        assert 0 < edit.confidence <= 1
        position = edit.end
    assert all(0 <= flag.start < flag.end <= len(text) for flag in flags)
    clean = apply(edits, text)
    assert undo(edits, clean) == text
    assert repair(clean)[0] == []


PIECES = [
    *"網聯會鎮發國長萍靶鲁眹一ヂ的是年日報請。，“”！？、,.;:!?()（）\ufffd \nABf5",
    "(wǎng)", "(lián)", "(huì)", "(fā)", "(lù)", "(cháng)", "?qǐng)", "?bào)", "?cè)诳紤]", "?！靶", "B(tài)",
    "?#19994;", "?#24180;", "?&#19994;", "網(wǎng)", "會(huì)議", "發(fā)展", "經(jīng)濟(jì)", "世界", "\ue000",
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_what_always_holds(text: str) -> None:
    check(text)


HOSTILE = {
    "open brackets": "(" * 10_000,
    "marks": "?" * 1_000_000,
    "marks and brackets": "?(" * 100_000,
    "brackets and vowels": "(ā" * 100_000,
    "readings without end": "网(wǎng" * 50_000,
    "references without end": "?#123" * 100_000,
    "one long line": "網" * 1_000_000 + "(wǎng)",
    "questions": "真的?好吧" * 20_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_costs_linear_time(name: str) -> None:
    start = time.process_time()
    repair(HOSTILE[name])
    assert time.process_time() - start < 5


def test_damage_without_end_is_given_up() -> None:
    start = time.process_time()
    _, flags = repair("?#19994;" * 20_000)
    assert flags[-1].end == 160_000
    assert time.process_time() - start < 60


def test_a_text_without_evidence_loads_nothing() -> None:
    program = (
        "import sys; from wic.clean.garble import repair; repair('這是什麼？(What?) 第(i)項。');"
        "assert 'wic.clean.garble.document' not in sys.modules;"
        "repair('互聯(lián)網(wǎng)'); assert not {'pypinyin', 'numpy', 'opencc', 'jieba'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
