"""Figures that show whether asking for more helps; counted by hand in a school of five."""

from dataclasses import replace
from typing import Any

import pytest

from models import (
    Aim,
    BoundProof,
    Course,
    Plan,
    PlanStatus,
    School,
    Section,
    UnmetReason,
    UnmetWish,
)
from optimizer.report import Summary, envied, first_choices, plan_rows, summary
from tests.builders import revised
from tests.engine.schools import ball, clubs_only, student, wish
from tests.rules.solving import ONE_RUN

MON, TUE = ("mon2",), ("tue1",)
GAP = "Gap in points to the best"


def club(name: str, slots: tuple[str, ...]) -> Course:
    return ball(id=name, min_size=1, max_size=2, slots=slots)


def five() -> School:
    """a and b ask for one club, c for two, d and e for one each; chess is first for a, b and d."""
    wants = {"a": ("chess",), "b": ("chess", "art"), "c": ("art", "chess"), "d": ("chess",)}
    return clubs_only(
        courses=(club("chess", TUE), club("art", MON)),
        students=tuple(
            student(n, stay_slots=(), club_slots=TUE if n == "a" else (*MON, *TUE), max_clubs=m)
            for n, m in {"a": 1, "b": 1, "c": 2, "d": 1, "e": 1}.items()
        ),
        wishes=tuple(wish(n, c, r) for n, cs in wants.items() for r, c in enumerate(cs, 1)),
    )


def seated(school: School, **students: tuple[str, ...]) -> Plan:
    slots = {"chess": TUE, "art": MON}
    sections = tuple(
        Section(id=c, course=c, slots=slots[c], room="hall", staff=("t2",), students=who)
        for c, who in students.items()
    )
    held = {(s, x.course) for x in sections for s in x.students}
    unmet = tuple(
        UnmetWish(student=w.student, course=w.course, rank=w.rank, reason=UnmetReason.FULL)
        for w in school.wishes
        if (w.student, w.course) not in held
    )
    return Plan(
        school=school.settings.id,
        school_digest="",
        status=PlanStatus.FEASIBLE,
        sections=sections,
        care_groups=(),
        unmet=unmet,
        value=0,
        pay_fen=0,
        lottery_seed=1,
        provenance=ONE_RUN,
    )


SCHOOL = five()
# c has art, his first wish, and chess, his second; a is without, b and d too, though it is first
GRABBED = seated(SCHOOL, chess=("c", "d"), art=("b", "c"))
FAIR = seated(SCHOOL, chess=("a", "d"), art=("b", "c"))


def test_first_choices_are_counted_by_the_number_of_clubs_asked_for() -> None:
    assert first_choices(SCHOOL, GRABBED) == ((1, 1, 3), (2, 1, 1))
    assert first_choices(SCHOOL, FAIR) == ((1, 2, 3), (2, 1, 1))


def test_a_wish_lost_to_a_lesser_one_of_somebody_with_more_clubs() -> None:
    # a has no club and b one; c, who has two, wants chess less than either
    assert envied(SCHOOL, GRABBED) == 2
    # the others in chess want it as much, and c has no seat there
    assert envied(SCHOOL, FAIR) == 0


def test_nobody_envies_a_group_that_he_could_not_come_to() -> None:
    later = tuple(revised(s, club_slots=MON) if s.id in "ab" else s for s in SCHOOL.students)
    assert envied(SCHOOL.replaced(students=later), GRABBED) == 0


def said(figures: Summary, **changes: Any) -> dict[str, str]:
    return dict(plan_rows(replace(figures, **changes), "en"))


def test_what_is_proved_is_said_of_the_aim() -> None:
    proof = BoundProof.EXACT_SEARCH
    first = replace(summary(SCHOOL, GRABBED), value=100, bound=104, bound_proof=proof)
    rows = said(first)
    assert rows["Aim"] == "first clubs first, then points"
    gap = "at most 4.00 %: no plan as good in first clubs has more than 104 points (proved)"
    assert rows[GAP] == gap
    # as many points as can be, but it is not proved that first clubs are
    assert said(first, bound=100)[GAP].startswith("at most 0.00 %")
    best = said(first, bound=100, status=PlanStatus.OPTIMAL)
    assert best[GAP].startswith("none: first clubs are as good as can be")
    rows = said(first, aim=Aim.MOST_POINTS)
    assert "Aim" not in rows
    assert rows["Gap to the best possible"].startswith("at most 4.00 %: no plan has more than 104")


@pytest.mark.parametrize("proof", [BoundProof.LINEAR_PROGRAM, BoundProof.BEST_WISHES])
def test_a_gap_of_points_alone_is_partly_what_first_clubs_cost(proof: BoundProof) -> None:
    first = replace(summary(SCHOOL, GRABBED), value=100, bound=104, bound_proof=proof)
    gap = "at most 4.00 %, of points alone: no plan has more than 104 (proved); part of it may be "
    assert said(first)[GAP] == gap + "what first clubs cost"
    assert said(first, bound=100)[GAP] == "none in points: no plan has more than 100 (proved)"
    chinese = dict(plan_rows(first, "zh"))
    assert chinese["分配目标"] == "首个社团优先，其次总分"
    assert "其中可能有首个社团优先的代价" in chinese["与最优的分值差距"]


def test_points_of_first_clubs_and_how_many_there_can_be() -> None:
    first = replace(summary(SCHOOL, GRABBED), first_points=90, first_points_bound=95)
    label = "  of these, of first clubs"
    assert said(first)[label] == "90 (with as many first clubs no plan has more than 95 (proved))"
    assert said(first, first_points_bound=None)[label] == "90"
    assert label not in said(first, first_points=None)
    assert label not in said(first, aim=Aim.MOST_POINTS)


def test_the_figures_are_shown() -> None:
    rows = dict(plan_rows(summary(SCHOOL, GRABBED), "en"))
    assert rows["    of those who ask for 1"] == "1 of 3 (33.3 %)"
    assert rows["  lost to a lesser wish"].startswith("2 ")
    # Below the reasons, which have no label of their own and are of all wishes not granted.
    assert [*rows][-1] == "  lost to a lesser wish"
    assert "    at most, in any plan" not in rows
    bounded = GRABBED.model_copy(update={"first_clubs_bound": 4})
    rows = dict(plan_rows(summary(SCHOOL, bounded), "en"))
    assert rows["    at most, in any plan"] == "4 of 4 (100.0 %)"
    assert "  lost to a lesser wish" not in dict(plan_rows(summary(SCHOOL, FAIR), "en"))
