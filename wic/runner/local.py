"""Workers on this machine: processes forked from a clean server that has the word engines loaded already.

So they share its memory and start at once.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.process import BaseProcess
from typing import TypeVar

from wic.read import Source
from wic.runner.schedule import Outcome, Work, WorkerDied

T = TypeVar("T")


class LocalWorkers:
    """A pool of ``size`` processes."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._pool = _pool(size)

    def submit(self, work: Work[T], batch: Sequence[Source]) -> Callable[[], list[Outcome[T]]]:
        try:
            future: Future[list[Outcome[T]]] = self._pool.submit(work, batch)
        except BrokenProcessPool:  # a worker died meanwhile: whoever waits for it will hear of it, and so will this
            return _died

        def outcomes() -> list[Outcome[T]]:
            try:
                return future.result()
            except BrokenProcessPool:
                raise WorkerDied from None

        return outcomes

    def renew(self) -> bool:
        """One process that dies takes the whole pool with it."""
        self.stop()
        self._pool = _pool(self.size)
        return True

    def stop(self) -> None:
        running = list((self._pool._processes or {}).values())  # Python 3.14 has terminate_workers for this
        for process in running:
            process.terminate()
        self._pool.shutdown(wait=True, cancel_futures=True)


def _died() -> list[Outcome[T]]:
    raise WorkerDied


def _pool(size: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["wic.runner.warm"])
    return ProcessPoolExecutor(size, mp_context=context, initializer=_begin)


def _begin() -> None:
    # Ctrl-C reaches every process of the terminal's group; the parent alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A parent that was killed tells nobody, and the pool's processes would wait for it for ever.
    threading.Thread(target=_end_with, args=(multiprocessing.parent_process(),), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    """Ends this process when the one that it works for has ended."""
    parent.join()
    os._exit(1)


workers = LocalWorkers
