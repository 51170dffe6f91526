"""HTML from text: whatever comes out of a corpus is escaped here, its controls made visible, and its direction isolated."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wic.write.visible import visible

BLANKS = re.compile(r"\s+")


def escaped(text: object) -> str:
    """Any text, on one line, as HTML."""
    return html.escape(visible(BLANKS.sub(" ", str(text))))


def tag(name: str, *content: str, **attributes: object) -> str:
    """An element with HTML inside. ``class_`` and the like lose the underscore, others become hyphens."""
    named = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(str(value))}"'
        for key, value in attributes.items()
        if value not in (None, "")
    )
    return f"<{name}{named}>{''.join(content)}</{name}>"


def isolated(text: object, lang: str = "") -> str:
    """A text that keeps its direction to itself."""
    return tag("bdi", escaped(text), lang=lang)


def broken(words: Iterable[str], lang: str) -> str:
    """The words of a text. Lines of Thai may break between them: not every browser finds words there by itself."""
    return ("<wbr>" if lang == "th" else "").join(map(escaped, words))


def table(columns: Mapping[str, str], rows: Sequence[Mapping[str, Any]], *, lang: str = "") -> str:
    """A table that can be sorted and filtered; ``columns`` are the titles of the fields shown, by their names."""
    numeric = {name for name in columns if any(isinstance(row[name], int | float) for row in rows)}
    head = "".join(
        tag("th", tag("button", escaped(title), type="button"), scope="col", class_="n" if name in numeric else "")
        for name, title in columns.items()
    )
    body = "".join(tag("tr", *(_cell(row[name], name in numeric) for name in columns)) for row in rows)
    made = tag("table", tag("thead", tag("tr", head)), tag("tbody", body), lang=lang)
    return tag("div", made, class_="scrolled")


def _cell(value: Any, number: bool) -> str:
    if value is None:
        return tag("td", "–", class_="n" if number else "")
    if not number:
        return tag("td", isolated(value))
    if isinstance(value, int):
        return tag("td", f"{value:,}", class_="n")
    shown = f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"
    return tag("td", shown, class_="n", data_value=f"{value:.6g}")


def folded_up(title: str, *content: str, class_: str = "") -> str:
    """Content that is shown when it is asked for."""
    return tag("details", tag("summary", escaped(title)), *content, class_=class_)
