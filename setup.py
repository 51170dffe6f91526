"""The compiled part of wic, which is optional: without a compiler the same is computed with Python and numpy."""

from setuptools import Extension, setup

SOURCES = [
    "module.c",
    "votes.c",
    "clusters.c",
    "cut.c",
    "fold.c",
    "find.c",
    "cells.c",
    "edits.c",
    "counts.c",
    "classes.c",
    "units.c",
    "lines.c",
    "records.c",
    "windows.c",
]

setup(
    ext_modules=[
        Extension(
            "wic.compiled._module",
            [f"wic/compiled/{name}" for name in SOURCES],
            depends=["wic/compiled/compiled.h"],
            extra_compile_args=["-O3"],
            py_limited_api=True,
            optional=True,
        )
    ],
    options={"bdist_wheel": {"py_limited_api": "cp311"}},
)
