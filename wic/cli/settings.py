"""Defaults of flags from a file: ``wic.toml`` or ``[tool.wic]`` of ``pyproject.toml``, found by walking up.

The keys are the long flags. Those at the top are for every command that has them, those in a table named after a
command are for that command. Flags and environment variables win over the file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from wic.errors import WicError


def defaults(group: click.Group) -> dict[str, dict[str, Any]]:
    """click's ``default_map`` for the commands of ``group``, from the nearest file; empty where there is none."""
    path, table = _nearest(Path.cwd())
    if path is None:
        return {}
    flags = {
        name: {option.removeprefix("--"): param.name for param in command.params for option in param.opts}
        for name, command in group.commands.items()
    }
    found: dict[str, dict[str, Any]] = {name: {} for name in flags}
    for key, value in table.items():
        if key in flags:
            if not isinstance(value, dict):
                raise WicError(f"{path}: {key} names a command and must be a table", f"write [{key}] above its flags")
            _check(path, f"{key}.", value, flags[key])
        elif not any(key in known for known in flags.values()):
            _check(path, "", {key: value}, {name for known in flags.values() for name in known})
    for name, known in flags.items():
        shared = {key: value for key, value in table.items() if key in known and key not in flags}
        found[name] = {known[key]: value for key, value in {**shared, **table.get(name, {})}.items()}
    return found


def _nearest(folder: Path) -> tuple[Path | None, dict[str, Any]]:
    for parent in (folder, *folder.parents):
        for name in ("wic.toml", "pyproject.toml"):
            path = parent / name
            if not path.is_file():
                continue
            import tomllib

            try:
                table = tomllib.loads(path.read_text(encoding="utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                if name == "pyproject.toml":
                    continue  # someone else's file, someone else's error to report
                raise WicError(f"{path}: {error}", "correct the file or move it away") from None
            if name == "wic.toml":
                return path, table
            if "wic" in table.get("tool", {}):
                return path, table["tool"]["wic"]
    return None, {}


def _check(path: Path, prefix: str, table: dict[str, Any], known: Any) -> None:
    from difflib import get_close_matches

    for key in table:
        if key not in known:
            close = get_close_matches(key, list(known), 1)
            hint = f"did you mean {prefix}{close[0]}?" if close else "its keys are the long flags without the dashes"
            raise WicError(f"{path}: unknown key {prefix}{key}", hint)
