"""Files that are not on this machine: addresses with ``://``, read through fsspec (the extra ``remote``).

What an address may begin with (``s3://``, ``gs://``, ``hf://``, ``https://``) is what the installed packages of fsspec
know; how to log in is their matter too.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from wic.errors import WicError
from wic.read import compression
from wic.read.formats import WALKED


def is_address(path: str) -> bool:
    """Whether a path is an address, and not a file with an odd name."""
    return "://" in path and not os.path.exists(path)


@contextmanager
def opened(address: str) -> Iterator[io.BufferedReader]:
    """The bytes of a file as they come. A WicError where it cannot be read."""
    with _trouble():
        system, name = _system(address)
        with system.open(name, "rb") as file:
            yield io.BufferedReader(cast(Any, file))


def files(address: str) -> list[str]:
    """The addresses of the readable files below a folder, in order, or of the file itself."""
    with _trouble():
        system, name = _system(address)
        if not system.isdir(name):
            system.info(name)
            return [address]
        below = (found.removeprefix(name).lstrip("/") for found in system.find(name))
        kept = (one for one in below if compression.suffix(one) in WALKED and not _hidden(one))
        return [f"{address.rstrip('/')}/{one}" for one in sorted(kept, key=lambda one: one.split("/"))]


def version(address: str) -> str:
    """What is another where the file has changed: the entity tag, time and size that its server tells."""
    with _trouble():
        system, name = _system(address)
        return str(system.ukey(name))


def _hidden(path: str) -> bool:
    return any(step.startswith(".") for step in path.split("/"))


def _system(address: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs  # type: ignore[import-untyped]
    except ImportError:
        raise WicError("addresses need the package fsspec", "pip install 'wic-corpus[remote]'") from None
    system, name = url_to_fs(address)
    return system, name


@contextmanager
def _trouble() -> Iterator[None]:
    """Every package of fsspec has errors of its own."""
    try:
        yield
    except (WicError, OSError, GeneratorExit):
        raise
    except ImportError as error:  # that of a package for one kind of address
        raise WicError(str(error), "install the package that it names") from None
    except ValueError as error:
        raise WicError(str(error), "check the address") from None
    except Exception as error:
        raise WicError(f"cannot be read: {error}", "check the address, and that you may read it") from error
