"""Equal claims are decided by the lottery: no exchange of seats is due (see ``_exchange``)."""

from collections.abc import Iterator
from itertools import islice

from models import Aim, School, Text
from optimizer.checks._exchange import Exchanges
from optimizer.checks._quest import Due, Why
from optimizer.checks._seating import Move
from optimizer.checks._standing import Standing
from optimizer.checks.base import join_ids, join_texts, named

MOST_NAMED = 10
"""So many exchanges that are due are named; making one often settles others."""

LOTTERY = Text(
    "抽签：学生 {student}（抽签号 {number}）应得{gain}：{moves}。因此吃亏的人（{losers}）"
    "条件不优于他，抽签号都在他之后。",
    "lottery: student {student} (number {number}) should have {gain}: {moves}. Who loses by it "
    "({losers}) has no better claim and a higher number.",
)
HELD = Text(
    "原有名额：学生 {student} 原来就在{gain}，应当保留：{moves}。因此吃亏的人（{losers}）"
    "条件不优于他，原来不在这门课或抽签号在他之后。",
    "seats held before: student {student} was in {gain} before and should keep it: {moves}. Who "
    "loses by it ({losers}) has no better claim, and was not in it before or has a higher number.",
)
FIRST = Text(
    "首个社团优先：学生 {student} 应得{gain}：{moves}。按学校的分配目标，这样换位后方案更好。",
    "first clubs first: student {student} should have {gain}: {moves}. By the school's aim the "
    "plan is better so.",
)
MOVES = Text("学生 {student} 从{leaves}换到{takes}", "student {student} from {leaves} to {takes}")
JOINS = Text("学生 {student} 加入{takes}", "student {student} joins {takes}")
LEAVES = Text("学生 {student} 让出{leaves}", "student {student} gives up {leaves}")
SEAT = Text("社团班 {id}（{course}）", "section {id} ({course})")

_TEXTS = {Why.PAIR: FIRST, Why.DRAW: LOTTERY, Why.HELD: HELD}


def misdrawn(standing: Standing) -> Iterator[Text]:
    """Say which exchanges of seats are due, the first of them.

    That a plan could have more points is no fault of it; but where first clubs come first, no two
    students may be left who would better them by an exchange.
    """
    school = standing.school
    exchanges = Exchanges(school, standing.plan, standing)
    first_come = school.settings.weights.aim is Aim.FIRST_CLUBS
    reasons = (Why.PAIR,) * first_come + (Why.HELD, Why.DRAW)
    for due in islice(exchanges.due(reasons), MOST_NAMED):
        simple = len(due.moves) == 1 and due.moves[0].leaves is None
        if not simple:  # that a free seat could simply be taken is said where reasons are checked
            yield _said(school, exchanges, due)


def _said(school: School, exchanges: Exchanges, due: Due) -> Text:
    taken = due.moves[0].takes
    worse = sorted(exchanges.worse_off(due), key=school.lottery_numbers.__getitem__)
    return _TEXTS[due.why].fill(
        student=due.student,
        number=school.lottery_numbers[due.student],
        gain=_seat(school, exchanges, taken),
        moves=join_texts(_move(school, exchanges, move) for move in due.moves),
        losers=join_ids(worse),
    )


def _seat(school: School, exchanges: Exchanges, section: str | None) -> Text:
    if section is None:
        return Text("-", "-")
    course = exchanges.seating.section[section].course
    return SEAT.fill(id=section, course=named(school.course[course]))


def _move(school: School, exchanges: Exchanges, move: Move) -> Text:
    text = JOINS if move.leaves is None else LEAVES if move.takes is None else MOVES
    facts = {"leaves": _seat(school, exchanges, move.leaves)} if move.leaves else {}
    if move.takes:
        facts["takes"] = _seat(school, exchanges, move.takes)
    return text.fill(student=move.student, **facts)
