"""The tables of ``wic stats``, one file each: functions from groups of a tally to a ``Table``.

A row names its group and ends with the signature and the reason why a measure is null, if one is.
"""
