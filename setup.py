"""The compiled part of wic, which is optional: without a compiler the same numbers are computed with numpy."""

from setuptools import Extension, setup

setup(
    ext_modules=[
        Extension(
            "wic.segment._votes",
            ["wic/segment/_votes.c"],
            extra_compile_args=["-O3"],
            py_limited_api=True,
            optional=True,
        )
    ],
    options={"bdist_wheel": {"py_limited_api": "cp311"}},
)
