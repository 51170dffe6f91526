"""Libraries that only some formats need: they come with an extra of the package, and a missing one is named."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from wic.errors import WicError


def library(name: str, extra: str) -> ModuleType:
    """The module, or a WicError that says how it is installed."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise WicError(
            f"this format needs {error.name}, which is not installed", f"pip install 'wic-corpus[{extra}]'"
        ) from None
