"""The parts of a school while it is being made: staff may still be hired, the purse is open."""

from dataclasses import dataclass
from datetime import date
from random import Random

from instances.generator.styles import Style
from models import (
    BaseCare,
    Budget,
    Course,
    HomeClass,
    MakeUpDay,
    Policy,
    Provider,
    Room,
    School,
    Settings,
    Slot,
    SlotUse,
    Student,
    StudentGroup,
    Teacher,
    Term,
    Wish,
    weekday_text,
)

CARE_SIZE = 45
# Autumn 2026, with the holidays and make-up days that the State Council set for it.
TERM = Term(
    first_date=date(2026, 9, 1),
    last_date=date(2027, 1, 15),
    holidays=(
        date(2026, 9, 25),
        *(date(2026, 10, day) for day in range(1, 8)),
        date(2027, 1, 1),
    ),
    make_up_days=(
        MakeUpDay(date=date(2026, 9, 20), follows=2),
        MakeUpDay(date=date(2026, 10, 10), follows=3),
    ),
)


def stream(seed: int, part: str) -> Random:
    """Give the random numbers of one part of the school: parts do not disturb each other."""
    return Random(f"{seed}/{part}")


def week(style: Style) -> tuple[Slot, ...]:
    """Make the slots of the style's week, day by day."""
    return tuple(
        Slot(
            id=f"{weekday_text(day).zh}{period.number}",
            weekday=day,
            start_minute=period.start_minute,
            end_minute=period.end_minute,
            use=period.use,
            evening_study=period.evening_study,
            grades=period.stay_grades if period.evening_study else (),
        )
        for day in TERM.service_weekdays
        for period in style.periods
        if day in period.weekdays
    )


@dataclass
class DraftSchool:
    """Everything but the budget. Only ``teachers`` still grows."""

    style: Style
    seed: int
    slots: tuple[Slot, ...]
    rooms: tuple[Room, ...]
    classes: tuple[HomeClass, ...]
    groups: tuple[StudentGroup, ...]
    providers: tuple[Provider, ...]
    teachers: list[Teacher]
    courses: tuple[Course, ...]
    students: tuple[Student, ...]
    wishes: tuple[Wish, ...]

    def club_slots(self) -> list[int]:
        """Give the places of the slots that admit clubs."""
        return [i for i, slot in enumerate(self.slots) if slot.use is not SlotUse.CARE_ONLY]

    def settings(self, budget_fen: int | None) -> Settings:
        """Make the school's own choices."""
        style = self.style
        return Settings(
            id=f"{style.name}-{len(self.students)}-{len(self.courses)}-{self.seed}",
            name=style.school,
            stages=style.stages,
            base_care=BaseCare(max_size=CARE_SIZE, grade_span=style.care_grade_span),
            budget=Budget(sum_fen=budget_fen),
        )

    def school(self, budget_fen: int | None) -> School:
        """Put the parts together; they are validated here, once."""
        return School(
            settings=self.settings(budget_fen),
            term=TERM,
            policy=Policy(name="本校课后服务方案", clauses=self.style.clauses),
            slots=self.slots,
            rooms=self.rooms,
            classes=self.classes,
            groups=self.groups,
            providers=self.providers,
            teachers=tuple(self.teachers),
            courses=self.courses,
            students=self.students,
            wishes=self.wishes,
        )
