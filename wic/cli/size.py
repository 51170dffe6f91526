"""Sizes on the command line: ``500k``, ``64M``, ``2G``."""

from __future__ import annotations

import click

UNITS = {"": 0, "k": 10, "m": 20, "g": 30}


def size(context: click.Context, parameter: click.Parameter, value: str | None) -> int | None:
    """A number of bytes, with k, M or G behind it for powers of 1024; the callback of a flag."""
    if value is None:
        return None
    number, unit = (value[:-1], value[-1].lower()) if value[-1:].isalpha() else (value, "")
    if not (number.isascii() and number.isdigit() and int(number) and unit in UNITS):
        raise click.BadParameter(f"{value!r} is not a size; write a number of bytes, or 500M, 2G", context, parameter)
    return int(number) << UNITS[unit]
