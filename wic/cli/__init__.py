"""The command line: the group, the one place where errors become text and exit codes, and the list of commands."""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from typing import Any, NoReturn, cast

import click

from wic import __version__
from wic.cli.settings import defaults
from wic.errors import WicError

TROUBLE = 2
COMMANDS = ("clean", "segment", "stats", "grep", "dates", "report", "index", "repack", "langs")
RARELY = 100_000  # new objects between two searches for cycles: tokens and edits are many, and make none
INTERRUPTED = 130

EXAMPLES = """
\b
Examples:
  wic stats corpus/                        what is in a folder of texts
  wic clean crawl/ -f jsonl > clean.jsonl  repaired texts with their edits
  wic grep 互聯網 corpus/                   a concordance
  wic dates corpus/ -f jsonl               every date as a calendar interval
  wic clean -f jsonl a/ | wic segment - -f jsonl | wic stats -
"""


class Commands(Mapping[str, click.Command]):
    """The commands by name: modules of this package, imported when asked for, since a search need not wait for all."""

    def __getitem__(self, name: str) -> click.Command:
        if name not in COMMANDS:
            raise KeyError(name)
        command: click.Command = import_module(f"wic.cli.{name}").command
        return command

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class Group(click.Group):
    """The group with wic's error boundary around parsing and around every command."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def main(self, *args: Any, **options: Any) -> NoReturn:
        """Runs the command and exits with its code, whatever happens."""
        gc.set_threshold(RARELY)
        options["standalone_mode"] = False
        try:
            sys.exit(super().main(*args, **options))
        except click.exceptions.NoArgsIsHelpError as help_instead:
            help_instead.show()
            sys.exit(TROUBLE)
        except click.ClickException as error:
            context = getattr(error, "ctx", None)
            message = error.format_message()
            complain(message[:1].lower() + message[1:], f"see '{context.command_path if context else 'wic'} --help'")
            sys.exit(TROUBLE)
        except (click.Abort, KeyboardInterrupt):
            sys.exit(INTERRUPTED)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except WicError as error:
            complain(error.message, error.hint)
            ctx.exit(TROUBLE)
        except BrokenPipeError:
            # Whoever reads our output has had enough. Nothing may be written at exit either.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO):
                raise
            complain(f"cannot write the output: {error.strerror}", "make room, or write elsewhere with --output")
            # What is left in the buffer cannot be written at exit either.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(TROUBLE)
        return code


def complain(message: str, hint: str = "") -> None:
    """Says on stderr what is wrong and, indented below, what to do."""
    from wic.write.visible import visible

    click.echo(f"wic: {visible(message)}", err=True)
    if hint:
        click.echo(f"  {visible(hint)}", err=True)


@click.group(
    cls=Group,
    commands=cast(MutableMapping[str, click.Command], Commands()),
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "WIC", "max_content_width": 100},
    epilog=EXAMPLES,
)
@click.version_option(__version__, "--version", prog_name="wic", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Turns scraped Thai, Chinese, Arabic and English news into corpora that can be trusted.

    Every result says which characters of the original file it came from. PATHS are files, folders or '-' for
    standard input; 'wic COMMAND --help' tells more.
    """
    ctx.default_map = defaults(cli)


def main() -> NoReturn:
    """The entry point of the ``wic`` command."""
    cli.main()
