"""With an index every command says what it says without one, whatever has happened to the files or to the index."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from shell import Done, run

from wic.index import FOLDER, MANIFEST, above, lookup
from wic.index.part import FILES

ROOT = Path(__file__).parents[2]

COMMANDS = [
    "grep -n 互联网",
    "grep -c 互联网",
    "grep -w 互聯網 -f jsonl",
    "grep -w -c 互联网",
    "grep -w -n -i The",
    "grep -w -o --fold الانترنت",
    "grep -w -f kwic --width 90 ปี",
    "grep -w --count-matches -e 的 -e 世界",
    "grep -w -v -c ปี",
    "grep -i SUMMIT -f jsonl --context 3",
    "grep -l -e ปี -e عام",
    "grep -L แ",
    "grep -v -c e",
    "grep -o '\\p{Nd}+年'",
    "grep --fold -f tsv الانترنت",
    "grep -f kwic --width 90 --sort before1 世界",
    "grep --count-matches ปี",
    'grep --cql \'[word="世界"] [word="互聯網"]\' -f jsonl',
    "grep --cql '[kind=\"number\"] []{0,2} within s' -c",
    'grep --cql \'[word="互.*" | word="年"]\' -c',
    'grep --cql \'[word="s.*" & kind="word"]\' -v -c',
    "grep --group-by after1 的",
    "grep --collocates 年",
    "grep -A1 -B1 -n fair",
    "grep -m 1 a -H",
    "stats --top 5",
    "stats --words -f jsonl --by file",
    "stats --ngrams 2 -f tsv --top 9",
    "stats --keyness zh -f tsv --top 5",
    "segment -f jsonl",
    "segment -f conllu",
    "clean -f edits",
    "clean -f jsonl",
    "dates -f jsonl",
]


@pytest.fixture(scope="module")
def indexed(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("indexed") / "corpus"
    shutil.copytree(ROOT / "corpus", folder)
    # What is not UTF-8, has a document of its own in each line, or has control characters.
    (folder / "legacy.txt").write_bytes(
        "การประชุมเริ่มวันที่ 8 พฤศจิกายน ที่ห้องสมุดประชาชนของเมือง และจะมีต่อไปอีกสามวัน".encode("cp874")
    )
    (folder / "records.jsonl").write_text(
        '{"id": "a", "text": "世界互聯(lián)網(wǎng)大會(huì)", "metadata": {"date": "2024-01-02"}, "n": 12345678901234567890123}\n'
        '{"id": "b", "text": "one\\u0000two fair"}\n{"id": "c", "text": ""}\n{"no": 1}\n',
        encoding="utf-8",
    )
    assert run(f"wic index {folder}").code == 2  # one record has no text
    return folder


def answers(folder: Path, command: str) -> tuple[Done, Done]:
    """What a command says in a folder with the index and without."""
    above.cache_clear()
    lookup.open_index.cache_clear()
    here = os.getcwd()
    os.chdir(folder)
    try:
        return run(f"wic {command} ."), run(f"wic {command} --no-index .")
    finally:
        os.chdir(here)


def same(folder: Path, command: str) -> str:
    """Checks that the answers agree; returns the messages of the first."""
    with_index, without = answers(folder, command)
    assert with_index.out == without.out
    assert with_index.code == without.code
    assert set(without.err.splitlines()) <= set(with_index.err.splitlines())
    return with_index.err


@pytest.mark.parametrize("command", COMMANDS)
def test_the_same_with_and_without(indexed, command):
    same(indexed, command)


@pytest.mark.parametrize("command", ["grep -c 年", "stats --words -f tsv --top 20", "grep -f jsonl -w ปี"])
@pytest.mark.parametrize("more", ["--lang zh", "--raw"])
def test_other_steps_than_those_of_the_index(indexed, command, more):
    same(indexed, f"{command} {more}")


def test_an_index_is_used(indexed, monkeypatch):
    """The other tests would pass if no index was ever looked at."""
    monkeypatch.setattr("wic.pipeline.documents", lambda source, refuse: pytest.fail(f"{source.path} was read"))
    os.utime(indexed / "records.jsonl")  # of which a line was refused: it is always read
    done = run(f"wic stats -f tsv {indexed / 'zh'}")
    assert done.code == 0
    assert "\n" in done.out


@pytest.fixture
def small(tmp_path) -> Path:
    for name, text in {
        "a.txt": "世界互聯(lián)網(wǎng)大會(huì)",
        "b.txt": "The fair opened.",
        "c/d.txt": "งานแฟร์ 2 วัน",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert run(f"wic index {tmp_path}").code == 0
    return tmp_path


def test_a_changed_file_is_read(small):
    (small / "b.txt").write_text("The fair closed in rain.")
    assert "1 file is new or changed" in same(small, "grep -n fair")
    assert "closed" in answers(small, "grep -n fair")[0].out


def test_new_and_deleted_files(small):
    (small / "b.txt").unlink()
    (small / "e.txt").write_text("Another fair.")
    same(small, "grep -n fair")
    same(small, "stats -f tsv")


def test_only_what_changed_is_made_again(small):
    (small / "b.txt").write_text("The fair closed.")
    assert "1 read, 2 kept" in run(f"wic index {small}").err
    assert "0 read, 3 kept" in run(f"wic index {small}").err
    assert not same(small, "grep -f jsonl -w fair")
    assert "3 read, 0 kept" in run(f"wic index --anew {small}").err


def test_many_updates_keep_few_parts(small):
    for round in range(12):
        (small / "b.txt").write_text(f"The fair had {round} visitors.")
        run(f"wic index {small}")
        same(small, "grep -n fair")
    assert len(list((small / FOLDER).glob("*.table"))) <= 9


def test_read_in_another_way(small):
    same(small, "grep -n a --encoding utf-8")
    same(small, "stats -f tsv --input-format text")


def test_an_index_elsewhere(small, tmp_path_factory):
    index = tmp_path_factory.mktemp("elsewhere") / "x.index"
    shutil.rmtree(small / FOLDER)
    assert run(f"wic index {small} -o {index}").code == 0
    here = os.getcwd()
    os.chdir(small)
    try:
        lookup.open_index.cache_clear()
        above.cache_clear()
        assert run(f"wic grep -f jsonl fair {index}").out == run("wic grep -f jsonl fair a.txt b.txt c/d.txt").out
    finally:
        os.chdir(here)


@pytest.mark.parametrize("file", [MANIFEST, *(f"0001.{kind}" for kind in FILES)])
@pytest.mark.parametrize("how", ["cut", "flipped", "gone", "empty"])
def test_a_damaged_index_is_not_used(small, file, how):
    path = small / FOLDER / file
    data = path.read_bytes()
    middle = len(data) // 2
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(
            {
                "cut": data[:middle],
                "flipped": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :],
                "empty": b"",
            }[how]
        )
    told = same(small, "grep -f jsonl --context 2 -w 互聯網")
    assert ("is not used" in told) != ((file, how) == (MANIFEST, "gone"))  # without a manifest it is no index
    same(small, "stats --words -f tsv")


def test_another_version_is_not_used(small, monkeypatch):
    monkeypatch.setattr(lookup, "fingerprint", lambda: "another")
    assert "another version" in same(small, "grep -n fair")


def test_a_killed_build_leaves_the_old_index(small):
    (small / "b.txt").write_text("The fair closed.")
    script = (
        "import os, sys\n"
        "from wic.index import build, part\n"
        "def die(self): os._exit(9)\n"
        "part.Writer.close = die\n"
        "from wic.cli import main\n"
        f"sys.argv = ['wic', 'index', {str(small)!r}]\n"
        "main()\n"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 9
    same(small, "grep -n fair")
    assert "1 read, 2 kept" in run(f"wic index {small}").err
    same(small, "grep -n fair")
    assert {path.name.partition(".")[0] for path in (small / FOLDER).glob("0*")} == {"0001", "0003"}


def test_random_queries(indexed):
    """Strings and words taken from the texts themselves, in random command lines."""
    dice = random.Random(3)
    texts = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpus").rglob("*.txt")))
    for _ in range(90):
        start = dice.randrange(len(texts) - 8)
        string = texts[start : start + dice.randint(1, 6)].split("\n")[0].strip()
        if not string or set(string) & set("'-"):
            continue
        flags = dice.choice(["", "-i", "--fold", "-v", "-c", "-f jsonl", "-o", "-l", "-f kwic --width 80"])
        words = dice.choice(["", "-w"])
        same(indexed, f"grep -F {words} {flags} -e '{string}'")
