"""The worked example: 滨河小学, an invented primary school with one class a grade.

``python -m instances.riverside`` writes ``riverside.xlsx`` into the folder above.
"""

from pathlib import Path
from typing import Final

from instances.riverside.school import riverside

WORKBOOK: Final = Path(__file__).parents[1] / "riverside.xlsx"

__all__ = ["WORKBOOK", "riverside"]
