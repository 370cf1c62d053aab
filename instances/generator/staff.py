"""Staff: enough of them for the care that families asked for, and somebody for every course."""

from math import ceil
from random import Random

from instances.generator.menu import MIN_SIZE, SEATS_WANTED, SECTIONS_OPEN, Outline
from instances.generator.names import teacher
from models import PayUnit, Provider, ProviderKind, Slot, StaffKind, Teacher

STUDENTS_PER_STAFF = 16
EXTERNAL_SHARE = 0.12
AVAILABLE = 0.85
PERIODS_WEEK = (4, 9)
OWN_COURSES, EXTERNAL_COURSES = 3, 2
"""Most courses that one person leads."""
COURSES_PER_STAFF = 1.8
SECTION_PERIODS_PER_LEADER = 3
OWN_PAY_FEN = 6000
EXTERNAL_PAY_FEN = (9000, 15000)
PAY_STEP_FEN = 500
RESERVE = 1.2
"""Own staff's periods per period of care (when nobody sits in a club) and of clubs."""
PROVIDERS = (
    Provider(id="青苗", name="青苗少年艺术中心", kind=ProviderKind.NON_SUBJECT),
    Provider(id="少年宫", name="区少年宫", kind=ProviderKind.PUBLIC),
)


def headcount(students: int, menu: list[Outline], care_groups: list[int]) -> tuple[int, int]:
    """Give the numbers of own and external staff.

    ``care_groups`` holds the groups at each slot if nobody sat in a club: small schools need more
    staff for them than one per 16 students.
    """
    staff = max(round(students / STUDENTS_PER_STAFF), ceil(len(menu) / COURSES_PER_STAFF))
    external = max(1, round(staff * EXTERNAL_SHARE))
    led = SECTIONS_OPEN * sum(o.max_sections * o.periods_per_week for o in menu)
    # A menu far too large for the students asks for no staff: they fill a section with 8 or more.
    led = min(led, students * SEATS_WANTED / MIN_SIZE)
    own = max(
        staff - external,
        ceil(RESERVE * (sum(care_groups) + led) / (sum(PERIODS_WEEK) / 2)),
        ceil(max(care_groups) / AVAILABLE) + 2,
    )
    return own, external


def _id(number: int) -> str:
    return f"T{number:03d}"


def leaders(random: Random, menu: list[Outline], own: int, external: int) -> list[list[str]]:
    """Share the courses out: everybody leads some, every course has somebody."""
    tickets: list[int] = []
    for person in range(own + external):
        most = OWN_COURSES if person < own else EXTERNAL_COURSES
        tickets += [person] * (1 + int(random.random() * most))
    random.shuffle(tickets)
    order = list(range(len(menu)))
    random.shuffle(order)
    wanted = list(order)
    for i in order:
        periods = menu[i].max_sections * menu[i].periods_per_week
        wanted += [i] * (ceil(periods / SECTION_PERIODS_PER_LEADER) - 1)
    # Too few tickets for the courses, and people go round again; too many, and the courses do.
    tickets += list(range(max(0, len(menu) - len(tickets))))
    found: list[dict[str, None]] = [{} for _ in menu]
    for place, person in enumerate(tickets):
        found[wanted[place % len(wanted)]].setdefault(_id(person + 1))
    return [list(ids) for ids in found]


def _availability(random: Random, slots: tuple[Slot, ...]) -> tuple[str, ...]:
    return tuple(slot.id for slot in slots if random.random() < AVAILABLE)


def staff(
    random: Random, slots: tuple[Slot, ...], own: int, external: int, max_periods_day: int
) -> list[Teacher]:
    """Draw the staff, own people first."""
    made = []
    low, high = PERIODS_WEEK
    steps = (EXTERNAL_PAY_FEN[1] - EXTERNAL_PAY_FEN[0]) // PAY_STEP_FEN
    for number in range(1, own + external + 1):
        outside = number > own
        rate = EXTERNAL_PAY_FEN[0] + PAY_STEP_FEN * int(random.random() * (steps + 1))
        by_session = random.random() < 0.3
        made.append(
            Teacher(
                id=_id(number),
                name=teacher(random),
                kind=StaffKind.EXTERNAL if outside else StaffKind.OWN,
                may_supervise=not outside,
                available_slots=_availability(random, slots),
                max_periods_week=low + int(random.random() * (high - low + 1)),
                max_periods_day=max_periods_day,
                pay_fen=rate if outside else OWN_PAY_FEN,
                pay_unit=PayUnit.SESSION if outside and by_session else PayUnit.PERIOD,
                provider=PROVIDERS[number % len(PROVIDERS)].id if outside else None,
            )
        )
    return made


def hired(random: Random, number: int, max_periods_day: int) -> Teacher:
    """Take on one more supervisor, who can come at every slot."""
    return Teacher(
        id=_id(number),
        name=teacher(random),
        max_periods_week=PERIODS_WEEK[1],
        max_periods_day=max_periods_day,
        pay_fen=OWN_PAY_FEN,
    )
