"""Draws docs/terminal.svg, the picture in the README: commands, and what they print on a terminal.

uv run python tools/make_picture.py
"""

from __future__ import annotations

import html
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text
from wcwidth import wcswidth

ROOT = Path(__file__).parent.parent
WIDTH = 112
COMMANDS = (
    ["clean", "zh/hant-05-flood-warning.txt", "-f", "diff"],
    ["grep", "-w", "互联网", "zh", "-f", "kwic", "--width", str(WIDTH)],
    ["dates", "th/th-01-wuzhen-summit.txt"],
)
LINES = 7  # of each
CELL = 12.2  # the width of a cell in rich's picture
TEXT = re.compile(r'(<text [^>]*textLength=")[^"]*("[^>]*>)([^<]*)</text>')


def main() -> None:
    console = Console(record=True, width=WIDTH, force_terminal=True, color_system="truecolor", file=StringIO())
    for words in COMMANDS:
        console.print(Text(f"$ wic {' '.join(words)}", style="bold"))
        command = [sys.executable, "-m", "wic", *words, "--color", "always"]
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, cwd=ROOT / "corpus", env={"COLUMNS": str(WIDTH)}
        )
        lines = [line for line in done.stdout.splitlines() if line.strip()][:LINES]
        for line in lines:
            console.print(Text.from_ansi(line), overflow="crop", no_wrap=True)
        console.print()
    picture = console.export_svg(title="wic", font_aspect_ratio=0.61)
    # Fonts that every machine has something for; none is fetched.
    picture = "\n".join(line for line in picture.splitlines() if "cdnjs" not in line)
    picture = TEXT.sub(_stretched, picture)
    (ROOT / "docs" / "terminal.svg").write_text(picture, encoding="utf-8")


def _stretched(element: re.Match[str]) -> str:
    """A text as wide as its cells; rich makes it as wide as its number of characters."""
    content = html.unescape(element[3])
    return f"{element[1]}{CELL * max(0, wcswidth(content)):.1f}{element[2]}{element[3]}</text>"


if __name__ == "__main__":
    main()
