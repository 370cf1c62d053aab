"""Made-up schools of any size, each built around a plan that keeps every rule."""

from instances.generator.make import Generated, generate
from instances.generator.styles import AFTER_SCHOOL, STYLES, StyleName

__all__ = ["AFTER_SCHOOL", "STYLES", "Generated", "StyleName", "generate"]
