"""``wic langs``: languages, engines and versions, and what is missing."""

from __future__ import annotations

from wic.cli.run import Run
from wic.cli.run import command as wic_command

HELP = """Lists the languages and the word engines.

\b
Examples:
  wic langs
  wic langs --verbose     also what is missing and how to install it
"""


@wic_command("langs", "List languages, engines and versions.", formats=["table", "jsonl"], help=HELP, takes_paths=False)
def command(run: Run) -> None:
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
            "what": engine.what,
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
