"""Runs jobs in processes of this machine.

Workers are forked from a clean server process that has the word engines loaded already, so that they share its
memory and start at once. When a worker dies (killed, out of memory), what it was working on is tried again, source by
source; what kills its workers is refused by name, and the rest goes on.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from wic.errors import Refusal
from wic.read import STDIN, Source

T = TypeVar("T")
Outcome = tuple[T | None, list[Refusal]]

AHEAD = 4  # batches in hand per worker, so that none waits while results are taken in order
BATCH_BYTES, BATCH_SOURCES = 1 << 17, 32  # small sources travel together, since each journey takes a millisecond


def over(job: Callable[[Source], Outcome[T]], sources: Sequence[Source], jobs: int) -> Iterator[Outcome[T]]:
    """The outcome of ``job`` for each source, in order, from ``jobs`` worker processes."""
    waiting = _batches(sources)
    pending: deque[tuple[list[Source], Future[list[Outcome[T]]] | None]] = deque()
    pool = _pool(jobs)

    def submitted(batch: list[Source]) -> tuple[list[Source], Future[list[Outcome[T]]] | None]:
        # Standard input belongs to this process; it is read here when its turn comes.
        return batch, None if batch[0].path == STDIN else pool.submit(_each, job, batch)

    try:
        while True:
            while len(pending) < jobs * AHEAD and (batch := next(waiting, None)):
                pending.append(submitted(batch))
            if not pending:
                return
            batch, future = pending.popleft()
            try:
                yield from _each(job, batch) if future is None else future.result()
            except BrokenProcessPool:
                _stop(pool)
                yield from _one_by_one(job, batch)
                pool = _pool(jobs)
                pending = deque(submitted(batch) for batch, _ in pending)
    finally:
        _stop(pool)


def _batches(sources: Sequence[Source]) -> Iterator[list[Source]]:
    """Neighbouring sources that are small together; standard input by itself."""
    batch: list[Source] = []
    size = 0
    for source in sources:
        alone = source.path == STDIN
        own = 0 if alone else _size(source)
        if batch and (alone or len(batch) == BATCH_SOURCES or size + own > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(source)
        size += BATCH_BYTES + 1 if alone else own
    if batch:
        yield batch


def _size(source: Source) -> int:
    try:
        return os.stat(source.path).st_size
    except OSError:
        return 0  # the job will tell what is wrong


def _each(job: Callable[[Source], Outcome[T]], batch: list[Source]) -> list[Outcome[T]]:
    return [job(source) for source in batch]


def _one_by_one(job: Callable[[Source], Outcome[T]], batch: list[Source]) -> Iterator[Outcome[T]]:
    """The outcomes of a batch in which a worker died; what kills two workers by itself is refused."""
    pool = _pool(1)
    try:
        for source in batch:
            for last in (False, True):
                try:
                    outcome = pool.submit(job, source).result()
                except BrokenProcessPool:
                    _stop(pool)
                    pool = _pool(1)
                    reason = "the process that worked on it died, twice"
                    outcome = None, [Refusal(source.path, reason, "it may have run out of memory: split the file")]
                    if not last:
                        continue
                yield outcome
                break
    finally:
        _stop(pool)


def _pool(jobs: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["wic.runner.warm"])
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin)


def _begin() -> None:
    # Ctrl-C reaches every process of the terminal's group; the parent alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _stop(pool: ProcessPoolExecutor) -> None:
    """Ends the workers at once, whatever they are doing."""
    workers = list((pool._processes or {}).values())  # Python 3.14 has terminate_workers for this
    for worker in workers:
        worker.terminate()
    pool.shutdown(wait=True, cancel_futures=True)
