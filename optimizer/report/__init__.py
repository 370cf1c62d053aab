"""What people see of a plan: figures, words, the workbook, the picture of the week."""

from optimizer.report.clauses import (
    clause_text,
    matter_text,
    scope_text,
    value_text,
)
from optimizer.report.convergence import plot_convergence
from optimizer.report.fairness import envied, first_choices
from optimizer.report.figures import SchoolFigures, Summary, school_figures, summary
from optimizer.report.filling import RosterToFill, rosters_to_fill
from optimizer.report.gap_words import gap_percent, is_far
from optimizer.report.ledger import ledger_workbook_bytes, write_ledger_workbook
from optimizer.report.ledger_figures import LedgerFigures, ledger_sums
from optimizer.report.ledger_overview import ledger_rows
from optimizer.report.picture import plot_timetable
from optimizer.report.reason_words import reason_text
from optimizer.report.words import FAR, plan_rows, school_rows
from optimizer.report.workbook import write_plan_workbook

__all__ = [
    "FAR",
    "LedgerFigures",
    "RosterToFill",
    "SchoolFigures",
    "Summary",
    "clause_text",
    "envied",
    "first_choices",
    "gap_percent",
    "is_far",
    "ledger_rows",
    "ledger_sums",
    "ledger_workbook_bytes",
    "matter_text",
    "plan_rows",
    "plot_convergence",
    "plot_timetable",
    "reason_text",
    "rosters_to_fill",
    "school_figures",
    "school_rows",
    "scope_text",
    "summary",
    "value_text",
    "write_ledger_workbook",
    "write_plan_workbook",
]
