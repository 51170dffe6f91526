"""Runs jobs in processes of this machine.

Workers are forked from a clean server process that has the word engines loaded already, so that they share its
memory and start at once. A worker that dies (killed, out of memory) costs what it was working on one more try, alone;
what kills its worker again is refused by name, and the rest goes on.
"""

from __future__ import annotations

import multiprocessing
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

AHEAD = 4  # sources in hand per worker, so that none waits while results are taken in order


def over(job: Callable[[Source], Outcome[T]], sources: Sequence[Source], jobs: int) -> Iterator[Outcome[T]]:
    """The outcome of ``job`` for each source, in order, from ``jobs`` worker processes."""
    waiting = deque(sources)
    pending: deque[tuple[Source, Future[Outcome[T]] | None]] = deque()
    pool = _pool(jobs)
    try:
        while waiting or pending:
            while waiting and len(pending) < jobs * AHEAD:
                source = waiting.popleft()
                # Standard input belongs to this process; it is read here when its turn comes.
                pending.append((source, None if source.path == STDIN else pool.submit(job, source)))
            source, future = pending.popleft()
            try:
                yield job(source) if future is None else future.result()
            except BrokenProcessPool:
                _stop(pool)
                yield _alone(job, source)
                pool = _pool(jobs)
                pending = deque((s, None if s.path == STDIN else pool.submit(job, s)) for s, _ in pending)
    finally:
        _stop(pool)


def _alone(job: Callable[[Source], Outcome[T]], source: Source) -> Outcome[T]:
    pool = _pool(1)
    try:
        return pool.submit(job, source).result()
    except BrokenProcessPool:
        reason = "the process that worked on it died, twice"
        return None, [Refusal(source.path, reason, "it may have run out of memory: split the file")]
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
