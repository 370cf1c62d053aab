"""Schools to try things on: a generator, a worked example, and the data of others."""

from instances.generator import AFTER_SCHOOL, STYLES, Generated, StyleName, generate

__all__ = ["AFTER_SCHOOL", "STYLES", "Generated", "StyleName", "generate"]
