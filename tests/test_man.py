"""The manual pages say what --help says, in roff that man renders without complaint."""

from __future__ import annotations

import runpy
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted((ROOT / "man").glob("*.1"))


def test_the_pages_are_those_of_this_version():
    pages = runpy.run_path(str(ROOT / "tools" / "make_man.py"))["pages"]()
    assert pages == {path.name: path.read_text(encoding="utf-8") for path in PAGES}, "run python tools/make_man.py"


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_is_rendered(page):
    command = ["groff", "-man", "-ww", "-Kutf8", "-Tutf8", "-rLL=100n", "-P-cbou", str(page)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "--lang" in done.stdout or page.stem in ("wic", "wic-langs")
    assert "\\d+" in done.stdout or page.stem != "wic-grep"
    complaints = [line for line in done.stderr.splitlines() if "can't break line" not in line and "adjust" not in line]
    assert not complaints
