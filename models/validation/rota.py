"""Grades whose base care is under homeroom teachers have some."""

from collections.abc import Collection, Iterator, Mapping

from models.problems import Problem
from models.rota import rota_sources
from models.school_data import SchoolData
from models.text import Text, listed

NOBODY = Text(
    "{grade} 年级的托管由本年级班主任轮值（依据：{source}），{count} 名学生要求留校，"
    "但该年级没有一个班填了班主任；请填写（班级：{classes}）。",
    "base care of grade {grade} is under its homeroom teachers in turn (source: {source}) and "
    "{count} children asked to stay, but no class of the grade has one: give it (classes: "
    "{classes}).",
)


def find(school: SchoolData, unread: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Find grades on the homeroom rota in which children stay and no class has a teacher."""
    if "classes" in unread:
        return
    grade_of = {home.id: home.grade for home in school.classes}
    staying = [grade_of.get(s.home_class) for s in school.students if s.stay_slots]
    for grade in sorted(set(grade_of.values())):
        sources = rota_sources(school, grade)
        homes = [(n, home) for n, home in enumerate(school.classes) if home.grade == grade]
        count = staying.count(grade)
        if sources and count and all(home.homeroom_teacher is None for _, home in homes):
            row, first = homes[0]
            text = NOBODY.fill(
                grade=grade,
                count=count,
                source=listed(sources),
                classes=listed(home.id for _, home in homes),
            )
            yield Problem("rota-nobody", "classes", row, "homeroom_teacher", first.id, text)
