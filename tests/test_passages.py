"""Texts that are too long to be held."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wic import passages as module
from wic.passages import PASSAGE, passages
from wic.read import sources

PIECES = st.lists(
    st.text(st.one_of(st.sampled_from("กำ่ งาน中国。” \n\r\nab"), st.characters()), max_size=30), max_size=20
)


@given(PIECES, st.integers(1, 50))
def test_joined_they_are_the_text_however_it_comes(pieces, size):
    text = "".join(pieces)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "PASSAGE", size)
        found = list(passages(pieces))
        assert "".join(found) == text
        assert all(0 < len(passage) <= size for passage in found)
        assert found == list(passages([text])) == list(passages(text))


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("a" * 20_000 + "\n" + "b c. " * 10_000, 20_001),
        ("字" * 20_000 + "。” " + "字" * 20_000, 20_002),
        ("ก" * 32_000 + " \t " + "ก" * 2_000, 32_000),
        ("ก่" * 40_000, PASSAGE - 2),  # between clusters; whether the last one goes on is not known
    ],
)
def test_where_they_end(text, end):
    assert len(next(passages([text]))) == end


def segmented(path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "wic", "segment", "-f", "text", "-q", *options, str(path)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_a_line_of_megabytes_is_segmented_in_passages(tmp_path):
    text = "ฉันชอบอ่านหนังสือ วันนี้อากาศดีมาก เธอไปตลาด " * 9_000
    path = tmp_path / "line.txt"
    path.write_text(text + "\n", encoding="utf-8")
    done = segmented(path, "--raw")
    assert done.stdout.replace("|", "") == text + "\n"
    assert done.stdout.startswith("ฉัน|ชอบ|อ่าน|หนังสือ| |") and "||" not in done.stdout
    blanks = segmented(path, "--raw", "--sep", " ").stdout
    assert blanks.startswith("ฉัน ชอบ อ่าน หนังสือ ")
    assert "".join(blanks.split()) == "".join(text.split())


@pytest.mark.parametrize(("mark", "lines"), [("", 40_000), ("", 3), ("\ufeff", 3)])
def test_a_bad_byte_is_named_and_the_rest_is_kept(mark, lines, tmp_path):
    path = tmp_path / "line.txt"
    before, after = mark + "ฉันชอบอ่านหนังสือ " * lines, "ฉันชอบอ่านหนังสือ " * 40_000
    path.write_bytes(before.encode() + b"\xff" + after.encode())
    done = segmented(path)
    assert done.returncode == 2
    assert f"byte offset {len(before.encode())}; what cannot be read stands as U+FFFD" in done.stderr
    assert done.stdout.replace("|", "") == (before.removeprefix(mark) + "\ufffd" + after).rstrip()


def test_only_for_whom_it_makes_no_difference():
    source = next(iter(sources([__file__], print)))
    assert not source.passages


@pytest.mark.long
def test_memory_does_not_grow_with_the_line(tmp_path):
    path = tmp_path / "line.txt"
    peaks = []
    for times in (1, 3_000):
        path.write_text("ฉันชอบอ่านหนังสือ วันนี้อากาศดีมาก เธอไปตลาด " * 300 * times, encoding="utf-8")
        script = (
            "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True);"
        )
        script += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
        command = [sys.executable, "-c", script, sys.executable, "-m", "wic", "segment", "--raw", "-q", str(path)]
        peaks.append(int(subprocess.run(command, capture_output=True, check=True).stdout))
    assert peaks[1] - peaks[0] < 60_000  # kB
