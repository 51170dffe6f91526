"""``python -m benchmarks [--quick] [--write] NAME…``: runs the named comparisons, all by default.

With ``--write`` the tables go to docs/benchmarks.md, with the machine and the versions of all that took part.
"""

from __future__ import annotations

import argparse
import io
import platform
import re
import shutil
import subprocess
from contextlib import redirect_stdout
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
PEERS = (
    "jieba", "rjieba", "pythainlp", "nlpo3", "attacut", "camel-tools", "ftfy", "opencc", "dateparser", "jionlp", "nltk", "duckdb",
)  # fmt: skip
NUMBER = re.compile(r"\d+(?:\.\d+)+")
PROGRAMS = {"ripgrep": ["rg", "--version"], "GNU grep": ["grep", "--version"]}
NAMES = sorted(
    path.stem
    for path in Path(__file__).parent.glob("*.py")
    if "def main(" in path.read_text() and path.stem != "__main__"
)


def head(quick: bool) -> str:
    """What is said above the tables."""
    found = []
    for name in PEERS:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} (not installed)")
    for name, command in PROGRAMS.items():
        if shutil.which(command[0]):
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            found.append(f"{name} {NUMBER.findall(done.stdout)[0]}")
        else:
            found.append(f"{name} (not installed)")
    flags = " --quick" if quick else ""
    return (
        f"# Benchmarks\n\n<!-- Written by python -m benchmarks{flags} --write, never by hand. -->\n\n"
        f"CPU time on one core of {_processor()}, Python {platform.python_version()}, wic {version('wic-corpus')}. "
        "The contestants take turns, and the medians of the ratios are given; a ratio stands only where the outputs agree. "
        f"`uv run --group bench python -m benchmarks{flags}` runs it again.\n\n"
        f"Beside wic: {', '.join(found)}.\n\n"
    )


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text().splitlines() if facts.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def run(names: list[str], quick: bool, data: Path | None) -> None:
    for name in names:
        print(f"## {name}\n")
        module = import_module(f"benchmarks.{name}")
        module.main(quick)
        if data and hasattr(module, "agreement"):
            module.agreement(data)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(NAMES)} (default: all)")
    parser.add_argument("--quick", action="store_true", help="less text, fewer rounds: minutes")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="treebanks as JSON lines with text and tokens, for accuracy"
    )
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(NAMES):
        parser.error(f"no benchmark {sorted(unknown)[0]!r}; known: {', '.join(NAMES)}")
    if not asked.write:
        print(head(asked.quick))
        run(asked.names or NAMES, asked.quick, asked.data)
        return
    with redirect_stdout(io.StringIO()) as tables:
        run(asked.names or NAMES, asked.quick, asked.data)
    PAGE.write_text(head(asked.quick) + tables.getvalue().rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
