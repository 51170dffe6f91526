"""Dates in running text, to the exact calendar interval.

``find`` runs a language's grammar (``dates.toml``) over the clean text, resolves what it finds against the reference date
and the document, and reports each expression with offsets into the text as read. How values look is in
``docs/dates.md``; the order of reference dates is: argument, ``metadata.date``, evidence in the text. The machine
clock is never asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from wic.as_function import as_function
from wic.dates.meaning import Cue, Meaning
from wic.dates.reference import Reference, evidence_in, given, infer
from wic.dates.resolve import Resolver
from wic.document import Document


class Expression(NamedTuple):
    """One temporal expression. ``start:end`` are in the text as read, and ``text`` is what stands there.

    ``type`` is date, range, time, duration or set; ``value`` is TIMEX3, or None with a ``reason`` where no calendar
    has such a day. ``from_`` and ``to`` are inclusive ISO days, None where open or unknown. ``reference`` tells what
    was taken from which reference date, ``alternatives`` holds other readings, ``conflict`` what does not agree.
    """

    id: str
    lang: str
    start: int
    end: int
    text: str
    type: str
    value: str | None
    mod: str | None
    from_: str | None
    to: str | None
    granularity: str | None
    calendar: str | None
    reference: dict[str, Any] | None
    alternatives: list[dict[str, Any]]
    conflict: str | None
    rule: str
    reason: str | None = None

    def record(self) -> dict[str, Any]:
        """The expression as a record; ``reason`` is there only where ``value`` is None."""
        record = {name.rstrip("_"): entry for name, entry in self._asdict().items()}
        if self.value is not None:
            del record["reason"]
        return record


def find(document: Document, reference: date | str | None = None) -> list[Expression]:
    """The temporal expressions of a document, in order, without overlap.

    ``reference`` (a date or ISO text) outranks ``metadata.date``; a WicError names a reference that is no date.
    """
    return list(expressions(document, reference))


def expressions(document: Document, reference: date | str | None = None) -> Iterator[Expression]:
    """What ``find`` gives, one after the other: a long document can have hundreds of thousands."""
    from wic.dates.compile import grammar
    from wic.dates.search import candidates, cue_at, sentence_breaks
    from wic.language import nearest

    language = nearest(document.lang)
    rules = grammar(language.code)
    found = candidates(document.text, rules)
    evidence = evidence_in(found, rules.facts)
    known = given(reference, document.metadata.get("date")) or infer(document.text, found, rules.facts, evidence)
    resolver = Resolver(known.date if known else None, rules.facts, evidence)
    breaks = sentence_breaks(document.text)
    raw = document.raw
    offsets = document.offsets
    if known and known.start is not None and known.end is not None:
        home = _home(document.text[known.start : known.end], *offsets.to_raw(known.start, known.end), raw)
        known = known._replace(start=home[0], end=home[1])
    last_end = -1
    for candidate in found:
        resolver.gap = candidate.start - last_end
        resolver.near = last_end >= 0 and not breaks(last_end, candidate.start)
        cue = Cue(cue_at(document.text, candidate, rules.facts["cues"]))
        meaning = resolver.resolve(candidate.node, cue)
        last_end = candidate.end
        if meaning is None:
            continue
        start, end = _home(
            document.text[candidate.start : candidate.end], *offsets.to_raw(candidate.start, candidate.end), raw
        )
        yield _expression(document, start, end, raw[start:end], meaning, candidate.rule, known)


def _home(clean: str, start: int, end: int, raw: str) -> tuple[int, int]:
    """The span as read, narrowed where an edit covers more than the expression, such as a whole masthead."""
    if end - start > len(clean) + 1:
        place = raw.find(clean, start + 1, end)
        if place > start:
            return place, place + len(clean)
    return start, end


def _expression(
    document: Document, start: int, end: int, text: str, meaning: Meaning, rule: str, known: Reference | None
) -> Expression:
    taken: dict[str, Any] | None = None
    if known and meaning.used:
        taken = {"date": known.date.isoformat(), "source": known.source, "fields": list(meaning.used)}
        if known.source == "text":
            taken |= {"start": known.start, "end": known.end}
    return Expression(
        id=document.id,
        lang=document.lang,
        start=start,
        end=end,
        text=text,
        type=meaning.type,
        value=meaning.value,
        mod=meaning.mod,
        from_=meaning.first.isoformat() if meaning.first else None,
        to=meaning.last.isoformat() if meaning.last else None,
        granularity=meaning.granularity,
        calendar=meaning.calendar,
        reference=taken,
        alternatives=[
            {
                "value": other.value,
                "from": other.first.isoformat() if other.first else None,
                "to": other.last.isoformat() if other.last else None,
            }
            for other in meaning.alternatives
        ],
        conflict=meaning.conflict,
        rule=rule,
        reason=meaning.reason,
    )


as_function(__name__, find)
