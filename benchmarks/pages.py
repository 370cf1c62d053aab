"""Write the tables of this state of the program into ``benchmarks/README.md``, and the figure.

python -m benchmarks.pages

Each table stands between two comments, ``<!-- NAME -->`` and ``<!-- end NAME -->``; one of which
this state has no rows stays as it is.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks import deadline, first_plan, scaling, solve
from benchmarks.peers.table import table as peers
from benchmarks.record import product

PAGE = Path(__file__).parent / "README.md"
HEAD_LINES = 2
"""Lines of a table without rows."""


def tables(state: str) -> dict[str, Callable[[], str]]:
    """Give what writes each table."""
    return {
        "suite": partial(solve.table, state),
        "first_plan": partial(first_plan.table, state),
        "scaling": partial(scaling.table, state),
        "deadline": partial(deadline.table, state),
        "peers": partial(peers, state=state),
    }


def entered(text: str, name: str, table: str, state: str) -> str:
    """Put a table between its comments, with the state it is of; where it has rows.

    Raises
    ------
    ValueError
        If the page has no place for it.
    """
    if len(table.splitlines()) <= HEAD_LINES:
        return text
    before, begin, rest = text.partition(f"<!-- {name} -->")
    _, end, after = rest.partition(f"<!-- end {name} -->")
    if not (begin and end):
        raise ValueError(f"no place for the table {name}")
    return f"{before}{begin}\n\nState `{state}`.\n\n{table}\n\n{end}{after}"


def main() -> None:
    """Write every table that this state has rows of."""
    state, text = product(), PAGE.read_text("utf-8")
    for name, write in tables(state).items():
        text = entered(text, name, write(), state)
    PAGE.write_text(text, "utf-8")
    if solve.rows_of(scaling.SUITE, state):
        scaling.draw(state)


if __name__ == "__main__":
    main()
