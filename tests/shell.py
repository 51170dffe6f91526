"""Runs a command line for a test: in this process where it is a plain ``wic …``, else in bash."""

from __future__ import annotations

import shlex
import subprocess
import sys
from typing import NamedTuple

from click.testing import CliRunner

from wic.cli import cli

SHELL_WORDS = {"|", ">", "<", ";", "&&", "||"}


class Done(NamedTuple):
    """What a command printed, and its exit code."""

    out: str
    err: str
    code: int


def run(command: str, stdin: str = "") -> Done:
    """Runs ``command`` in the current folder; ``wic`` is this checkout's."""
    words = shlex.split(command)
    if words[0] == "wic" and not SHELL_WORDS & set(words) and "$(" not in command:
        done = CliRunner().invoke(cli, words[1:], input=stdin.encode(), prog_name="wic")
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Done(done.stdout, done.stderr, done.exit_code)
    script = f'wic() {{ {shlex.quote(sys.executable)} -m wic "$@"; }}; set -o pipefail; {command}'
    ran = subprocess.run(["bash", "-c", script], input=stdin.encode(), capture_output=True, timeout=120)
    return Done(ran.stdout.decode(), ran.stderr.decode(), ran.returncode)
