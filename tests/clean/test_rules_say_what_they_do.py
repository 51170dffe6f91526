"""Every cleaning rule of every language: its examples hold, and it leaves its own results alone."""

import pytest

from wic.clean import Selection, clean
from wic.clean.rules import Rule, rules
from wic.document import Document
from wic.language import ROOT, known

EVERY = {(rule.code, rule.name): rule for code in (ROOT, *known()) for rule in rules(code)}
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.code}-{rule.name}-{number}")
    for rule in EVERY.values()
    for number, example in enumerate(rule.examples)
]


def alone(rule: Rule, text: str) -> str:
    document = Document(id="example", text=text, lang="" if rule.code == ROOT else rule.code)
    return clean(document, Selection(only=frozenset({rule.name}))).text


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_example(rule: Rule, example: dict[str, str]) -> None:
    raw = example.get("raw", example.get("keep", ""))
    wanted = example.get("clean", raw)
    assert alone(rule, raw) == wanted
    assert alone(rule, wanted) == wanted
    if rule.stage == "suspects":
        found = clean(Document(id="example", text=raw), Selection(only=frozenset({rule.name}))).flags
        assert [flag.rule for flag in found] == [rule.name]


@pytest.mark.parametrize("rule", EVERY.values(), ids=lambda rule: f"{rule.code}-{rule.name}")
def test_says_why_and_shows_it(rule: Rule) -> None:
    assert rule.why.endswith(".")
    assert rule.examples
    assert rule.stage == "suspects" or any("raw" in example for example in rule.examples)
    assert bool(rule.pattern) != bool(rule.algorithm)
