"""Arabic words, folding and clitics beside camel-tools: first the same output, then the ratio of CPU times."""

from __future__ import annotations

from benchmarks.rounds import compare, table
from benchmarks.texts import cleaned, repeated, weight
from wic.query.fold import fold
from wic.segment import arabic
from wic.segment.clitics import clitics


def main(quick: bool = False) -> None:
    from camel_tools.tokenizers.word import simple_word_tokenize
    from camel_tools.utils.dediac import dediac_ar
    from camel_tools.utils.normalize import (
        normalize_alef_ar,
        normalize_alef_maksura_ar,
        normalize_teh_marbuta_ar,
    )

    found = repeated(cleaned("ar"), 200_000 if quick else 2_000_000)
    texts = [document.text for document in found]
    lines = [line for text in texts for line in text.splitlines()]
    rounds = 3 if quick else 7

    def exact(line: str) -> list[str]:
        return [piece for piece in arabic.cut_exact(line) if not piece.isspace()]

    def camel_fold(text: str) -> str:
        return dediac_ar(normalize_teh_marbuta_ar(normalize_alef_maksura_ar(normalize_alef_ar(text))))

    assert all(exact(line) == simple_word_tokenize(line) for line in lines), "the tokens differ"
    assert all(fold(camel_fold(text)).text == fold(text).text for text in texts), "the folded texts differ"

    contestants = {
        "camel_tools simple_word_tokenize": lambda: [simple_word_tokenize(line) for line in lines],
        "wic camel-exact": lambda: [arabic.cut_exact(line) for line in lines],
        "wic arabic": lambda: [arabic.cut(line) for line in lines],
    }
    print(table("Words", compare(contestants, "camel_tools simple_word_tokenize", rounds), weight(found)))

    contestants = {
        "camel_tools dediac and three normalize": lambda: [camel_fold(text) for text in texts],
        "wic fold": lambda: [fold(text) for text in texts],
    }
    print(table("Folding", compare(contestants, "camel_tools dediac and three normalize", rounds), weight(found)))

    cutter = clitics("ar", "Arab")
    assert cutter is not None
    words = [piece for line in lines for piece in arabic.cut(line)]
    remembered = compare({"wic --clitics": lambda: cutter.cut(words)}, "wic --clitics", rounds)
    print(table("Clitics, types remembered", remembered, weight(found)))


if __name__ == "__main__":
    main()
