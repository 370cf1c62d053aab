"""Random schools of a handful of students, with every kind of rule in play, and plans of them."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from models import (
    Aim,
    BaseCare,
    Budget,
    CareContent,
    CareRooms,
    CareStaffLock,
    Clause,
    Course,
    CourseKind,
    HomeClass,
    Lock,
    MakeUpDay,
    PayUnit,
    Policy,
    Provider,
    ProviderKind,
    Room,
    School,
    SchoolError,
    SeatLock,
    SectionCountLock,
    SectionLock,
    Settings,
    Slot,
    SlotUse,
    Stage,
    Student,
    StudentGroup,
    Teacher,
    Term,
    Weights,
    Wish,
)
from tests.rules.random_clauses import CONTENT, limits, special

STAGES = (
    Stage(id="primary", name="", grades=(3, 4)),
    Stage(id="junior", name="", grades=(5, 6)),
)
GROUPS = (
    StudentGroup(id="boarder", name="", priority=True),
    StudentGroup(id="hardship", name="", relief_percent=50),
)
PROVIDERS = (
    Provider(id="hall", name="", kind=ProviderKind.PUBLIC),
    Provider(id="firm", name="", kind=ProviderKind.TRAINING_FIRM),
    Provider(id="new", name="", kind=ProviderKind.NON_SUBJECT, vetted=False, bad_record=True),
)


def random_school(random: Random, small: bool = False) -> School:
    """Make a school that contradicts itself nowhere; whether it has a plan is another matter.

    About half of them put first clubs first, the others look at points alone. A small one has so
    few plans that all can be looked at.
    """
    for _ in range(100):
        try:
            return (_Small if small else _School)(random).make()
        except SchoolError:
            continue
    raise AssertionError("no valid school in a hundred tries")


class _School:
    most_grades = 4
    most_slots = 12
    most_teachers = 6
    most_courses = 3
    most_students = 8
    care_sizes: tuple[int, ...] = (1, 2, 4, 9, 9, 9)
    seats: tuple[int, ...] = (1, 2, 4, 6, 8, 8, 8)
    sections: tuple[int, ...] = (0, 1, 1, 2, 2)
    clauses_and_locks: tuple[int, ...] = (0, 0, 1, 2)
    special = 0.4
    least_wishes = 0

    def __init__(self, random: Random) -> None:
        self.random = random
        choices = [(3,), (3, 4), (3, 4, 5), (3, 5), (3, 4, 5, 6)]
        self.grades = random.choice([g for g in choices if len(g) <= self.most_grades])
        self.slots = self.make_slots()[: self.most_slots]
        self.slot_ids = [s.id for s in self.slots]
        self.others = ["t3", "t4"][: self.most_teachers - 2]

    def some(self, ids: list[str], share: float) -> tuple[str, ...]:
        return tuple(i for i in ids if self.random.random() < share)

    def sometimes(self, share: float) -> bool:
        return self.random.random() < share

    def make_slots(self) -> tuple[Slot, ...]:
        random = self.random
        found = []
        homework_first = self.sometimes(0.1)
        for day in random.choice([(1,), (1, 2), (1, 3), (1, 6), (1, 2, 4)]):
            starts = random.choice([(960,), (960, 1010), (960, 980), (960, 1000, 1100)])
            for number, start in enumerate(starts, 1):
                use = random.choice([SlotUse.ANY] * 6 + list(SlotUse))
                content = random.choice(list(CareContent))
                if homework_first and number == 1:
                    use, content = SlotUse.CARE_ONLY, CareContent.HOMEWORK
                found.append(
                    Slot(
                        id=f"d{day}p{number}",
                        weekday=day,
                        start_minute=start,
                        end_minute=start + random.choice([40] * 9 + [35]),
                        use=use,
                        care_content=content,
                        evening_study=self.sometimes(0.2),
                        grades=self.grades[:1] if self.sometimes(0.1) else (),
                    )
                )
        return tuple(found)

    def make(self) -> School:
        students = tuple(self.students())
        courses = tuple(self.courses())
        wishes = tuple(self.wishes(students, courses))
        return School(
            settings=self.settings(list(Aim)[len(wishes) % 2]),
            term=self.term(),
            policy=Policy(clauses=tuple(self.clauses())),
            slots=self.slots,
            rooms=tuple(self.rooms()),
            classes=tuple(
                HomeClass(
                    id=f"c{g}",
                    name="",
                    grade=g,
                    home_room=f"r{g}" if self.sometimes(0.9) else None,
                    homeroom_teacher=f"t{1 + n % 2}" if self.sometimes(0.9) else None,
                )
                for n, g in enumerate(self.grades)
            ),
            groups=GROUPS,
            providers=PROVIDERS,
            teachers=tuple(self.teachers()),
            courses=courses,
            students=students,
            wishes=wishes,
            locks=tuple(self.locks(students, courses)),
        )

    def term(self) -> Term:
        """Give two weeks, some with days called off and the worked Saturday before them."""
        # Drawn apart, so that terms are no reason for other schools.
        random = Random(repr(self.slots))
        first = date(2026, 2, 28) if random.random() < 0.5 else date(2026, 3, 2)
        days = sorted({slot.weekday for slot in self.slots})
        weekday = random.choice(days)
        monday = date(2026, 3, 2)
        own = [monday + timedelta(days=weekday - 1 + 7 * week) for week in range(2)]
        gone = random.choice([(), (), (), own[:1], own]) if random.random() < 0.6 else ()
        return Term(
            first_date=first,
            last_date=date(2026, 3, 14),
            service_weekdays=(1, 2, 3, 4, 5, 6),
            cancelled_days=tuple(gone),
            make_up_days=(MakeUpDay(date=first, follows=random.choice(days)),)
            if first < monday and random.random() < 0.6
            else (),
        )

    def settings(self, aim: Aim) -> Settings:
        random = self.random
        care = BaseCare(
            max_size=random.choice(self.care_sizes),
            grade_span=random.choice([1, 2, 3, 3]),
            mix_stages=self.sometimes(0.5),
            staff_needed=random.choice([1, 1, 1, 1, 2]),
            rooms=random.choice(list(CareRooms)),
            rota_grades=random.choice([(), (), (), (), (3,), (3, 4)]),
        )
        budget = random.choice(
            [Budget(), Budget(), Budget(sum_fen=random.choice([500, 1000, 2000]))]
        )
        return Settings(
            id="random",
            name="",
            weights=Weights(aim=aim),
            stages=STAGES if self.sometimes(0.4) else (),
            max_grade_span=random.choice([1, 2, 6]),
            session_break_minutes=random.choice([0, 10, 60]),
            base_care=care,
            budget=budget,
        )

    def clauses(self) -> Iterator[Clause]:
        count = self.random.choice(self.clauses_and_locks)
        yield from limits(self.random, self.grades, count)
        if self.sometimes(self.special):
            yield from special(self.random, self.grades, self.slots)

    def rooms(self) -> Iterator[Room]:
        for grade in self.grades:
            yield self.room(f"r{grade}", ())
        if self.most_grades > 2:
            yield self.room("studio", ("easels",))

    def room(self, name: str, features: tuple[str, ...]) -> Room:
        free = self.some(self.slot_ids, 0.8) if self.sometimes(0.15) else None
        return Room(
            id=name,
            name="",
            seats=self.random.choice(self.seats),
            features=features,
            available_slots=free,
            care_room=self.sometimes(0.3),
        )

    def teachers(self) -> Iterator[Teacher]:
        random = self.random
        for number in range(1, self.most_teachers + 1):
            yield Teacher(
                id=f"t{number}",
                name="",
                cleared=self.sometimes(0.95),
                may_supervise=self.sometimes(0.9),
                available_slots=self.some(self.slot_ids, 0.7) if self.sometimes(0.3) else None,
                max_periods_week=random.choice([1, 2, 6, 9, 9, 9, 9, 9]),
                max_periods_day=random.choice([1, 2, 4, 4]),
                pay_fen=random.choice([0, 50, 80]),
                pay_unit=random.choice(list(PayUnit)),
                provider=random.choice([None] * 8 + ["hall", "firm", "new"]),
            )

    def courses(self) -> Iterator[Course]:
        random = self.random
        for name in ("art", "ball", "choir")[: random.randint(1, self.most_courses)]:
            least = random.choice([1, 1, 2, 3])
            yield Course(
                id=name,
                name="",
                grades=self.grades if self.sometimes(0.8) else self.grades[:1],
                min_size=least,
                max_size=least + random.choice([0, 1, 3]),
                max_sections=random.choice(self.sections),
                sessions_per_week=random.choice([1, 1, 1, 2]),
                periods_per_session=random.choice([1, 1, 1, 2]),
                min_gap_days=random.choice([0, 1, 1, 2]),
                slots=self.some(self.slot_ids, 0.8) if self.sometimes(0.3) else None,
                leaders=("t1", "t2", *self.some(self.others, 0.6)),
                staff_needed=random.choice([1, 1, 1, 2]),
                room_features=("easels",) if self.sometimes(0.15) else (),
                rooms=("studio", "r3") if self.sometimes(0.15) else (),
                max_grade_span=random.choice([None, None, 1, 2]),
                mix_stages=self.sometimes(0.5),
                kind=random.choice(list(CourseKind)),
                content=(CONTENT,) if self.sometimes(0.6) else (),
                provider=random.choice([None] * 6 + ["hall", "firm", "new"]),
            )

    def students(self) -> Iterator[Student]:
        random = self.random
        for number in range(random.randint(2, self.most_students)):
            grade = random.choice(self.grades)
            stay: list[Slot] = []
            for slot in self.slots:
                free = not any(slot.overlaps(other) for other in stay)
                wanted = slot.use is not SlotUse.CLUBS_ONLY and slot.admits_grade(grade)
                if wanted and free and self.sometimes(0.6):
                    stay.append(slot)
            club = [
                s.id
                for s in self.slots
                if s not in stay and s.admits_grade(grade) and self.sometimes(0.6)
            ]
            yield Student(
                id=f"s{number}",
                name="",
                home_class=f"c{grade}",
                groups=self.some(["boarder", "hardship"], 0.15),
                stay_slots=tuple(s.id for s in stay),
                club_slots=tuple(club),
                max_clubs=random.choice([1, 1, 2, 3]),
            )

    def wishes(self, students: tuple[Student, ...], courses: tuple[Course, ...]) -> Iterator[Wish]:
        random = self.random
        strict = self.sometimes(0.3)
        for student in students:
            if not student.stay_slots and not student.club_slots:
                continue
            chosen = random.sample(courses, random.randint(self.least_wishes, len(courses)))
            for rank, course in enumerate(chosen, 1):
                named = random.choice(course.leaders) if strict and self.sometimes(0.5) else None
                yield Wish(student=student.id, course=course.id, rank=rank, teacher=named)

    def locks(self, students: tuple[Student, ...], courses: tuple[Course, ...]) -> Iterator[Lock]:
        random = self.random
        course = random.choice(courses)
        slots = (random.choice(self.slot_ids),)
        choices: list[Lock] = [
            SectionLock(course=course.id, slots=slots if self.sometimes(0.5) else ()),
            SectionLock(course=course.id, room=random.choice(["r3", "studio"])),
            SectionLock(course=course.id, slots=slots, staff=(random.choice(course.leaders),)),
            SectionCountLock(course=course.id, count=random.choice([0, 1, 2])),
            SeatLock(student=random.choice(students).id, course=course.id),
            SeatLock(student=random.choice(students).id, course=course.id, granted=False),
            CareStaffLock(teacher=random.choice(["t1", "t3"]), slot=random.choice(slots)),
        ]
        yield from random.sample(choices, random.choice((0, *self.clauses_and_locks)))


class _Small(_School):
    most_grades = 2
    most_slots = 3
    most_teachers = 3
    most_courses = 2
    most_students = 4
    care_sizes = (2, 4, 4)
    seats = (2, 4, 4)
    sections = (1, 1, 1, 2)
    clauses_and_locks = (0, 0, 1)
    special = 0.25
    least_wishes = 1
