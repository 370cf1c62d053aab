"""What work costs: the rates of the one account (``engine.account``)."""

from optimizer.engine.params.base import Params, Ratio


class WorkParams(Params):
    """What is entered in the account of work, in deterministic seconds: CP-SAT's unit.

    Each rate is about what the thing took in seconds of one idle core (AMD EPYC),
    on generated schools of 120 to 1,000 students in three styles.
    """

    run: Ratio = 4e-3
    """A run of CP-SAT beside the solver's own count: copying model and hint."""
    variable: Ratio = 4e-6
    """The same, for each variable of the model that is run."""
    process: Ratio = 0.65
    """Starting a child process for linear programs."""
    entry: Ratio = 4e-6
    """Making a linear program and passing it on, for each entry of its matrix."""
    simplex: Ratio = 3.5e-9
    """A step of the simplex method, for each entry (measured: 3.0 to 5.4e-9)."""
    barrier: Ratio = 7e-7
    """A step of the interior-point method with its share of crossover, for each entry (measured:
    4.2e-7 to 1.05e-6)."""
    branch: Ratio = 1e-6
    """A branch for whole numbers, for each entry."""
    ask: Ratio = 1.2e-7
    """Asking one student what is best for him, in the annealing (measured: 0.8 to 1.25e-7)."""
    deal: Ratio = 2.5e-4
    """A wish in each try of a first plan."""
    look: Ratio = 1.1e-6
    """A look at a group, where times and seats are decided together (measured: 0.85 to 1.5e-6)."""
    give: Ratio = 1e-6
    """Making a plan of that, for each wish."""
    check: Ratio = 1.1e-5
    """Having it checked, for each wish (measured: 0.8 to 1.25e-5)."""
