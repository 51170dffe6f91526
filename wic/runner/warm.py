"""Imported by the server that worker processes are forked from: what is loaded here is loaded once for all."""

import gc

import wic.clean
import wic.dates
import wic.segment
import wic.stats.tally  # noqa: F401

gc.freeze()  # what is loaded stays: no worker need look through it, and its memory remains shared
gc.set_threshold(100_000)
