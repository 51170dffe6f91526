"""``wic stats`` beside DuckDB, ``collections.Counter`` and NLTK on a large segmented corpus.

The corpus is made here, the same bytes from the same packages: one sentence a line, blanks between the words, already
casefolded. Its English comes from the texts of the installed packages, its Chinese and Thai are drawn word by word
from the frequency lists of jieba and PyThaiNLP with a fixed seed, its Arabic is the sample corpus. Every contestant
runs in a process of its own; what is compared is CPU time, and only where the outputs agree.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SIZE = 150_000_000
QUICK = 15_000_000
TINY = 100_000

WIC_WORDS = """
import os
os.environ["WIC_COMPILED"] = "0"
from wic.pipeline import Steps
from wic.read import Source
from wic.stats.lines import tally_lines
from collections import Counter
t = tally_lines(Steps(), Source(path), print)
c = Counter(t.words)
del c[0]
types = t.types
result(c.total(), len(c), sorted(((-n, types[i - 1]) for i, n in c.items()))[:20])
"""

WIC_NUMPY = """
from wic.pipeline import Steps
from wic.read import Source
from wic.stats.group import groups
from wic.stats.lines import tally_lines
from wic.stats.table import Choice
from wic.stats.tables.words import words
g = groups(tally_lines(Steps(), Source(path), print), "none")["total"]
rows = words(g, Choice(20)).rows
result(g.n, int((g.counts > 0).sum()), [(-r["count"], r["word"]) for r in rows])
"""

COUNTER = """
from collections import Counter
c = Counter()
with open(path, encoding="utf-8") as f:
    for line in f:
        c.update(line.split())
result(c.total(), len(c), sorted(((-n, w) for w, n in c.items()))[:20])
"""

NLTK = """
from nltk import FreqDist
with open(path, encoding="utf-8") as f:
    c = FreqDist(w for line in f for w in line.split())
result(c.N(), len(c), sorted(((-n, w) for w, n in c.items()))[:20])
"""

DUCKDB = """
import duckdb
duckdb.sql("set threads to 1")
duckdb.sql("set preserve_insertion_order to false")
duckdb.sql(f'''create table c as select w, count(*) n from (
    select unnest(string_split(line, ' ')) w from read_csv('{path}', columns={{'line': 'varchar'}}, delim='\\x01',
    quote='', escape='', header=false, auto_detect=false)) where w <> '' group by w''')
[(n, v)] = duckdb.sql("select sum(n), count(*) from c").fetchall()
result(int(n), v, [(-n, w) for w, n in duckdb.sql("select w, n from c order by n desc, w limit 20").fetchall()])
"""

ALL = """
from wic.pipeline import Steps
from wic.read import Source
from wic.stats.group import groups
from wic.stats.lines import tally_lines
from wic.stats.table import Choice
from wic.stats.tables import collocations, dispersion, keyness, words
t = tally_lines(Steps(), Source(path), print)
t += tally_lines(Steps(), Source(path + ".reference"), print)
found = groups(t, "file")
g, reference = found[path], found[path + ".reference"]
eight = ["log_dice", "mi", "mi3", "npmi", "t_score", "z_score", "ll_4cell", "delta_p_21"]
w = words.words(g, Choice(20)).rows
pairs = collocations.collocations(g, Choice(20), eight, sort="count").rows
keys = keyness.keyness(g, reference, Choice(20)).rows
spread = dispersion.dispersion(g, Choice(20), ["dp", "range"], "100", sort="dp").rows
assert len(w) == len(pairs) == len(keys) == len(spread) == 20
result(g.n, int((g.counts > 0).sum()), [(-r["count"], r["first"] + " " + r["second"]) for r in pairs])
"""

NLTK_ALL = """
from nltk.collocations import BigramAssocMeasures as M, BigramCollocationFinder
with open(path, encoding="utf-8") as f:
    finder = BigramCollocationFinder.from_documents(line.split() for line in f)
for measure in (M.pmi, M.student_t, M.likelihood_ratio, M.dice, M.jaccard, M.chi_sq, M.phi_sq, M.poisson_stirling):
    scored = finder.score_ngrams(measure)
pairs = sorted(((-n, " ".join(p)) for p, n in finder.ngram_fd.items() if None not in p))[:20]
result(finder.word_fd.N() , len(finder.word_fd), pairs)
"""


# The peak of the process itself; what getrusage tells begins with that of the process which started it.
PEAK = """
import re, sys
print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1], file=sys.stderr)
"""


def main(quick: bool) -> None:
    path = corpus(QUICK if quick else SIZE)
    size = path.stat().st_size
    print(f"{size / 1e6:.0f} MB, one sentence a line; CPU seconds of a process, imports included\n")
    words = {
        "wic, compiled": WIC_NUMPY,
        "wic, pure Python": WIC_WORDS,
        "collections.Counter": COUNTER,
        "NLTK FreqDist": NLTK,
        "DuckDB, one thread": DUCKDB,
    }
    compare("Word frequencies", words, path, "DuckDB, one thread")
    compare(
        "Words, bigrams, 8 association measures (wic: and keyness of all words, DP and range in 100 parts)",
        {"wic": ALL, "NLTK": NLTK_ALL},
        path,
        "NLTK",
    )


def compare(title: str, contestants: dict[str, str], path: Path, reference: str) -> None:
    """Prints a table; no ratio where a contestant is missing or its output differs."""
    for code in contestants.values():
        run(code, corpus(TINY))  # so that the bytecode of all that it imports is there, as it is where pip installed it
    done = {name: run(code, path) for name, code in contestants.items()}
    base = done[reference]
    print(f"### {title}\n\n| | CPU s | peak MB | relative to {reference} | output |\n|---|---:|---:|---:|---|")
    for name, found in done.items():
        if found is None:
            print(f"| {name} | – | – | – | not installed |")
            continue
        same = base is not None and found["output"] == base["output"]
        ratio = f"{found['cpu'] / base['cpu']:.2f}" if base and same else "–"
        print(f"| {name} | {found['cpu']:.1f} | {found['peak']:.0f} | {ratio} | {'same' if same else 'differs'} |")
    print()


def run(code: str, path: Path) -> dict[str, Any] | None:
    """CPU seconds, peak memory in MB and what the code reported; None where a package is missing."""
    head = f"import json\npath = {str(path)!r}\ndef result(*found): print(json.dumps(found))\n"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    probe = f"\n{PEAK}"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run([sys.executable, "-c", head + code + probe], capture_output=True, text=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        if "ModuleNotFoundError" in done.stderr:
            return None
        raise SystemExit(done.stderr)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"cpu": cpu, "peak": int(done.stderr.split()[-1]) / 1024, "output": json.loads(done.stdout)}


def corpus(size: int) -> Path:
    """The corpus, made if it is not there, and beside it a reference of a fifth of its size."""
    folder = Path(tempfile.gettempdir()) / "wic-benchmarks"
    folder.mkdir(exist_ok=True)
    path = folder / f"segmented-{size // 1000}k.txt"
    for target, wanted, seed in ((path, size, 1), (Path(f"{path}.reference"), size // 5, 2)):
        if not target.exists():
            begun = time.perf_counter()
            part = target.with_suffix(".part")
            with part.open("w", encoding="utf-8") as out:
                written = 0
                for line in mixed(seed):
                    written += out.write(line + "\n") and len(line.encode()) + 1
                    if written >= wanted:
                        break
            part.rename(target)
            print(f"made {target} in {time.perf_counter() - begun:.0f} s", file=sys.stderr)
    return path


def mixed(seed: int) -> Iterator[str]:
    """Sentences of the four languages in turn, without end."""
    streams = [english(seed), drawn(chinese(), seed), english(seed + 10), drawn(thai(), seed), arabic()]
    while True:
        for stream in streams:
            for _ in range(50):
                yield next(stream)


def english(seed: int) -> Iterator[str]:
    """The words of the lines of all text and source files that the installed packages bring, the files shuffled."""
    import random
    import re
    import site

    word = re.compile(r"[^\W\d_]+")
    paths = sorted(
        p
        for folder in site.getsitepackages()
        for suffix in ("*.py", "*.txt", "*.md", "*.pyi", "*.rst")
        for p in Path(folder).rglob(suffix)
    )
    random.Random(seed).shuffle(paths)
    while True:
        for p in paths:
            for line in p.read_text(encoding="utf-8", errors="ignore").splitlines():
                found = [one for one in word.findall(line.casefold()) if one.isalpha()]
                if len(found) > 2:
                    yield " ".join(found)


def drawn(frequencies: dict[str, int], seed: int) -> Iterator[str]:
    """Sentences of 20 words, drawn by their frequency."""
    import numpy as np

    words = np.array([w for w in frequencies if w.isalpha()], dtype=object)
    share = np.array([frequencies[w] for w in words], dtype=float)
    random = np.random.default_rng(seed)
    while True:
        for row in words[random.choice(len(words), (2000, 20), p=share / share.sum())]:
            yield " ".join(row).casefold()


def chinese() -> dict[str, int]:
    import jieba

    with jieba.get_dict_file() as lines:
        rows = (line.decode().split() for line in lines)
        return {word: int(count) for word, count, *_ in rows}


def thai() -> dict[str, int]:
    from pythainlp.corpus import ttc

    return dict(ttc.word_freqs())


def arabic() -> Iterator[str]:
    from benchmarks.texts import cleaned
    from wic.segment import segment

    lines = [
        " ".join(t.text.casefold() for t in s.tokens if t.kind == "word" and t.text.isalpha())
        for d in cleaned("ar")
        for s in segment(d).sentences or ()
    ]
    while True:
        yield from filter(None, lines)
