"""Lets the packages of the steps be called: ``wic.clean(document)`` is ``wic.clean.clean(document)``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any


class _Package(ModuleType):
    """A package with one function that is the whole of it."""

    function: Callable[..., Any]

    def __call__(self, *args: Any, **named: Any) -> Any:
        """What the function of the package does."""
        return self.function(*args, **named)


def as_function(name: str, function: Callable[..., Any]) -> None:
    """Makes the package ``name`` do, when it is called, what the function does."""
    package = sys.modules[name]
    package.__class__ = _Package
    package.function = function  # type: ignore[attr-defined]
