"""What exists: schools, policies and plans, as frozen data. No solver, no files, no plots."""

from models.families import FAMILIES, Family
from models.locks import CareStaffLock, Lock, SeatLock, SectionCountLock, SectionLock
from models.lottery import lottery_number
from models.menu import Course, CourseKind, Room, Wish
from models.people import (
    HomeClass,
    PayUnit,
    Provider,
    ProviderKind,
    StaffKind,
    Stage,
    Student,
    StudentGroup,
    Teacher,
)
from models.plan import (
    BoundProof,
    CareGroup,
    Plan,
    PlanStatus,
    Provenance,
    Section,
    UnmetReason,
    UnmetWish,
)
from models.policy import Clause, Force, Policy, PolicyItem, Unit
from models.problems import Problem, SchoolError
from models.school import School
from models.settings import BaseCare, Budget, CareRooms, FeeBasis, Settings, Weights
from models.text import Lang, Text, clock, listed, weekday_text, yuan
from models.time import BillingMonth, CareContent, MakeUpDay, Slot, SlotUse, Term

__all__ = [
    "FAMILIES",
    "BaseCare",
    "BillingMonth",
    "BoundProof",
    "Budget",
    "CareContent",
    "CareGroup",
    "CareRooms",
    "CareStaffLock",
    "Clause",
    "Course",
    "CourseKind",
    "Family",
    "FeeBasis",
    "Force",
    "HomeClass",
    "Lang",
    "Lock",
    "MakeUpDay",
    "PayUnit",
    "Plan",
    "PlanStatus",
    "Policy",
    "PolicyItem",
    "Problem",
    "Provenance",
    "Provider",
    "ProviderKind",
    "Room",
    "School",
    "SchoolError",
    "SeatLock",
    "Section",
    "SectionCountLock",
    "SectionLock",
    "Settings",
    "Slot",
    "SlotUse",
    "StaffKind",
    "Stage",
    "Student",
    "StudentGroup",
    "Teacher",
    "Term",
    "Text",
    "Unit",
    "UnmetReason",
    "UnmetWish",
    "Weights",
    "Wish",
    "clock",
    "listed",
    "lottery_number",
    "weekday_text",
    "yuan",
]
