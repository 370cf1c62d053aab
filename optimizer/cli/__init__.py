"""The ``zouban`` command: one file a verb."""

from optimizer.cli.entry import app, main

__all__ = ["app", "main"]
