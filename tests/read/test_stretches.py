"""A large file of JSON lines in stretches is the file: the same documents under the same names, once each."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shell import run

from wic import runner
from wic.read import Source, documents, stretches
from wic.read.stretches import Stretch
from wic.report import gather
from wic.runner import parts

LINES = st.lists(
    st.sampled_from(["", " ", '{"text": "a"}', '{"id": 7, "text": "กข中"}', '{"text": 1}', "{", "x" * 30]), max_size=12
)


@given(LINES, st.booleans(), st.integers(1, 90), st.integers(1, 30))
def test_the_same_documents(tmp_path_factory, lines, end, size, block):
    path = tmp_path_factory.getbasetemp() / "lines.jsonl"
    path.write_text("\n".join(lines) + "\n" * end)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stretches, "BLOCK", block)
        found = list(stretches.stretches(Source(str(path), "jsonl"), size))
    refused, refused_in_parts = [], []
    whole = list(documents(Source(str(path), "jsonl"), refused.append))
    assert [one for part in found for one in documents(part, refused_in_parts.append)] == whole
    assert refused_in_parts == refused
    assert [part.goes_on for part in found] == [True] * (len(found) - 1) + [False]
    for part in found[:-1]:
        assert part.stretch.end - part.stretch.start >= size
    if len(found) > 1:
        data = path.read_bytes()
        assert all(data[part.stretch.end - 1 : part.stretch.end] == b"\n" for part in found[:-1])


def test_what_is_not_cut(tmp_path):
    lines = '{"text": "a"}\n' * 20
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines.encode()) + b"\0" * 60)
    (tmp_path / "a.jsonl").write_text(lines)
    (tmp_path / "a.txt").write_text(lines)
    for source in (
        Source(str(tmp_path / "a.jsonl.gz"), "jsonl"),
        Source(str(tmp_path / "a.txt"), "text"),
        Source(str(tmp_path / "a.jsonl"), "jsonl", encoding="utf-16"),
        Source(str(tmp_path / "none.jsonl"), "jsonl"),
        Source("-", "jsonl"),
        Source(str(tmp_path / "a.jsonl"), "jsonl", stretch=Stretch(14, 70, 2)),
    ):
        assert list(stretches.stretches(source, 40)) == [source]
    assert len(list(stretches.stretches(Source(str(tmp_path / "a.jsonl"), "jsonl"), 40))) > 3


TEXTS = [
    "เมื่อวันที่ 8 พ.ย. 2566 ฝนตก",
    "图书馆 昨天(2023年11月8日)开放。",
    "It was 3&nbsp;May 2021.",
    "وقال إنه سيعود\n",
    "",
]


@pytest.mark.parametrize(
    "command",
    [
        "clean",
        "clean -f jsonl",
        "clean --check",
        "clean --dedup",
        "segment",
        "segment --unit sentence",
        "segment -f tsv",
        "stats --words -f tsv",
        "stats -f jsonl",
        "grep -n a",
        "grep -c a",
        "grep -A1 -f text o",
        "dates -f jsonl",
        "dates -f table",
        "dates --timeline month -f tsv",
        "dates -f html",
        "report",
    ],
)
def test_the_same_bytes_with_any_number_of_workers(tmp_path, monkeypatch, command):
    monkeypatch.setattr(runner, "STRETCH", 300)
    monkeypatch.setattr(gather, "SENTENCES", 3)
    monkeypatch.setattr(gather, "MENTIONS", 3)
    corpus = tmp_path / "crawl.jsonl"
    with corpus.open("w") as file:
        for number in range(60):
            head = "" if number % 3 else f'"id": "n{number}", '
            text = TEXTS[number % 5].replace("\n", "\\n")
            file.write(f'{{{head}"text": "{text}"}}\n' if number % 17 else "{broken\n")
    expected = run(f"wic {command} {corpus}")
    found = run(f"wic {command} {corpus} -j 2")
    assert (found.out, found.code) == (expected.out, expected.code)
    assert found.err == expected.err
    assert "crawl.jsonl:35" in found.err


def test_a_part_for_each_stretch(tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "PART", 300)
    corpus = tmp_path / "crawl.jsonl"
    corpus.write_text("".join(f'{{"text": "word {number}"}}\n' for number in range(50)))
    once, twice = tmp_path / "once", tmp_path / "twice"
    for folder, jobs in ((once, 1), (twice, 2)):
        assert run(f"wic segment {corpus} -o {folder}/ -j {jobs}").code == 0
    names = [path.relative_to(once) for path in sorted(once.rglob("*.zst"))]
    assert len(names) == 4
    assert names[0].name == "crawl.jsonl.00000.jsonl.zst"
    assert [(once / name).read_bytes() for name in names] == [(twice / name).read_bytes() for name in names]
    assert run(f"wic clean {once} -f jsonl").out.count("\n") == 50

    before = {name: (once / name).stat().st_mtime_ns for name in names}
    with corpus.open("a") as file:
        file.write('{"text": "one more"}\n')
    assert run(f"wic segment {corpus} -o {once}/").code == 0
    changed = [name for name in names if (once / name).stat().st_mtime_ns != before[name]]
    assert changed == names[-1:]


def test_what_is_no_larger_than_a_part_is_one_part(tmp_path, monkeypatch):
    monkeypatch.setattr(runner, "STRETCH", 300)  # which is less than a part has, as it is in earnest
    corpus = tmp_path / "crawl.jsonl"
    corpus.write_text("".join(f'{{"text": "word {number}"}}\n' for number in range(50)))
    (tmp_path / "other.jsonl").write_text('{"text": "x"}\n')
    for folder, jobs in ((tmp_path / "once", 1), (tmp_path / "twice", 2)):
        assert run(f"wic segment {corpus} {tmp_path}/other.jsonl -o {folder}/ -j {jobs}").code == 0
        assert [path.name for path in sorted(folder.rglob("*.zst"))] == [
            "crawl.jsonl.jsonl.zst",
            "other.jsonl.jsonl.zst",
        ]


def test_an_index_of_a_large_file(tmp_path, monkeypatch):
    corpus = tmp_path / "crawl.jsonl"
    corpus.write_text("".join(f'{{"text": "word {number} ends"}}\n' for number in range(50)))
    expected = run(f"wic grep 'word .1' {tmp_path}").out
    monkeypatch.setattr(runner, "STRETCH", 300)
    done = run(f"wic index {tmp_path} -j 2")
    assert "50 texts; files: 1 read" in done.err
    assert run(f"wic grep 'word .1' {tmp_path}").out == expected
    assert "files: 0 read, 1 kept" in run(f"wic index {tmp_path}").err
