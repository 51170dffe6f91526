"""Charts as SVG, drawn from numbers: no library, no script, colours from the style sheet of the page."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from wic.report.markup import escaped, tag

WIDTH = 640
MARGIN = 46  # for the numbers at the axes
GRAVITY = 1.2  # of the middle of a network


def _svg(title: str, height: int, *content: str) -> str:
    # A graphic scales with its column; the title is what a screen reader says.
    return tag("svg", tag("title", escaped(title)), *content, viewBox=f"0 0 {WIDTH} {height}", role="img")


def _text(x: float, y: float, content: object, anchor: str = "start", css: str = "") -> str:
    return tag("text", escaped(content), x=f"{x:.1f}", y=f"{y:.1f}", text_anchor=anchor, class_=css)


def _line(x1: float, y1: float, x2: float, y2: float, css: str, **more: object) -> str:
    return tag("line", x1=f"{x1:.1f}", y1=f"{y1:.1f}", x2=f"{x2:.1f}", y2=f"{y2:.1f}", class_=css, **more)


def ranks(title: str, points: Sequence[tuple[int, int]], fit: Sequence[tuple[float, float]]) -> str:
    """Frequency against rank, both as logarithms: the counted ones as dots, the fitted law as a line."""
    height = 320
    right, top = math.log10(max(points[-1][0], 10)), math.log10(max(points[0][1], 10))

    def place(rank: float, count: float) -> tuple[float, float]:
        x = MARGIN + (WIDTH - MARGIN - 10) * math.log10(rank) / right
        y = height - 36 - (height - 56) * math.log10(max(count, 0.5)) / top
        return x, min(y, height - 36)

    marks = []
    for power in range(int(right) + 1):
        x, _ = place(10**power, 1)
        marks += [
            _line(x, 10, x, height - 36, "grid"),
            _text(x, height - 20, f"{10**power:,}", "middle"),
        ]
    for power in range(int(top) + 1):
        _, y = place(1, 10**power)
        marks += [_line(MARGIN, y, WIDTH - 10, y, "grid"), _text(MARGIN - 6, y + 4, f"{10**power:,}", "end")]
    dots = "".join(tag("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r="2.5") for x, y in (place(*point) for point in points))
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(*point) for point in fit))
    law = tag("polyline", points=path, class_="law") if path else ""
    return _svg(title, height, *marks, tag("g", dots, class_="dots"), law, _text(WIDTH - 10, height - 4, "rank", "end"))


def stripes(title: str, rows: Sequence[tuple[str, Sequence[float]]]) -> str:
    """Where words occur, each a row: a stripe at each place between the beginning (0) and the end (1)."""
    label, step = 150, 24
    parts = []
    for number, (word, places) in enumerate(rows):
        y = 4 + number * step
        parts += [
            _text(label - 8, y + 14, word, "end"),
            tag("rect", x=label, y=y, width=WIDTH - label - 44, height=step - 6, class_="track"),
        ]
        width = WIDTH - label - 44
        path = "".join(f"M{label + place * width:.1f} {y}v{step - 6}" for place in places)
        parts += [tag("path", d=path, class_="stripe"), _text(WIDTH - 4, y + 14, len(places), "end")]
    return _svg(title, 8 + step * len(rows), *parts)


def bars(title: str, rows: Sequence[tuple[str, Mapping[str, int]]], kinds: Sequence[str]) -> str:
    """A bar for each period with a part for each kind; clicking it opens what the page has under ``#period-…``."""
    height, floor = 240, 190
    most = max(sum(counts.values()) for _, counts in rows)
    step = (WIDTH - MARGIN) / len(rows)
    parts = [
        _line(MARGIN, floor, WIDTH, floor, "axis"),
        _text(MARGIN - 6, 20, f"{most:,}", "end"),
        _line(MARGIN, 16, WIDTH, 16, "grid"),
    ]
    every = max(1, math.ceil(len(rows) / 12))
    for number, (name, counts) in enumerate(rows):
        x, y = MARGIN + number * step, float(floor)
        pieces = []
        for place, kind in enumerate(kinds):
            size = (floor - 16) * counts.get(kind, 0) / most
            y -= size
            if size:
                pieces.append(
                    tag(
                        "rect",
                        x=f"{x + step * 0.1:.2f}",
                        y=f"{y:.2f}",
                        width=f"{step * 0.8:.2f}",
                        height=f"{size:.2f}",
                        class_=f"kind{place}",
                    )
                )
        told = f"{name}: {', '.join(f'{kind} {count}' for kind, count in counts.items())}"
        parts.append(tag("a", tag("title", escaped(told)), *pieces, href=f"#period-{name}"))
        if number % every == 0:
            last = number + every >= len(rows)  # which must not stand over the edge
            parts.append(_text(WIDTH if last else x + step / 2, floor + 16, name, "end" if last else "middle"))
    for place, kind in enumerate(kinds):
        parts += [
            tag("rect", x=MARGIN + place * 70, y=height - 16, width=12, height=12, class_=f"kind{place}"),
            _text(MARGIN + place * 70 + 17, height - 6, kind),
        ]
    return _svg(title, height, *parts)


def network(title: str, pairs: Iterable[tuple[str, str, float]]) -> str:
    """Words as points, drawn together by what binds them (Fruchterman and Reingold 1991, from a fixed beginning)."""
    links = [(one, other, weight) for one, other, weight in pairs if one != other]
    names = list(dict.fromkeys(name for one, other, _ in links for name in (one, other)))
    height = 420
    places = _laid_out(names, links)
    most = max(weight for _, _, weight in links)
    parts = []

    def at(name: str) -> tuple[float, float]:
        x, y = places[name]
        return 60 + x * (WIDTH - 120), 24 + y * (height - 48)

    for one, other, weight in links:
        parts.append(_line(*at(one), *at(other), "bond", stroke_width=f"{0.5 + 2.5 * weight / most:.2f}"))
    for name in names:
        x, y = at(name)
        parts += [
            tag("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r="4", class_="node"),
            _text(x, y - 7, name, "middle", "name"),
        ]
    return _svg(title, height, *parts)


def _laid_out(names: Sequence[str], links: Sequence[tuple[str, str, float]]) -> dict[str, tuple[float, float]]:
    """A place in the unit square for each name."""
    number = {name: place for place, name in enumerate(names)}
    count = len(names)
    xs = [0.5 + 0.45 * math.cos(2 * math.pi * place / count) for place in range(count)]
    ys = [0.5 + 0.45 * math.sin(2 * math.pi * place / count) for place in range(count)]
    ideal = 0.8 / math.sqrt(count)
    for turn in range(120):
        dx, dy = [0.0] * count, [0.0] * count
        for one in range(count):
            for other in range(one):
                x, y = xs[one] - xs[other], ys[one] - ys[other]
                push = ideal * ideal / max(x * x + y * y, 1e-6)
                dx[one] += x * push
                dy[one] += y * push
                dx[other] -= x * push
                dy[other] -= y * push
        for first, second, _ in links:
            one, other = number[first], number[second]
            x, y = xs[one] - xs[other], ys[one] - ys[other]
            pull = math.hypot(x, y) / ideal
            dx[one] -= x * pull
            dy[one] -= y * pull
            dx[other] += x * pull
            dy[other] += y * pull
        for place in range(count):  # towards the middle, or what hangs together by nothing would drift to the edges
            dx[place] -= GRAVITY * (xs[place] - 0.5)
            dy[place] -= GRAVITY * (ys[place] - 0.5)
        heat = 0.08 * (1 - turn / 120)
        for place in range(count):
            length = max(math.hypot(dx[place], dy[place]), 1e-9)
            xs[place] = min(1.0, max(0.0, xs[place] + dx[place] / length * min(length, heat)))
            ys[place] = min(1.0, max(0.0, ys[place] + dy[place] / length * min(length, heat)))
    return {name: (xs[place], ys[place]) for name, place in number.items()}
