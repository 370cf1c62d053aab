"""Longer runs: how good and how fast, kept by version in ``results/``."""
