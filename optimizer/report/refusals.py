"""Why one student's wish was not granted, in words for his family: by name what can be named."""

from models import Plan, SeatLock, Text, UnmetReason, UnmetWish, listed
from optimizer.checks import policy_bars
from optimizer.report.naming import Names
from optimizer.report.reason_words import reason_text

EXCLUDED = Text(
    "政策规定该生不参加",
    "the policy keeps the student out of the service",
)
BARRED = Text("政策不允许：{bans}", "the policy bars it: {bans}")
OTHER_GRADE = Text("不对 {grade} 年级开放", "it is not for grade {grade}")
DENIED = Text("学校锁定该生不参加", "the school has settled that the student has no seat in it")
CLASH = Text(
    "能参加的班与该生的{courses}时间冲突，那是更优先的志愿",
    "every group the student could attend meets at the time of {courses}, a better choice",
)
CLASH_PINNED = Text(
    "能参加的班与该生的{courses}时间冲突，那是学校锁定的名额",
    "every group the student could attend meets at the time of {courses}, which the school pinned",
)
CLASH_SEVERAL = Text(
    "能参加的班同时与该生的{courses}时间冲突，须全部让出",
    "every group the student could attend would take the place of all of {courses}",
)
WANTED = Text(
    "已达到想要的社团数（{courses}），其中没有可以让出的",
    "the student has as many clubs as wanted ({courses}), and none that can be given up",
)
NEEDED = Text(
    "须让出志愿靠后的{courses}，但少了该生那个班就不足最少人数",
    "{courses}, a later choice that would be given up, would be too small without the student",
)
STAFF_BUSY = Text(
    "未开班：能带这门课的只有{names}，届时另有任务或课时已满（{duties}）",
    "not opened: only {names} may lead it, needed elsewhere then or with a full week or day "
    "({duties})",
)
ROOM_BUSY = Text(
    "未开班：合适的教室只有{names}，届时已占用（{duties}）",
    "not opened: only {names} suits it, which is in use then ({duties})",
)
AT = Text("{what} {when}", "{what} {when}")
CARE = Text("托管", "base care")
FULL_TOO = Text("那个班也已满员", "that group is full as well")
GRADES_TOO = Text("那个班的年级与该生相差太大", "the grades in that group are too far away")
ALSO = Text("{reason}；此外：{also}", "{reason}; besides, {also}")


class Refusals:
    """Says why wishes were not granted in one plan."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self._rank = {(w.student, w.course): w.rank for w in names.school.wishes}
        self._pinned = {
            (lock.student, lock.course)
            for lock in names.school.locks
            if isinstance(lock, SeatLock) and lock.granted
        }

    def said(self, unmet: UnmetWish) -> str:
        """Say why a wish was not granted."""
        names = self.names
        reason = self._main(unmet).say(names.lang)
        if not unmet.also:
            return reason
        also = names.join(_besides(other).say(names.lang) for other in unmet.also)
        return ALSO.fill(reason=reason, also=also).say(names.lang)

    def _main(self, unmet: UnmetWish) -> Text:
        names, because = self.names, unmet.because
        if unmet.reason is UnmetReason.NOT_ELIGIBLE:
            return self._not_eligible(unmet)
        if not because:
            return reason_text(unmet.reason)
        if unmet.reason is UnmetReason.STAFF_BUSY:
            duties = self._duties(because, names.plan)
            return STAFF_BUSY.fill(names=names.staff(because), duties=duties)
        if unmet.reason is UnmetReason.ROOM_BUSY:
            rooms = names.join(names.room(room) for room in because)
            return ROOM_BUSY.fill(names=rooms, duties=self._duties(because, names.plan))
        courses = names.join(names.course(course) for course in because)
        if unmet.reason is UnmetReason.CLASH:
            return self._clash(unmet).fill(courses=courses)
        text = WANTED if unmet.reason is UnmetReason.WANTED else NEEDED
        return text.fill(courses=courses)

    def _not_eligible(self, unmet: UnmetWish) -> Text:
        """Say what keeps the student out; the policy first, which the school cannot change."""
        school = self.names.school
        course, grade = school.course[unmet.course], school.grade_of[unmet.student]
        if unmet.student in school.excluded:
            return EXCLUDED
        bans = policy_bars(school, course, grade)
        if bans:
            return BARRED.fill(bans=listed(bans))
        return DENIED if grade in course.grades else OTHER_GRADE.fill(grade=grade)

    def _clash(self, unmet: UnmetWish) -> Text:
        held = [(unmet.student, course) for course in unmet.because]
        if any(self._rank.get(key, unmet.rank) < unmet.rank for key in held):
            return CLASH
        if any(key in self._pinned for key in held):
            return CLASH_PINNED
        return CLASH_SEVERAL if len(held) > 1 else CLASH

    def _duties(self, ids: tuple[str, ...], plan: Plan) -> str:
        """List all that some people, or rooms, are needed for."""
        names, wanted = self.names, {*ids}
        duties = [
            AT.fill(what=names.section(s.id), when=names.times(s.slots)).say(names.lang)
            for s in names.sections
            if wanted & {s.room, *s.staff}
        ]
        slots = {g.slot for g in plan.care_groups if wanted & {g.room, *g.staff}}
        if slots:
            care = CARE.say(names.lang)
            duties.append(AT.fill(what=care, when=names.times(slots)).say(names.lang))
        return names.join(duties)


def _besides(reason: UnmetReason) -> Text:
    """Say of the group meant what else is in the way."""
    if reason.is_full:
        return FULL_TOO
    return GRADES_TOO if reason is UnmetReason.GRADES else reason_text(reason)
