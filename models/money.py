"""Where money comes from, what it is spent on, and what the service costs beside pay."""

from datetime import date
from enum import StrEnum

from models.base import Fen, Frozen, Id, Prose


class FeeBasis(StrEnum):
    """What a fee is charged for."""

    NONE = "none"
    MONTH = "month"
    PERIOD = "period"
    TERM = "term"


class Income(StrEnum):
    """Where money comes from."""

    FEES = "fees"
    REIMBURSEMENT = "reimbursement"
    """What somebody pays the school for fees it waives."""
    SUBSIDY = "subsidy"
    """Public subsidy per participant."""
    SPECIAL = "special"
    """A sum that the authority grants for the service."""
    YEARLY_BUDGET = "yearly_budget"
    """What the authority's own budget of the year gives the service."""
    DONATION = "donation"
    """What people or bodies give the service."""
    COLLECTION = "collection"
    """What is collected on behalf of others, besides the fee, and goes to the service."""
    SCHOOL = "school"
    """The school's own means."""


class Cost(StrEnum):
    """What money is spent on."""

    PAY_NORMAL = "pay_normal"
    """Own staff, up to the clock from which work is overtime."""
    PAY_OVERTIME = "pay_overtime"
    PAY_EXTERNAL = "pay_external"
    """External staff and those a provider sends, by agreement."""
    UTILITIES = "utilities"
    CONSUMABLES = "consumables"
    UPKEEP = "upkeep"
    RUNNING = "running"
    """Other costs of running the service."""
    REMITTANCE = "remittance"
    """Paid over to the treasury."""
    MANAGEMENT = "management"
    OTHER = "other"
    """Nothing to do with the service."""


PAY = frozenset({Cost.PAY_NORMAL, Cost.PAY_OVERTIME, Cost.PAY_EXTERNAL})


class PlannedCost(Frozen):
    """One cost that the school plans, or has had."""

    id: Id
    kind: Cost
    amount_fen: Fen
    day: date
    """The day it falls on; the ledger books it in that day's billing month."""
    note: Prose = ""
