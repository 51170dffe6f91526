"""Help and version load nothing slow: they are asked for in every shell prompt and completion."""

from __future__ import annotations

import subprocess
import sys

import pytest

SLOW = {"jieba", "pythainlp", "numpy", "opencc", "rich", "regex", "orjson", "camel_tools", "ftfy", "hijridate", "zstandard", "multiprocessing", "wcwidth", "importlib.metadata"}  # fmt: skip


@pytest.mark.parametrize("args", [["--help"], ["--version"], ["stats", "--help"], ["grep", "--help"]])
def test_nothing_slow_is_imported(args):
    code = (
        "import sys\nfrom wic.cli import main\nsys.argv = ['wic', *sys.argv[1:]]\n"
        "try: main()\nexcept SystemExit: pass\nprint('\\n'.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, check=True)
    assert "wic" in done.stdout
    assert not SLOW & set(done.stderr.split("\n"))


def test_stats_of_english_loads_no_dictionary():
    code = (
        "import sys\nfrom wic.cli import main\nsys.argv = ['wic', 'stats', '-']\n"
        "try: main()\nexcept SystemExit: pass\nprint('\\n'.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input="The library was opened.", capture_output=True, text=True, check=True
    )
    assert "en:uax29" in done.stdout
    assert not {"jieba", "pythainlp", "camel_tools", "numpy"} & set(done.stderr.split("\n"))
