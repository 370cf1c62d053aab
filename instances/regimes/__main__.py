"""Writes the workbooks anew."""

from instances.regimes import SCHOOLS, workbook
from optimizer.files import write_school

for regime_id, make in SCHOOLS.items():
    write_school(make(), workbook(regime_id), "zh", force=True)
