"""Token queries against a matcher that tries everything: the same spans for random queries on random texts."""

from __future__ import annotations

from random import Random

import pytest

from wic.document import Document, Sentence, Token
from wic.query.cql import STRATEGIES, Columns, Search, parse
from wic.query.cql.search import FARTHEST
from wic.query.cql.tree import Ahead, Both, Choice, Compare, Exists, Name, Not, Repeat, Sequence, Tag, Value
from wic.query.cql.tree import Token as TokenPattern


def document(random):
    """Sentences of one to seven words out of three letters, each with a part of speech, some in regions."""
    sentences, pos, regions, position = [], [], [], 0
    for _ in range(random.randint(1, 4)):
        tokens = []
        for _ in range(random.randint(1, 7)):
            tokens += [
                Token(random.choice("abc"), position, position + 1, "word"),
                Token(" ", position + 1, position + 2, "space"),
            ]
            pos += [random.choice(["N", "V"]), None]
            position += 2
        sentences.append(Sentence(tokens[0].start, tokens[-1].end, tuple(tokens)))
        if len(tokens) > 3 and random.random() < 0.7:
            first = random.randrange(len(tokens) // 2) * 2
            last = random.randrange(first, len(tokens), 2)
            regions.append(
                {"name": "r", "start": tokens[first].start, "end": tokens[last].end, "type": random.choice("xy")}
            )
    text = "".join(token.text for sentence in sentences for token in sentence.tokens)
    return Document(
        id="d", text=text, edits=(), sentences=tuple(sentences), annotations={"pos": pos}, extra={"regions": regions}
    )


def condition(random, depth=2):
    kind = random.random()
    if depth and kind < 0.25:
        return f"({condition(random, depth - 1)} {random.choice(['&', '|', '->'])} {condition(random, depth - 1)})"
    if depth and kind < 0.35:
        return f"!{condition(random, depth - 1)}"
    if kind < 0.45:
        return random.choice(["r", 'r_type="x"', '_.r_type!="y"'])
    return random.choice(['word="a"', 'word="A"%c', 'word!="b"', 'word="[ab]"', 'pos="N"', 'pos="V"', 'word<"b"'])


def pattern(random, labels, depth=3):
    kind = random.random()
    if depth and kind < 0.35:
        return " ".join(pattern(random, labels, depth - 1) for _ in range(random.randint(2, 3)))
    if depth and kind < 0.45:
        return f"({pattern(random, labels, depth - 1)} | {pattern(random, labels, depth - 1)})"
    if depth and kind < 0.65:
        return f"({pattern(random, labels, depth - 1)}){random.choice(['?', '*', '+', '{2}', '{1,2}', '{,2}', '{2,}'])}"
    if kind < 0.72:
        return random.choice(["<s>", "</s>", "<r>", "</r>", '<r_type="x">', "</r_type>"])
    if kind < 0.76:
        return f"[: {condition(random, 1)} :]"
    if kind < 0.84:
        label = random.choice("xy")
        labels.append(label)
        return f"{label}:[{condition(random, 1)}]"
    if labels and kind < 0.9:
        return f"[word={random.choice(labels)}.word]"
    return "[]" if kind < 0.94 else f"[{condition(random)}]"


def query(random):
    labels = []
    text = pattern(random, labels)
    if labels and random.random() < 0.4:
        one, other = random.choice(labels), random.choice(labels)
        text += f" :: {random.choice([f'{one}.pos={other}.pos', one, f'distabs({one},{other})>=1', f'dist({one},{other})<2'])}"
    return text + random.choice(["", "", " within s", " within 2 s", " within 3", " within r"])


class Naive:
    """Everything by definition, with sets."""

    def __init__(self, document):
        self.columns = Columns(document)
        self.size = self.columns.size

    def regions(self, name):
        found = self.columns.structure(name.split("_")[0])
        return [(region.first, region.last, region.values) for region in found.regions] if found else []

    def value(self, operand, position, labels):
        if isinstance(operand, Value):
            return operand.text
        if not isinstance(operand, Name):
            return getattr(operand, "value", None)
        place = position if operand.label in ("", "_") else labels.get(operand.label)
        if place is None:
            return None
        if operand.name in ("word", "pos"):
            return self.columns.column(operand.name)[place]
        inside = [values for first, last, values in self.regions(operand.name) if first <= place <= last]
        return inside[0][operand.name.split("_")[1]] if inside else None

    def holds(self, condition, position, labels):
        if isinstance(condition, Not):
            return not self.holds(condition.condition, position, labels)
        if isinstance(condition, Both):
            one, other = (self.holds(side, position, labels) for side in (condition.left, condition.right))
            return {"&": one and other, "|": one or other, "->": not one or other}[condition.sign]
        if isinstance(condition, Exists):
            name = condition.name.name
            return name in labels if name in "xy" else any(f <= position <= t for f, t, _ in self.regions(name))
        assert isinstance(condition, Compare)
        if hasattr(condition.left, "function"):
            places = [labels.get(name.name) for name in condition.left.arguments]
            if None in places:
                return False
            distance = places[1] - places[0]
            left = abs(distance) if condition.left.function == "distabs" else distance
            return {">=": left >= condition.right.value, "<": left < condition.right.value}[condition.sign]
        left, right = self.value(condition.left, position, labels), self.value(condition.right, position, labels)
        if left is None or right is None:
            return False
        if isinstance(condition.right, Value) and condition.sign != "<":
            matches = condition.right.matches(left)
            return matches == (condition.sign == "=")
        return {"=": left == right, "!=": left != right, "<": left < right}[condition.sign]

    def ends(self, node, position, labels):
        """All (next position, labels) that a pattern leads to; labels are a frozenset of items."""
        known = dict(labels)
        if isinstance(node, TokenPattern):
            if position >= self.size:
                return set()
            marked = {**known, node.label: position} if node.label else known
            if node.condition is not None and not self.holds(node.condition, position, marked):
                return set()
            return {(position + 1, frozenset(marked.items()))}
        if isinstance(node, Ahead):
            holds = position < self.size and self.holds(node.condition, position, known)
            return {(position, labels)} if holds else set()
        if isinstance(node, Tag):
            mark = f"<{node.name}>"
            for first, last, values in self.regions(node.name):
                if node.closing and last == position - 1 and known.get(mark, last) == last:
                    return {(position, frozenset((k, v) for k, v in known.items() if k != mark))}
                if (
                    not node.closing
                    and first == position
                    and (
                        node.value is None or node.value.matches(values[node.name.split("_")[1]]) == (node.sign == "=")
                    )
                ):
                    return {(position, frozenset({**known, mark: last}.items()))}
            return set()
        if isinstance(node, Choice):
            return set().union(*(self.ends(option, position, labels) for option in node.options))
        if isinstance(node, Sequence):
            states = {(position, labels)}
            for part in node.parts:
                states = set().union(*(self.ends(part, *state) for state in states))
            return states
        assert isinstance(node, Repeat)
        states, found, count = {(position, labels)}, set(), 0
        if not node.least:
            found |= states
        seen = set()
        while states and (node.most is None or count < node.most):
            states = set().union(*(self.ends(node.part, *state) for state in states))
            count += 1
            if count >= node.least:
                if node.most is None:
                    states -= seen
                    seen |= states
                found |= states
        return found

    def limit(self, within, start):
        if within is None:
            return start + FARTHEST
        if not within.region:
            return start + within.count
        regions = self.regions(within.region)
        inside = [number for number, (first, last, _) in enumerate(regions) if first <= start <= last]
        return regions[min(inside[0] + within.count, len(regions)) - 1][1] + 1 if inside else start

    def spans(self, query):
        found = set()
        for start in range(self.size):
            for end, labels in self.ends(query.body, start, frozenset()):
                known = {**dict(labels), "match": start, "matchend": end - 1}
                if start < end <= self.limit(query.within, start) and (
                    query.where is None or self.holds(query.where, start, known)
                ):
                    found.add((start, end - 1))
        return sorted(found)


def chosen(spans, strategy):
    """The spans that a strategy keeps, by its definition."""
    if strategy == "all":
        return spans
    pick = max if strategy in ("leftmost", "longest") else min
    each = [(start, pick(e for s, e in spans if s == start)) for start in sorted({s for s, _ in spans})]
    if strategy == "leftmost":
        kept, reach = [], 0
        for start, end in each:
            if start >= reach:
                kept.append((start, end))
                reach = end + 1
        return kept
    if strategy == "longest":
        return [(s, e) for s, e in each if not any((a, b) != (s, e) and a <= s and e <= b for a, b in each)]
    if strategy == "shortest":
        return [(s, e) for s, e in each if not any((a, b) != (s, e) and s <= a and b <= e for a, b in each)]
    if strategy == "standard":
        return [(s, e) for s, e in each if not any(b == e and a < s for a, b in each)]
    return each


@pytest.mark.parametrize("seed", range(10))
def test_random_queries(seed):
    random = Random(seed)
    done = matched = 0
    while done < 100:
        text, source = document(random), query(random)
        try:
            parsed = parse(source)
        except Exception as error:  # a pattern that may be empty, and nothing else, is refused
            assert "matches where nothing is" in str(error), source
            continue
        spans = Naive(text).spans(parsed)
        for strategy in STRATEGIES:
            hits = Search(source, strategy).hits(Columns(text))
            assert [(hit.first, hit.last) for hit in hits] == chosen(spans, strategy), (source, strategy, text)
        done += 1
        matched += bool(spans)
    assert matched > 40
