"""Writes docs/measures.md from wic/stats/measures.toml: python tools/make_measures_doc.py"""

from __future__ import annotations

from pathlib import Path

from wic.stats.explain import Measure, measures

TITLES = {
    "overview": "Overview",
    "words": "Words and n-grams",
    "association": "Association: `--collocations`, `--collocates`",
    "keyness": "Keywords: `--keyness`",
    "dispersion": "Dispersion: `--dispersion`",
    "diversity": "Lexical diversity: `--diversity`",
    "zipf": "Zipf and Heaps: `--zipf`",
    "readability": "Readability: `--readability`",
}
HEAD = """# Measures

<!-- Made by tools/make_measures_doc.py from wic/stats/measures.toml; `wic stats --explain NAME` prints the same. -->

Every measure has one name, and the name says which variant it is. Values are checked against published examples and
other implementations (`tests/stats/`). A measure that is not defined for a row is null there, and `reason` says why.

Words are the tokens of kind `word`, compared after casefolding. Sequences and windows are made of the words of one
sentence; other tokens are passed over. `O11` … `O22` are the cells of a table of two items (both, only the first,
only the second, neither), `R1 R2 C1 C2` its marginal sums, `N` their sum, `Eij` what independence would give;
`f1` of `n1` words in the corpus and `f2` of `n2` in the reference; `f` occurrences of a word, `v_i` of them in part
`i` of `n`; `V` types, `Vk` of them with `k` occurrences, among `N` words.
"""


def document() -> str:
    """The text of docs/measures.md."""
    parts = [HEAD]
    for table, title in TITLES.items():
        rows = [measure for measure in measures().values() if measure.tables[0] == table]
        also = [measure.name for measure in measures().values() if table in measure.tables[1:]]
        parts.append(f"## {title}\n")
        if also:
            parts.append(f"Also here: {', '.join(f'`{name}`' for name in also)}.\n")
        parts += [_entry(measure) for measure in rows]
    return "\n".join(parts)


def _entry(measure: Measure) -> str:
    lines = [f"**`{measure.name}`** {measure.title}  ", f"{measure.formula}  ", f"*{measure.source}*"]
    if measure.note:
        lines[-1] += "  "
        lines.append(measure.note)
    if measure.undefined:
        lines[-1] += "  "
        lines.append(f"Null where {measure.undefined}.")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    target = Path(__file__).parent.parent / "docs" / "measures.md"
    target.parent.mkdir(exist_ok=True)
    target.write_text(document(), encoding="utf-8")
