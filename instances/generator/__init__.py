"""Made-up schools of any size, each built around a plan that keeps every rule."""

from typing import NamedTuple

from instances.generator import menu, people, staff
from instances.generator.draft import CARE_SIZE, Draft, stream, week
from instances.generator.care import pack
from instances.generator.styles import STYLE, STYLES, StyleName
from instances.generator.witness import Witness
from models import Plan, School


class Generated(NamedTuple):
    """A school, and a plan that proves that it can be planned."""

    school: School
    witness: Plan


def draft_school(style, students, courses, seed):
    kind = STYLE[style]
    slots = week(kind)
    random = stream(seed, "people")
    sizes = people.class_sizes(random, students, len(kind.grades))
    classes = people.home_classes(sizes, kind.grades)
    pupils = people.students(random, kind, slots, classes, sizes)
    grade_of = {c.id: c.grade for c in classes}
    blocks = [s.grades for s in kind.stages] or [kind.grades]
    need = []
    for slot in slots:
        counts = {}
        for p in pupils:
            if slot.id in p.stay_slots:
                g = grade_of[p.home_class]
                counts[g] = counts.get(g, 0) + 1
        need.append(len(pack(counts, blocks, kind.care_grade_span, CARE_SIZE)))
    own, external = staff.headcount(students, courses, need)
    random = stream(seed, "menu")
    outlines = menu.outlines(random, kind, students, courses)
    random = stream(seed, "staff")
    leaders = staff.leaders(random, outlines, own, external)
    teachers = staff.staff(random, slots, own, external, kind.max_periods_day)
    made = menu.courses(outlines, leaders)
    from models import SlotUse
    clubs = sum(s.use is not SlotUse.CARE_ONLY for s in slots)
    rooms = menu.rooms(classes, outlines, clubs)
    wishes = people.wishes(stream(seed, "wishes"), pupils, grade_of, made, [o.popularity for o in outlines])
    return Draft(kind, seed, slots, tuple(rooms), tuple(classes), people.GROUPS, staff.PROVIDERS, teachers, tuple(made), tuple(pupils), tuple(wishes))
