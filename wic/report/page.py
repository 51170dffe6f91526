"""The page around the sections of a report: one file that needs no network and runs no script but its own."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any, NamedTuple

from wic import __version__
from wic.report.markup import escaped, tag


class Section(NamedTuple):
    """A part of a report; ``body`` is HTML."""

    id: str
    title: str
    body: str


def page(title: str, sections: Sequence[Section], data: Mapping[str, Any] | None = None) -> Iterator[bytes]:
    """The page, in UTF-8; ``data`` is what its script finds under the name ``data``."""
    style, script = (files("wic.report").joinpath(name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    policy = f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; base-uri 'none'; form-action 'none'"
    links = "".join(tag("a", escaped(one.title), href=f"#{one.id}") for one in sections)
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"<header><h1>{escaped(title)}</h1><nav>{links}</nav></header>\n<main>\n"
    ).encode()
    for one in sections:
        yield f'<section id="{one.id}"><h2>{escaped(one.title)}</h2>\n{one.body}\n</section>\n'.encode()
    yield (
        f"</main>\n<footer>Made by wic {__version__}.</footer>\n"
        f'<script type="application/json" id="data">{embedded(data or {})}</script>\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    ).encode()


def embedded(data: Mapping[str, Any]) -> str:
    """JSON that no parser of HTML can take for the end of its element, nor a line for the end of a string."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text.encode("utf-8", "backslashreplace").decode()


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
