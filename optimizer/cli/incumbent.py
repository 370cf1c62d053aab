"""The best plan of a search that goes on: on disk, so that nothing kills it, and read again."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from models import Plan, School, Text, plan_worth
from optimizer.errors import InputError
from optimizer.files import read_plan, write_plan

NAME = "plan.incumbent.json"
PLAN = "plan.json"

NOTHING = Text(
    "没有可以接着算的方案：“{folder}”中既没有 {name} 也没有 {plan}；请去掉 --resume。",
    "nothing to go on from: '{folder}' holds neither {name} nor {plan}. Leave --resume out.",
)
KEPT = Text(
    "没有写出方案；只有基础托管的方案留在“{path}”，可加 --resume 接着往下算。",
    "no plan was written; the one with base care only is kept in '{path}': go on from it with "
    "--resume.",
)
STAYS = Text(
    "已中断；没有写出方案。检查过的方案（{value} 分）留在“{path}”，可加 --resume 接着往下算。",
    "interrupted; no plan was written. A checked plan ({value} points) is in '{path}': go on from "
    "it with --resume.",
)
ANOTHER = Text(
    "“{path}”是学校 {found} 的方案，这里是学校 {expected}；请换一个输出文件夹，或去掉 --resume。",
    "'{path}' is a plan of school {found}, this is school {expected}: use another folder, or leave "
    "--resume out.",
)
UNREADABLE = Text(
    "不能接着“{path}”往下算；请删除它（或移走）后再试。",
    "cannot go on from '{path}': delete it, or move it away, and try again.",
)
FROM = Text("接着“{path}”往下算（{value} 分）。", "going on from '{path}' ({value} points).")
OTHER_SCHOOL = Text(
    "“{path}”是为另一份学校数据做的（学校已改动？）：只在合适之处用作起点。",
    "'{path}' was made for other data (has the school changed?): it is a start where it fits.",
)
NOT_KEPT = Text(
    "求解继续，但目前最好的方案未能存盘：",
    "the search goes on, but its best plan so far could not be saved:",
)


def start_from(folder: Path, school: School) -> tuple[Plan, tuple[Text, ...]]:
    """Read the plan to go on from, and what to say of it.

    Raises
    ------
    InputError
        If there is none, or it cannot be read.
    """
    there = [path for name in (NAME, PLAN) if (path := folder / name).is_file()]
    if not there:
        raise InputError([NOTHING.fill(folder=folder, name=NAME, plan=PLAN)])
    path = there[0]
    try:
        plan = read_plan(path)
    except InputError as error:
        raise InputError([*error.messages, UNREADABLE.fill(path=path)]) from None
    path, plan = _better(school, path, plan, there[1:])
    if plan.school != school.settings.id:
        facts = {"found": plan.school, "expected": school.settings.id}
        raise InputError([ANOTHER.fill(path=path, **facts)])
    told = (FROM.fill(path=path, value=plan.value),)
    if plan.school_digest == school.digest:
        return plan, told
    # The search checks it against this school: where nothing else has changed for it, it holds.
    plan = plan.model_copy(update={"school_digest": school.digest})
    return plan, (*told, OTHER_SCHOOL.fill(path=path))


def _better(school: School, path: Path, plan: Plan, others: Sequence[Path]) -> tuple[Path, Plan]:
    """Take another plan where it is of this very school and worth more."""
    for other in others:
        with suppress(InputError):  # What cannot be read is no start, and stays as it is.
            found = read_plan(other)
            same = plan.school_digest == school.digest
            if found.school_digest == school.digest and (
                not same or plan_worth(school, found) > plan_worth(school, plan)
            ):
                path, plan = other, found
    return path, plan


class Incumbent:
    """Writes each better plan over the last one; gone once the final plan is written."""

    def __init__(self, folder: Path, tell: Callable[[Text], None]) -> None:
        self.path = folder / NAME
        self._tell, self._told = tell, False
        self.value: int | None = None
        """Points of the plan in the file, where it is of this run."""

    def write(self, plan: Plan) -> None:
        """Write a plan in the last one's place, all of it or nothing.

        A disk that refuses is told of once: what is found later may well be written.
        """
        try:
            write_plan(plan, self.path, force=True)
            self.value = plan.value
        except InputError as error:
            if not self._told:
                for text in (NOT_KEPT, *error.messages):
                    self._tell(text)
            self._told = True

    def drop(self) -> None:
        """Take the file away."""
        self.path.unlink(missing_ok=True)
