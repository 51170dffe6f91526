"""What a user asks of the segmentation into words, beyond what the language itself says."""

from __future__ import annotations

from dataclasses import dataclass

GRANULARITIES = "fine", "default", "coarse"


@dataclass(frozen=True, slots=True)
class WordChoice:
    """How texts are cut into words.

    ``engine`` is the name of a word engine, empty for the language's own. ``scheme`` is that of an engine that has
    several. With ``clitics`` what is written together with a word is cut off. ``dictionary`` is the path of a file of
    entries that are words whatever the engine says. ``granularity`` is one of ``GRANULARITIES``.
    """

    engine: str = ""
    scheme: str = ""
    clitics: bool = False
    dictionary: str = ""
    granularity: str = "default"


DEFAULT = WordChoice()
