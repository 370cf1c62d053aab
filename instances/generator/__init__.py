"""Made-up schools of any size, each built around a plan that keeps every rule."""

from instances.generator.make import Generated, generate
from instances.generator.styles import STYLES, StyleName

__all__ = ["STYLES", "Generated", "StyleName", "generate"]
