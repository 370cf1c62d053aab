"""A school of any size with a plan that keeps every rule, made by arithmetic."""

from dataclasses import dataclass
from datetime import date

from models import (
    BoundProof,
    CareGroup,
    Course,
    HomeClass,
    Plan,
    PlanStatus,
    Provenance,
    Room,
    School,
    Section,
    Settings,
    Slot,
    Student,
    Teacher,
    Term,
    Wish,
)
from optimizer.checks import unmet_wishes
from optimizer.ledger import plan_pay_fen

GAMES = ("篮球", "书法", "合唱", "围棋", "机器人", "舞蹈", "剪纸", "足球", "朗诵", "陶艺")
SURNAMES = "王李张刘陈杨赵黄周吴"
GIVEN = ("子涵", "雨桐", "浩然", "思远", "欣怡", "梓轩", "一诺", "明哲")


@dataclass(frozen=True)
class Shape:
    """How large the example is. A student is in care whenever his turn falls on no section."""

    days: int = 5
    periods: int = 1
    sections: int = 3
    """Sections at each slot, each of a course of its own; one more share of students is in care."""
    students: int = 80
    class_size: int = 20

    @property
    def slots(self) -> int:
        return self.days * self.periods


def slots(shape: Shape) -> tuple[Slot, ...]:
    return tuple(
        Slot(
            id=f"D{day}P{period}",
            weekday=day,
            start_minute=970 + 60 * period,
            end_minute=1010 + 60 * period,
        )
        for day in range(1, shape.days + 1)
        for period in range(shape.periods)
    )


def name_of(number: int) -> str:
    return SURNAMES[number % 10] + GIVEN[number // 10 % 8]


def course_id(slot: int, section: int) -> str:
    return f"C{slot}-{section}"


def turn(shape: Shape, student: int, slot: int) -> int:
    """Number of the student's section at a slot; shape.sections means base care."""
    return (student + slot) % (shape.sections + 1)


def make_school(shape: Shape) -> School:
    week = slots(shape)
    share = -(-shape.students // (shape.sections + 1))
    homes = range(-(-shape.students // shape.class_size))
    courses = [
        Course(
            id=course_id(slot, k),
            name=GAMES[(slot * shape.sections + k) % 10]
            + ("" if slot * shape.sections + k < 10 else str(slot * shape.sections + k)),
            grades=(1, 2, 3, 4, 5, 6),
            min_size=1,
            max_size=share + 2,
            leaders=(f"T{k}",),
            slots=(week[slot].id,),
        )
        for slot in range(shape.slots)
        for k in range(shape.sections)
    ]
    students = [
        Student(
            id=f"S{n:04d}",
            name=name_of(n),
            home_class=f"K{n // shape.class_size}",
            stay_slots=tuple(s.id for s in week),
            max_clubs=shape.slots + 1,
        )
        for n in range(shape.students)
    ]
    return School(
        settings=Settings(id="example", name="示例小学"),
        term=Term(first_date=date(2025, 9, 1), last_date=date(2025, 12, 31)),
        slots=week,
        rooms=(
            *(Room(id=f"R{k}", name=f"专用室{k}", seats=share + 5) for k in range(shape.sections)),
            *(Room(id=f"H{h}", name=f"教室{h}", seats=45) for h in homes),
        ),
        classes=tuple(
            HomeClass(
                id=f"K{h}",
                name=f"{h % 6 + 1}({h // 6 + 1})班",
                grade=h % 6 + 1,
                home_room=f"H{h}",
                homeroom_teacher=f"B{h}",
            )
            for h in homes
        ),
        teachers=(
            *(
                Teacher(id=f"T{k}", name=f"{name_of(k)}老师", pay_fen=6000, max_periods_week=40)
                for k in range(shape.sections)
            ),
            *(Teacher(id=f"B{h}", name=f"{name_of(h + 7)}老师", pay_fen=4000) for h in homes),
        ),
        courses=tuple(courses),
        students=tuple(students),
        wishes=tuple(
            Wish(student=s.id, course=course, rank=rank)
            for n, s in enumerate(students)
            for rank, course in enumerate(_wishes(shape, n), start=1)
        ),
    )


def _granted(shape: Shape, student: int) -> list[str]:
    turns = ((slot, turn(shape, student, slot)) for slot in range(shape.slots))
    return [course_id(slot, k) for slot, k in turns if k < shape.sections]


def _wishes(shape: Shape, student: int) -> list[str]:
    """What the student gets, and as last wish a course at a time when he is in another."""
    granted, first = _granted(shape, student), turn(shape, student, 0)
    if shape.sections in {first, 1}:
        return granted
    return [*granted, course_id(0, (first + 1) % shape.sections)]


def make_plan(school: School, shape: Shape, bound: int | None = None) -> Plan:
    numbers = range(shape.students)
    sections, care = [], []
    for number, slot in enumerate(school.slots):
        for k in range(shape.sections):
            members = tuple(f"S{n:04d}" for n in numbers if turn(shape, n, number) == k)
            course = course_id(number, k)
            ids = {"id": f"{course}.1", "course": course, "room": f"R{k}"}
            sections.append(Section(**ids, slots=(slot.id,), staff=(f"T{k}",), students=members))
        left = [n for n in numbers if turn(shape, n, number) == shape.sections]
        for h in range(len(school.classes)):
            members = tuple(f"S{n:04d}" for n in left if n // shape.class_size == h)
            if members:
                ids = {"id": f"care-{slot.id}-{h}", "slot": slot.id, "room": f"H{h}"}
                care.append(CareGroup(**ids, staff=(f"B{h}",), students=members))
    return _finished(school, tuple(sections), tuple(care), bound)


def _finished(
    school: School, sections: tuple[Section, ...], care: tuple[CareGroup, ...], bound: int | None
) -> Plan:
    held = {(s, section.course) for section in sections for s in section.students}
    seats: dict[str, int] = {s.id: 0 for s in school.students}
    for student, _ in held:
        seats[student] += 1
    value = sum(school.wish_points(w) for w in school.wishes if (w.student, w.course) in held)
    value += sum(school.seat_bonus(s, count) for s, count in seats.items())
    plan = Plan(
        school=school.settings.id,
        school_digest=school.digest,
        status=PlanStatus.OPTIMAL if bound == value else PlanStatus.FEASIBLE,
        sections=sections,
        care_groups=care,
        value=value,
        bound=value + value // 80 if bound is None else bound,
        bound_proof=BoundProof.BEST_WISHES,
        pay_fen=0,
        lottery_seed=school.settings.lottery_seed,
        provenance=Provenance(
            version="0.1.0",
            engine="by hand",
            seed=1,
            workers=1,
            time_limit_seconds=60,
            seconds=1.25,
        ),
    )
    said = {"unmet": unmet_wishes(school, plan), "pay_fen": plan_pay_fen(school, plan)}
    return plan.model_copy(update=said)
