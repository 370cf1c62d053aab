"""The planned ledger: what a plan brings in and costs, before the term."""

from models import Plan, School
from optimizer.ledger.closing import close
from optimizer.ledger.lines import Ledger, Line
from optimizer.ledger.pay_tally import groups_of, pay_lines, planned_tally
from optimizer.ledger.tariffs import Presence, slots_of, term_days, weekly_slots
from optimizer.ledger.tariffs.presence import Weekly, planned_spans


def plan_weekly(school: School, plan: Plan) -> Weekly:
    """Give each participant's slots of the week by a plan."""
    return weekly_slots(
        school,
        (
            (student, slot)
            for group in groups_of(plan)
            for slot in slots_of(group)
            for student in group.students
        ),
    )


def planned_ledger(school: School, plan: Plan) -> Ledger:
    """Work out the ledger of a plan of this school.

    Raises
    ------
    LookupError
        If the plan names somebody or something that the school does not have, the statutory
        calendar of a year is not known, or a date is in no billing month.
    """
    presence = Presence(term_days(school), plan_weekly(school, plan), planned_spans(school))
    return close(school, presence, planned_tally(school, plan))


def planned_pay_lines(school: School, plan: Plan) -> tuple[Line, ...]:
    """Give the planned ledger's lines of pay alone."""
    return tuple(pay_lines(school, planned_tally(school, plan)))
