"""One job over many sources, in input order, in this process or in several.

This is the seam behind which any engine fits that can call a function somewhere else. A *job* is an importable
function (or a ``functools.partial`` of one) from a source and a ``refuse`` callback to a small result; it can be
pickled, and so can its result. Operations know nothing of where they run, and runners nothing of what they run.

A runner is a module like ``local`` or ``ray`` that has `Workers` (``wic.runner.schedule``) as ``workers``; ``RUNNERS``
names them. Three shapes of job cover every command:
``results`` gives one small result per source (a tally, a count), ``lines`` the lines that a job produces, ``items``
objects that the work goes on with in this process, where it depends on all that came before. What was made in another
process does not wait in the memory of this one but in a file, of which only the path travels.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TypeVar

from wic.books import books
from wic.errors import Refusal, WicError
from wic.read import Refuse, Source
from wic.read.stretches import stretches
from wic.runner.schedule import Receipt, added, each, over

T = TypeVar("T")

RUNNERS = {"local": "wic.runner.local", "ray": "wic.runner.ray"}  # imported when several processes are to run
BLOCK = 1 << 20  # bytes
STRETCH = 1 << 22  # bytes of a large file that one process takes at a time


def results(
    job: Callable[[Source, Refuse], T],
    sources: Sequence[Source],
    refuse: Refuse,
    *,
    runner: str = "local",
    jobs: int = 1,
    done: Callable[[], object] = int,
    add: bool = False,
    whole: bool = False,
) -> Iterator[T]:
    """The job's result for each source, in order; what a source refused goes to ``refuse`` when its turn comes.

    A large source is given to several processes in stretches, with a result for each; with ``whole`` each source is given as
    it is. ``done`` is called after each source, for whoever watches. With ``add`` the results of neighbouring sources may come as
    their sum, which the process that made them has computed (``+=``).
    """
    sources = sources if whole else _cut(sources, runner, jobs)
    if _here(sources, runner, jobs):
        for source in sources:
            yield job(source, refuse)
            if not source.goes_on:
                done()
        return
    workers = import_module(RUNNERS[runner]).workers(jobs)
    work = partial(added if add else each, partial(_collecting, job))
    finished = 0
    for result, receipt in over(workers, work, sources, large=add):
        for refusal in receipt.refusals:
            refuse(refusal)
        books.add(receipt.books)
        if result is not None:
            yield result
        if finished < len(sources) and not sources[finished].goes_on:
            done()
        finished += 1
    if finished != len(sources):
        raise WicError(
            f"{len(sources)} inputs were given out and {finished} came back", "please report how to see this"
        )


def lines(
    produce: Callable[[Source, Refuse], Iterator[bytes]],
    sources: Sequence[Source],
    refuse: Refuse,
    *,
    runner: str = "local",
    jobs: int = 1,
    done: Callable[[], object] = int,
) -> Iterator[bytes]:
    """What ``produce`` yields for each source, in order: the same bytes for any number of jobs."""
    sources = _cut(sources, runner, jobs)
    if _here(sources, runner, jobs):
        for source in sources:
            yield from produce(source, refuse)
            done()
        return
    with tempfile.TemporaryDirectory(prefix="wic-") as folder:
        spool = partial(_spool, produce, folder)
        for path in results(spool, sources, refuse, runner=runner, jobs=jobs, done=done, whole=True):
            with path.open("rb") as part:
                yield from iter(partial(part.read, BLOCK), b"")
            path.unlink()


def items(
    produce: Callable[[Source, Refuse], Iterator[T]],
    sources: Sequence[Source],
    refuse: Refuse,
    *,
    runner: str = "local",
    jobs: int = 1,
    done: Callable[[], object] = int,
) -> Iterator[T]:
    """What ``produce`` yields for each source, in order: objects that can be pickled."""
    sources = _cut(sources, runner, jobs)
    if _here(sources, runner, jobs):
        for source in sources:
            yield from produce(source, refuse)
            done()
        return
    with tempfile.TemporaryDirectory(prefix="wic-") as folder:
        keep = partial(_keep, produce, folder)
        for path in results(keep, sources, refuse, runner=runner, jobs=jobs, done=done, whole=True):
            with path.open("rb") as part:
                while part.peek(1):
                    yield pickle.load(part)
            path.unlink()


def _cut(sources: Sequence[Source], runner: str, jobs: int) -> Sequence[Source]:
    """The sources, those that several processes can share in stretches."""
    if runner == "local" and jobs == 1:
        return sources
    return [part for source in sources for part in stretches(source, STRETCH)]


def _here(sources: Sequence[Source], runner: str, jobs: int) -> bool:
    """Whether all is done in this process."""
    return len(sources) < 2 or (runner == "local" and jobs == 1)


def _collecting(job: Callable[[Source, Refuse], T], source: Source) -> tuple[T, Receipt]:
    refusals: list[Refusal] = []
    before = copy(books)
    result = job(source, refusals.append)
    return result, Receipt(refusals, books.since(before))


def _spool(produce: Callable[[Source, Refuse], Iterator[bytes]], folder: str, source: Source, refuse: Refuse) -> Path:
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as part:
        part.writelines(produce(source, refuse))
    return Path(part.name)


def _keep(produce: Callable[[Source, Refuse], Iterator[T]], folder: str, source: Source, refuse: Refuse) -> Path:
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as part:
        for item in produce(source, refuse):
            pickle.dump(item, part, pickle.HIGHEST_PROTOCOL)
    return Path(part.name)
