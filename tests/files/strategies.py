"""Schools of every shape: every field is exercised, and nothing contradicts itself."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from models import (
    PAY,
    Aim,
    Band,
    BaseCare,
    BillingMonth,
    Budget,
    Calendar,
    CareContent,
    CareRooms,
    CareStaffLock,
    Clause,
    Cost,
    Course,
    CourseKind,
    FeeBasis,
    Force,
    GroupKind,
    HomeClass,
    Level,
    MakeUpDay,
    Notice,
    PartPeriod,
    PayUnit,
    PlannedCost,
    Policy,
    PolicyItem,
    Provider,
    ProviderKind,
    Room,
    School,
    SeatLock,
    Section,
    SectionCountLock,
    SectionLock,
    Settings,
    Slot,
    SlotUse,
    StaffKind,
    Stage,
    Student,
    StudentGroup,
    Teacher,
    Term,
    Unit,
    Weights,
    Wish,
)
from models.calendar import planned_dates, unnamed_make_up_days
from models.clauses import known_subjects
from models.items import NAMES_A_SUBJECT, UNITS, most_of
from models.service import dates_on
from models.spelling import key_of, visible

Draw = Any
# Excel holds no noncharacters; surrogates are no text; ids and names hold no control characters.
_LETTERS = st.characters(exclude_categories=("Cc", "Cs", "Cn"))
ODD = (
    *(
        "无",
        "none",
        "-",
        "/",
        "全部",
        "all",
        "周一",
        "Mon",
        "周一至周五",
        "1",
        "101",
        "101.0",
        "1e5",
    ),
    *(
        "=1+1",
        "+x",
        "-3",
        "@a",
        "＝a",
        "'=b",
        "''=c",
        "'q",
        "TRUE",
        "是",
        "1-2",
        "3-6",
        "３",
        "0.5",
    ),
    *("2026-09-01", "16:30", "50%", "#N/A", "_x0041_", "id", "学号", "{x}", "A1", "Ａ1", "\u200b"),
)
ids = st.one_of(
    st.sampled_from(ODD),
    st.text(_LETTERS, min_size=1, max_size=6).filter(
        lambda s: not any(c.isspace() or c in ",;、，；|" for c in s)
    ),
)
ids = ids.map(visible).filter(bool)
names = st.one_of(st.sampled_from((*ODD, "", "a b", "王 小明")), st.text(_LETTERS, max_size=8))
# What cannot be seen is taken out of names, and alone it is a blank cell.
prose = st.one_of(names.map(visible), st.just("第一条\n第二条, \"引号\"; 'x'"), st.just("=a\n\n=b"))
counts = st.one_of(st.integers(0, 60), st.integers(0, 99))
fen = st.one_of(st.integers(0, 20_000), st.integers(0, 10**8))
sums = st.one_of(fen, st.integers(0, 10**12))
days = st.dates(date(2026, 1, 1), date(2028, 12, 31))
grades = st.integers(1, 13)
yes = st.booleans()


def some(values: Draw, low: int = 0, most: int = 3) -> Draw:
    """Draw a tuple of different values, in any order."""
    values = tuple(values)
    if not values:
        return st.just(())
    chosen = st.lists(st.sampled_from(values), min_size=low, max_size=most, unique=True)
    return chosen.map(tuple)


def maybe(strategy: Draw) -> Draw:
    """Draw a value or None."""
    return st.none() | strategy


def one_of_ids(rows: Draw) -> Draw:
    """Draw the id of a row, or None."""
    return maybe(st.sampled_from([row.id for row in rows])) if rows else st.none()


@st.composite
def months(draw: Draw, bare: Term) -> tuple[BillingMonth, ...]:
    """Draw no billing months, or some that hold every day of the term, in any order."""
    first, last = bare.first_date, bare.last_date
    later = st.dates(first + timedelta(days=1), last) if first < last else st.nothing()
    cuts = sorted(draw(st.sets(later, max_size=2))) if first < last else []
    names = draw(st.lists(ids, min_size=len(cuts) + 1, max_size=len(cuts) + 1, unique=True))
    starts = [first - timedelta(days=draw(st.integers(0, 20))), *cuts]
    ends = [*(cut - timedelta(days=1) for cut in cuts), last + timedelta(days=30)]
    made = [
        BillingMonth(id=name, first_date=start, last_date=end)
        for name, start, end in zip(names, starts, ends, strict=True)
    ]
    return tuple(draw(st.just([]) | st.permutations(made)))


@st.composite
def terms(draw: Draw) -> Term:
    """Draw a term; one with the statutory calendar lies in the years that it is known for."""
    calendar = draw(st.sampled_from(Calendar))
    known = st.dates(date(2025, 1, 1), date(2026, 6, 1))
    first = draw(days if calendar is Calendar.OWN else known)
    weekdays = draw(st.lists(st.integers(1, 7), min_size=1, max_size=7).map(tuple))
    term = Term(
        first_date=first,
        last_date=first + timedelta(days=draw(st.integers(0, 200))),
        service_weekdays=weekdays,
        calendar=calendar,
    )
    decreed = unnamed_make_up_days(term)
    off = draw(st.lists(days.filter(lambda d: d not in decreed), max_size=4, unique=True))
    run = [date(2030, 5, 1) + timedelta(days=n) for n in range(draw(st.integers(0, 4)))]
    made = draw(st.sets(days.filter(lambda d: d not in off), max_size=2))
    make_up = draw(st.permutations([*made.union(decreed)]))
    follows = [MakeUpDay(date=d, follows=draw(st.sampled_from(weekdays))) for d in make_up]
    term = term.model_copy(update={"holidays": (*off, *run), "make_up_days": tuple(follows)})
    fields = {
        "cancelled_days": draw(some(planned_dates(term), most=6)),
        "billing_months": draw(months(term)),
    }
    return term.model_copy(update=fields)


def within(term: Term) -> Draw:
    """Draw a date that the term's own billing months hold, or any if it has none."""
    spans = [st.dates(m.first_date, m.last_date) for m in term.billing_months]
    return st.one_of(spans) if spans else days


@st.composite
def enrolments(draw: Draw, term: Term, slots: Iterable[Slot]) -> tuple[date | None, date | None]:
    """Draw first and last day of a student, with some day of service from one to the other."""
    dates = list(dates_on(term, frozenset(slot.weekday for slot in slots)))
    if not dates:
        return None, None
    there = draw(st.sampled_from(dates))
    joins = draw(maybe(st.dates(term.first_date, there)))
    return joins, draw(maybe(st.dates(there, term.last_date)))


@st.composite
def slots(draw: Draw, weekdays: tuple[int, ...]) -> tuple[Slot, ...]:
    """Draw the slots of the week."""
    made = []
    for name in draw(st.lists(ids, min_size=1, max_size=5, unique_by=key_of)):
        start = draw(st.integers(0, 1439))
        made.append(
            Slot(
                id=name,
                weekday=draw(st.sampled_from(weekdays)),
                start_minute=start,
                end_minute=draw(st.integers(start + 1, 1440)),
                use=draw(st.sampled_from(SlotUse)),
                care_content=draw(st.sampled_from(CareContent)),
                evening_study=draw(yes),
                grades=draw(st.lists(grades, max_size=4).map(tuple)),
            )
        )
    return tuple(made)


@st.composite
def stages(draw: Draw, used: tuple[int, ...]) -> tuple[Stage, ...]:
    """Draw no stages, or two that hold all grades in use."""
    if draw(yes):
        return ()
    first, second = draw(st.lists(ids, min_size=2, max_size=2, unique_by=key_of))
    here = tuple(g for g in draw(st.permutations(range(1, 14))) if g in used or draw(yes))
    cut = draw(st.integers(0, len(here)))
    return (
        Stage(
            id=first, name=draw(names), grades=here[:cut], level=draw(maybe(st.sampled_from(Level)))
        ),
        Stage(
            id=second,
            name=draw(names),
            grades=here[cut:],
            level=draw(maybe(st.sampled_from(Level))),
        ),
    )


@st.composite
def settings(draw: Draw, used: tuple[int, ...]) -> Settings:
    """Draw the settings."""
    positive = counts.map(lambda n: n + 1)
    # Where a policy puts somebody first, priority has to count for more.
    ordinary, priority = sorted(draw(st.lists(positive, min_size=2, max_size=2, unique=True)))
    return Settings(
        id=draw(ids),
        name=draw(names),
        stages=draw(stages(used)),
        max_grade_span=draw(positive),
        session_break_minutes=draw(counts),
        lottery_seed=draw(counts),
        weights=Weights(
            aim=draw(st.sampled_from(Aim)),
            rank_points=tuple(sorted(draw(st.lists(counts, max_size=4)), reverse=True)),
            first_seat=draw(counts),
            second_seat=draw(counts),
            ordinary_factor=ordinary,
            priority_factor=priority,
            tolerance=draw(counts),
        ),
        base_care=BaseCare(
            max_size=draw(positive),
            grade_span=draw(positive),
            mix_stages=draw(yes),
            staff_needed=draw(positive),
            rooms=draw(st.sampled_from(CareRooms)),
            rota_grades=draw(st.lists(grades, max_size=4).map(tuple)),
        ),
        budget=Budget(
            sum_fen=draw(maybe(sums)),
            from_income=draw(yes),
            fee_basis=draw(maybe(st.sampled_from(FeeBasis))),
            fee_fen=draw(maybe(fen)),
            fee_standard=draw(names),
            fee_from=draw(maybe(days)),
            part_period=draw(maybe(st.sampled_from(PartPeriod))),
            subsidy_fen_per_student=draw(maybe(fen)),
            subsidy_earlier_fen=draw(fen),
            uplift_percent=draw(st.integers(0, 100)),
            special_fund_fen=draw(maybe(sums)),
            yearly_budget_fen=draw(maybe(sums)),
            donation_fen=draw(maybe(sums)),
            collection_fen=draw(maybe(sums)),
        ),
        lower_grades=draw(st.lists(grades, max_size=4).map(tuple)),
        middle_grades=draw(st.lists(grades, max_size=4).map(tuple)),
        notice=Notice(method=draw(names), safety=draw(names), complaints=draw(names)),
    )


# Clauses about money contradict fees and rates, which are drawn by themselves.
NOT_ABOUT_MONEY = tuple(PolicyItem)[: tuple(PolicyItem).index(PolicyItem.NO_FEE)]


@st.composite
def clauses(draw: Draw, known: tuple[Stage, ...]) -> Clause:
    """Draw one clause of a policy."""
    item = draw(st.sampled_from(NOT_ABOUT_MONEY))
    unit, force = UNITS[item], draw(st.sampled_from(Force))
    value = None
    if unit is not Unit.NONE:
        value = draw(st.integers(int(unit is Unit.WEEKDAY), most_of(item)))
    subject = draw(ids if item in NAMES_A_SUBJECT else maybe(ids))
    if known_subjects(item):
        subject = draw(st.sampled_from(known_subjects(item)))
    return Clause(
        item=item,
        value=value,
        subject=subject,
        stage=draw(one_of_ids(known)),
        level=draw(maybe(st.sampled_from(Level))),
        band=draw(maybe(st.sampled_from(Band))),
        grades=draw(st.lists(grades, max_size=3).map(tuple)),
        force=force,
        source=draw(prose),
        waived=force is Force.ADVISORY and draw(yes),
    )


@st.composite
def teachers(draw: Draw, at: tuple[Slot, ...], known: tuple[Provider, ...]) -> tuple[Teacher, ...]:
    """Draw the staff."""
    return tuple(
        Teacher(
            id=name,
            name=draw(names),
            kind=draw(st.sampled_from(StaffKind)),
            cleared=draw(st.sampled_from([True, True, True, False])),
            may_supervise=draw(yes),
            available_slots=draw(maybe(some(s.id for s in at))),
            max_periods_week=draw(counts),
            max_periods_day=draw(counts),
            pay_fen=draw(maybe(fen)),
            pay_unit=draw(st.sampled_from(PayUnit)),
            overtime_pay_fen=draw(maybe(fen)),
            provider=draw(one_of_ids(known)),
        )
        for name in draw(st.lists(ids, min_size=1, max_size=4, unique_by=key_of))
    )


@st.composite
def rooms(draw: Draw, at: tuple[Slot, ...]) -> tuple[Room, ...]:
    """Draw the rooms."""
    return tuple(
        Room(
            id=name,
            name=draw(names),
            seats=draw(st.integers(1, 60)),
            features=draw(st.lists(ids, max_size=3).map(tuple)),
            available_slots=draw(maybe(some(s.id for s in at))),
            care_room=draw(yes),
        )
        for name in draw(st.lists(ids, min_size=1, max_size=3, unique_by=key_of))
    )


@st.composite
def courses(draw: Draw, base: dict[str, Any]) -> tuple[Course, ...]:
    """Draw courses that somebody can lead in some room."""
    cleared = [t.id for t in base["teachers"] if t.cleared]
    if not cleared:
        return ()
    made = []
    for name in draw(st.lists(ids, min_size=1, max_size=3, unique_by=key_of)):
        room = draw(st.sampled_from(base["rooms"]))
        low = draw(st.integers(1, room.seats))
        own = draw(st.sampled_from([c.grade for c in base["classes"]]))
        lead = draw(some(t.id for t in base["teachers"]))
        lead = tuple(dict.fromkeys((*lead, draw(st.sampled_from(cleared)))))
        at = draw(maybe(some((s.id for s in base["slots"]), 1)))
        there = len(base["slots"] if at is None else at)
        sessions = draw(st.integers(1, min(7, there)))
        made.append(
            Course(
                id=name,
                name=draw(names),
                grades=(own, *draw(st.lists(grades, max_size=3))),
                min_size=low,
                max_size=draw(st.integers(low, 99)),
                max_sections=draw(counts),
                sessions_per_week=sessions,
                periods_per_session=draw(st.integers(1, there // sessions)),
                min_gap_days=draw(st.integers(0, 6)),
                slots=at,
                leaders=lead,
                staff_needed=draw(st.integers(1, sum(t in cleared for t in lead))),
                room_features=draw(some(room.features)),
                rooms=draw(st.sampled_from([(), (room.id,)])),
                max_grade_span=draw(maybe(st.integers(1, 9))),
                mix_stages=draw(yes),
                kind=draw(st.sampled_from(CourseKind)),
                content=draw(st.lists(ids, max_size=2).map(tuple)),
                provider=draw(one_of_ids(base["providers"])),
            )
        )
    return tuple(made)


@st.composite
def students(draw: Draw, base: dict[str, Any]) -> tuple[Student, ...]:
    """Draw students who stay where they can."""
    made = []
    for name in draw(st.lists(ids, min_size=1, max_size=4, unique_by=key_of)):
        home = draw(st.sampled_from(base["classes"]))
        open_ = [s for s in base["slots"] if s.admits_grade(home.grade)]
        stays: list[Slot] = []
        for slot in draw(some(open_, bool(open_))):
            if slot.use is not SlotUse.CLUBS_ONLY and not any(slot.overlaps(s) for s in stays):
                stays.append(slot)
        joins, leaves = draw(enrolments(base["term"], base["slots"]))
        made.append(
            Student(
                id=name,
                name=draw(names),
                home_class=home.id,
                groups=draw(some(g.id for g in base["groups"])),
                stay_slots=tuple(s.id for s in stays),
                club_slots=draw(some(s.id for s in open_ if s not in stays)),
                max_clubs=draw(st.integers(1, 3) | counts),
                joins=joins,
                leaves=leaves,
            )
        )
    return tuple(made)


@st.composite
def wishes(draw: Draw, base: dict[str, Any]) -> tuple[Wish, ...]:
    """Draw wishes of students who can have any."""
    made = []
    for student in base["students"]:
        if student.max_clubs and (student.stay_slots or student.club_slots):
            for rank, name in enumerate(draw(some(c.id for c in base["courses"])), 1):
                course = next(c for c in base["courses"] if c.id == name)
                teacher = draw(maybe(st.sampled_from(course.leaders)))
                made.append(Wish(student=student.id, course=name, rank=rank, teacher=teacher))
    return tuple(draw(st.permutations(made)))


@st.composite
def locks(draw: Draw, base: dict[str, Any]) -> tuple[Any, ...]:
    """Draw locks of every kind."""
    slot, teacher = (st.sampled_from([r.id for r in base[t]]) for t in ("slots", "teachers"))
    made: list[Any] = [
        CareStaffLock(teacher=draw(teacher), slot=draw(slot))
        for _ in range(draw(st.integers(0, 2)))
    ]
    if base["courses"]:
        course = st.sampled_from([c.id for c in base["courses"]])
        made.append(SectionCountLock(course=draw(course), count=draw(counts)))
        made.append(
            SectionLock(
                course=draw(course),
                slots=draw(some(s.id for s in base["slots"])),
                room=draw(one_of_ids(base["rooms"])),
                staff=draw(some(t.id for t in base["teachers"])),
            )
        )
        for student in base["students"][:1]:
            granted = draw(yes)
            which = draw(some(s.id for s in base["slots"])) if granted else ()
            made.append(
                SeatLock(student=student.id, course=draw(course), granted=granted, slots=which)
            )
    return tuple(draw(st.permutations(made)))


@st.composite
def schools(draw: Draw) -> School:
    """Draw a school without contradictions."""
    base: dict[str, Any] = {"term": draw(terms())}
    base["slots"] = draw(slots(base["term"].service_weekdays))
    base["groups"] = tuple(
        StudentGroup(
            id=name,
            name=draw(names),
            kind=draw(maybe(st.sampled_from(GroupKind))),
            priority=draw(yes),
            relief_percent=draw(maybe(st.integers(0, 100))),
            reimbursed=draw(yes),
        )
        for name in draw(st.lists(ids, max_size=2, unique_by=key_of))
    )
    base["providers"] = tuple(
        Provider(
            id=name,
            name=draw(names),
            kind=draw(st.sampled_from(ProviderKind)),
            vetted=draw(yes),
            bad_record=draw(yes),
        )
        for name in draw(st.lists(ids, max_size=2, unique_by=key_of))
    )
    base["rooms"] = draw(rooms(base["slots"]))
    base["teachers"] = draw(teachers(base["slots"], base["providers"]))
    base["classes"] = tuple(
        HomeClass(
            id=name,
            name=draw(names),
            grade=draw(grades),
            home_room=draw(one_of_ids(base["rooms"])),
            homeroom_teacher=draw(one_of_ids(base["teachers"])),
        )
        for name in draw(st.lists(ids, min_size=1, max_size=3, unique_by=key_of))
    )
    base["settings"] = draw(settings(tuple(c.grade for c in base["classes"])))
    care = base["settings"].base_care
    led = [c.grade for c in base["classes"] if c.homeroom_teacher is not None]
    rota = tuple(grade for grade in care.rota_grades if grade in led)
    changed = {"base_care": care.model_copy(update={"rota_grades": rota})}
    base["settings"] = base["settings"].model_copy(update=changed)
    for name, drawn in (("courses", courses), ("students", students), ("wishes", wishes)):
        base[name] = draw(drawn(base))
    base["locks"] = draw(locks(base))
    base["policy"] = Policy(
        id=draw(ids),
        name=draw(names),
        clauses=tuple(draw(st.lists(clauses(base["settings"].stages), max_size=4))),
    )
    base["previous"] = tuple(
        Section(
            id=name,
            course=draw(st.sampled_from([c.id for c in base["courses"]])),
            slots=draw(some(s.id for s in base["slots"])),
            room=draw(st.sampled_from([r.id for r in base["rooms"]])),
            staff=draw(some(t.id for t in base["teachers"])),
            students=draw(some(s.id for s in base["students"])),
        )
        for name in draw(st.lists(ids, max_size=2, unique_by=key_of))
        if base["courses"]
    )
    base["costs"] = tuple(
        PlannedCost(
            id=name,
            kind=draw(st.sampled_from([cost for cost in Cost if cost not in PAY])),
            amount_fen=draw(sums),
            day=draw(within(base["term"])),
            note=draw(names),
        )
        for name in draw(st.lists(ids, max_size=2, unique_by=key_of))
    )
    return School(**base)
