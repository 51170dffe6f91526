"""camel-tools' own analyzer and disambiguator over a miniature database, and how their data come to a machine."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shell import run

from wic.choice import WordChoice
from wic.document import Document
from wic.errors import WicError
from wic.segment import align, camel_data, segment

MINIATURE = Path(__file__).with_name("camel_miniature")
DATABASE, MODEL = "morphology_db/calima-msa-r13/morphology.db", "disambig_mle/calima-msa-r13/model.json"
SOURCES = {DATABASE: MINIATURE / "morphology.db", MODEL: MINIATURE / "model.json"}


def lay(folder: Path) -> Path:
    """A folder with the data, each file under its own path."""
    for name, source in SOURCES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, folder / name)
    return folder


@pytest.fixture
def empty(tmp_path, monkeypatch) -> Path:
    """The user's data folder, with nothing in it."""
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path / "data of camel"))
    return tmp_path / "data of camel"


@pytest.fixture
def installed(empty, tmp_path) -> Path:
    assert run(f"wic langs --install ar --yes --from {lay(tmp_path / 'from')}").code == 0
    return empty


def cut(text: str, scheme: str) -> list[str]:
    document = segment(Document(id="x", text=text, lang="ar", script="Arab"), WordChoice("camel-morph", scheme))
    assert "".join(token.text for token in document.tokens) == text
    return [token.text for token in document.tokens if token.kind != "space"]


@pytest.mark.parametrize(
    ("scheme", "tokens"),
    {
        "atbtok": "و|ل|لبيت كتاب|ه علي بيت|ه",  # and to the house his book on his house
        "d3tok": "و|ل|ل|بيت كتاب|ه علي بيت|ه",
        "d3seg": "و|ل|ل|بيت كتاب|ه علي بيت|ه",
        "bwtok": "و|ل|ل|بيت كتاب|ه علي بيت|ه",
    }.items(),
)
def test_schemes(installed, scheme, tokens):
    assert cut("وللبيت كتابه علي بيته", scheme) == tokens.replace(" ", "|").split("|")


def test_the_spelling_that_stands_there_is_preferred(installed):
    """Of two analyses that score alike the first would be كتابة "writing", spelled with another letter."""
    assert cut("كتابه", "atbtok") == ["كتاب", "ه"]


def test_marks_and_tatweel_stay(installed):
    assert cut("بِبَيْتِهِ بـبيت", "d3tok") == ["بِ", "بَيْتِ", "هِ", "بـ", "بيت"]


def test_unknown_words_numbers_and_other_scripts(installed):
    assert cut("ووشنطن 12.5 USA 中", "d3tok") == ["ووشنطن", "12.5", "USA", "中"]


def test_the_scheme_is_named(installed):
    document = segment(Document(id="x", text="بيت", lang="ar", script="Arab"), WordChoice("camel-morph", "d3seg"))
    assert document.provenance["words"].startswith("camel-morph-1.")
    assert document.provenance["words"].endswith("-d3seg")


def test_wrong_schemes():
    for choice in (WordChoice("camel-morph", "d9"), WordChoice("arabic", "d3tok"), WordChoice(scheme="d3tok")):
        with pytest.raises(WicError, match="scheme"):
            segment(Document(id="x", text="بيت", lang="ar", script="Arab"), choice)


def test_data_that_are_missing_are_named(empty):
    done = run("wic segment --engine camel-morph -", "بيت")
    assert done.code == 2
    assert "morphology.db" in done.err
    assert "wic langs --install ar (129 MB, GPL v2)" in done.err


def test_data_that_are_no_data(installed):
    (installed / "data" / DATABASE).write_text("no database\n")
    done = run("wic segment --engine camel-morph -", "بيت")
    assert done.code == 2
    assert "not data of camel-tools" in done.err


LETTERS = st.text(st.sampled_from("ابتلوكيهةأإىـ\u064e\u0651+"), max_size=12)


@settings(max_examples=300, deadline=None)
@given(LETTERS, st.lists(LETTERS.filter(bool), max_size=4))
def test_alignment_loses_nothing(word, tokens):
    pieces = align.pieces(word, tokens)
    assert "".join(pieces) == word
    assert len(pieces) <= max(1, len(tokens))
    assert all(pieces) or not word


def test_no_network_and_nothing_heavy(installed):
    """All that wic uses of camel-tools is imported and used with sockets closed, and loads neither torch nor numpy."""
    script = (
        "import socket, sys\n"
        "def closed(*args, **kwargs): raise AssertionError('the network was asked')\n"
        "socket.socket.connect = socket.create_connection = socket.getaddrinfo = closed\n"
        "from wic.choice import WordChoice\n"
        "from wic.document import Document\n"
        "from wic.segment import segment\n"
        "document = Document(id='x', text='\u0628\u064a\u062a', lang='ar', script='Arab')\n"
        "assert segment(document, WordChoice('camel-morph')).tokens\n"
        "import camel_tools.tokenizers.word, camel_tools.utils.normalize, camel_tools.utils.dediac\n"
        "print([name for name in ('torch', 'transformers', 'numpy', 'pandas', 'scipy') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("[]\n", "", 0)


# How the data come there


@pytest.fixture
def server(tmp_path, empty):
    """camel-tools' catalogue on this machine, pointing at a server on this machine; gives the folder that it serves."""
    served = tmp_path / "served"
    served.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(served)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    packages = {}
    for name, source in SOURCES.items():
        destination, file = name.rsplit("/", 1)
        package = destination.replace("_", "-").replace("/", "-")
        with zipfile.ZipFile(served / f"{package}.zip", "w") as archive:
            archive.write(source, file)
        packages[package] = {
            "package_type": "http", "private": False, "destination": destination, "version": "1",
            "url": f"http://127.0.0.1:{server.server_address[1]}/{package}.zip", "dependencies": [],
            "sha256": hashlib.sha256((served / f"{package}.zip").read_bytes()).hexdigest(),
            "files": [{"path": file, "sha256": hashlib.sha256(source.read_bytes()).hexdigest()}],
        }  # fmt: skip
    packages["disambig-mle-calima-msa-r13"]["dependencies"] = ["morphology-db-calima-msa-r13"]
    empty.mkdir(parents=True)
    (empty / "catalogue.json").write_text(json.dumps({"version": "1.6.0", "packages": packages, "components": {}}))
    yield served
    server.shutdown()
    server.server_close()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture
def direct(monkeypatch):
    """No proxy stands between this machine and itself."""
    for name in os.environ:
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


def test_download(server, empty, direct):
    assert camel_data.lacking_files(camel_data.offer("ar")) == [DATABASE, MODEL]
    done = run("wic langs --install ar --yes")
    assert done.code == 0
    assert "129 MB, GPL v2" in done.err
    assert cut("كتابه", "atbtok") == ["كتاب", "ه"]
    (server / "disambig-mle-calima-msa-r13.zip").unlink()
    assert run("wic langs --install ar --yes").code == 0  # all is there; nothing is fetched


def test_a_damaged_download_is_removed(server, empty, direct):
    with zipfile.ZipFile(server / "disambig-mle-calima-msa-r13.zip", "w") as archive:
        archive.writestr("model.json", "{}")
    done = run("wic langs --install ar --yes")
    assert done.code == 2
    assert "checksum" in done.err
    assert not (empty / "data" / MODEL).exists()


def test_a_download_that_fails(server, empty, direct):
    for file in server.iterdir():
        file.unlink()
    done = run("wic langs --install ar --yes")
    assert done.code == 2
    assert "--from DIR" in done.err


def test_nothing_is_installed_unasked(empty, tmp_path):
    done = run(f"wic langs --install ar --from {lay(tmp_path / 'from')}")
    assert done.code == 2
    assert "--yes" in done.err
    assert not empty.exists()


def test_from_a_folder_that_has_not_all(empty, tmp_path):
    (lay(tmp_path / "from") / MODEL).unlink()
    done = run(f"wic langs --install ar --yes --from {tmp_path / 'from'}")
    assert done.code == 2
    assert "model.json" in done.err


def test_other_languages_have_nothing_to_install():
    assert "nothing to install" in run("wic langs --install th --yes").err


def test_verbose_says_what_is_missing(empty):
    assert "wic langs --install ar (129 MB, GPL v2)" in run("wic langs --verbose").out.replace("\n", " ")
