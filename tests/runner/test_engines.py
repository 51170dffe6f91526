"""Other engines give what this machine gives: a Ray cluster of two nodes, whatever dies in it, and Dask."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from shutil import rmtree

import jobs as work
import pytest
from shell import run

from wic.errors import WicError
from wic.read import Source
from wic.runner import RUNNERS, lines, results

CORPUS = Path(__file__).parents[2] / "corpus"
SOURCES = [Source(str(number)) for number in range(12)]
TOKEN = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": "0123456789abcdef" * 3, "RAY_USAGE_STATS_ENABLED": "0"}


class Cluster:
    """Two nodes on the loopback interface, each with one processor."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        with socket.create_server(("127.0.0.2", 0)) as free:
            self.address = f"127.0.0.2:{free.getsockname()[1]}"

    def open(self) -> None:
        port = self.address.rpartition(":")[2]
        self.start("--head", f"--port={port}", f"--temp-dir={self.folder}", "--include-dashboard=false", ip="127.0.0.2")
        self.start(f"--address={self.address}", ip="127.0.0.3")

    def start(self, *flags: str, ip: str) -> None:
        command = [
            sys.executable,
            "-m",
            "ray.scripts.scripts",
            "start",
            "--num-cpus=1",
            f"--node-ip-address={ip}",
            *flags,
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        if done.returncode:
            raise OSError(done.stderr)

    def kill(self, node: str = "") -> None:
        """Kills the processes of the cluster, or those of one node whose command lines name it."""
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                command, environment = ((entry / name).read_bytes() for name in ("cmdline", "environ"))
                ours = self.folder.encode() in command or TOKEN["RAY_AUTH_TOKEN"].encode() in environment
                if ours and node.encode() in command and int(entry.name) != os.getpid():
                    os.kill(int(entry.name), signal.SIGKILL)
            except OSError:  # gone, or not ours
                continue


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    if find_spec("ray") is None:  # not imported yet: when it is, it reads the token
        pytest.skip("needs ray")
    folder = tempfile.mkdtemp(prefix="wr", dir="/tmp")  # sockets have short names
    before = dict(os.environ)
    made = Cluster(folder)
    # Where the nodes find the jobs, and what they let each other in for.
    os.environ.update(TOKEN, PYTHONPATH=str(Path(__file__).parent), RAY_ADDRESS=made.address)
    try:
        made.open()
        yield made
    except (OSError, subprocess.TimeoutExpired) as error:  # a machine that lets no cluster start
        pytest.skip(f"ray does not start here: {error}")
    finally:
        os.environ.clear()
        os.environ.update(before)
        made.kill()
        rmtree(folder, ignore_errors=True)


@pytest.fixture
def dask(monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setitem(RUNNERS, "dask", "dask_workers")
    import dask

    with dask.config.set({"distributed.scheduler.allowed-failures": 0}):
        yield


def same_as_here(runner, tmp_path):
    lines = ['{"text": "one"}\n', '{"text": "poison"}\n', '{"text": "three"}\n']
    (tmp_path / "a.jsonl").write_text("".join(lines))
    sources = [Source(str(tmp_path / "a.jsonl"), "jsonl")] * 2
    refused = []
    assert list(results(work.poison_documents, sources, refused.append, runner=runner, jobs=2)) == [2, 2]
    assert [refusal.place for refusal in refused] == [f"{tmp_path}/a.jsonl:2"] * 2
    refused = []
    assert list(results(work.number, SOURCES, refused.append, runner=runner, jobs=2)) == list(range(12))
    assert [refusal.reason for refusal in refused] == ["five is refused"]
    job = partial(work.killed_once, str(tmp_path))
    assert list(results(job, SOURCES, pytest.fail, runner=runner, jobs=2)) == list(range(12))
    refused = []
    found = list(results(work.poison, SOURCES, refused.append, runner=runner, jobs=2))
    assert found == [n for n in range(12) if n != 3]
    assert [refusal.place for refusal in refused] == ["3"]
    assert "died" in refused[0].reason


def test_dask(dask, tmp_path):
    same_as_here("dask", tmp_path)


def test_ray(cluster, tmp_path):
    same_as_here("ray", tmp_path)


def test_what_a_job_raises_comes_as_it_is(cluster):
    with pytest.raises(WicError, match="four is wrong"):
        list(results(work.wrong, SOURCES, pytest.fail, runner="ray"))


def test_a_node_that_dies_costs_nothing(cluster):
    timer = threading.Timer(4, cluster.kill, ["node_ip_address=127.0.0.3"])
    timer.start()
    many = [Source(str(number)) for number in range(400)]
    found = list(results(work.slow, many, pytest.fail, runner="ray"))
    assert found == list(range(400))
    timer.join()
    cluster.start(f"--address={cluster.address}", ip="127.0.0.3")


@pytest.mark.parametrize("command", ["clean", "segment", "dates", "stats"])
def test_the_same_bytes_as_one_process(cluster, command):
    there = run(f"wic {command} {CORPUS} -f jsonl --runner ray")
    assert there.code == 0
    assert not there.err or "raylet" in there.err  # Ray may still have to tell of the node that died above
    assert there.out == run(f"wic {command} {CORPUS} -f jsonl").out


@pytest.mark.long
def test_ten_thousand_tiny_files_odd_names_and_a_large_one(cluster, tmp_path):
    crawl = tmp_path / "crawl"
    crawl.mkdir()
    for number in range(10_000):
        (crawl / f"{number:05}.txt").write_text(f"Nr. {number}" if number % 7 else "")
    for name in ("with blank.txt", "line\nend.txt", "ข่าว.txt", "-q.txt", "a:1.txt", os.fsdecode(b"\xff\xfe.txt")):
        (crawl / name).write_text("图书馆昨天开放。")
    with (crawl / "large.jsonl").open("w") as file:
        file.writelines(f'{{"text": "page {number} {"x" * 900}"}}\n' for number in range(9_000))
        file.write("{broken\n")
    for command in ("segment --raw -f jsonl", "stats --words --raw -f tsv"):
        here = run(f"wic {command} {crawl}")
        assert here.code == 2 and "large.jsonl:9001: not JSON" in here.err
        for where in ("-j 3", "--runner ray"):
            there = run(f"wic {command} {crawl} {where}")
            assert (there.out, there.code) == (here.out, here.code)
            assert here.err in there.err


def test_a_cluster_that_wic_did_not_start_is_left_running(cluster):
    list(lines(work.lines, SOURCES, [].append, runner="ray"))
    time.sleep(0.5)
    with socket.create_connection(cluster.address.split(":"), timeout=5):
        pass


def test_no_cluster_where_one_is_said_to_be(monkeypatch):
    pytest.importorskip("ray")
    monkeypatch.setenv("RAY_ADDRESS", "127.0.0.9:9")
    begun = time.monotonic()
    done = run(f"wic clean {CORPUS} --runner ray")
    assert done.code == 2
    assert "no Ray cluster answers at 127.0.0.9:9" in done.err
    assert time.monotonic() - begun < 15


def test_without_ray(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    done = run(f"wic clean {CORPUS} --runner ray")
    assert done.code == 2
    assert "pip install 'wic-corpus[ray]'" in done.err
