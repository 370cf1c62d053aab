"""Times make sense: the term, its days, the slots."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from models.calendar import run_text, stretches, undecreed, unnamed_make_up_days
from models.items import PolicyItem
from models.labels import LEVELS
from models.people import Stage
from models.problems import Problem, Severity, nearest
from models.school_data import SchoolData
from models.text import Text, clock, listed, weekday_text
from models.time import MakeUpDay, Term
from models.validation.references import DUPLICATE

TERM_BACKWARDS = Text(
    "学期结束日期 {last} 早于开始日期 {first}；请更正其一。",
    "the term ends on {last}, before it starts on {first}: correct one of them.",
)
OUTSIDE_TERM = Text(
    "日期 {days} 不在学期 {first} 至 {last} 之内，不起作用；请核对年份。",
    "{days}: outside the term {first} to {last}, without effect: check the year.",
)
ALL_OUTSIDE = Text(
    "学期表中的放假和补课日（{days}）没有一天在学期 {first} 至 {last} 之内；请核对年份。",
    "no holiday and no make-up day of the term table ({days}) is within the term {first} to "
    "{last}: check the years.",
)
DAY_TWICE = Text("日期 {days} 重复；请删去一处。", "{days}: given twice, delete one.")
MONTH_BACKWARDS = Text(
    "收费月“{month}”的结束日期 {last} 早于开始日期 {first}；请更正其一。",
    "billing month '{month}' ends on {last}, before it starts on {first}: correct one of them.",
)
NOT_SERVICE_DAY = Text(
    "{day}不是服务日（服务日：{days}）；请改时段的星期，或在学期中加上这一天。",
    "{day} is no service day (service days: {days}): move the slot or add the day to the term.",
)
NO_SLOTS = Text(
    "{days}是服务日，但没有任何时段：那几天没有人留校，却计入服务天数；"
    "请加上时段，或从“学期”行的星期中去掉。",
    "{days}: service days without any slot. Nobody stays on them, yet they count as days of "
    "service: add slots, or take them out of the weekdays in the row 'term'.",
)
EVENING_BEFORE_NOON = Text(
    "晚自习时段 {start} 开始，在中午之前；请写成 24 小时制，如 {later}。",
    "the evening study slot starts at {start}, before noon: write it as {later}.",
)
NO_EVENINGS = Text(
    "政策“{policy}”没有允许设晚自习（依据：{source}），时段“{slot}”却标为晚自习；请改为普通时段"
    "（受普通时段的时间限制），或删去。",
    "policy '{policy}' allows no evening study (source: {source}), and slot '{slot}' is marked as "
    "such: make it an ordinary slot, under the limits of ordinary hours, or delete it.",
)
EVENINGS_OF_OTHERS = Text(
    "时段“{slot}”是晚自习，而 {grades} 年级不得设晚自习（依据：{source}）；"
    "请在“年级”中去掉，或改为普通时段。",
    "slot '{slot}' is evening study, and grades {grades} may have no evening study (source: "
    "{source}): take them out of its grades, or make it an ordinary slot.",
)
SLOT_BACKWARDS = Text(
    "结束时间 {end} 不晚于开始时间 {start}；请更正其一。",
    "the slot ends at {end}, not after its start at {start}: correct one of them.",
)
FOLLOWS_NO_SERVICE = Text(
    "补课日按{day}的安排，但{day}不是服务日；请改为服务日之一：{days}。",
    "the make-up day follows {day}, which is no service day: choose one of {days}.",
)
STAGE_OVERLAP = Text(
    "{grade} 年级同时属于“{first}”和“{second}”；一个年级只能属于一个学段。",
    "grade {grade} is in both '{first}' and '{second}': a grade belongs to one stage.",
)
NO_SUCH_LEVEL = Text(
    "学段“{stage}”的学段类别填的是“{level}”，其中却有 {grades} 年级；政策按小学、初中分别规定，"
    "请改正类别或年级。",
    "stage '{stage}' is {level}, yet has grades {grades}: the policy has other rules for primary "
    "and junior pupils. Correct the level or the grades.",
)
GRADE_WITHOUT_STAGE = Text(
    "{grade} 年级不属于任何学段；请在学段表中加上。",
    "grade {grade} belongs to no stage: add it to one in the stages table.",
)
CLAUSE_STAGE = Text(
    "没有编号为“{value}”的学段；{hint}", "there is no stage with id '{value}'; {hint}"
)
CLAUSE_GROUP = Text(
    "政策排除的学生群体“{value}”在学生群体表中没有；没有人会被排除。",
    "the policy excludes the group '{value}', which no student can be in: nobody is excluded.",
)
NOON = 12 * 60
EMPTY = Text("此表没有内容；至少要有一行。", "this table is empty: it needs at least one row.")


def find(school: SchoolData, unread: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Find problems with the term, the slots, the stages and the policy's references."""
    for table in ("slots", "rooms", "classes", "teachers"):
        if not getattr(school, table) and table not in unread:
            yield Problem("empty-table", table, None, None, "", EMPTY)
    yield from _term(school)
    yield from _slots(school)
    if "slots" not in unread and "term" not in unread:
        yield from _days_without_slots(school)
    if not unread.keys() & {"policy", "settings", "stages", "classes"}:
        yield from _evenings(school)
    yield from _stages(school, complete="stages" not in unread)
    yield from _clauses(school, unread)


def _service_days(school: SchoolData) -> Text:
    return listed(weekday_text(d) for d in school.term.service_weekdays)


def _term(school: SchoolData) -> Iterator[Problem]:
    term = school.term
    if term.last_date < term.first_date:
        text = TERM_BACKWARDS.fill(last=term.last_date, first=term.first_date)
        yield Problem("term-backwards", "term", None, "last_date", str(term.last_date), text)
        return
    yield from _days(term)
    for make_up in term.make_up_days:
        if make_up.follows not in term.service_weekdays:
            text = FOLLOWS_NO_SERVICE.fill(
                day=weekday_text(make_up.follows), days=_service_days(school)
            )
            value = str(make_up.date)
            yield Problem("follows-no-service-day", "term", None, "make_up_days", value, text)
    for month in term.billing_months:
        if month.last_date < month.first_date:
            facts = {"month": month.id, "first": month.first_date, "last": month.last_date}
            text = MONTH_BACKWARDS.fill(**facts)
            yield Problem("month-backwards", "term", None, "billing_months", month.id, text)


def _days(term: Term) -> Iterator[Problem]:
    """Find days off and make-up days outside the term, or given twice: a stretch of them once."""
    listed_days = {"holidays": term.holidays, "make_up_days": [m.date for m in term.make_up_days]}
    outside: list[tuple[str, Sequence[date]]] = []
    twice: list[tuple[str, Sequence[date]]] = []
    seen: set[date] = set()
    for field, days in listed_days.items():
        out = [day for day in days if not term.first_date <= day <= term.last_date]
        outside += [(field, run) for run in stretches(out)]
        again: list[date] = []
        for day in days:
            if day in seen:
                again.append(day)
            seen.add(day)
        twice += [(field, run) for run in stretches(again)]
    span = {"first": term.first_date, "last": term.last_date}
    severity = _how_bad(term)
    if len(outside) > 1 and not any(term.first_date <= day <= term.last_date for day in seen):
        # Rather the term's own dates are wrong than those of every row.
        text = ALL_OUTSIDE.fill(days=run_text((min(seen), max(seen))), **span)
        value = str(term.first_date)
        yield Problem("outside-term", "term", None, "first_date", value, text, severity)
        outside = []
    for field, run in outside:
        text, value = OUTSIDE_TERM.fill(days=run_text(run), **span), str(run[0])
        yield Problem("outside-term", "term", None, field, value, text, severity)
    for field, run in twice:
        text = DAY_TWICE.fill(days=run_text(run))
        yield Problem("day-twice", "term", None, field, str(run[0]), text)


def as_meant(term: Term) -> Term:
    """Give a term with the days off and make-up days in it that have only the year wrong."""
    return term.model_copy(
        update={
            "holidays": tuple(_in_its_year(term, day) for day in term.holidays),
            "make_up_days": tuple(
                MakeUpDay(date=_in_its_year(term, day.date), follows=day.follows)
                for day in term.make_up_days
            ),
        }
    )


def _in_its_year(term: Term, day: date) -> date:
    if term.first_date <= day <= term.last_date:
        return day
    years = range(term.first_date.year, term.last_date.year + 1)
    moved = (day.replace(year=year) for year in years if (day.month, day.day) != (2, 29))
    return next((d for d in moved if term.first_date <= d <= term.last_date), day)


def _how_bad(term: Term) -> Severity:
    """Say how bad days outside the term are; with another year they may be what is asked for."""
    meant = as_meant(term)
    if meant == term:
        return "warning"
    said, would = undecreed(term), undecreed(meant)
    if any(a.open and not b.open for a, b in zip(said, would, strict=True)):
        return "error"
    decreed = not any(stretch.open for stretch in said)
    if decreed and unnamed_make_up_days(term) != unnamed_make_up_days(meant):
        return "error"
    return "stop"


def _slots(school: SchoolData) -> Iterator[Problem]:
    for number, slot in enumerate(school.slots):
        if slot.end_minute <= slot.start_minute:
            end, start = clock(slot.end_minute), clock(slot.start_minute)
            text = SLOT_BACKWARDS.fill(end=end, start=start)
            yield Problem("slot-backwards", "slots", number, "end_minute", end, text)
        if slot.evening_study and slot.start_minute < NOON:
            start, later = clock(slot.start_minute), clock(slot.start_minute + NOON)
            text = EVENING_BEFORE_NOON.fill(start=start, later=later)
            yield Problem(
                "evening-before-noon", "slots", number, "start_minute", start, text, "warning"
            )
        if slot.weekday not in school.term.service_weekdays:
            day = weekday_text(slot.weekday)
            text = NOT_SERVICE_DAY.fill(day=day, days=_service_days(school))
            yield Problem("no-service-day", "slots", number, "weekday", day.en, text)


def _evenings(school: SchoolData) -> Iterator[Problem]:
    """Find evening study that the regulation does not allow.

    Where no document stands, the school says itself for whom there is evening study. A slot for
    all grades is for those of them that may have it.
    """
    regulation, item = school.policy.regulation, PolicyItem.EVENING_ALLOWED
    if regulation is None:
        return
    policy = Text(regulation.name, regulation.name_en or regulation.name)
    allowed = [grade for grade in school.grades if school.clauses(item, grade)]
    for number, slot in enumerate(school.slots):
        barred = [g for g in slot.grades if g in school.grades and g not in allowed]
        if not slot.evening_study or (allowed and not barred):
            continue
        source = regulation.title or regulation.name
        text = NO_EVENINGS.fill(policy=policy, source=source, slot=slot.id)
        if clauses := school.in_force(item):
            grades, source = listed(barred or school.grades), clauses[0].source
            text = EVENINGS_OF_OTHERS.fill(grades=grades, source=source, slot=slot.id)
        yield Problem("no-evening-study", "slots", number, "evening_study", slot.id, text)


def _days_without_slots(school: SchoolData) -> Iterator[Problem]:
    there = {slot.weekday for slot in school.slots}
    bare = sorted(set(school.term.service_weekdays) - there)
    if there and bare:
        text = NO_SLOTS.fill(days=listed(weekday_text(day) for day in bare))
        yield Problem("day-without-slots", "term", None, "weekdays", "", text, "warning")


def _stages(school: SchoolData, complete: bool) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    owner: dict[int, Stage] = {}
    for number, stage in enumerate(school.settings.stages):
        if stage.id in seen:
            text, earlier = DUPLICATE.fill(value=stage.id), seen[stage.id]
            yield Problem("duplicate-id", "stages", number, "id", stage.id, text, earlier=earlier)
        seen.setdefault(stage.id, number)
        yield from _level(school, number, stage)
        for grade in stage.grades:
            if owner.get(grade, stage) is not stage:
                text = STAGE_OVERLAP.fill(grade=grade, first=owner[grade].id, second=stage.id)
                yield Problem("stage-overlap", "stages", number, "grades", str(grade), text)
            owner[grade] = stage
    if school.settings.stages and complete:
        for number, home in enumerate(school.classes):
            if home.grade not in owner:
                text = GRADE_WITHOUT_STAGE.fill(grade=home.grade)
                value = str(home.grade)
                yield Problem("grade-without-stage", "classes", number, "grade", value, text)


def _level(school: SchoolData, number: int, stage: Stage) -> Iterator[Problem]:
    """Find grades that a stage's level cannot have: a document's rules hang on it."""
    if school.policy.regulation is None or stage.level is None:
        return
    strange = [grade for grade in stage.grades if grade not in stage.level.grades]
    if strange:
        facts = {"stage": stage.id, "level": LEVELS[stage.level], "grades": listed(strange)}
        text = NO_SUCH_LEVEL.fill(**facts)
        yield Problem("stage-level", "stages", number, "level", stage.level.value, text)


def _clauses(school: SchoolData, unread: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    stages = {stage.id for stage in school.settings.stages}.union(unread.get("stages", ()))
    groups = {group.id for group in school.groups}.union(unread.get("groups", ()))
    for number, clause in enumerate(school.policy.clauses):
        if clause.stage is not None and clause.stage not in stages:
            text = CLAUSE_STAGE.fill(value=clause.stage, hint=nearest(clause.stage, stages))
            yield Problem("unknown-stage", "policy", number, "stage", clause.stage, text)
        named = groups.union(group.kind or "" for group in school.groups)
        if clause.item is PolicyItem.EXCLUDED_GROUP and clause.subject not in named:
            text = CLAUSE_GROUP.fill(value=clause.subject)
            value = str(clause.subject)
            yield Problem("empty-group", "policy", number, "subject", value, text, "warning")
