"""Schools to try things on: a generator, a worked example, and the data of others."""

from instances.generator import STYLES, Generated, StyleName, generate

__all__ = ["STYLES", "Generated", "StyleName", "generate"]
