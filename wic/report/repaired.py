"""What cleaning changed, rule by rule, with examples from the corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from wic.report.gather import Gathered, Repair
from wic.report.markup import isolated, tag
from wic.report.page import Section
from wic.write.visible import revealed

SHOWN = 2  # examples of a rule


def sections(found: Gathered) -> Iterator[Section]:
    """The section, with what is gone struck out and what took its place behind it."""
    counts = sum((facts.edits for facts in found.tally.facts.values()), start=Counter[str]())
    parts = []
    for rule, examples in sorted(found.repairs.items(), key=lambda item: (-counts[item[0]], item[0])):
        if examples:
            lines = "".join(tag("blockquote", _line(one)) for one in examples[:SHOWN])
            times = f"{counts[rule]:,}" if rule in counts else "with others"
            parts.append(tag("details", tag("summary", f"{isolated(rule)} · {times}"), lines))
    body = "".join(parts) or tag("p", "Nothing was changed.")
    note = (
        "Each edit can be taken back: wic clean -f edits, wic clean --undo. Rules are explained by wic clean --rules."
    )
    yield Section("repairs", "What cleaning changed", tag("p", note) + body)


def _line(one: Repair) -> str:
    old = tag("del", isolated(_seen(one.old))) if one.old else ""
    new = tag("ins", isolated(_seen(one.new))) if one.new else ""
    return tag(
        "div", isolated(one.before), old, " ", new, isolated(one.after), dir="auto"
    ) + tag("div", isolated(one.source), class_="source")  # fmt: skip


def _seen(text: str) -> str:
    """What stands there, with characters shown that cannot be seen where there is nothing else."""
    return text if text.strip() and text.isprintable() else revealed(text)
