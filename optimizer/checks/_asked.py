"""Who comes first where not all who asked to stay can be looked after.

Who has priority, by the policy or in the table of groups, comes before the others; within both the
draw decides. This says nothing of who in the end does without: that is for school and families.
"""

from collections.abc import Iterator

from models import Asked, PolicyItem, School, Text, deal_order, listed
from models.labels import GROUP_KINDS
from optimizer.checks._grounds import Shortage, at_moment
from optimizer.checks.base import students_text

FIRST = Text(
    "{slot}：照看不过来时，优先的学生在先（{source}）：{first}；{then}。"
    "共 {children} 人留校，{over}。全部次序见 zouban lottery。",
    "{slot}: where not all can be looked after, those with priority come first ({source}): "
    "{first}; {then}. {children} children stay: {over}. The whole order: zouban lottery.",
)
ANY_SLOT = Text("各时段", "at every slot")
THEN_OTHERS = Text("其余 {count} 人按抽签次序", "then the other {count} in the order of the draw")
ALL_OF_THEM = Text("他们之间按抽签次序", "among themselves in the order of the draw")
OVER = Text(
    "至少有 {over} 人照看不了，按次序最后的是 {last}",
    "{over} at least cannot be looked after, the last in this order being {last}",
)
SOME_OVER = Text("不能人人照看", "not all of them can be looked after")
OF_GROUP = Text("{group} {students}", "{group} {students}")
OF_GRADE = Text("{grade} 年级 {students}", "grade {grade} {students}")
MARKED = Text("学生群体表的“优先”", "column 'Priority' of the groups")


def asked(school: School, shortage: Shortage) -> Asked | None:
    """Give who comes first where care is short; None where nobody there has priority."""
    slots = {*shortage.slots}
    there = [
        s.id
        for s in school.students
        if s.id not in school.excluded
        and not slots.isdisjoint(s.stay_slots)
        and shortage.grade in {None, school.grade_of[s.id]}
    ]
    order = sorted(there, key=lambda student: deal_order(school, student))
    first = [student for student in order if student in school.priority]
    if not first:
        return None
    others, over = len(order) - len(first), SOME_OVER
    if shortage.over:
        over = OVER.fill(over=shortage.over, last=students_text(order[-shortage.over :]))
    grounds = list(_by_ground(school, first))
    every = len(slots) == len(school.slots)
    text = FIRST.fill(
        slot=ANY_SLOT if every else at_moment(school, list(shortage.slots)),
        source=listed(dict.fromkeys(_sources(school))),
        first=Text("；".join(g.zh for g in grounds), "; ".join(g.en for g in grounds)),
        then=THEN_OTHERS.fill(count=others) if others else ALL_OF_THEM,
        children=len(order),
        over=over,
    )
    return Asked(shortage.slots, tuple(order), len(first), shortage.over, text)


def _sources(school: School) -> Iterator[Text]:
    for item in (PolicyItem.PRIORITY_GROUP, PolicyItem.PRIORITY_GRADES):
        for clause in school.in_force(item):
            yield Text(clause.source, clause.source)
    if any(group.priority for group in school.groups):
        yield MARKED


def _by_ground(school: School, students: list[str]) -> Iterator[Text]:
    """List students by what they have priority for, each once: by a group, else by their grade."""
    groups: dict[str, list[str]] = {}
    grades: dict[int, list[str]] = {}
    for student in students:
        group = _group(school, student)
        if group is None:
            grades.setdefault(school.grade_of[student], []).append(student)
        else:
            groups.setdefault(group, []).append(student)
    for name, own in groups.items():
        kind = school.group[name].kind
        called = GROUP_KINDS[kind] if kind else Text(name, name)
        yield OF_GROUP.fill(group=called, students=students_text(own))
    for grade, own in sorted(grades.items()):
        yield OF_GRADE.fill(grade=grade, students=students_text(own))


def _group(school: School, student: str) -> str | None:
    """Give the first group for which a student has priority."""
    clauses = school.clauses(PolicyItem.PRIORITY_GROUP, school.grade_of[student])
    for name in school.student[student].groups:
        group = school.group[name]
        if group.priority or any(group.goes_by(clause.subject) for clause in clauses):
            return name
    return None
