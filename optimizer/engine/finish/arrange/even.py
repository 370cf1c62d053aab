"""Terms that are least where loads, or turns on the homeroom rota, are most even."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from ortools.sat.python import cp_model

from models import CareGroup


def square(
    cp: cp_model.CpModel,
    name: str,
    base: int,
    duties: Sequence[cp_model.IntVar],
    hinted: int,
) -> list[cp_model.LinearExprT]:
    """Give terms whose sum is at least how much more the square is of a load with these duties."""
    own = [cp.new_bool_var(f"{name}{k}") for k in range(len(duties))]
    cp.add(cp_model.LinearExpr.sum(own) == cp_model.LinearExpr.sum(list(duties)))
    for k, step in enumerate(own):
        cp.add_hint(step, k < hinted)
    return [(2 * (base + k) + 1) * step for k, step in enumerate(own)]


def turn_terms(
    cp: cp_model.CpModel,
    fixed: Iterable[tuple[CareGroup, str]],
    free: Iterable[CareGroup],
    on: Mapping[tuple[str, str], cp_model.IntVar],
    own: Callable[[CareGroup], Collection[object]],
) -> list[cp_model.LinearExprT]:
    """Give terms whose sum is least where turns on the homeroom rota are most even.

    Parameters
    ----------
    fixed
        Groups and people of duties that stand.
    on
        By group and person: he supervises it.
    own
        Gives something where a group is on the rota.
    """
    base = Counter(person for group, person in fixed if own(group))
    bound = {group.id: group for group in free if own(group)}
    held = Counter(person for group in bound.values() for person in group.staff)
    duties: dict[str, list[cp_model.IntVar]] = defaultdict(list)
    for (group, person), var in on.items():
        if group in bound:
            duties[person].append(var)
    terms: list[cp_model.LinearExprT] = []
    for person, some in duties.items():
        terms += square(cp, f"turns[{person}]", base[person], some, held[person])
    return terms
