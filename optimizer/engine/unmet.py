"""Why a wish was not granted."""

from collections import defaultdict

from models import School, SeatLock, UnmetReason, UnmetWish, Wish
from optimizer.engine.draft import Draft
from optimizer.rules.content import grade_barred, provider_barred
from optimizer.rules.pattern import patterns


def allowed(school: School, student: str, course_id: str) -> bool:
    """Tell whether grade, policy and locks leave the course open to the student."""
    course, grade = school.course[course_id], school.grade_of[student]
    return (
        student not in school.excluded
        and grade in course.grades
        and not grade_barred(school, course, grade)
        and not provider_barred(school, course.provider)
        and not any(
            isinstance(lock, SeatLock)
            and not lock.granted
            and (lock.student, lock.course) == (student, course_id)
            for lock in school.locks
        )
    )


def unmet_wishes(draft: Draft) -> tuple[UnmetWish, ...]:
    """List the wishes that were not granted, each with the first reason that applies.

    A wish counts as unmet unless the student holds as many clubs as he wanted, all of better rank.
    """
    reasons = _Reasons(draft)
    return tuple(
        UnmetWish(
            student=wish.student,
            course=wish.course,
            rank=wish.rank,
            reason=reasons.of(wish),
        )
        for wish in draft.school.wishes
        if wish.course not in draft.seats[wish.student] and not _satisfied(draft, wish)
    )


def _satisfied(draft: Draft, wish: Wish) -> bool:
    held = draft.seats[wish.student]
    ranks = [w.rank for w in draft.school.wishes_of[wish.student] if w.course in held]
    return len(held) >= draft.school.student[wish.student].max_clubs and all(
        rank < wish.rank for rank in ranks
    )


class _Reasons:
    """Finds reasons; what many wishes share is worked out once."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.sections: dict[str, list[str]] = defaultdict(list)
        for section in draft.sections.values():
            self.sections[section.course].append(section.id)
        self.patterns = {c.id: patterns(draft.school, c) for c in draft.school.courses}
        self.takers = {
            course: sum(allowed(draft.school, w.student, course) and self._fits(w) for w in wishes)
            for course, wishes in draft.school.wishes_for.items()
        }

    def _fits(self, wish: Wish) -> bool:
        """Tell whether some way to hold the course fits the slots the student offers."""
        draft = self.draft
        return any(
            draft.can_use(wish.student, wish.course, slots) for slots in self.patterns[wish.course]
        )

    def of(self, wish: Wish) -> UnmetReason:
        """Give the first reason that applies, in the order of ``UnmetReason``."""
        draft, school = self.draft, self.draft.school
        if not allowed(school, wish.student, wish.course):
            return UnmetReason.NOT_ELIGIBLE
        if not self._fits(wish):
            return UnmetReason.TIME
        left = self.sections[wish.course]
        if not left:
            few = self.takers[wish.course] < school.course[wish.course].min_size
            return UnmetReason.TOO_FEW if few else UnmetReason.NOT_OPENED
        tests = (
            (UnmetReason.TEACHER, self._led_as_wished),
            (UnmetReason.OTHER_TIME, lambda w, s: draft.offers_slots(w.student, s)),
            (UnmetReason.CLASH, lambda w, s: not draft.clashes(w.student, s)),
            (UnmetReason.FULL, lambda _, s: len(draft.members[s]) < draft.capacity(s)),
            (UnmetReason.GRADES, lambda w, s: draft.admits_grade(w.student, s)),
        )
        for reason, passes in tests:
            left = [s for s in left if passes(wish, s)]
            if not left:
                return reason
        return UnmetReason.LIMIT

    def _led_as_wished(self, wish: Wish, section: str) -> bool:
        return wish.teacher is None or wish.teacher in self.draft.sections[section].staff
