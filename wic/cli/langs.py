"""``wic langs``: languages, engines and versions, what is missing, and installing it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from wic.cli.run import Run
from wic.cli.run import command as wic_command
from wic.errors import WicError

HELP = """Lists the languages and the word engines.

With --install it fetches what an engine of a language needs and wic does not bring, by the data command of the package
that it belongs to; it says how much that is and under which licence, and asks first.

\b
Examples:
  wic langs
  wic langs --verbose                also what is missing and how to install it
  wic langs --install ar             data of camel-tools for --engine camel-morph
  wic langs --install ar --from DIR  the same from a folder
"""


@wic_command("langs", "List languages, engines and versions.", formats=["table", "jsonl"], help=HELP, takes_paths=False)
@click.option("--install", metavar="CODE", help="Install the data that an engine of this language needs.")
@click.option("--from", "source", metavar="DIR", help="Take them from this folder, not from the network.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def command(run: Run, install: str | None, source: str | None, yes: bool) -> int | None:
    if install:
        return _install(install, source, yes)
    if source:
        raise click.UsageError("--from goes with --install")
    from wic.language import known, language
    from wic.segment import engines
    from wic.write import jsonl

    languages = [
        {"code": code, "name": language(code).name, "script": language(code).script, "words": language(code).words}
        for code in known()
    ]
    found = [
        {
            "engine": name,
            "what": engine.what + (_how(name) if run.verbose else ""),
            "languages": list(engine.languages),
            "version": engine.version,
            "available": engine.available,
            "install": engine.install,
        }
        for name, engine in engines().items()
    ]
    if run.format == "jsonl":
        run.write(map(jsonl.line, [*languages, *found]))
    else:
        from wic.cli import show

        run.write(show.languages(languages, found, run))
    return None


def _how(engine: str) -> str:
    """Whether wic's own engine runs compiled or, the same but slower, with numpy."""
    if engine != "wic":
        return ""
    from wic.compiled import is_compiled

    return "; compiled" if is_compiled() else "; with numpy, no compiled part was built"


def _install(code: str, source: str | None, yes: bool) -> int:
    from wic.segment import camel_data

    offer = camel_data.offer(code)
    click.echo(f"{offer.what}: {offer.size} MB, {offer.licence}; into {camel_data.folder()}", err=True)
    if not yes:
        if not sys.stdin.isatty():
            raise WicError("nobody is there to be asked", "say --yes where there is no terminal")
        if not click.confirm("Install?", err=True):
            return 1
    if source is None:
        camel_data.install(offer)
    elif not camel_data.install_from(offer, Path(source)):
        click.echo("wic: no catalogue was there to check the files with", err=True)
    click.echo(f"wic: installed; use it with --engine {offer.engine}", err=True)
    return 0
