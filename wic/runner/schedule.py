"""What every runner has in common: sources in batches, outcomes in order, and what happens when a worker dies.

When a worker dies (killed, out of memory, its machine gone), what it was working on is tried again, source by source, and
the document at hand is noted; the document that kills its workers is refused by name, and the rest goes on.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, Protocol, TypeVar

from wic.books import Books
from wic.errors import Refusal
from wic.read import STDIN, Source
from wic.read.watched import DIED, Watch

T = TypeVar("T")


class Receipt(NamedTuple):
    """What a source refused, and the documents that went into it."""

    refusals: list[Refusal]
    books: Books


Outcome = tuple[T | None, Receipt]
Job = Callable[[Source], Outcome[T]]
Work = Callable[[Sequence[Source]], list[Outcome[T]]]  # what is called in another process: an outcome for each source

POISON = 8  # documents of a source that may kill their workers before all of it is refused
NONE_YET = -1  # the number of no document
AHEAD = 4  # batches in hand per worker, so that none waits while results are taken in order
BATCH_BYTES, BATCH_SOURCES = 1 << 17, 32  # small sources travel together, since each journey takes a millisecond
SHARE, LARGEST = 64, 1 << 22  # part of all and bytes of a batch whose results are added: fewer are left to add here


class WorkerDied(Exception):
    """The worker of a batch ended before the batch did."""


class Workers(Protocol):
    """Processes somewhere that call functions; ``size`` of them at a time."""

    size: int

    def submit(self, work: Work[T], batch: Sequence[Source]) -> Callable[[], list[Outcome[T]]]:
        """Has ``work`` called with the batch; what is returned waits for the outcomes, or raises `WorkerDied`."""

    def renew(self) -> bool:
        """Makes up for a worker that died. True if all that was submitted is lost with it."""

    def stop(self) -> None:
        """Ends the workers at once, whatever they are doing."""


def each(job: Job[T], batch: Sequence[Source]) -> list[Outcome[T]]:
    """The outcome of ``job`` for each source of a batch."""
    return [job(source) for source in batch]


def added(job: Job[T], batch: Sequence[Source]) -> list[Outcome[T]]:
    """The same for results that add up: the first outcome has the sum of all, the others what was refused."""
    total: T | None = None
    outcomes = each(job, batch)
    for result, _ in outcomes:
        if total is None:
            total = result
        elif result is not None:
            total += result  # type: ignore[operator]
    return [(None if place else total, receipt) for place, (_, receipt) in enumerate(outcomes)]


def over(workers: Workers, work: Work[T], sources: Sequence[Source], *, large: bool = False) -> Iterator[Outcome[T]]:
    """The outcomes of ``work`` for all sources, in order; ``large`` if it does well with large batches."""
    waiting = batches(sources, large=large)
    pending: deque[tuple[list[Source], Callable[[], list[Outcome[T]]] | None]] = deque()

    def submitted(batch: list[Source]) -> tuple[list[Source], Callable[[], list[Outcome[T]]] | None]:
        # Standard input belongs to this process; it is read here when its turn comes.
        return batch, None if batch[0].path == STDIN else workers.submit(work, batch)

    try:
        while True:
            while len(pending) < workers.size * AHEAD and (batch := next(waiting, None)):
                pending.append(submitted(batch))
            if not pending:
                return
            batch, outcomes = pending.popleft()
            try:
                found = work(batch) if outcomes is None else outcomes()
            except WorkerDied:
                lost = workers.renew()
                yield from _one_by_one(workers, work, batch)
                if lost:
                    pending = deque(submitted(batch) for batch, _ in pending)
            else:
                yield from found
    finally:
        workers.stop()


def batches(sources: Sequence[Source], *, large: bool) -> Iterator[list[Source]]:
    """Neighbouring sources that are small together; standard input by itself."""
    most_bytes, most_sources = BATCH_BYTES, BATCH_SOURCES
    if large:
        total = sum(map(_size, sources))
        most_bytes, most_sources = max(most_bytes, min(total // SHARE, LARGEST)), len(sources)
    batch: list[Source] = []
    size = 0
    for source in sources:
        alone = source.path == STDIN
        own = 0 if alone else _size(source)
        if batch and (alone or len(batch) == most_sources or size + own > most_bytes):
            yield batch
            batch, size = [], 0
        batch.append(source)
        size += most_bytes + 1 if alone else own
    if batch:
        yield batch


def _size(source: Source) -> int:
    start, end = source.stretch[:2] if source.stretch else (0, 0)
    try:
        return (end or os.stat(source.path).st_size) - start
    except OSError:
        return 0  # the job will tell what is wrong


def _one_by_one(workers: Workers, work: Work[T], batch: Sequence[Source]) -> Iterator[Outcome[Any]]:
    """The outcomes of a batch in which a worker died."""
    with TemporaryDirectory(prefix="wic-") as folder:
        for source in batch:
            yield _alone(workers, work, source, os.path.join(folder, "at"))


def _alone(workers: Workers, work: Work[T], source: Source, note: str) -> Outcome[Any]:
    """The outcome of a source in which a worker may have died.

    A document on which two workers in a row die is refused. All of a source is, where two die with no document at hand, or
    more than ``POISON`` documents would account for.
    """
    watch = Watch(note)
    suspect: int | None = NONE_YET
    for _ in range(2 * POISON + 2):
        try:
            (outcome,) = workers.submit(work, [source._replace(watch=watch)])()
        except WorkerDied:
            workers.renew()
        else:
            return outcome
        last = watch.last()
        if last != suspect:
            suspect = last
        elif last is None:
            break
        else:
            watch = watch._replace(without=(*watch.without, last))
            suspect = NONE_YET
        with suppress(FileNotFoundError):
            os.unlink(note)
    return None, Receipt([Refusal(source.name, DIED, "it may have run out of memory: split the file")], Books())
