"""The concordance in a real terminal: the match begins in the same cell on each line, as the terminal counts cells."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
import regex

CORPUS = Path(__file__).parents[2] / "corpus"
WIDTH = 100
WORDS = {"zh": "互联网", "th": "น้ำ", "ar": "معرض", "en": "flood"}

pytestmark = pytest.mark.skipif(not shutil.which("tmux"), reason="needs tmux")


class Terminal:
    """A tmux server of its own with one window."""

    def __init__(self, socket: Path, command: str) -> None:
        self.socket = socket
        script = f"{command}; echo; echo '[done]'; sleep 60"
        self.tmux("-u", "-f", "/dev/null", "new-session", "-d", "-x", str(WIDTH), "-y", "60", script)

    def tmux(self, *words: str) -> str:
        done = subprocess.run(["tmux", "-S", str(self.socket), *words], capture_output=True, text=True, timeout=20)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def screen(self) -> list[str]:
        """The lines, when the command has ended."""
        for _ in range(300):
            if "[done]" in (text := self.tmux("capture-pane", "-p")):
                return text.splitlines()
            time.sleep(0.1)
        raise AssertionError(text)

    def columns(self, word: str) -> dict[int, set[int]]:
        """The cells where a word begins, by row, as the terminal finds them."""
        found: dict[int, set[int]] = {}
        self.tmux("copy-mode")
        self.tmux("send-keys", "-X", "history-top")
        for _ in range(200):
            self.tmux("send-keys", "-X", "search-forward", word)
            column, row = map(int, self.tmux("display-message", "-p", "#{copy_cursor_x} #{copy_cursor_y}").split())
            if column in found.setdefault(row, set()):
                break
            found[row].add(column)
        return found


@pytest.mark.parametrize("code", WORDS)
def test_aligned(code, tmp_path):
    found = {}
    for bidi in ("off", "auto"):
        flags = f"--no-fold --max-count 3 --color never --bidi {bidi}"
        command = f"LANG=C.UTF-8 {sys.executable} -m wic grep {WORDS[code]} {shlex.quote(str(CORPUS / code))} {flags}"
        terminal = Terminal(tmp_path / bidi, command)
        try:
            lines = terminal.screen()
            found[bidi] = [line for line in lines[: lines.index("[done]")] if WORDS[code] in line]
            if bidi == "off":
                rows = terminal.columns(WORDS[code])
        finally:
            terminal.tmux("kill-server")
    # The marks for direction, which hide words from the terminal's own search, take no room.
    assert "\u2068" + WORDS[code] in found["auto"][0]
    assert [regex.sub("[\u2066-\u2069]", "", line).rstrip() for line in found["auto"]] == found["off"]
    # Each line is one row (it would be broken if it were too wide), and has the match in one and the same cell.
    assert len(rows) == len(found["off"]) > 1
    assert set.intersection(*rows.values())
