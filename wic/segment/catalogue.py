"""The word engines: their names, what they are, which scripts they know, and what each one needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from wic.errors import WicError, unknown

#: Scripts (ISO 15924) whose words have no spaces between them, or that have an engine of their own.
SPACELESS = ("Thai", "Hani", "Laoo", "Khmr", "Mymr")

Cut = Callable[[str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Engine:
    """A way to cut a text into words.

    ``scripts`` are the scripts it takes when it is named; ``rest`` says whether it also takes everything that belongs
    to no script of another engine (digits, punctuation), and ``latin`` whether that goes for Latin words too. An
    ``exact`` engine promises the output of another program to the letter, so the rules that keep URLs and numbers
    whole are not laid over it; one that ``holds`` lays them over by itself. One with ``schemes`` cuts in several ways,
    the first when none is named. ``data`` is the language whose installed data it needs.
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
    holds: bool = False
    schemes: tuple[str, ...] = ()
    data: str = ""

    @property
    def available(self) -> bool:
        """Whether what it needs is installed."""
        return not self.lacking

    @property
    def lacking(self) -> str:
        """What it needs and is not installed."""
        if self.needs and find_spec(self.needs) is None:
            return self.package
        if self.data:
            from wic.segment import camel_data

            offer = camel_data.offer(self.data)
            return ", ".join(camel_data.lacking_packages() or camel_data.lacking_files(offer))
        return ""

    @property
    def install(self) -> str:
        """The command that installs what it needs; empty when it needs nothing."""
        if self.data:
            from wic.segment import camel_data

            offer = camel_data.offer(self.data)
            command = camel_data.PIP if camel_data.lacking_packages() else offer.command
            return f"{command} ({offer.size} MB, {offer.licence})" if command == offer.command else command
        return f"pip install {self.package}" if self.package else ""

    @property
    def version(self) -> str:
        """The version of what makes its cuts: of the package it needs, else of wic."""
        if self.needs:
            return version(self.needs) if self.available else ""
        from wic import __version__

        return __version__

    def signature(self, scheme: str = "") -> str:
        """Name, version and scheme, for the record of what made a result."""
        return f"{self.name}-{self.version}" + (f"-{self._scheme(scheme)}" if self.schemes else "")

    def load(self, scheme: str = "") -> Cut:
        """Its function from a text to the pieces that tile it."""
        if scheme and not self.schemes:
            raise WicError(f"engine {self.name!r} has no schemes", "leave --scheme out, or name --engine camel-morph")
        chosen = self._scheme(scheme) if self.schemes else ""
        if lacking := self.lacking:
            raise WicError(f"engine {self.name!r} needs {lacking}, which is not installed", self.install)
        cut: Callable[..., Iterable[str]] = getattr(import_module(f"wic.segment.{self.module}"), self.function)
        return partial(cut, scheme=chosen) if chosen else cut

    def _scheme(self, name: str) -> str:
        if name and name not in self.schemes:
            raise WicError(f"engine {self.name!r} has no scheme {name!r}", f"it has {', '.join(self.schemes)}")
        return name or self.schemes[0]


@cache
def version(package: str) -> str:
    """The version of an installed package, read without importing it (``importlib.metadata`` costs 50 ms)."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return ""
    for line in Path(spec.origin).read_text(encoding="utf-8").splitlines():
        if found := re.match(r"__version__\s*(?::\s*\w+\s*)?=\s*[\"']([^\"']+)[\"']", line):
            return found[1]
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
            holds=True,
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
            name="attacut",
            what="AttaCut's convolutional network",
            languages=("th",),
            scripts=("Thai",),
            module="adapters",
            function="attacut",
            package="attacut",
            needs="attacut",
        ),
        Engine(
            name="deepcut",
            what="DeepCut's convolutional network",
            languages=("th",),
            scripts=("Thai",),
            module="adapters",
            function="deepcut",
            package="deepcut",
            needs="deepcut",
        ),
        Engine(
            name="thulac",
            what="THULAC's perceptron, for Simplified Chinese",
            languages=("zh",),
            scripts=("Hani",),
            module="adapters",
            function="thulac",
            package="thulac",
            needs="thulac",
        ),
        Engine(
            name="icu",
            what="the word boundaries of ICU, with its dictionaries",
            languages=("th", "zh", "lo", "km", "my"),
            scripts=SPACELESS,
            module="adapters",
            function="icu",
            package="PyICU",
            needs="icu",
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
            name="camel-morph",
            what="morphemes, by camel-tools' analyzer and disambiguator (--scheme)",
            languages=("ar",),
            scripts=("Arab",),
            module="camel_morph",
            package="camel-tools",
            needs="camel_tools",
            schemes=("atbtok", "atbseg", "bwtok", "d1tok", "d1seg", "d2tok", "d2seg", "d3tok", "d3seg"),
            data="ar",
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
        raise unknown(f"unknown engine {name!r}", name, sorted(ENGINES))
    return ENGINES[name]
