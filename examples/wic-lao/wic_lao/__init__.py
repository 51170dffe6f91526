"""Lao for wic: data files only."""
