"""Token queries in the language of the IMS Corpus Workbench (CQP): ``"the"%c [pos="ADJ"]* [pos="NOUN"] within s``."""

from __future__ import annotations

from wic.query.cql.columns import Columns
from wic.query.cql.parse import parse
from wic.query.cql.search import STRATEGIES, Hit, Search
from wic.query.cql.tree import show

__all__ = ["STRATEGIES", "Columns", "Hit", "Search", "parse", "show"]
