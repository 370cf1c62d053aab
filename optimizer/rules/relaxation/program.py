"""The whole school as a linear program: a bound on every plan, and prices for the search.

Students are continuous, sections are counted by offer, and a student's seat says the course but not
the time: ``y[s, c]`` is his share of a course, ``x[g, p]`` the seats of a grade in an offer. Every
row follows from the rules for whole plans, so no plan has more points than the program.

What the columns are and how they hang together is said in this package:

- a seat is in a section that is there: y[s, c] <= sections of c in offers that s can attend (the
  linking cut; with a teacher named, sections that this teacher leads);
- sum over p of x[g, p] = sum over s in g of y[s, c];
- first[s] + second[s] <= sum over c of y[s, c].

What each rule makes of them, its ``relax`` says, beside its ``add`` in the module of its family
(``registry.RULES``).

``by_number`` leaves out single students, and with them the points: x[g, p] is then all there is of
seats, and rooms of base care are named instead. In whole numbers that is a model of the school by
counts, hundreds of times smaller than the model of all students, whose contradictions are
contradictions of the school. ``families`` says which rules are kept; as in ``build``, leaving one
out only loosens.
"""

from collections.abc import Iterable

from models import FAMILIES, Family, School
from optimizer.rules.registry import FORBIDS, RULES, build_offers
from optimizer.rules.relaxation.care import add_groups
from optimizer.rules.relaxation.relaxation import Relaxation
from optimizer.rules.relaxation.seats import add_firsts, add_seats, add_timed
from optimizer.rules.relaxation.sections import add_sections, add_supervisors


def relax(
    school: School,
    care_reserve: float = 0.0,
    families: Iterable[Family] = FAMILIES,
    by_number: bool = False,
    first_weight: tuple[int, int] = (0, 0),
    timed: bool = False,
) -> Relaxation:
    """Make the program.

    Parameters
    ----------
    care_reserve
        Places in base care to plan beyond those needed at each slot and grade, as a share of a
        group: for a bound 0; a guide for plans, in which groups are whole, allows for rounding.
    families
        The rules to keep; with single students all of them.
    by_number
        Whether students are only counted, by grade.
    first_weight
        For a guide where first clubs come before points: how often the points of a student's first
        club count besides, and points for being one. What then is best bounds nothing.
    timed
        Whether seats of single students have a time (``seats.add_timed``): a better bound of small
        schools, by a program with a column for each student and offer.
    """
    kept = frozenset(families)
    r = Relaxation(school, kept, by_number, FORBIDS, timed)
    r.offers = build_offers(school, kept)
    add_sections(r)
    add_seats(r)
    if any(first_weight):
        add_firsts(r, *first_weight)
    add_groups(r, care_reserve)
    add_supervisors(r)
    if timed:
        add_timed(r)
    for rule in RULES:
        if rule.relax is not None and r.keeps(rule.family):
            rule.relax(r)
    return r
