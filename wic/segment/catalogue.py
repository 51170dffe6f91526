"""The word engines: their names, what they are, which scripts they know, and what each one needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from wic.errors import WicError

#: Scripts (ISO 15924) whose words have no spaces between them, or that have an engine of their own.
SPACELESS = ("Thai", "Hani", "Laoo", "Khmr", "Mymr")

Cut = Callable[[str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Engine:
    """A way to cut a text into words.

    ``scripts`` are the scripts it takes when it is named; ``rest`` says whether it also takes everything that belongs
    to no script of another engine (digits, punctuation), and ``latin`` whether that goes for Latin words too. An ``exact`` engine promises the output of another
    program to the letter, so the rules that keep URLs and numbers whole are not laid over it.
    """

    name: str
    what: str
    languages: tuple[str, ...]
    scripts: tuple[str, ...]
    module: str
    function: str = "cut"
    package: str = ""
    needs: str = ""
    rest: bool = True
    latin: bool = False
    exact: bool = False

    @property
    def available(self) -> bool:
        """Whether the package it needs is installed."""
        return not self.needs or find_spec(self.needs) is not None

    @property
    def install(self) -> str:
        """The command that installs what it needs; empty when it needs nothing."""
        return f"pip install {self.package}" if self.package else ""

    @property
    def version(self) -> str:
        """The version of what makes its cuts: of the package it needs, else of wic."""
        if self.needs:
            return version(self.needs) if self.available else ""
        from wic import __version__

        return __version__

    @property
    def signature(self) -> str:
        """Name and version, for the record of what made a result."""
        return f"{self.name}-{self.version}"

    def load(self) -> Cut:
        """Its function from a text to the pieces that tile it."""
        if not self.available:
            raise WicError(f"engine {self.name!r} needs {self.package}, which is not installed", self.install)
        cut: Cut = getattr(import_module(f"wic.segment.{self.module}"), self.function)
        return cut


@cache
def version(package: str) -> str:
    """The version of an installed package, read without importing it (``importlib.metadata`` costs 50 ms)."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return ""
    for line in Path(spec.origin).read_text(encoding="utf-8").splitlines():
        name, equals, value = line.partition("=")
        if equals and name.split(":")[0].strip() == "__version__":
            return value.strip().strip("\"'")
    from importlib.metadata import packages_distributions
    from importlib.metadata import version as installed

    return installed(packages_distributions()[package][0])


ENGINES: Mapping[str, Engine] = {
    engine.name: engine
    for engine in (
        Engine(
            name="wic",
            what="wic's own models, in the granularity of the UD treebanks; one for both Chinese scripts",
            languages=("th", "zh"),
            scripts=("Thai", "Hani"),
            module="wic",
            latin=True,
        ),
        Engine(
            name="jieba",
            what="dictionary and hidden Markov model, as jieba.cut; Traditional text is looked up as Simplified",
            languages=("zh",),
            scripts=("Hani",),
            module="jieba",
            package="jieba",
            needs="jieba",
            exact=True,
        ),
        Engine(
            name="newmm",
            what="dictionary and maximal matching within character clusters, as pythainlp's newmm",
            languages=("th",),
            scripts=("Thai",),
            module="newmm",
            package="pythainlp",
            needs="pythainlp",
            exact=True,
        ),
        Engine(
            name="arabic",
            what="spaces, punctuation and symbols, as camel-tools, with decimals whole and digits split from letters",
            languages=("ar",),
            scripts=("Arab",),
            module="arabic",
        ),
        Engine(
            name="camel-exact",
            what="the output of camel_tools' simple_word_tokenize to the letter",
            languages=("ar",),
            scripts=("Arab",),
            module="arabic",
            function="cut_exact",
            exact=True,
        ),
        Engine(
            name="uax29",
            what="Unicode word boundaries (UAX #29): contractions whole, hyphenated words apart",
            languages=("en", "und"),
            scripts=("Arab", "Hani"),
            module="uax29",
        ),
        Engine(
            name="graphemes",
            what="one piece per written syllable or character: the floor for scripts without spaces",
            languages=("lo", "km", "my"),
            scripts=SPACELESS,
            module="graphemes",
            rest=False,
        ),
    )
}


def engine(name: str) -> Engine:
    """The engine called ``name``."""
    if name not in ENGINES:
        raise WicError(f"unknown engine {name!r}", f"known: {', '.join(sorted(ENGINES))}")
    return ENGINES[name]
