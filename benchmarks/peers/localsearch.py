"""Timefold (Java, its free edition): local search over sections, care duties and seats.

What it decides: for each section a course may have its pattern, room and teacher; for each care
group a slot may need its supervisor and room; for each wish the section. See ``timefold/`` for
constraints and moves. It starts from the plan by lot (``today``), as a school would that wants to
better what it has; who is in which care group is dealt afterwards (``care``).
"""

import subprocess

from benchmarks.peers.answer import STARTED, Answer, Task
from benchmarks.peers.care import with_care
from benchmarks.peers.environment import java_command
from benchmarks.peers.question import Question
from benchmarks.peers.timetable import rule_of_thumb
from benchmarks.peers.today import draw_by_rank

THREADS = 2
MEMORY = "-Xmx6g"
CARE_SECONDS = 20.0


def solve(task: Task) -> Answer:
    """Let Timefold search for the time given."""
    java = java_command()
    (task.folder / "before").mkdir()
    start = draw_by_rank(task._replace(folder=task.folder / "before"))
    sections = rule_of_thumb(task.school) if start.sections is None else start.sections
    question = Question(task.school, sections, start.care_groups)
    asked, answered = task.folder / "question.txt", task.folder / "answer.txt"
    with asked.open("w", encoding="ascii") as file:
        file.writelines(f"{number}\n" for number in question.numbers())
    places = [str(path) for path in (asked, answered, task.folder / STARTED)]
    limits = [str(task.seconds), str(task.seed), str(THREADS)]
    ended = subprocess.run([*java, MEMORY, "Main", *places, *limits], check=False).returncode
    if ended:
        return Answer(seconds=task.seconds, note=f"java ended with {ended}")
    score, *lines = answered.read_text("ascii").splitlines()
    found = question.sections(lines)
    whole = with_care(task.school, found, CARE_SECONDS)
    note = f"start {start.note}; score {score}"
    if whole is None:
        return Answer(sections=tuple(found), seconds=task.seconds, note=f"no base care; {note}")
    return Answer(
        sections=whole.sections, care_groups=whole.care_groups, seconds=task.seconds, note=note
    )
