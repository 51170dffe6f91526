"""The output of a run as a folder: a part for each source, and a ledger that says what each part was made from.

A large source that can be cut has a part for each of its stretches, with any number of workers.

A run that was cut off can be taken up: what the ledger has a receipt for is not made again, if the source has the same
content, the command, its configuration and the version of wic are the same, and the part is what was written then.
A part gets its name when it is whole and on the disk. Each is a row of zstandard frames that can be read by themselves.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from hashlib import blake2b, file_digest
from pathlib import Path, PurePath

from wic.errors import Refusal, WicError
from wic.read import STDIN, Refuse, Source, remote
from wic.read.stretches import Stretch, opened, stretches
from wic.read.watched import DIED
from wic.runner import results
from wic.write.frames import frames
from wic.write.whole import whole

LEDGER = ".ledger.jsonl"  # hidden, so that the folder can be read as a corpus
UNFINISHED = ".unfinished-"
PART = 1 << 24  # bytes of a large file that go into one part

Produce = Callable[[Source, Refuse], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was made of a source: its part in the folder, how many lines and bytes (``size``) that has, and what was refused.

    ``key`` tells from what and with what it was made, ``digest`` is that of the bytes of the part.
    """

    source: str
    part: str
    key: str
    lines: int
    size: int
    digest: str
    refused: tuple[Refusal, ...] = ()

    @property
    def died(self) -> bool:
        """Whether processes died on it, perhaps for want of memory, which there may be the next time."""
        return any(refusal.reason == DIED for refusal in self.refused)

    def line(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"

    @classmethod
    def read(cls, line: str) -> Receipt:
        facts = json.loads(line)
        return cls(**{**facts, "refused": tuple(Refusal(**one) for one in facts["refused"])})


def write(
    produce: Produce,
    sources: Sequence[Source],
    folder: Path,
    refuse: Refuse,
    *,
    made_with: str,
    suffix: str,
    header: bytes = b"",
    runner: str = "local",
    jobs: int = 1,
    done: Callable[[], object] = int,
) -> list[Receipt]:
    """Writes what ``produce`` yields for each source to its part in ``folder``; the receipts, in order.

    ``made_with`` stands for the command and all that shapes its output. What is there already is left, and what was
    refused then is refused again.
    """
    sources = [part for source in sources for part in stretches(source, PART)]
    names = _names(sources, suffix)
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.rglob(f"{UNFINISHED}*"):  # by a run that was killed
        left.unlink(missing_ok=True)
    known = {receipt.source: receipt for receipt in ledger(folder)}
    job = partial(_part, produce, folder, names, known, made_with, header)
    receipts: list[Receipt] = []
    with (folder / LEDGER).open("ab") as notes:
        for receipt in results(job, sources, refuse, runner=runner, jobs=jobs, done=done, whole=True):
            for refusal in receipt.refused:
                refuse(refusal)
            receipts.append(receipt)
            if known.get(receipt.source) != receipt:
                notes.write(receipt.line())
                notes.flush()
                os.fsync(notes.fileno())
    _settle(folder, receipts, known.values())
    return receipts


def ledger(folder: Path) -> Iterator[Receipt]:
    """The receipts of a folder; a line that was cut off counts as none."""
    path = folder / LEDGER
    if not path.exists():
        if any(folder.iterdir()):
            raise WicError(f"{folder}: a folder with other files in it", "name an empty or a new folder with --output")
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            yield Receipt.read(line)
        except (ValueError, TypeError, KeyError):
            continue


def _names(sources: Sequence[Source], suffix: str) -> dict[str, str]:
    """Where in the folder the part of each source goes: as its path, without what leads out of the folder."""
    names: dict[str, str] = {}
    number = 0
    for source in sources:
        steps = [step for step in PurePath(source.path).parts if step not in ("/", "..", ".")]
        name = "stdin" if source.path == STDIN else str(PurePath(*steps))
        if source.stretch:
            number = number + 1 if source.stretch.start else 0
            name = f"{name}.{number:05}"
        names[_place(source)] = name
    seen: dict[str, str] = {}
    for path, name in names.items():
        if (other := seen.setdefault(name, path)) != path:
            raise WicError(f"{other} and {path} would be the same part", "process them one after the other")
    return {path: f"{name}{suffix}" for path, name in names.items()}


def _place(source: Source) -> str:
    """What the ledger calls a source: its path, and behind a character that no path has the line of a stretch."""
    return f"{source.path}\0{source.stretch.line}" if source.stretch else source.path


def _part(
    produce: Produce,
    folder: Path,
    names: dict[str, str],
    known: dict[str, Receipt],
    made_with: str,
    header: bytes,
    source: Source,
    refuse: Refuse,
) -> Receipt:
    """The receipt for a source, whose part is made if it is not there."""
    key = blake2b(f"{made_with}\0{_digest_of(source)}".encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
    earlier = known.get(_place(source))
    if earlier and earlier.key == key and _digest(folder / earlier.part) == earlier.digest and not earlier.died:
        return earlier
    refused: list[Refusal] = []
    target = folder / names[_place(source)]
    target.parent.mkdir(parents=True, exist_ok=True)
    with whole(target, UNFINISHED) as part:
        lines, size, digest = _written(part.write, header, produce(source, refused.append))
    return Receipt(_place(source), names[_place(source)], key, lines, size, digest, tuple(refused))


def _written(write: Callable[[bytes], object], header: bytes, lines: Iterable[bytes]) -> tuple[int, int, str]:
    """Writes the lines in frames; how many there were, and the size and digest of what was written."""
    digest = blake2b(digest_size=16)
    count = size = 0

    def counted() -> Iterator[bytes]:
        nonlocal count
        yield header
        for line in lines:
            count += line.count(b"\n")
            yield line

    for frame in frames(counted()):
        digest.update(frame)
        write(frame)
        size += len(frame)
    return count, size, digest.hexdigest()


def _digest_of(source: Source) -> str:
    """What a source is: its content, and how it is to be read."""
    # Standard input can be read once; what cannot be read at all, the job will tell.
    if source.path == STDIN:
        content = os.urandom(16).hex()
    elif remote.is_address(source.path):
        content = remote.version(source.path)
    else:
        content = _digest(Path(source.path), source.stretch)
    return f"{source._replace(indexed='', watch=None)!r} {content}"


def _digest(path: Path, stretch: Stretch | None = None) -> str:
    """The digest of a file, or of a stretch of it; empty where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file_digest(opened(file, stretch) if stretch else file, partial(blake2b, digest_size=16)).hexdigest()
    except OSError:
        return ""


def _settle(folder: Path, receipts: Sequence[Receipt], earlier: Iterable[Receipt]) -> None:
    """Leaves in the folder what this run says: the ledger in its order, and no part of a source that is none of it."""
    current = {receipt.part for receipt in receipts}
    for receipt in earlier:
        if receipt.part not in current:
            (folder / receipt.part).unlink(missing_ok=True)
    with whole(folder / LEDGER, UNFINISHED) as ordered:
        ordered.writelines(receipt.line() for receipt in receipts)
