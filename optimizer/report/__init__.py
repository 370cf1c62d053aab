"""What people see of a plan: figures, words, the workbook, the picture of the week."""

from optimizer.report.figures import SchoolFigures, Summary, school_figures, summary
from optimizer.report.picture import plot_timetable
from optimizer.report.words import gap_percent, plan_rows, reason_text, school_rows
from optimizer.report.workbook import write_plan_workbook

__all__ = [
    "SchoolFigures",
    "Summary",
    "gap_percent",
    "plan_rows",
    "plot_timetable",
    "reason_text",
    "school_figures",
    "school_rows",
    "summary",
    "write_plan_workbook",
]
