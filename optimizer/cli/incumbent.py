"""The best plan of a search that goes on: on disk, so that nothing kills it, and read again."""

from pathlib import Path

from models import Plan, School, Text
from optimizer.errors import InputError
from optimizer.files import read_plan, write_plan

NAME = "plan.incumbent.json"

NOTHING = Text(
    "没有可以接着算的方案：“{folder}”中既没有 {name} 也没有 plan.json；请去掉 --resume。",
    "nothing to go on from: '{folder}' holds neither {name} nor plan.json. Leave --resume out.",
)
FROM = Text("接着“{path}”往下算（{value} 分）。", "going on from '{path}' ({value} points).")
OTHER_SCHOOL = Text(
    "“{path}”是为另一份学校数据做的（学校已改动？）：只在合适之处用作起点。",
    "'{path}' was made for other data (has the school changed?): it is a start where it fits.",
)


def start_from(folder: Path, school: School) -> tuple[Plan, tuple[Text, ...]]:
    """Read the plan to go on from, and what to say of it.

    Raises
    ------
    InputError
        If there is none, or it cannot be read.
    """
    there = [path for name in (NAME, "plan.json") if (path := folder / name).is_file()]
    if not there:
        raise InputError([NOTHING.fill(folder=folder, name=NAME)])
    path = there[0]
    plan = read_plan(path)
    told = [FROM.fill(path=path, value=plan.value)]
    if plan.school_digest != school.digest:
        told.append(OTHER_SCHOOL.fill(path=path))
    return plan, tuple(told)


class Incumbent:
    """Writes each better plan over the last one; gone once the final plan is written."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME

    def write(self, plan: Plan) -> None:
        """Write a plan in the last one's place, all of it or nothing."""
        write_plan(plan, self.path, force=True)

    def drop(self) -> None:
        """Take the file away."""
        self.path.unlink(missing_ok=True)
