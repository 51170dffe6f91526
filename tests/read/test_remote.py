"""Addresses with :// are read through fsspec: files, folders, compressed, from several processes, into parts."""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import sys
import threading
from pathlib import Path

import fsspec
import pytest
from shell import run

from wic.runner.parts import LEDGER


@pytest.fixture
def bucket():
    """A folder in the memory of this process."""
    system = fsspec.filesystem("memory")
    system.pipe("/bucket/b/two.jsonl", b'{"id": "x", "text": "Two."}\n')
    system.pipe("/bucket/a.txt.gz", gzip.compress("หนึ่ง\n".encode()))
    system.pipe("/bucket/.hidden/c.txt", b"no\n")
    system.pipe("/bucket/d.bin", b"\0")
    yield "memory://bucket"
    system.rm("/bucket", recursive=True)


def test_a_folder_is_walked(bucket):
    done = run(f"wic clean -f jsonl {bucket}")
    assert done.code == 0
    records = [json.loads(line) for line in done.out.splitlines()]
    assert [record["text"] for record in records] == ["หนึ่ง\n", "Two."]
    assert records[0]["id"] == f"{bucket}/a.txt.gz"


def test_a_file_is_read(bucket):
    assert run(f"wic grep -I Two {bucket}/b/two.jsonl").out == "Two.\n"


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("memory://bucket/none.txt", "none.txt"),
        ("nothing://x", "nothing"),
        ("memory://empty", "empty"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(address, reason, bucket):
    done = run(f"wic clean {address} {bucket}/b/two.jsonl")
    assert done.code == 2
    assert done.out.strip() == "Two."
    assert reason in done.err


def test_without_fsspec_it_is_said_what_to_install(bucket, monkeypatch):
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    assert "wic-corpus[remote]" in run(f"wic clean {bucket}").err


def test_parts_are_made_again_only_where_a_file_changed(bucket, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def made():
        return {path.name: path.stat().st_mtime_ns for path in Path("out").rglob("*.zst")}

    assert run(f"wic clean {bucket} -o out/").code == 0
    first = made()
    assert len(first) == 2
    assert len(Path("out", LEDGER).read_text().splitlines()) == 2
    fsspec.filesystem("memory").pipe("/bucket/b/two.jsonl", b'{"id": "x", "text": "Three."}\n')
    run(f"wic clean {bucket} -o out/")
    assert {name for name, time in made().items() if time != first[name]} == {"two.jsonl.jsonl.zst"}


def test_several_processes_read_what_one_does(tmp_path):
    (tmp_path / "a.txt").write_text("One text.\n")
    (tmp_path / "b.txt").write_text("Another text.\n")
    done = run(f"wic clean file://{tmp_path} -f jsonl -j 2")
    assert done == run(f"wic clean file://{tmp_path} -f jsonl")
    assert [json.loads(line)["text"] for line in done.out.splitlines()] == ["One text.\n", "Another text.\n"]


def test_pages_of_a_server(tmp_path):
    pytest.importorskip("aiohttp")
    (tmp_path / "a.txt").write_text("One text.\n")
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path))
    handler.func.log_message = lambda *arguments: None
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        host = f"http://127.0.0.1:{server.server_port}"
        done, missing = run(f"wic grep -I text {host}/a.txt"), run(f"wic clean {host}/none.txt")
        server.shutdown()
    assert (done.out, done.err) == ("One text.\n", "")
    assert (missing.code, "none.txt" in missing.err) == (2, True)
