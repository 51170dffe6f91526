"""Every measure against its reference values: to nine digits where they were computed, to those printed elsewhere."""

from __future__ import annotations

import json
import math
import runpy
import tomllib
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from wic.language import language
from wic.stats.explain import explain, measures, offered
from wic.stats.measures import association, dispersion, diversity, keyness, readability, significance, zipf
from wic.stats.overview import FIELDS

HERE = Path(__file__).parent


def cases(name):
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))


PUBLISHED = tomllib.loads((HERE / "published.toml").read_text(encoding="utf-8"))
KEYNESS = cases("keyness")


def close(value, wanted, label=""):
    if isinstance(value, np.ndarray):
        (value,) = value
    if value is not None and math.isnan(value):
        value = None
    if wanted is None:
        assert value is None, label
    else:
        assert value == pytest.approx(wanted, rel=1e-9, abs=1e-13), label


@pytest.mark.parametrize("case", cases("association")["cases"], ids=lambda case: str(case["cells"]))
def test_association(case):
    table = association.Cells.of(*case["cells"])
    for name, wanted in case["values"].items():
        close(association.measure(name, table), wanted, name)
    if case["fisher_two_sided"] is not None:
        # scipy's sum goes through logarithms of factorials and loses some digits in large tables.
        assert significance.fisher(table)[0] == pytest.approx(case["fisher_two_sided"], rel=1e-8)


@pytest.mark.parametrize("word", KEYNESS["words"], ids=lambda word: f"{word['f1']}-{word['f2']}")
def test_keyness(word):
    comparison = keyness.Comparison(word["f1"], word["f2"], KEYNESS["n1"], KEYNESS["n2"])
    for name, wanted in word["values"].items():
        close(keyness.measure(name, comparison), wanted, name)
    assert comparison.overused[0] == word["overused"]


def test_measures_that_know_how_many_words_are_compared():
    words = KEYNESS["words"]
    comparison = keyness.Comparison(
        [word["f1"] for word in words], [word["f2"] for word in words], KEYNESS["n1"], KEYNESS["n2"]
    )
    for name in words[0]["together"]:
        for word, value in zip(words, keyness.measure(name, comparison), strict=True):
            close(value, word["together"][name], name)
    p = np.array(KEYNESS["adjusted"]["p"])
    for name, wanted in KEYNESS["adjusted"].items():
        if name != "p":
            for value, adjusted in zip(significance.ADJUSTMENTS[name.lower()](p), wanted, strict=True):
                close(value, adjusted, name)
    for name in ("bonferroni", "holm", "hochberg", "bh", "by"):
        for value, adjusted in zip(
            keyness.measure(f"p_{name}", comparison),
            KEYNESS["adjusted"]["BH" if name == "bh" else "BY" if name == "by" else name],
            strict=True,
        ):
            close(value, adjusted, name)


@pytest.mark.parametrize("case", cases("dispersion")["cases"], ids=lambda case: str(case["v"]))
def test_dispersion(case):
    spread = dispersion.Spread.of(case["v"], case["sizes"])
    for name, wanted in case["values"].items():
        close(dispersion.measure(name, spread), wanted, name)


def test_words_measured_together_have_the_values_that_they_have_alone():
    rows = [case for case in cases("dispersion")["cases"] if len(case["v"]) == 5 and len(set(case["sizes"])) == 1]
    together = np.array([case["v"] for case in rows])
    word, part = np.nonzero(together)
    spread = dispersion.Spread(word, part, together[word, part], rows[0]["sizes"])
    for name in dispersion.MEASURES:
        alone = [dispersion.measure(name, dispersion.Spread.of(case["v"], case["sizes"]))[0] for case in rows]
        assert dispersion.measure(name, spread) == pytest.approx(alone, rel=1e-12, nan_ok=True), name


@pytest.mark.parametrize("case", cases("diversity")["cases"], ids=lambda case: case["name"])
def test_diversity(case):
    for name, wanted in case["values"].items():
        close(diversity.measure(name, case["words"]), wanted, name)


@pytest.mark.parametrize(
    "case", [case for case in cases("diversity")["cases"] if "zipf" in case], ids=lambda case: case["name"]
)
def test_zipf_and_heaps(case):
    wanted = case["zipf"]
    f = sorted(Counter(case["words"]).values(), reverse=True)
    line, heaps = zipf.zipf_ols(f), zipf.heaps(wanted["points"])
    close(line.slope, wanted["slope"])
    close(line.intercept, wanted["intercept"])
    close(zipf.good_turing(f), wanted["good_turing"])
    close(heaps.beta, wanted["beta"])
    close(heaps.k, wanted["k"])
    for value, expected in zip(zipf.expected_growth(f, wanted["sizes"]), wanted["expected"], strict=True):
        close(value, expected)
    assert zipf.zipf_mle(f) == pytest.approx(wanted["mle"], rel=2e-6)
    found = zipf.zipf_mandelbrot(f)
    assert found == pytest.approx((wanted["zm"]["s"], wanted["zm"]["q"]), rel=2e-6, abs=1e-9)
    # What they lack in agreement with scipy's optimiser they have in likelihood.
    assert likelihood(f, *found) >= likelihood(f, wanted["zm"]["s"], wanted["zm"]["q"]) - 1e-9


def likelihood(frequencies, s, q):
    x = np.log(np.arange(1, len(frequencies) + 1) + q)
    return -s * float(np.dot(frequencies, x)) - sum(frequencies) * math.log(np.exp(-s * x).sum())


@pytest.mark.parametrize("case", cases("readability")["cases"], ids=lambda case: str(case["counts"]["words"]))
def test_readability(case):
    for name, wanted in case["values"].items():
        close(readability.measure(name, readability.Counts(**case["counts"])), wanted, name)


def printed(value, case):
    assert round(float(np.atleast_1d(value)[0]), case["digits"]) == case["value"]


@pytest.mark.parametrize("case", PUBLISHED["spread"], ids=lambda case: case["measure"])
def test_published_dispersion(case):
    letters = PUBLISHED["letters"].split()
    spread = dispersion.Spread.of(case["v"]) if "v" in case else dispersion.Distances.of(letters, "a")
    printed(dispersion.measure(case["measure"], spread), case)


def test_published_distances():
    found = dispersion.Distances.of(PUBLISHED["letters"].split(), "a").distance
    assert sorted(found) == [1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 5, 9, 10]  # Gries 2008, p. 406


@pytest.mark.parametrize("case", PUBLISHED["pair"], ids=lambda case: case["measure"])
def test_published_association(case):
    printed(association.measure(case["measure"], association.Cells.of(*case["cells"])), case)


@pytest.mark.parametrize("case", PUBLISHED["comparison"], ids=lambda case: case["measure"])
def test_published_keyness(case):
    printed(keyness.measure(case["measure"], keyness.Comparison(*case["counts"])), case)


def test_published_significance():
    table = association.Cells.of(1, 3, 3, 1)
    for case in PUBLISHED["fisher"]:
        printed(significance.fisher(table, case["alternative"]), {**case, "digits": 3})
    assert round(significance.p_of_chi2(0.5)[0], 2) == 0.48  # Pedersen 1996, p. 10
    assert significance.rank_sum([12, 15, 18, 24, 88], [3, 3, 13, 27, 33]) == 31  # Kilgarriff 2001, IJCL 6(1), p. 238


@pytest.mark.parametrize("case", PUBLISHED["diversity"], ids=lambda case: case["measure"])
def test_published_diversity(case):
    # The ranked frequencies of the text that is worked through there.
    frequencies = [11, 9, 9, 7, 6, 6, 5, 5, *[4] * 7, *[3] * 6, *[2] * 18, *[1] * 85]
    value = diversity.measure(case["measure"], (), diversity.Spectrum(frequencies))
    printed(value, case)


def test_every_measure_is_documented_and_every_documented_one_exists():
    computed = {
        *association.MEASURES,
        *keyness.MEASURES,
        *dispersion.MEASURES,
        *dispersion.OF_DISTANCES,
        *diversity.OF_SPECTRUM,
        *diversity.OF_WINDOWS,
        *diversity.OF_ORDER,
        *zipf.FITS,
        *readability.FORMULAS,
    }
    assert computed <= set(measures())
    rest = set(measures()) - computed
    assert rest == {"heaps", "per_million", *offered("overview")} - computed
    lists = {name for name in FIELDS if name.startswith("top_")} | {"scripts", "encodings", "edits", "flags"}
    said = {*lists, "group", "signature", "reason", "first_date", "last_date"}
    assert {name.removesuffix("_100") for name in FIELDS} - said == set(offered("overview"))
    assert set(offered("association")) == set(association.MEASURES)
    assert set(offered("keyness")) == set(keyness.MEASURES)
    assert explain("mattr_50").name == "mattr"


@pytest.mark.parametrize(
    ("word", "count"),
    {
        "make": 1,
        "table": 2,
        "tables": 2,
        "walked": 1,
        "wanted": 2,
        "opened": 2,
        "called": 1,
        "going": 2,
        "people": 2,
        "government": 3,
        "area": 3,
        "international": 5,
        "the": 1,
        "rhythm": 2,
        "being": 2,
    }.items(),
)
def test_english_syllables(word, count):
    assert readability.Rules(language("en")).syllables(word) == count


def test_arabic_syllables_are_counted_from_the_marks():
    rules = readability.Rules(language("ar"))
    assert rules.syllables("\u0643\u064e\u062a\u064e\u0628\u064e") == 3  # kataba
    assert (
        rules.syllables("\u0643\u0650\u062a\u064e\u0627\u0628\u064c") == 5
    )  # kitābun: short, long twice, nunation twice
    assert rules.syllables("\u0643\u062a\u0627\u0628") == 0
    assert readability.Rules(language("th")).none
    assert readability.Rules(language("zh")).none


def test_the_documentation_is_made_from_the_same_data():
    root = HERE.parent.parent
    maker = runpy.run_path(str(root / "tools" / "make_measures_doc.py"))
    assert (root / "docs" / "measures.md").read_text(encoding="utf-8") == maker["document"]()
