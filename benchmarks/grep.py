"""``wic grep`` beside ripgrep and GNU grep: whole processes, start included, on one file of mixed text.

Times are CPU seconds (user and system) of the process, the least of some rounds that take turns. A ratio stands only
where both printed the same bytes, or what the last column says.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks.texts import cleaned

WIC = [sys.executable, "-m", "wic", "grep"]
RG = ["rg", "--no-config", "--color=never"]
GREP = ["grep", "--color=never", "-E"]
# NLTK has no command and works on a list of tokens, for which blanks have to do.
NLTK = """
import sys
from nltk.text import Text
tokens = open(sys.argv[1], encoding="utf-8").read().split()
for hit in Text(tokens).concordance_list(sys.argv[2], width=80, lines=sys.maxsize):
    print(hit.line)
"""


ALONE = "will"  # in the texts only as a word between blanks: all tools find the same


class Case(NamedTuple):
    """A task with the command lines of both sides; ``same`` is what of their outputs must agree."""

    title: str
    ours: list[str]
    peer: list[str]
    same: Callable[[bytes], object] = bytes
    agrees: str = "same bytes"


def lines(output: bytes) -> int:
    return output.count(b"\n")


def cases(big: str, small: str) -> list[Case]:
    """The tasks: ``big`` is the file of mixed text, ``small`` one article."""
    return [
        Case("count lines with a word", [*WIC, "--raw", "-c", "互联网", big], [*RG, "-c", "互联网", big]),
        Case("the same, GNU grep", [*WIC, "--raw", "-c", "互联网", big], ["grep", "-c", "互联网", big]),
        Case("show lines with numbers", [*WIC, "--raw", "-n", "ประเทศ", big], [*RG, "-n", "ประเทศ", big]),
        Case("matches of an expression", [*WIC, "--raw", "-o", "中.{1,3}会", big], [*RG, "-o", "中.{1,3}会", big]),
        Case(
            "folded: both Chinese scripts",
            [*WIC, "--raw", "--fold", "-c", "互联网", big],
            [*RG, "-c", "互[联聯][网網]", big],
        ),
        Case(
            "folded: Arabic",
            [*WIC, "--raw", "--fold", "-c", "الإنترنت", big],
            [*RG, "-c", "[اأإآٱ]لإ?[اأإآٱ]?نترنت", big],
        ),
        Case(
            "concordance",
            [*WIC, "--raw", "--no-fold", "-i", "-f", "kwic", ALONE, big],
            [*RG, "-i", "-o", rf"(\S+\s+){{0,5}}\b{ALONE}\b(\s+\S+){{0,5}}", big],
            lines,
            "as many hits",
        ),
        Case(
            "concordance of a Thai word, ripgrep without context",
            [*WIC, "--raw", "--no-fold", "-f", "kwic", "ประเทศ", big],
            [*RG, "-o", "[^ ]*?ประเทศ", big],
            lines,
            "as many hits",
        ),
        Case(
            "concordance, NLTK's",
            [*WIC, "--raw", "--no-fold", "-i", "-f", "kwic", ALONE, big],
            [sys.executable, "-c", NLTK, big, ALONE],
            lines,
            "as many hits",
        ),
        Case("small file, cleaned", [*WIC, "summit", small], [*RG, "summit", small]),
        Case("small file, --raw", [*WIC, "--raw", "summit", small], [*RG, "summit", small]),
        Case("-q stops at the first hit", [*WIC, "--raw", "-q", "e", big], [*RG, "-q", "e", big]),
    ]


def main(quick: bool) -> None:
    """Prints the table."""
    if not shutil.which("rg"):
        print("ripgrep is not installed: nothing to compare with\n")
        return
    with tempfile.TemporaryDirectory() as folder:
        size = 15_000_000 if quick else 150_000_000
        big, small = str(Path(folder, "big.txt")), str(Path(folder, "small.txt"))
        everything = [document.text for code in ("zh", "th", "ar", "en") for document in cleaned(code)]
        block = "".join(text if text.endswith("\n") else text + "\n" for text in everything)
        Path(big).write_text(block * (size // len(block.encode()) + 1), encoding="utf-8")
        Path(small).write_text(next(text for text in everything if "summit" in text), encoding="utf-8")
        print(f"{os.path.getsize(big) / 1e6:.0f} MB of mixed text\n")
        print("| task | wic, s | other, s | ratio | outputs |\n|---|--:|--:|--:|---|")
        for case in cases(big, small):
            print(row(case, 3 if quick else 5))
        print()


def row(case: Case, rounds: int) -> str:
    """A line of the table."""
    times: dict[bool, list[float]] = {True: [], False: []}
    outputs: dict[bool, bytes] = {}
    for _ in range(rounds):
        for ours in (True, False):
            seconds, outputs[ours] = timed(case.ours if ours else case.peer)
            times[ours].append(seconds)
    mine, other = min(times[True]), min(times[False])
    if outputs[True] and not outputs[False]:
        return f"| {case.title} | {min(times[True]):.3f} | – | | nothing from the other |"
    same = case.same(outputs[True]) == case.same(outputs[False])
    ratio = f"{mine / other:.1f}" if same and other else ""
    return f"| {case.title} | {mine:.3f} | {other:.3f} | {ratio} | {case.agrees if same else 'differ'} |"


def timed(command: list[str]) -> tuple[float, bytes]:
    """CPU seconds of a command, and what it printed."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output, stdin=subprocess.DEVNULL)
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
        output.seek(0)
        return usage.ru_utime + usage.ru_stime, output.read()
