"""Measures as functions of counts, one file per idea; each is described in ``measures.toml`` under its own name.

The measures of many items at once (association, keyness, dispersion) work on numpy arrays, those of one text or
corpus (diversity) on plain numbers. Where a measure is not defined they give NaN or None, never an error.
"""
