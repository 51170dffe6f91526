"""The compiled part of wic, which is optional: without a compiler the same cuts are computed with numpy."""

from setuptools import Extension, setup

SOURCES = ["module.c", "votes.c", "clusters.c", "cut.c"]

setup(
    ext_modules=[
        Extension(
            "wic.segment._compiled",
            [f"wic/segment/compiled/{name}" for name in SOURCES],
            depends=["wic/segment/compiled/compiled.h"],
            extra_compile_args=["-O3"],
            py_limited_api=True,
            optional=True,
        )
    ],
    options={"bdist_wheel": {"py_limited_api": "cp311"}},
)
