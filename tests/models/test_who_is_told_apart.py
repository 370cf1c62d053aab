"""Bodies, their people and student groups are told apart where a policy speaks of them."""

from typing import Any

import pytest

from models import (
    Clause,
    FeeBasis,
    Force,
    GroupKind,
    PolicyItem,
    Problem,
    Provider,
    ProviderKind,
    School,
    Slot,
    SlotUse,
    StaffKind,
    StudentGroup,
    Teacher,
    clock,
)
from models.validation import find_blanks, find_problems
from tests.builders import revised
from tests.models.test_policy_validation import found, only, row, under

HALL = Provider(id="hall", name="", kind=ProviderKind.PUBLIC)
UNSAID = Provider(id="hall", name="")
FEE = {"fee_basis": FeeBasis.PERIOD, "fee_fen": 100}
POOR = StudentGroup(id="g1", name="", kind=GroupKind.HARDSHIP, relief_percent=50)


def told(school: School, code: str) -> list[Problem]:
    return [problem for problem in find_problems(school) if problem.code == code]


def one(school: School, code: str, severity: str, place: tuple[str, int, str]) -> Problem:
    (problem,) = told(school, code)
    assert (problem.severity, place) == (severity, (problem.table, problem.row, problem.field))
    assert "{" not in problem.text.zh + problem.text.en
    return problem


# Providers.


@pytest.mark.parametrize("name", ["hebi", "banan-2020", "city-menu", "per-head-subsidy"])
def test_a_regime_that_speaks_of_providers_wants_their_kind(name: str) -> None:
    text = only(under(name, providers=(UNSAID,)), "provider-kind", ("providers", 0, "kind"))
    assert "'hall'" in text
    assert "public, non-subject, training firm, other body" in text
    assert ("barred provider" if name == "hebi" else "vetting required") in text
    assert under(name).in_force(PolicyItem.VETTING_REQUIRED)[0].source in text
    assert found(under(name, providers=(HALL,))) == []


def test_where_nothing_speaks_of_providers_none_needs_a_kind() -> None:
    assert told(under("zhanggong-2021", providers=(UNSAID,)), "provider-kind") == []


def test_a_row_of_the_schools_own_asks_too_but_may_be_accepted() -> None:
    rows = (row(PolicyItem.BARRED_PROVIDER, subject="training_firm"),)
    school = under("zhanggong-2021", rows, providers=(UNSAID,))
    one(school, "provider-kind", "stop", ("providers", 0, "kind"))


def test_hebi_keeps_every_training_body_out() -> None:
    barred = {c.subject for c in under("hebi").in_force(PolicyItem.BARRED_PROVIDER)}
    assert barred == {ProviderKind.TRAINING_FIRM, ProviderKind.NON_SUBJECT}


# The people of a provider.


def sent(name: str, hall: tuple[Provider, ...] = (HALL,), **fields: Any) -> School:
    teachers = under(name).teachers
    staff = (revised(teachers[0], **({"kind": StaffKind.PROVIDER} | fields)), *teachers[1:])
    return under(name, teachers=staff, providers=hall)


def test_whoever_a_provider_sends_names_it() -> None:
    text = only(sent("hebi"), "no-provider", ("teachers", 0, "provider"))
    source = under("hebi").in_force(PolicyItem.BARRED_PROVIDER)[0].source
    assert all(part in text for part in ("'t1'", source, "known: hall"))
    assert found(sent("hebi", provider="hall")) == []
    text = only(sent("hebi", hall=()), "no-provider", ("teachers", 0, "provider"))
    assert "There are no providers yet" in text


def test_where_nothing_speaks_of_providers_that_is_a_warning() -> None:
    one(sent("zhanggong-2021"), "no-provider", "warning", ("teachers", 0, "provider"))


def test_own_staff_are_sent_by_nobody() -> None:
    school = sent("hebi", kind=StaffKind.OWN, provider="hall")
    assert "counts as own staff" in only(school, "own-sent", ("teachers", 0, "kind"))
    free = sent("zhanggong-2021", kind=StaffKind.OWN, provider="hall")
    one(free, "own-sent", "warning", ("teachers", 0, "kind"))
    assert told(sent("hebi", kind=StaffKind.EXTERNAL, provider="hall"), "own-sent") == []


def test_a_blank_that_counts_as_vetted_is_said() -> None:
    blank = revised(under("hebi").teachers[0], kind=StaffKind.EXTERNAL)
    fields = {n: v for n, v in vars(blank).items() if n != "cleared"}
    staff = (Teacher(**fields), *under("hebi").teachers[1:])
    school = under("hebi", teachers=staff, providers=(HALL, revised(HALL, id="other", vetted=True)))
    bodies, people = find_blanks(school, {})
    assert (bodies.severity, bodies.table, bodies.field) == ("warning", "providers", "vetted")
    assert "'Vetted' is blank and counts as yes for hall; the policy asks" in bodies.text.en
    assert (people.table, people.field, people.value) == ("teachers", "cleared", "t1")
    assert "conduct required" in people.text.en
    assert "须有资质" in people.text.zh
    assert not [*find_blanks(under("zhanggong-2021", teachers=staff, providers=(HALL,)), {})]
    assert told(school, "blank-is-yes") == []
    assert not [*find_blanks(school, {"policy": frozenset()})]


# Groups.


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("banan-2020", "relief: registered poor, minimum income, hardship ("),
        ("city-menu", "excluded group: boarder, school bus ("),
        ("hebi", "priority group: disabled, left-behind"),
        ("zhanggong-2021", "relief: minimum income, disabled, hardship worker, hardship ("),
    ],
)
def test_a_group_without_a_kind_is_told_what_it_may_miss(name: str, said: str) -> None:
    school = under(name, groups=(StudentGroup(id="g1", name="困难"),))
    problem = one(school, "group-kind", "stop", ("groups", 0, "kind"))
    assert said in problem.text.en
    assert "none of this holds for the group" in problem.text.en
    assert "其他" in problem.text.zh
    other = under(name, groups=(StudentGroup(id="g1", name="", kind=GroupKind.OTHER),))
    assert told(other, "group-kind") == []


def test_a_group_that_a_row_names_needs_no_kind() -> None:
    rows = (row(PolicyItem.EXCLUDED_GROUP, subject="g1"),)
    group = (StudentGroup(id="g1", name=""),)
    assert told(under("per-head-subsidy", rows, groups=group, budget=FEE), "group-kind") == []
    assert told(under("zhanggong-2021", (), groups=group), "group-kind") != []
    # Where rows name nothing but groups of the school's own, no kind is of use.
    own = (row(PolicyItem.PRIORITY_GROUP, subject="g2"),)
    two = (*group, StudentGroup(id="g2", name=""))
    assert told(under("putuo-2021", own, groups=two), "group-kind") == []


def test_what_goes_by_other_is_no_group_of_that_kind() -> None:
    group = StudentGroup(id="g1", name="", kind=GroupKind.OTHER)
    assert not group.goes_by("other")
    assert group.goes_by("g1")


# Relief.


@pytest.mark.parametrize("name", ["zhanggong-2021", "city-menu", "per-head-subsidy"])
def test_relief_that_a_document_grants_is_not_nothing(name: str) -> None:
    money: dict[str, Any] = {"budget": FEE} if name == "city-menu" else {}
    nothing = under(name, groups=(revised(POOR, relief_percent=0),), **money)
    text = only(nothing, "relief-nothing", ("groups", 0, "relief_percent"))
    assert "from 1% to 100%" in text
    assert next(c.source for c in nothing.rules.open if c.item is PolicyItem.RELIEF) in text
    for percent in (1, 100):
        some = under(name, groups=(revised(POOR, relief_percent=percent),), **money)
        assert found(some) == []


@pytest.mark.parametrize("subject", ["hardship", "minimum_income", "g1"])
def test_nor_is_it_in_a_row_of_the_schools_own(subject: str) -> None:
    def ruled(percent: int) -> School:
        rows = (row(PolicyItem.RELIEF, percent, subject=subject),)
        return under("city-menu", rows, groups=(POOR,), budget=FEE)

    text = found(ruled(0))[0].text.en
    assert "never 0%" in text
    assert (found(ruled(0))[0].table, found(ruled(0))[0].row) == ("policy", 0)
    assert told(ruled(50), "relief-nothing") == []


def test_where_there_is_no_fee_there_is_no_relief() -> None:
    free = {"fee_basis": FeeBasis.NONE}
    group = revised(POOR, relief_percent=0)
    assert found(under("city-menu", groups=(group,), budget=free)) == []


def test_groups_of_which_nothing_is_said_may_have_none() -> None:
    group = StudentGroup(id="g1", name="", kind=GroupKind.LEFT_BEHIND, relief_percent=0)
    assert found(under("city-menu", groups=(group,), budget=FEE)) == []


def test_a_waived_clause_asks_for_nothing() -> None:
    clause = Clause(
        item=PolicyItem.VETTING_REQUIRED, source="own", force=Force.ADVISORY, waived=True
    )
    school = under("zhanggong-2021", (clause,), providers=(UNSAID,))
    assert told(school, "provider-kind") == []


# Priority.


def weighted(name: str, ordinary: int, priority: int, **parts: Any) -> School:
    school = under(name, **parts)
    weights = revised(school.settings.weights, ordinary_factor=ordinary, priority_factor=priority)
    fields = vars(school) | {"settings": revised(school.settings, weights=weights)}
    return School.model_construct(**fields)


@pytest.mark.parametrize("name", ["hebi", "banan-2020", "changzhi-2021", "one-plus-x"])
def test_priority_that_a_regime_grants_puts_first(name: str) -> None:
    place = ("settings", 0, "weights.priority_factor")
    for ordinary, priority in ((9, 1), (2, 2)):
        text = only(weighted(name, ordinary, priority), "priority-last", place)
        assert under(name).in_force(PolicyItem.PRIORITY_GROUP)[0].source in text
        assert f"{priority} must be above the ordinary one, {ordinary}" in text
    assert found(weighted(name, 2, 3)) == []


def test_a_schools_own_priority_that_is_none_is_a_warning() -> None:
    own = (StudentGroup(id="g1", name="", priority=True),)
    school = weighted("putuo-2021", 2, 2, groups=own)
    one(school, "priority-last", "warning", ("settings", 0, "weights.priority_factor"))
    assert told(weighted("putuo-2021", 9, 1), "priority-last") == []


# Late care for children with special needs.

SPECIAL = StudentGroup(id="g1", name="", kind=GroupKind.SPECIAL_NEEDS)


def in_need(name: str, *slots: Slot, rows: tuple[Clause, ...] | None = None) -> School:
    """Make one child of grade 3, who stays, one with special needs."""
    base = under(name)
    students = (revised(base.students[0], groups=("g1",)), *base.students[1:])
    more = {"students": students, "groups": (SPECIAL,), "slots": (*base.slots, *slots)}
    return under(name, rows, **more)


def late(start: int, end: int, **fields: Any) -> Slot:
    return Slot(id="late", weekday=1, start_minute=start, end_minute=end, **fields)


def test_where_late_care_is_a_duty_there_is_a_slot_for_it() -> None:
    end = under("changzhi-2021").in_force(PolicyItem.EARLIEST_END)[0].value or 0
    text = only(in_need("changzhi-2021"), "no-late-care", ("groups", 0, "id"))
    source = under("changzhi-2021").in_force(PolicyItem.LATE_CARE)[0].source
    assert all(part in text for part in (source, "'g1'", "special needs", "grades 3 ", clock(end)))
    assert found(in_need("changzhi-2021", late(end, end + 30))) == []
    for slot in (
        late(end - 30, end),
        late(end, end + 30, grades=(4, 5)),
        late(end, end + 30, use=SlotUse.CLUBS_ONLY),
        late(end, end + 30, evening_study=True),
    ):
        assert "no-late-care" in {p.code for p in found(in_need("changzhi-2021", slot))}


def test_where_it_is_advised_a_warning_says_so() -> None:
    school = in_need("per-head-subsidy")
    problem = one(school, "no-late-care", "warning", ("groups", 0, "id"))
    assert "18:00" in problem.text.en
    off = Clause(item=PolicyItem.LATE_CARE, source="own", force=Force.ADVISORY, waived=True)
    assert told(in_need("per-head-subsidy", rows=(off,)), "no-late-care") == []


def test_late_care_is_for_those_who_take_part() -> None:
    nobody = under("changzhi-2021", groups=(SPECIAL,))
    assert told(nobody, "no-late-care") == []
    assert told(in_need("hebi"), "no-late-care") == []
