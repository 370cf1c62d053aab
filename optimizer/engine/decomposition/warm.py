"""The compiled loops made ready before a search, so that compiling takes none of its time."""

from datetime import date

from models import Course, HomeClass, Room, School, Settings, Slot, Student, Teacher, Term, Wish
from optimizer.engine.decomposition.arrays import make_arrays
from optimizer.engine.decomposition.timetable import Market, compile_loops, no_prices
from optimizer.rules import relax


def compile_ahead() -> None:
    """Compile the loops, or load what was compiled before; the first time takes some 25 seconds.

    Which school they are compiled on does not matter, so it is the smallest.
    """
    guide = relax(_smallest())
    tables = make_arrays(guide)
    compile_loops(Market(guide, tables, no_prices(guide, tables)))


def _smallest() -> School:
    day = date(2026, 9, 7)
    return School(
        settings=Settings(id="one", name=""),
        term=Term(first_date=day, last_date=day),
        slots=(Slot(id="mon", weekday=1, start_minute=960, end_minute=1000),),
        rooms=(Room(id="room", name="", seats=40),),
        classes=(HomeClass(id="class", name="", grade=1, home_room="room"),),
        teachers=(Teacher(id="teacher", name=""),),
        courses=(Course(id="course", name="", grades=(1,), min_size=1, leaders=("teacher",)),),
        students=(Student(id="student", name="", home_class="class", stay_slots=("mon",)),),
        wishes=(Wish(student="student", course="course", rank=1),),
    )
