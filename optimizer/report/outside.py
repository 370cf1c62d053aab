"""What people from outside do in a plan, and why: where the policy has own staff first."""

from collections import Counter
from typing import Final, NamedTuple

from models import Plan, School, Text, listed
from optimizer.checks import OwnFirst, WhyOutside, before_moves, own_staff_first

REASONS: Final[dict[WhyOutside, Text]] = {
    WhyOutside.CRAFT: Text("本校没有人能承担", "nobody of the own staff can lead or supervise it"),
    WhyOutside.ROTA: Text("按班主任轮值", "the homeroom rota says so"),
    WhyOutside.TIMES: Text(
        "本校能承担的人那时都不能来", "of the own staff who can, nobody comes at its times"
    ),
    WhyOutside.PINNED: Text("学校锁定由其承担", "the school pinned the person to it"),
    WhyOutside.NAMED: Text("学生指名要这位教师", "students asked for the person by name"),
    WhyOutside.BUSY: Text(
        "本校能承担的人届时另有任务或课时已满",
        "own staff who can have other duties then, or a full day or week",
    ),
    WhyOutside.MONEY: Text("经费不够付本校教师", "the budget does not leave the pay of own staff"),
    WhyOutside.OPEN: Text("本校有人可以接替", "own staff could take it"),
}

ALL_OWN = Text(
    "按本学期方案，社团班和托管组都由本校教师承担。",
    "By the term's plan own staff have all groups of clubs and base care.",
)
FROM_OUTSIDE = Text(
    "按本学期方案，社团班和托管组的 {whole} 项任务中，校外人员承担 {part} 项：{reasons}。",
    "By the term's plan people from outside have {part} of the {whole} duties in groups of clubs "
    "and base care: {reasons}.",
)
FOR_REASON = Text("{reason}（{count} 项）", "{reason} ({count})")


class Outside(NamedTuple):
    """How many duties there are, a person in a group each, and how many people from outside do."""

    duties: int
    why: tuple[tuple[WhyOutside, int], ...]
    """Those from outside by reason, in the order of the reasons."""

    @property
    def outside(self) -> int:
        """Duties of people from outside."""
        return sum(count for _, count in self.why)


def outside_duties(school: School, plan: Plan) -> Outside | None:
    """Count the duties in groups for which own staff come first; None where that is nowhere so."""
    if not own_staff_first(school):
        return None
    opened = {*plan.opened_for_unmet}
    held = {s.id for s in plan.sections} | {g.id for g in plan.care_groups}
    # Why, is asked as the rule is: before anyone was moved, and care groups ended by that.
    asked = [(before_moves(school, plan), held - opened), *([(plan, opened)] if opened else [])]
    duties, why = 0, Counter[WhyOutside]()
    for state, groups in asked:
        own = OwnFirst(school, state.sections, state.care_groups)
        concerned = {
            number
            for number, group in enumerate(own.duties.groups)
            if group.id in groups and own.clause(number) is not None
        }
        duties += sum(len(own.duties.staff[number]) for number in concerned)
        why.update(own.why(number, who) for number, who in own.outside() if number in concerned)
    return Outside(duties, tuple((reason, why[reason]) for reason in WhyOutside if why[reason]))


def outside_text(found: Outside) -> Text:
    """Say in one sentence what people from outside do, and why."""
    if not found.why:
        return ALL_OWN
    reasons = listed(FOR_REASON.fill(count=n, reason=REASONS[why]) for why, n in found.why)
    return FROM_OUTSIDE.fill(part=found.outside, whole=found.duties, reasons=reasons)
