"""What the policy wants of the dates: days of the week really held, worked weekends served."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from models import PolicyItem, School, Slot, SlotUse, Text, listed, weekday_text
from models.calendar import decreed_days, service_dates

NOT_HELD = Text(
    "{grades} 年级{day}有时段，学期中却只有 {held} 周的{day}有服务，{missed} 周没有（{dates}），"
    "不算每周都有的服务日；应有 {limit} 天（依据：{source}）。"
    "请减少停课、放假的行，或改用别的星期。",
    "grades {grades} have slots on {day}, but the service is held then in {held} weeks of the term "
    "and missed in {missed} ({dates}): that is no day of every week, and {limit} are expected "
    "(source: {source}). Call off fewer of them, or use another weekday.",
)
NO_MAKE_UP = Text(
    "{grades} 年级在调休上班日 {dates} 没有服务，而调休上班日也应开展（依据：{source}）；"
    "请在学期表各加一行“补课日”，写明按星期几的安排，不写成停课或放假。",
    "grades {grades} have no service on {dates}, which are worked by decree and are days of "
    "service (source: {source}): add a row 'make-up day' for each to the term table, following a "
    "weekday that has slots, and call none of them off.",
)
AND_MORE = Text("……", "...")
MOST_DATES = 5
FRIDAY, WEEK = 5, 7
Said = tuple[Text, dict[str, object]]


class _Weeks(NamedTuple):
    """In how many weeks a weekday is held, and the dates on which it is missed."""

    held: int
    missed: tuple[date, ...]

    @property
    def regular(self) -> bool:
        return not self.missed or self.held > len(self.missed)


def check_dates(school: School, grade: int, slots: Sequence[Slot]) -> Iterator[Said]:
    """Say what is wrong with the dates on which a grade's slots (without evenings) are held."""
    days = {slot.weekday for slot in slots}
    working = {s.weekday for s in slots if s.use is not SlotUse.CLUBS_ONLY and s.weekday <= FRIDAY}
    free = {day for day in days if day > FRIDAY}
    for item, some in ((PolicyItem.MIN_WEEKDAYS, working), (PolicyItem.WEEKEND_DAYS, free)):
        for clause in school.clauses(item, grade):
            weeks = {day: _weeks(school, days, day) for day in sorted(some)}
            if sum(found.regular for found in weeks.values()) >= (clause.value or 0):
                continue
            for day, found in weeks.items():
                if not found.regular:
                    facts = {"day": weekday_text(day), "held": found.held}
                    facts |= {"missed": len(found.missed), "dates": _some(found.missed)}
                    yield NOT_HELD, facts | {"limit": clause.value, "source": clause.source}
    for clause in school.clauses(PolicyItem.MAKE_UP_SERVICE, grade) if days else ():
        dates = service_dates(school.term)
        left = [
            d for d in sorted(decreed_days(school.term).make_up_days) if dates.get(d) not in days
        ]
        if left:
            yield NO_MAKE_UP, {"dates": _some(left), "source": clause.source}


def _weeks(school: School, days: set[int], weekday: int) -> _Weeks:
    """Look at the term week by week; weeks without service are those of a school that is shut."""
    term, dates = school.term, service_dates(school.term)
    excused = set().union(*decreed_days(term), (make_up.date for make_up in term.make_up_days))
    held, missed = 0, []
    week = term.first_date - timedelta(days=term.first_date.weekday())
    while week <= term.last_date:
        own = [week + timedelta(days=n) for n in range(WEEK)]
        there = {dates[day] for day in own if day in dates} & days
        usual = own[weekday - 1]
        if weekday in there:
            held += 1
        elif there and term.first_date <= usual <= term.last_date and usual not in excused:
            missed.append(usual)
        week += timedelta(days=WEEK)
    return _Weeks(held, tuple(missed))


def _some(dates: Sequence[date]) -> Text:
    """List dates, not too many of them."""
    said = [Text(str(day), str(day)) for day in dates[:MOST_DATES]]
    return listed([*said, AND_MORE] if len(dates) > MOST_DATES else said)
