"""Writes the manual pages in man/ from what --help says.

uv run python tools/make_man.py
"""

from __future__ import annotations

from copy import copy
from pathlib import Path

import click
from click_man.core import generate_man_page

from wic import __version__
from wic.cli import cli

FOLDER = Path(__file__).parent.parent / "man"


def pages() -> dict[str, str]:
    """Each manual page by the name of its file."""
    parent = click.Context(cli, info_name="wic")
    contexts = [parent]
    for name in cli.list_commands(parent):
        command = cli.get_command(parent, name)
        assert command is not None
        contexts.append(click.Context(command, info_name=name, parent=parent))
    return {f"{context.command_path.replace(' ', '-')}.1": _page(context) for context in contexts}


def _page(context: click.Context) -> str:
    """A page; click-man leaves alone what is special in roff, and knows nothing of click's mark for lines as they are."""
    context.command = copy(context.command)  # which goes on being what --help is made from
    context.command.short_help = context.command.short_help or "turns scraped news into corpora that can be trusted"
    parts = []
    for paragraph in (context.command.help or "").replace("\\", "\\\\").replace("\\\\b\n", "\b\n").split("\n\n"):
        parts.append(
            f".nf\n{paragraph.removeprefix(chr(8)).strip(chr(10))}\n.fi" if paragraph.startswith("\b") else paragraph
        )
    context.command.help = "\n\n".join(parts).replace("\\\\", "\\e")
    page = generate_man_page(context, version=__version__, date=" ")
    return page.rstrip("\n") + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, page in pages().items():
        (FOLDER / name).write_text(page, encoding="utf-8")
