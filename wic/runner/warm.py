"""Imported by the server that worker processes are forked from: what is loaded here is loaded once for all."""

import wic.clean
import wic.dates
import wic.segment
import wic.stats.tally  # noqa: F401
