"""``wic langs``: languages, engines and versions, and what is missing."""

from __future__ import annotations

import sys

import click

HELP = """Lists the languages and the word engines.

\b
Examples:
  wic langs
  wic langs --verbose     also what is missing and how to install it
"""


@click.command("langs", help=HELP)
@click.option("-f", "--format", "format_", type=click.Choice(["table", "jsonl"]), default="table", help="Output format (default: table).")  # fmt: skip
@click.option("--verbose", is_flag=True, help="Also what is missing and how to install it.")
def command(format_: str, verbose: bool) -> None:
    from wic.language import known, language
    from wic.segment import engines
    from wic.write import jsonl

    languages = [
        {"kind": "language", "code": code, "name": language(code).name, "script": language(code).script, "words": language(code).words}
        for code in known()
    ]  # fmt: skip
    found = [
        {"kind": "engine", "name": name, "what": engine.what, "languages": list(engine.languages), "version": engine.version, "available": engine.available, "install": engine.install}
        for name, engine in engines().items()
    ]  # fmt: skip
    if format_ == "jsonl":
        sys.stdout.buffer.writelines(map(jsonl.line, [*languages, *found]))
        return
    from wic.cli import show

    sys.stdout.buffer.writelines(show.languages(languages, found, verbose))
