"""``wic grep --raw`` prints what ripgrep and GNU grep print, on random files, in bytes and through decoded text."""

from __future__ import annotations

import shutil
import subprocess
from random import Random

import pytest
from shell import run

WORDS = [
    "a",
    "ab",
    "the",
    "The",
    "cat",
    "water",
    "น้ำ",
    "นำ",
    "ประเทศ",
    "中国",
    "中",
    "互联网",
    "الماء",
    "ماء",
    "é",
    "x.y",
    "12",
    "Ω",
]
PATTERNS = [
    "a",
    "the",
    "cat|ab",
    "น้ำ",
    "中国",
    "中|ماء",
    "[0-9]+",
    "a.",
    "^the",
    "t$",
    "x\\.y",
    "^$",
    "(ab)+",
    "[^a]b",
    "é",
    "zz",
    "a*b",
    "中.",
    " +a",
]
#: Both, or the one that has the flag in this meaning.
RIPGREP = [
    [], ["-n"], ["-c"], ["-l"], ["--files-without-match"], ["-o"], ["-on"], ["-v"], ["-vn"], ["-vc"], ["-i"], ["-ic"], ["-m1"],
    ["-m2", "-n"], ["-A1"], ["-B2", "-n"], ["-C1"], ["-C1", "-v"], ["-b"], ["-ob"], ["-H"], ["-I"], ["-x"], ["-xc"], ["-F"],
    ["-Fo"], ["-Fi"], ["--count-matches"], ["-q"], ["-0l"], ["-0n"], ["-0c"], ["-m1", "-A1"], ["-vl"], ["-F", "-v", "-n"], ["-e", "a", "-e", "t"],
]  # fmt: skip
GREP = [[], ["-n"], ["-l"], ["-o"], ["-on"], ["-v"], ["-i"], ["-m2"], ["-A1"], ["-B1", "-n"], ["-C2"], ["-H"], ["-x"], ["-F"], ["-q"], ["-vn"], ["-bn"]]  # fmt: skip


def text(random):
    lines = [
        " ".join(random.choice(WORDS) for _ in range(random.choice([0, 1, 1, 2, 3, 8])))
        for _ in range(random.randint(1, 12))
    ]
    end = random.choice(["\n", "\n", "\n", "\r\n"])
    return end.join(lines) + random.choice([end, end, ""])


def outcome(tool, flags, pattern, paths):
    if tool[0] == "grep" and "-F" not in flags:
        flags = ["-E", *flags]
    words = [*tool, *flags, *([] if "-e" in flags else [pattern]), *paths]
    done = subprocess.run(words, capture_output=True, stdin=subprocess.DEVNULL)
    return done.stdout, done.returncode


def ours(flags, pattern, paths):
    from click.testing import CliRunner

    from wic.cli import cli

    flags = ["-L" if flag == "--files-without-match" else flag for flag in flags]
    words = ["grep", "--raw", "-f", "text", *flags, *([] if "-e" in flags else [pattern]), *paths]
    done = CliRunner().invoke(cli, words)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.stdout_bytes, done.exit_code


def compare(tool, choices, seed, files, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    random = Random(seed)
    for number in range(files):
        names = [f"{number}-{part}.txt" for part in range(random.choice([1, 1, 2]))]
        for name in names:
            (tmp_path / name).write_text(text(random), encoding="utf-8", newline="")
        flags, pattern = random.choice(choices), random.choice(PATTERNS)
        if tool[0] == "rg" and pattern == "^$" and "o" in "".join(flags):
            continue  # ripgrep shows empty matches as empty lines, grep and wic do not
        expected = outcome(tool, flags, pattern, names)
        assert ours(flags, pattern, names) == expected, (flags, pattern, [(tmp_path / n).read_bytes() for n in names])


DECODED = pytest.mark.parametrize("decoded", [False, True], ids=["bytes", "decoded"])
RG = ["rg", "--no-config", "--no-heading", "--color=never", "--sort=path", "-j1"]
SIZES = pytest.mark.parametrize("files", [40, pytest.param(500, marks=pytest.mark.long)])


@SIZES
@DECODED
@pytest.mark.skipif(not shutil.which("rg"), reason="needs ripgrep")
def test_ripgrep(files, decoded, monkeypatch, tmp_path):
    if decoded:
        monkeypatch.setattr("wic.query.raw.searchable", lambda query: False)
    compare(RG, RIPGREP, files + decoded, files, monkeypatch, tmp_path)


@SIZES
@DECODED
@pytest.mark.skipif(not shutil.which("grep"), reason="needs grep")
def test_grep(files, decoded, monkeypatch, tmp_path):
    if decoded:
        monkeypatch.setattr("wic.query.raw.searchable", lambda query: False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    compare(["grep", "--color=never"], GREP, files + decoded, files, monkeypatch, tmp_path)


def test_patterns_and_paths_from_files(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p").write_text("中国\nสวัสดี\n")
    (tmp_path / "a.txt").write_text("我在中国\nx\n")
    (tmp_path / "b.txt").write_text("สวัสดี\n")
    (tmp_path / "list").write_text("a.txt\nb.txt\n")
    assert run("wic grep -f text --pattern-file p --files-from list").out == "a.txt:我在中国\nb.txt:สวัสดี\n"


SHOWN = [
    *(["-f", name] for name in ("kwic", "jsonl", "tsv", "text")),
    *(["-f", "kwic", *flags] for flags in (["--sort", "before1"], ["--sort", "lang"], ["--sample", "2"], ["--group-by", "match"],
      ["--context", "2w"], ["--collocates"], ["--collocates", "--context", "2"], ["--fold"], ["-m1"])),
    *(["-f", "jsonl", *flags] for flags in (["-b"], ["--context", "3"], ["--sort", "after1"], ["-w"], ["--group-by", "lang"])),
    ["-o", "-b", "-n"], ["-c"], ["--count-matches"], ["-l"], ["-L"], ["-q"], ["--verbose", "-f", "kwic"],
]  # fmt: skip


@pytest.mark.parametrize("flags", SHOWN, ids=" ".join)
def test_bytes_and_text_show_the_same(flags, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("The cat saw the dog.\nน้ำ 中国 the end\n" * 3)
    (tmp_path / "b.txt").write_text("Another text, and the cat again.\n")
    outputs = []
    for decoded in (False, True):
        if decoded:
            monkeypatch.setattr("wic.query.raw.searchable", lambda query: False)
        outputs += [[run(f"wic grep --raw {' '.join(flags)} {word} a.txt b.txt") for word in ("the", "中国", "c.t")]]
    assert outputs[0] == outputs[1]
    assert "-1" not in outputs[0][0].out
