"""wic turns scraped Thai, Chinese, Arabic and English news into corpora that can be trusted.

In Python::

    import wic

    document = wic.read("page.txt")
    clean = wic.clean(document)
    segmented = wic.segment(clean)
    dates = wic.dates(clean)

``wic.read``, ``wic.clean``, ``wic.segment`` and ``wic.dates`` are packages that can be called, each for the one function
that is the whole of it; they are loaded when they are first asked for.
"""

from typing import Any

__version__ = "0.1.0"
STEPS = ("read", "clean", "segment", "dates")


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name == "Document":
        return import_module("wic.document").Document
    if name not in STEPS:
        raise AttributeError(f"module 'wic' has no attribute {name!r}")
    return import_module(f"wic.{name}")
