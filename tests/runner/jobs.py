"""Jobs for the runner's tests: functions that a worker can import."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from wic.errors import Refusal, WicError
from wic.read import documents


def number(source, refuse):
    if source.path == "5":
        refuse(Refusal(source.path, "five is refused"))
    time.sleep(0.01 * (int(source.path) % 3))
    return int(source.path)


def lines(source, refuse):
    if source.path == "5":
        refuse(Refusal(source.path, "five is refused"))
    for count in range(int(source.path)):
        yield f"{source.path}.{count}\n".encode()


def killed_once(folder, source, refuse):
    mark = Path(folder, source.path)
    if source.path in ("2", "7") and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return int(source.path)


def poison(source, refuse):
    if source.path == "3":
        os.kill(os.getpid(), signal.SIGKILL)
    return int(source.path)


def poison_documents(source, refuse):
    """How many documents there are; those that speak of poison kill their process."""
    count = 0
    for document in documents(source, refuse):
        if "poison" in document.text:
            os.kill(os.getpid(), signal.SIGKILL)
        count += 1
    return count


def poison_without_document(source, refuse):
    count = poison_documents(source, refuse)
    os.kill(os.getpid(), signal.SIGKILL)
    return count


def endless(source, refuse):
    time.sleep(600)


def slow(source, refuse):
    time.sleep(0.05)
    return int(source.path)


def wrong(source, refuse):
    if source.path == "4":
        raise WicError("four is wrong")
    return int(source.path)


def raw(source, refuse):
    yield b"x\n"
