"""Random clauses of a policy, so drawn that a random school may keep them or just miss them."""

from collections.abc import Callable, Iterable, Iterator
from random import Random

from models import Clause, Force, PolicyItem, Slot, SlotUse
from models.contents import HOMEWORK

CONTENT = "exams"
NUMBERS = {
    PolicyItem.LATEST_END: (1020, 1040, 1100),
    PolicyItem.EVENING_LATEST_END: (1020, 1100),
    PolicyItem.EVENING_MAX_MINUTES: (20, 40),
    PolicyItem.MAX_MINUTES_DAY: (40, 80),
    PolicyItem.MAX_PERIODS_DAY: (1, 2),
    PolicyItem.MAX_LEARNING_PERIODS_DAY: (0, 1),
    PolicyItem.SERVICE_WEEKDAY: (1, 2),
    PolicyItem.ACTIVITIES_END: (1000, 1020, 1050),
}
SUBJECTS = {
    PolicyItem.EXCLUDED_GROUP: "boarder",
    PolicyItem.BARRED_CONTENT: CONTENT,
    PolicyItem.BARRED_PROVIDER: "training_firm",
    PolicyItem.NO_PREMISES: "training_firm",
    PolicyItem.VETTING_REQUIRED: None,
    PolicyItem.CONDUCT_REQUIRED: None,
    PolicyItem.ELIGIBLE: None,
}

OF_THE_SLOTS = (
    PolicyItem.EARLIEST_END,
    PolicyItem.MIN_MINUTES_DAY,
    PolicyItem.MINUTES_DAY,
    PolicyItem.PERIODS_DAY,
    PolicyItem.PERIOD_MINUTES,
    PolicyItem.MIN_WEEKDAYS,
    PolicyItem.WEEKEND_DAYS,
    PolicyItem.HOMEWORK_START,
    PolicyItem.HOMEWORK_END,
    PolicyItem.MAKE_UP_SERVICE,
)

Kind = Callable[[Random, tuple[int, ...], tuple[Slot, ...]], Iterator[Clause]]


def clause(item: PolicyItem, value: int | None = None, **fields: object) -> Clause:
    return Clause.model_validate({"item": item, "value": value, "source": "circular"} | fields)


def limits(random: Random, grades: tuple[int, ...], count: int) -> Iterator[Clause]:
    """Give so many clauses about days, groups and the menu, some of them waived."""
    for item in random.sample([*NUMBERS, *SUBJECTS], count):
        waived = random.random() < 0.1
        yield clause(
            item,
            random.choice(NUMBERS[item]) if item in NUMBERS else None,
            subject=SUBJECTS.get(item),
            grades=_some_grades(random, grades),
            force=Force.ADVISORY if waived else Force.HARD,
            waived=waived,
        )
        if item is PolicyItem.MAX_LEARNING_PERIODS_DAY and random.random() < 0.6:
            yield clause(PolicyItem.LEARNING_PERIOD_MINUTES, random.choice((35, 40, 45)))


def special(random: Random, grades: tuple[int, ...], slots: tuple[Slot, ...]) -> Iterator[Clause]:
    """Give clauses of one kind: about the slots, contents and their time, evenings, the rota."""
    kinds: list[Kind] = [_of_the_slots, _of_contents, _of_contents, _of_the_rota, _of_homework]
    if any(slot.evening_study for slot in slots):
        kinds += [_of_evenings] * 3
    yield from random.choice(kinds)(random, grades, slots)


def _some_grades(random: Random, grades: tuple[int, ...]) -> tuple[int, ...]:
    return random.choice([(), (), (), grades[-1:], grades[:1]])


def _of_contents(
    random: Random, grades: tuple[int, ...], slots: tuple[Slot, ...]
) -> Iterator[Clause]:
    slot, about = random.choice(slots), {"subject": CONTENT}
    both = [grades[:1], grades[1:]]
    for concerned in both if random.random() < 0.25 else [_some_grades(random, grades)]:
        if random.random() < 0.6:
            start = slot.start_minute + random.choice((0, 0, 1))
            yield clause(PolicyItem.CONTENT_START, start, grades=concerned, **about)
        else:
            end = slot.end_minute - random.choice((0, 0, 1))
            yield clause(PolicyItem.CONTENT_END, end, grades=concerned, **about)


def _of_evenings(random: Random, grades: tuple[int, ...], _: tuple[Slot, ...]) -> Iterator[Clause]:
    if random.random() < 0.2:
        yield clause(PolicyItem.EVENING_WEEKDAY, random.choice((1, 2)))
    elif random.random() < 0.5:
        yield clause(PolicyItem.EVENING_ALLOWED, grades=random.choice([grades[:1], grades[1:]]))
    else:
        concerned = _some_grades(random, grades)
        yield clause(PolicyItem.EVENING_BARRED_CONTENT, subject=CONTENT, grades=concerned)


def _of_homework(random: Random, grades: tuple[int, ...], _: tuple[Slot, ...]) -> Iterator[Clause]:
    concerned = random.choice([grades[:1], grades[-1:]])
    yield clause(PolicyItem.BARRED_CONTENT, subject=HOMEWORK, grades=concerned)


def _of_the_rota(random: Random, grades: tuple[int, ...], _: tuple[Slot, ...]) -> Iterator[Clause]:
    yield clause(PolicyItem.ROTA, grades=_some_grades(random, grades))


def _of_the_slots(
    random: Random, grades: tuple[int, ...], slots: tuple[Slot, ...]
) -> Iterator[Clause]:
    grade = random.choice(grades)
    concerned = random.choice([(), (grade,), (grade,)])
    own = slots_of(slots, grade)
    choices = list(of_a_week(own, concerned, random.choice((0, 0, 0, 1, -1))))
    if choices:
        yield from random.choice(choices)


def slots_of(slots: Iterable[Slot], grade: int) -> list[Slot]:
    """List the slots of a grade that are no evening study."""
    return [s for s in slots if s.admits_grade(grade) and not s.evening_study]


def of_a_week(own: list[Slot], grades: tuple[int, ...], off: int) -> Iterator[tuple[Clause, ...]]:
    """Give clauses that some slots keep on the first of their days, or miss by so much."""
    if not own:
        return
    days = {s.weekday for s in own}
    day = [s for s in own if s.weekday == min(days)]
    minutes = sum(s.minutes for s in day)
    homework = [s for s in day if s.use is SlotUse.CARE_ONLY] or day
    for item, value in (
        (PolicyItem.EARLIEST_END, max(s.end_minute for s in day)),
        (PolicyItem.MIN_MINUTES_DAY, minutes),
        (PolicyItem.MINUTES_DAY, minutes),
        (PolicyItem.PERIODS_DAY, len(day)),
        (PolicyItem.PERIOD_MINUTES, day[0].minutes),
        (PolicyItem.MIN_WEEKDAYS, sum(d <= 5 for d in days)),
        (PolicyItem.WEEKEND_DAYS, sum(d > 5 for d in days)),
    ):
        yield (clause(item, max(0, value + off), grades=grades),)
    yield (clause(PolicyItem.MAKE_UP_SERVICE, grades=grades),)
    start = clause(PolicyItem.HOMEWORK_START, homework[0].start_minute, grades=grades)
    end = clause(PolicyItem.HOMEWORK_END, homework[0].end_minute + off, grades=grades)
    yield start, end
