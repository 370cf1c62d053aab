"""What a plan says about itself is true, and it is finished and fair.

``check`` looks at the figures and at which wishes are listed as unmet; ``check_unmet`` at the
reasons, the alternatives and the lottery. The latter make sense only for a plan that keeps the
rules. Where students were moved to another activity, reasons and lottery are about the plan before
that, alternatives about the plan as it is.
"""

from collections import Counter
from collections.abc import Iterator

from models import Plan, PlanStatus, School, Text, UnmetWish, Wish, yuan
from optimizer.checks._alternatives import wrong_offers
from optimizer.checks._firsts import first_figures
from optimizer.checks._lottery import misdrawn
from optimizer.checks._moved import before_moves, moved, passed_over, wrongly_left
from optimizer.checks._reasons import Reasons, Verdict
from optimizer.checks._standing import Standing
from optimizer.checks._trials import Way
from optimizer.checks.base import (
    Finding,
    care_text,
    join_ids,
    named,
    section_text,
)
from optimizer.checks.plan_index import PlanIndex
from optimizer.ledger import plan_pay_fen

VALUE = Text(
    "方案写明满意度 {found} 分，重算为 {expected} 分。",
    "the plan says it has {found} points, recomputed they are {expected}.",
)
PAY = Text(
    "方案写明全学期报酬 {found} 元，重算为 {expected} 元。",
    "the plan says its pay is {found} yuan over the term, recomputed it is {expected}.",
)
BOUND = Text(
    "方案的上界 {bound} 低于满意度 {value}，不可能成立。",
    "the plan's bound {bound} is below its value {value}: that cannot be.",
)
NOT_OPTIMAL = Text(
    "方案称为最优，但上界为 {bound}，满意度为 {value}；两者应相等。",
    "the plan says it is optimal, but its bound is {bound} and its value {value}: they must be "
    "equal.",
)
NO_BOUND = Text("未证明", "not proved")
SEED = Text(
    "方案的抽签种子为 {found}，学校公布的是 {expected}。",
    "the plan's lottery seed is {found}, the school published {expected}.",
)
WAIVED = Text(
    "方案写明放宽的条款为 {found}，学校放宽的是 {expected}。",
    "the plan says that {found} was waived, the school waives {expected}.",
)
NO_SUCH_WISH = Text(
    "未满足志愿表列有学生 {student} 的课程 {course}，但没有这条志愿。",
    "the list of unmet wishes has student {student} and course {course}, but there is no such "
    "wish.",
)
NOT_UNMET = Text(
    "未满足志愿表列有学生 {student} 的课程 {course}，但该志愿已满足，或已有足够的更优先志愿。",
    "the list of unmet wishes has student {student} and course {course}, but the wish was granted "
    "or he has all the clubs he wanted from better ranks.",
)
MISSING = Text(
    "学生 {student} 第 {rank} 志愿 {course} 未满足，却不在未满足志愿表中。",
    "wish {rank} of student {student}, course {course}, was not granted but is not on the list "
    "of unmet wishes.",
)
TWICE = Text(
    "未满足志愿表中学生 {student} 的课程 {course} 出现 {count} 次。",
    "the list of unmet wishes has student {student} and course {course} {count} times.",
)
RANK = Text(
    "未满足志愿表中学生 {student} 的课程 {course} 写作第 {found} 志愿，应为第 {expected} 志愿。",
    "the list of unmet wishes gives student {student}, course {course}, rank {found}: it is "
    "{expected}.",
)
REASON = Text(
    "学生 {student} 的志愿 {course} 未满足，方案给出的原因是 {found}，应为 {expected}。",
    "for student {student} and course {course} the plan gives the reason {found}: it is "
    "{expected}.",
)
ABOUT = Text("{reason}（{what}）", "{reason} ({what})")
UNFINISHED = Text(
    "学生 {student} 的志愿 {course} 未满足，但{section}有空位，他可以直接加入。",
    "student {student} was refused course {course}, but {section} has a free seat that he could "
    "simply take.",
)
MOVED = Text(
    "学生 {student} 的志愿 {course} 未满足，已被调剂到{section}，未满足志愿表中的“可改选”却写作 "
    "{found}。",
    "student {student} was refused course {course} and moved to {section}, but the list of unmet "
    "wishes names {found} as the alternative.",
)
MOVED_LOTTERY = Text(
    "{section}：学生 {student} 与 {holder} 都待调剂，抽签号 {number} 小于 {holder_number}，"
    "应先安排前者。",
    "{section}: students {student} and {holder} were both to be moved, and the lottery number "
    "{number} is lower than {holder_number}: the former comes first.",
)
MOVED_PRIORITY = Text(
    "{section}：学生 {student} 与 {holder} 都待调剂，前者优先（抽签号 {number}），后者不是"
    "（{holder_number}），应先安排前者。",
    "{section}: students {student} and {holder} were both to be moved; the former has priority "
    "(number {number}) and the latter has not ({holder_number}): the former comes first.",
)
MOVED_WISHED = Text(
    "{section}是为志愿未满足的学生开的：学生 {student} 报了这门课，{holder} 没有报，应先安排前者。",
    "{section} was opened for students whose wishes could not be met: {student} wished for it and "
    "{holder} did not, so the former comes first.",
)
MOVED_FROM = Text(
    "方案写明有学生从{group}调剂出去，但该组现在并不是原来的成员去掉这些学生。",
    "the plan says that students were moved out of {group}, but the group is not now what it was "
    "less those students.",
)
NO_ALTERNATIVE = Text("无", "none")


def plan_value(school: School, plan: Plan) -> int:
    """Recompute a plan's points of satisfaction; a seat that one was moved to has none."""
    plan = before_moves(school, plan)
    wishes = {(wish.student, wish.course): wish for wish in school.wishes}
    granted = [
        wishes[student, section.course]
        for section in plan.sections
        for student in section.students
        if (student, section.course) in wishes
    ]
    seats = Counter(wish.student for wish in granted)
    points = sum(school.wish_points(wish) for wish in granted)
    return points + sum(school.seat_bonus(student, count) for student, count in seats.items())


def check(index: PlanIndex) -> Iterator[Finding]:
    """Find figures that are wrong and wishes that are wrongly listed or left out."""
    school, plan = index.school, index.plan
    left = (MOVED_FROM.fill(group=care_text(school, g)) for g in wrongly_left(school, plan))
    texts = [*_figures(school, plan), *_listed(index.standing), *left]
    yield from (Finding("claims", text) for text in texts)


def check_unmet(index: PlanIndex) -> Iterator[Finding]:
    """Find wrong reasons and alternatives, seats left free, and seats against the lottery."""
    school, plan, standing = index.school, index.plan, index.before.standing
    reasons = Reasons(standing)
    for unmet in plan.unmet:
        wish = standing.wish.get((unmet.student, unmet.course))
        if wish is not None and standing.unmet(wish):
            for text in _reason(school, unmet, wish, reasons.reason(wish)):
                yield Finding("claims", text)
    yield from (Finding("claims", text) for text in _alternatives(index.standing))
    yield from (Finding("claims", text) for text in misdrawn(standing))
    for pair in passed_over(index.standing):
        facts = {**pair._asdict(), "section": section_text(school, pair.section)}
        text = MOVED_PRIORITY if pair.by_priority else MOVED_LOTTERY
        yield Finding("claims", (MOVED_WISHED if pair.by_wish else text).fill(**facts))


def _alternatives(standing: Standing) -> Iterator[Text]:
    school, plan = standing.school, standing.plan
    given, offers = moved(school, plan), []
    for unmet in plan.unmet:
        if unmet.student in given:
            held = given[unmet.student][0]
            if unmet.alternative != held.id:
                found = NO_ALTERNATIVE if unmet.alternative is None else unmet.alternative
                facts = _who(school, unmet) | {"section": section_text(school, held)}
                yield MOVED.fill(found=found, **facts)
        elif unmet.alternative is not None:
            offers.append((unmet.student, unmet.alternative))
    yield from wrong_offers(standing, offers)


def _figures(school: School, plan: Plan) -> Iterator[Text]:
    value, pay = plan_value(school, plan), plan_pay_fen(school, plan)
    if plan.value != value:
        yield VALUE.fill(found=plan.value, expected=value)
    if plan.pay_fen != pay:
        yield PAY.fill(found=yuan(plan.pay_fen), expected=yuan(pay))
    if plan.bound is not None and plan.bound < plan.value:
        yield BOUND.fill(bound=plan.bound, value=plan.value)
    elif plan.status is PlanStatus.OPTIMAL and plan.bound != plan.value:
        bound = NO_BOUND if plan.bound is None else plan.bound
        yield NOT_OPTIMAL.fill(bound=bound, value=plan.value)
    yield from first_figures(school, plan)
    if plan.lottery_seed != school.settings.lottery_seed:
        yield SEED.fill(found=plan.lottery_seed, expected=school.settings.lottery_seed)
    waived = {clause.item.value for clause in school.rules.set_aside}
    if set(plan.waived) != waived:
        facts = {"found": join_ids(plan.waived), "expected": join_ids(sorted(waived))}
        yield WAIVED.fill(**facts)


def _listed(standing: Standing) -> Iterator[Text]:
    school, plan = standing.school, standing.plan
    listed = Counter((unmet.student, unmet.course) for unmet in plan.unmet)
    for wish in school.wishes:
        if standing.unmet(wish) and (wish.student, wish.course) not in listed:
            yield MISSING.fill(rank=wish.rank, **_who(school, wish))
    for (student, course), count in listed.items():
        if count > 1:
            facts = {"student": student, "course": named(school.course[course])}
            yield TWICE.fill(count=count, **facts)
    for unmet in plan.unmet:
        wished = standing.wish.get((unmet.student, unmet.course))
        if wished is None:
            yield NO_SUCH_WISH.fill(**_who(school, unmet))
        elif not standing.unmet(wished):
            yield NOT_UNMET.fill(**_who(school, unmet))
        elif unmet.rank != wished.rank:
            yield RANK.fill(found=unmet.rank, expected=wished.rank, **_who(school, unmet))


def _reason(school: School, unmet: UnmetWish, wish: Wish, found: Verdict | Way) -> Iterator[Text]:
    facts = _who(school, unmet)
    if isinstance(found, Way):
        if not found.gives_up:  # Exchanges that are due are the lottery's business.
            yield UNFINISHED.fill(section=section_text(school, found.section), **facts)
    elif (true := _about(found.of(wish))) != _about(unmet):
        yield REASON.fill(found=_about(unmet), expected=true, **facts)


def _about(unmet: UnmetWish) -> Text:
    """Write a reason as its codes, with all that it names."""
    what = join_ids([*unmet.because, *unmet.also])
    reason = unmet.reason.value
    return (
        ABOUT.fill(reason=reason, what=what) if unmet.because or unmet.also else join_ids([reason])
    )


def _who(school: School, wish: Wish | UnmetWish) -> dict[str, object]:
    return {"student": wish.student, "course": named(school.course[wish.course])}
