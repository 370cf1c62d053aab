"""Upper schools of the style ``all-day``: everybody can get everything, and nothing is to spare."""

from collections import Counter
from random import Random
from statistics import mean

import pytest

from instances import Generated, generate
from instances.generator.all_day.week import slots
from models import PlanStatus, SlotUse
from optimizer.checks import verify
from optimizer.engine.objective import simple_bound

SIZES = ((150, 24), (400, 36), (1000, 50))


@pytest.fixture(scope="module", params=SIZES)
def made(request: pytest.FixtureRequest) -> Generated:
    students, courses = request.param
    return generate("all-day", students, courses, 11)


def test_the_witness_gives_everybody_everything(made: Generated) -> None:
    school, witness = made
    assert verify(school, witness) == ()
    assert witness.status is PlanStatus.FEASIBLE
    assert witness.unmet == ()
    assert witness.value == simple_bound(school)
    assert witness.care_groups == ()


def test_students_take_8_to_12_courses_and_none_in_reserve(made: Generated) -> None:
    counts = [len(made.school.wishes_of[s.id]) for s in made.school.students]
    assert set(counts) == {8, 9, 10, 11, 12}
    assert counts == [s.max_clubs for s in made.school.students]


@pytest.mark.parametrize("seed", range(12))
def test_weeks_have_12_to_40_slots_and_no_base_care(seed: int) -> None:
    school = generate("all-day", 60, 12, seed).school
    assert 12 <= len(school.slots) <= 40
    assert {slot.use for slot in school.slots} == {SlotUse.CLUBS_ONLY}
    assert not any(student.stay_slots for student in school.students)
    once = {(c.sessions_per_week, c.periods_per_session) for c in school.courses} == {(1, 1)}
    assert once == (len(school.slots) <= 16)


def test_seeds_draw_short_and_long_weeks() -> None:
    weeks = [len(slots(Random(seed))) for seed in range(60)]
    assert (min(weeks), max(weeks)) == (12, 40)


def test_courses_have_several_groups(made: Generated) -> None:
    school = made.school
    assert mean(course.max_sections for course in school.courses) > 2.5
    assert all(len(course.grades) == 1 for course in school.courses)
    assert school.grades == (10, 11, 12)[: len(school.courses) // 12]


def test_rooms_and_people_are_scarce(made: Generated) -> None:
    school, witness = made
    taught = sum(len(section.slots) for section in witness.sections)
    assert taught / sum(t.max_periods_week for t in school.teachers) > 0.9
    at_once = Counter(
        (slot, school.course[section.course].room_features)
        for section in witness.sections
        for slot in section.slots
    )
    most: Counter[tuple[str, ...]] = Counter()
    for (_, features), count in at_once.items():
        most[features] = max(most[features], count)
    rooms = Counter(room.features for room in school.rooms)
    assert set(rooms) == set(most)
    assert sum(rooms.values()) <= 1.35 * sum(most.values())


def test_the_timetable_is_not_told(made: Generated) -> None:
    """What is published allows far more than the witness does."""
    school, witness = made
    assert school.locks == ()
    assert school.previous == ()
    could = {t.id: len(t.available_slots or ()) for t in school.teachers}
    assert mean(could.values()) > 0.7 * len(school.slots)
    assert all(course.slots is None for course in school.courses)
    first = [wishes[0].course for wishes in school.wishes_of.values()]
    met = {(s, x.course): x.slots for x in witness.sections for s in x.students}
    early = Counter(
        met[s, c] < met[s, school.wishes_of[s][1].course]
        for s, c in zip(school.wishes_of, first, strict=True)
    )
    assert 0.35 < early[True] / len(first) < 0.65
