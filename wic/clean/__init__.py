"""Cleaning: repairs what scraping, mirrors and wrong encodings did to a text, and nothing else.

Every repair is a rule with a name (``wic.clean.rules``); ``clean`` applies the rules of the document's language and
returns the document with the list of edits that were made.
"""

from __future__ import annotations

from wic.as_function import as_function
from wic.clean.runner import Selection, clean

__all__ = ["Selection", "clean"]

as_function(__name__, clean)
