"""Languages: one folder of data per language, read when it is named.

A language is a folder with a ``lang.toml``. Beside it may stand ``clean.toml``, ``dates.toml`` and
``stopwords.txt``; what is missing is inherited from ``und``, the folder of what holds in any language. Folders are
looked for in ``wic/langs`` first and then among installed packages that register a package of such files under the
entry-point group ``wic.languages``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from wic.errors import WicError

if TYPE_CHECKING:  # importlib.resources takes as long to import as a small search
    from importlib.resources.abc import Traversable

ENTRY_POINTS = "wic.languages"
ROOT = "und"


@dataclass(frozen=True)
class Language:
    """What wic knows about a language. ``script`` is an ISO 15924 code, ``words`` names the default word engine."""

    code: str
    name: str
    script: str = ""
    words: str = "uax29"
    facts: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    folder: Traversable | None = field(default=None, compare=False, repr=False)

    @cache  # noqa: B019  (there is one Language per code, for as long as the process lives)
    def data(self, name: str) -> dict[str, Any]:
        """The TOML file ``name`` of this language's folder; empty where it has none."""
        return _toml(self.folder / name) if self.folder and (self.folder / name).is_file() else {}

    @cache  # noqa: B019
    def table(self, name: str) -> dict[str, str]:
        """The two-column file ``name`` of this language's folder; ``#`` starts a comment line."""
        if self.folder is None:
            return {}
        lines = (self.folder / name).read_text(encoding="utf-8").splitlines()
        return dict(line.split("\t")[:2] for line in lines if line and not line.startswith("#"))

    @cached_property
    def stopwords(self) -> frozenset[str]:
        """Function words, casefolded, from ``stopwords.txt`` (one a line, ``#`` starts a comment)."""
        path = self.folder / "stopwords.txt" if self.folder else None
        if path is None or not path.is_file():
            return frozenset()
        lines = (line.partition("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
        return frozenset(line.casefold() for line in lines if line)


def _toml(path: Traversable) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise WicError(f"{path}: {error}", "correct the file; its format is described in CONTRIBUTING.md") from None


@cache
def built_in() -> tuple[str, ...]:
    """Codes of the languages that ship with wic, sorted, without the root."""
    from importlib.resources import files

    folders = (folder for folder in files("wic").joinpath("langs").iterdir() if folder.joinpath("lang.toml").is_file())
    return tuple(sorted(folder.name for folder in folders if folder.name != ROOT))


@cache
def outside() -> dict[str, Traversable]:
    """Folders of the languages that installed packages bring, by code."""
    from importlib.metadata import entry_points
    from importlib.resources import files

    return {point.name: files(point.value) for point in entry_points(group=ENTRY_POINTS)}


def known() -> list[str]:
    """Codes of all languages that can be named."""
    return sorted({*built_in(), *outside()})


@cache
def language(code: str) -> Language:
    """The language that ``code`` (BCP 47, lower case) names; the root language for ``und`` or an empty code."""
    from importlib.resources import files

    code = code or ROOT
    folder: Traversable | None = files("wic").joinpath("langs", code)
    if not code.replace("-", "").isalnum() or not folder.joinpath("lang.toml").is_file():  # type: ignore[union-attr]
        folder = outside().get(code)
    if folder is None:
        raise WicError(f"unknown language {code!r}", f"known: {', '.join(known())}")
    facts = _toml(folder / "lang.toml")
    return Language(
        code=code,
        name=facts.get("name", code),
        script=facts.get("script", ""),
        words=facts.get("words", "uax29"),
        facts=facts,
        folder=folder,
    )


def nearest(code: str) -> Language:
    """The language to treat a text in ``code`` with: its own, that of its first subtag, or else the root language."""
    code = code.lower()
    if code in ("", ROOT):  # packs need not be asked, which takes as long as a small search
        return language(ROOT)
    for candidate in (code, code.partition("-")[0]):
        if candidate in built_in() or candidate in outside():
            return language(candidate)
    return language(ROOT)
