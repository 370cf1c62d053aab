"""What third parties may give: their staff lead no course whose content the policy bars to them."""

from collections.abc import Collection, Iterator, Mapping

from models.items import PolicyItem
from models.labels import subject_text
from models.menu import Course
from models.people import StaffKind, Teacher
from models.problems import Problem
from models.school_data import SchoolData
from models.text import Text, listed

LED_BY_PROVIDERS = Text(
    "内容“{content}”不得由第三方承担（依据：{source}），但可带这门课的 {staff} 是第三方人员；"
    "请更换教师，或更正课程的内容标签。",
    "third parties may not give content '{content}' (source: {source}), but {staff}, who can lead "
    "this course, are theirs: name other staff, or correct the content of the course.",
)


def find(school: SchoolData, unread: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Find courses that third parties' staff can lead although the content is barred to them."""
    if unread.keys() & {"policy", "settings", "teachers", "courses"}:
        return
    for number, course in enumerate(school.courses):
        yield from _led(school, number, course)


def _led(school: SchoolData, number: int, course: Course) -> Iterator[Problem]:
    people = [school.teacher[name] for name in course.leaders if name in school.teacher]
    theirs = [t.id for t in people if _sent(t)]
    for clause in school.in_force(PolicyItem.PROVIDER_BARRED_CONTENT):
        concerned = not school.scope(clause).isdisjoint(course.grades)
        if theirs and concerned and clause.subject in course.content:
            content = subject_text(str(clause.subject), clause.item)
            text = LED_BY_PROVIDERS.fill(
                staff=listed(theirs), content=content, source=clause.source
            )
            yield Problem("led-by-provider", "courses", number, "leaders", " ".join(theirs), text)


def _sent(person: Teacher) -> bool:
    """Tell whether a third party sends somebody; whoever is the school's own is not sent."""
    by_body = person.provider is not None and person.kind is not StaffKind.OWN
    return person.kind is StaffKind.PROVIDER or by_body
