"""How many workers help: a simulation of the runner, calibrated on this machine and checked against it.

What is measured, on a third of the files, is what one process costs for a megabyte, what a batch costs the process that
leads, and how long workers take to begin. What one and two workers will take for all files, and for one file of JSON lines
that has as much and is worked on in stretches, is predicted from that; then they run. The same simulation says what more
workers than this machine has would do for a terabyte, if storage keeps up: that is a prediction, and its first limit is
one document or one file that cannot be shared out.
"""

from __future__ import annotations

import heapq
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import orjson

from benchmarks.texts import cleaned
from wic.read import Source
from wic.read.stretches import Stretch, stretches
from wic.runner import STRETCH
from wic.runner.schedule import AHEAD, BATCH_BYTES, batches

TERABYTE = 1_000_000_000_000


class Costs(NamedTuple):
    """Seconds: for a megabyte in a worker, for a batch in the process that leads, until a worker begins, and for a megabyte
    whose lines are counted before it is shared out."""

    megabyte: float
    batch: float
    start: float
    counting: float


def simulated(sizes: Sequence[float], workers: int, costs: Costs) -> float:
    """Seconds from start to end for batches of ``sizes`` megabytes, taken in order as `wic.runner.schedule` does.

    A worker takes the next batch when it is free; the leader hands out ``AHEAD`` batches a worker and takes the outcomes
    in order, one after the other.
    """
    free = [costs.start] * workers
    heapq.heapify(free)
    taken = 0.0  # when the leader is done with the last outcome
    ends: list[float] = []
    for number, size in enumerate(sizes):
        # A batch is handed out when the outcome that was so many before it has been taken.
        handed = 0.0 if number < workers * AHEAD else ends[number - workers * AHEAD]
        begin = max(heapq.heappop(free), handed)
        done = begin + size * costs.megabyte
        heapq.heappush(free, done)
        taken = max(taken, done) + costs.batch
        ends.append(taken)
    return taken


def megabytes(paths: Iterable[Path]) -> list[float]:
    """The megabytes of the batches that files travel in."""
    cut = batches([Source(str(path)) for path in paths], large=False)
    return [sum(os.stat(source.path).st_size for source in batch) / 1e6 for batch in cut]


def stretched(path: Path) -> list[float]:
    """The megabytes of the stretches of a file of JSON lines."""
    size = os.stat(path).st_size
    cut = [source.stretch or Stretch(0, 0, 1) for source in stretches(Source(str(path), "jsonl"), STRETCH)]
    return [((stretch.end or size) - stretch.start) / 1e6 for stretch in cut]


def run(folder: Path, jobs: int) -> tuple[float, float]:
    """Seconds that ``wic segment`` takes with so many workers, and CPU seconds of the process that leads."""
    before = os.times()
    begun = time.perf_counter()
    command = [sys.executable, "-m", "wic", "segment", "-q", "-f", "jsonl", "-j", str(jobs), str(folder)]
    with tempfile.TemporaryFile() as output:
        subprocess.run(command, stdout=output, check=True)
    after = os.times()
    leader = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - begun, leader


def main(quick: bool) -> None:
    """Prints the calibration, the prediction, what the machine then did, and what follows for more."""
    with tempfile.TemporaryDirectory() as name:
        folder, third, pair = Path(name, "all"), Path(name, "third"), Path(name, "pair")
        for made in (folder, third, pair):
            made.mkdir()
        texts = [document.text for lang in ("zh", "th", "ar", "en") for document in cleaned(lang)]
        sizes: list[int] = []
        while sum(sizes) < (6_000_000 if quick else 20_000_000):
            text = "\n\n".join(texts[(len(sizes) + step) % len(texts)] for step in range(8))
            file = folder / f"{len(sizes):05}.txt"
            sizes.append(file.write_bytes(text.encode()))
            if len(sizes) % 3 == 0:
                os.link(file, third / file.name)
            if len(sizes) <= 2:
                os.link(file, pair / file.name)
        small = megabytes(sorted(third.iterdir()))
        idle, _ = run(folder / "00000.txt", 1)
        one, _ = run(third, 1)
        started, leading = run(pair, 2)
        _, led = run(third, 2)
        lines = Path(name, "all.jsonl")
        with lines.open("wb") as records:
            for page in sorted(folder.iterdir()):
                records.write(orjson.dumps({"text": page.read_text()}) + b"\n")
        begun = time.perf_counter()
        parts = stretched(lines)
        counting = (time.perf_counter() - begun) / sum(parts)
        costs = Costs((one - idle) / sum(small), max(0.0, led - leading) / len(small), started, counting)
        cut = megabytes(sorted(folder.iterdir()))
        print(
            f"`segment -f jsonl`, calibrated on a third of {sum(sizes) / 1e6:.0f} MB in {len(sizes)} files: "
            f"{1e3 * costs.megabyte:.0f} ms a megabyte, {1e3 * costs.batch:.1f} ms a batch in the process that leads, "
            f"{costs.start:.2f} s until a worker begins; the lines of a gigabyte are counted in {1e3 * costs.counting:.1f} s.\n"
        )
        alone = idle + sum(cut) * costs.megabyte
        shared = sum(parts) * costs.counting + simulated(parts, 2, costs)
        print("| all of it, workers | predicted, s | then measured, s |\n|:--|--:|--:|")
        print(f"| files, 1 | {alone:.1f} | {run(folder, 1)[0]:.1f} |")
        print(f"| files, 2 | {simulated(cut, 2, costs):.1f} | {run(folder, 2)[0]:.1f} |")
        print(f"| one file of JSON lines, 1 | {alone:.1f} | {run(lines, 1)[0]:.1f} |")
        print(f"| one file of JSON lines, 2 | {shared:.1f} | {run(lines, 2)[0]:.1f} |\n")
    print("A terabyte, predicted, in hours, if storage keeps up:\n")
    print(
        "| workers | parts of 64 MB | one file of JSON lines | files of 30 kB | one compressed file of 100 GB among parts |\n"
        "|--:|--:|--:|--:|--:|"
    )
    large = [STRETCH / 1e6] * (TERABYTE // STRETCH)
    parts = [64.0] * (TERABYTE // 64_000_000)
    pages = [BATCH_BYTES / 1e6] * (TERABYTE // BATCH_BYTES // 100)  # a hundredth, for the simulation's own time
    for workers in (1, 16, 256, 1024, 4096):
        whole = simulated(parts, workers, costs)
        lone = simulated([100_000.0, *parts[: len(parts) * 9 // 10]], workers, costs)
        lone_lines = TERABYTE / 1e6 * costs.counting + simulated(large, workers, costs)
        many = 100 * simulated(pages, workers, costs._replace(start=0.0))
        print(f"| {workers} | {whole / 3600:.2f} | {lone_lines / 3600:.2f} | {many / 3600:.2f} | {lone / 3600:.2f} |")
    print()
