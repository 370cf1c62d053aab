"""The ``zouban`` command: one file a verb."""

from optimizer.cli.app import app, main

__all__ = ["app", "main"]
