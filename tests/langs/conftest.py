"""Languages that come and go with a test."""

from __future__ import annotations

import functools
import gc
import sys

import pytest


@pytest.fixture
def forgetful():
    """What is remembered about languages, and in whatever follows from them, is forgotten before and after."""
    _forget()
    yield
    _forget()


def _forget():
    sys.modules.pop("wic_lao", None)
    for found in gc.get_objects():
        if isinstance(found, functools._lru_cache_wrapper) and found.__module__.partition(".")[0] == "wic":
            found.cache_clear()
