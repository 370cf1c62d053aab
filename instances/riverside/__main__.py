"""Writes the workbook anew."""

from instances.riverside import WORKBOOK, riverside
from optimizer.files import write_school

write_school(riverside(), WORKBOOK, "zh", force=True)
