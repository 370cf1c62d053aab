"""Who sits where, and how seats can change hands one student at a time."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from models import Plan, School, Section
from optimizer.checks import cross_grade
from optimizer.checks._care_places import CarePlaces, Change, Places
from optimizer.checks._standing import Standing


class Move(NamedTuple):
    """A student gives up a seat, takes one, or both; None where he does not."""

    student: str
    leaves: str | None
    takes: str | None


class Seating:
    """The seats of one plan and the places in base care, as exchanges change them."""

    def __init__(self, school: School, plan: Plan, standing: Standing | None = None) -> None:
        self.school = school
        self.section = {s.id: s for s in sorted(plan.sections, key=lambda s: s.id)}
        self.course_of = {s.id: s.course for s in self.section.values()}
        self.members = {s.id: set(s.students) for s in self.section.values()}
        self.seats: dict[str, dict[str, str]] = {s.id: {} for s in school.students}
        """By student: course to section."""
        for section in self.section.values():
            for student in section.students:
                self.seats[student][section.course] = section.id
        self.care = CarePlaces(school, plan)
        self._standing = standing or Standing(school, plan)
        self._open: dict[str, list[Section]] = {c.id: [] for c in school.courses}
        for section in self.section.values():
            self._open[section.course].append(section)
        times = self._standing.times
        self._meets = {s.id: times.mask(s.slots) for s in self.section.values()}
        self._blocks = {s.id: times.reach(s.slots) for s in self.section.values()}
        self._suits = cache(self._find_suiting)
        self._may_mix = cache(self._mixes)
        self.grades = {
            s: Counter(school.grade_of[student] for student in students)
            for s, students in self.members.items()
        }
        self.capacity = {
            s.id: min(school.course[s.course].max_size, school.room[s.room].seats)
            for s in self.section.values()
        }

    def free(self, section: str) -> bool:
        """Tell whether a section has a seat left."""
        return len(self.members[section]) < self.capacity[section]

    def can_shrink(self, section: str) -> bool:
        """Tell whether a section may do with one student fewer."""
        least = self.school.course[self.section[section].course].min_size
        return len(self.members[section]) > least

    def suiting(self, student: str) -> tuple[str, ...]:
        """List the sections that a student wished for and could be in, other seats aside."""
        return self._suits(student)

    def _find_suiting(self, student: str) -> tuple[str, ...]:
        standing = self._standing
        return tuple(
            section.id
            for wish in self.school.wishes_of[student]
            if standing.eligible(student, wish.course)
            for section in self._open[wish.course]
            if (wish.teacher is None or wish.teacher in section.staff)
            and standing.could_be_there(student, section)
        )

    def swaps(self, student: str) -> Iterator[tuple[str | None, str | None]]:
        """Give each way in which a student could change one seat and keep his own rules.

        He offers the slots, nothing else of his is then, his days stay within their limits, and he
        has no more clubs than he wants. Seats that are pinned stay.
        """
        held = self.seats[student]
        pinned = {c for c in held if self._standing.seat_locks.get((student, c))}
        gives: list[str | None] = [held[c] for c in held if c not in pinned]
        if len(held) < self.school.student[student].max_clubs:
            gives.append(None)
        free = self._standing.allows_any_day(student)
        for leaves in gives:
            rest = [s for s in held.values() if s != leaves]
            courses = {self.section[s].course for s in rest}
            blocked = _any(self._blocks[s] for s in rest)
            for takes in self.suiting(student):
                if (
                    takes != leaves
                    and self.section[takes].course not in courses
                    and not self._meets[takes] & blocked
                    and (free or self._day_allows(student, [*rest, takes]))
                ):
                    yield leaves, takes
            if leaves is not None and self._day_allows(student, rest):
                yield leaves, None

    def given_for(self, student: str, takes: str) -> list[str | None]:
        """List the seats of which he could give up any one for a section that suits him.

        None if he need not give up any. Limits of a day are left out of account; seats that are
        pinned stay.
        """
        held, course, meets = self.seats[student], self.course_of[takes], self._meets[takes]
        stand = [s for c, s in held.items() if c == course or self._blocks[s] & meets]
        if takes in stand or len(stand) > 1:
            return []
        more = not stand and len(held) < self.school.student[student].max_clubs
        return [s for s in stand or held.values() if not self._pinned(student, s)] + [None] * more

    def could_swap(self, student: str, leaves: str, takes: str | None) -> bool:
        """Tell whether he could give up a seat for another that suits him, or for none."""
        fits = not self._pinned(student, leaves) and (
            takes is None or leaves in self.given_for(student, takes)
        )
        return fits and self.day_allows(student, leaves, takes)

    def _pinned(self, student: str, section: str) -> bool:
        return self._standing.seat_locks.get((student, self.course_of[section]), False)

    def day_allows(self, student: str, leaves: str | None, takes: str | None) -> bool:
        """Tell whether a student's days keep their limits with one seat for another."""
        if self._standing.allows_any_day(student):
            return True
        rest = [s for s in self.seats[student].values() if s != leaves]
        return self._day_allows(student, rest if takes is None else [*rest, takes])

    def _day_allows(self, student: str, seats: Iterable[str]) -> bool:
        return not self._standing.over_day_with(student, [self.section[s] for s in seats])

    def admits(self, section: str, comes: int) -> frozenset[int] | None:
        """Tell for whom one of a grade may come to a section: None where for anybody.

        Else one of the grades given must go, of which nobody else is in it.
        """
        counts = self.grades[section]
        there = {grade for grade, count in counts.items() if count > 0}
        course = self.section[section].course
        if comes in there or self._may_mix(course, frozenset({*there, comes})):
            return None
        lone = (grade for grade in there if counts[grade] == 1)
        return frozenset(g for g in lone if self._may_mix(course, frozenset({*there, comes} - {g})))

    def _mixes(self, course: str, grades: frozenset[int]) -> bool:
        return cross_grade.may_mix(self.school, self.school.course[course], sorted(grades))

    def care_changes(self, move: Move) -> Iterator[Change]:
        """Give the slots at which a move takes a student out of base care, or back to it."""
        who = self.school.student[move.student]
        if who.id in self.school.excluded:
            return
        kept = [s for s in self.seats[who.id].values() if s != move.leaves]
        rest = _all(self.section, kept)
        before = rest | _all(self.section, [move.leaves] if move.leaves else [])
        after = rest | _all(self.section, [move.takes] if move.takes else [])
        for slot in who.stay_slots:
            if (slot in before) is not (slot in after):
                yield Change(who.id, slot, comes=slot in before)

    def arranged(self, moves: Iterable[Move], tries: int) -> tuple[Places | None, int]:
        """Arrange base care for some moves of different students; None where it cannot be.

        Only so much is tried as said, and how much was is given as well.

        The moves keep each student's own rules. Whether sizes and grades of the sections allow them
        is looked at here once more, all of them together.
        """
        known = list(moves)
        if not self._fit(known):
            return None, 0
        return self.care.arranged([c for move in known for c in self.care_changes(move)], tries)

    def _fit(self, moves: list[Move]) -> bool:
        goes: dict[str, set[str]] = {}
        comes: dict[str, set[str]] = {}
        for move in moves:
            if move.leaves is not None:
                goes.setdefault(move.leaves, set()).add(move.student)
            if move.takes is not None:
                comes.setdefault(move.takes, set()).add(move.student)
        for section in {*goes, *comes}:
            after = (self.members[section] - goes.get(section, set())) | comes.get(section, set())
            course = self.school.course[self.section[section].course]
            fits = len(after) <= self.capacity[section] or len(after) <= len(self.members[section])
            least = min(course.min_size, len(self.members[section]))
            grades = frozenset(self.school.grade_of[s] for s in after)
            if not fits or len(after) < least or not self._may_mix(course.id, grades):
                return False
        return True

    def change(self, moves: Iterable[Move], places: Places) -> None:
        """Make some moves, base care as arranged."""
        for student, leaves, takes in moves:
            grade = self.school.grade_of[student]
            if leaves is not None:
                self.members[leaves].remove(student)
                self.grades[leaves][grade] -= 1
                del self.seats[student][self.section[leaves].course]
            if takes is not None:
                self.members[takes].add(student)
                self.grades[takes][grade] += 1
                self.seats[student][self.section[takes].course] = takes
        self.care.move(places)


def _any(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


def _all(section: Mapping[str, Section], ids: Iterable[str]) -> frozenset[str]:
    return frozenset(slot for s in ids for slot in section[s].slots)
