"""Children with special needs can stay longer than the others, where a policy says so."""

from collections.abc import Collection, Iterator, Mapping

from models.clauses import Clause
from models.items import PolicyItem
from models.labels import subject_text
from models.problems import Problem, Severity
from models.school_data import SchoolData
from models.terms import Force
from models.text import Text, clock, listed
from models.time import SlotUse

NO_LATE_CARE = Text(
    "群体“{group}”（{subject}）有 {grades} 年级的学生参加，政策要求对他们提供延时托管（{source}），"
    "而这些年级没有在 {time} 之后结束的托管时段；请在时段表增加这样的时段。",
    "children of group '{group}' ({subject}) in grades {grades} take part, to whom the policy "
    "wants late care given ({source}), and these grades have no slot of base care that ends after "
    "{time}: add one to the slots.",
)


def find(school: SchoolData, unread: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Find groups whose children have no slot to stay longer at."""
    if not unread.keys().isdisjoint({"policy", "settings", "slots", "classes"}):
        return
    for clause in school.in_force(PolicyItem.LATE_CARE):
        for number, group in enumerate(school.groups):
            if group.goes_by(clause.subject):
                yield from _group(school, clause, number)


def _group(school: SchoolData, clause: Clause, number: int) -> Iterator[Problem]:
    """Find the grades of a group's children that have no late care, by the time each should."""
    group = school.groups[number]
    grades = {
        school.home_class[child.home_class].grade
        for child in school.students
        if group.id in child.groups and child.stay_slots and child.home_class in school.home_class
    }
    lacking: dict[int, list[int]] = {}
    for grade in sorted(grades & school.scope(clause)):
        time = usual_end(school, grade)
        if time is not None and not _has_late_care(school, grade, time):
            lacking.setdefault(time, []).append(grade)
    for time, there in lacking.items():
        text = NO_LATE_CARE.fill(
            group=group.id,
            subject=subject_text(str(clause.subject), clause.item),
            grades=listed(there),
            source=clause.source,
            time=clock(time),
        )
        severity: Severity = "error" if clause.force is Force.HARD else "warning"
        yield Problem("no-late-care", "groups", number, "id", group.id, text, severity)


def usual_end(school: SchoolData, grade: int) -> int | None:
    """Give when the service usually ends for a grade: by the policy; None where it does not say."""
    for item in (PolicyItem.LATEST_END, PolicyItem.EARLIEST_END):
        times = [c.value for c in school.clauses(item, grade) if c.value is not None]
        if times:
            return min(times)
    return None


def _has_late_care(school: SchoolData, grade: int, time: int) -> bool:
    return any(
        slot.end_minute > time
        and slot.use is not SlotUse.CLUBS_ONLY
        and not slot.evening_study
        and slot.admits_grade(grade)
        for slot in school.slots
    )
