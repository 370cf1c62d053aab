"""What exists: schools, policies and plans, as frozen data. No solver, no files, no plots."""

from models.clauses import Account, Clause, DocumentClause, Regulation
from models.draws import deal_order, draw_order
from models.families import FAMILIES, Family
from models.items import ITEMS, PolicyItem, Sense, Subject, Unit
from models.kept import KEPT, Kept, may_be_claimed, said_only
from models.locks import CareStaffLock, Lock, SeatLock, SectionCountLock, SectionLock
from models.lottery import Asked, lottery_number
from models.menu import Course, CourseKind, Room, Wish
from models.money import PAY, Cost, FeeBasis, Income, PlannedCost
from models.order import called, natural
from models.people import (
    GroupKind,
    HomeClass,
    Level,
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
    StageUse,
    TracePoint,
    UnmetReason,
    UnmetWish,
)
from models.policy import Policy
from models.problems import Problem, SchoolError
from models.regimes import REGIMES, regime
from models.resolve import Rules
from models.rota import rota_sources
from models.school import School
from models.settings import (
    Aim,
    BaseCare,
    Budget,
    CareRooms,
    Notice,
    PartPeriod,
    Settings,
    Weights,
)
from models.terms import Band, Every, Force, Season, Topic
from models.text import Lang, Text, clock, listed, weekday_text, yuan
from models.time import BillingMonth, Calendar, CareContent, MakeUpDay, Slot, SlotUse, Term
from models.worth import Worth, first_points, plan_worth, total_worth, worth

__all__ = [
    "FAMILIES",
    "ITEMS",
    "KEPT",
    "PAY",
    "REGIMES",
    "Account",
    "Aim",
    "Asked",
    "Band",
    "BaseCare",
    "BillingMonth",
    "BoundProof",
    "Budget",
    "Calendar",
    "CareContent",
    "CareGroup",
    "CareRooms",
    "CareStaffLock",
    "Clause",
    "Cost",
    "Course",
    "CourseKind",
    "DocumentClause",
    "Every",
    "Family",
    "FeeBasis",
    "Force",
    "GroupKind",
    "HomeClass",
    "Income",
    "Kept",
    "Lang",
    "Level",
    "Lock",
    "MakeUpDay",
    "Notice",
    "PartPeriod",
    "PayUnit",
    "Plan",
    "PlanStatus",
    "PlannedCost",
    "Policy",
    "PolicyItem",
    "Problem",
    "Provenance",
    "Provider",
    "ProviderKind",
    "Regulation",
    "Room",
    "Rules",
    "School",
    "SchoolError",
    "Season",
    "SeatLock",
    "Section",
    "SectionCountLock",
    "SectionLock",
    "Sense",
    "Settings",
    "Slot",
    "SlotUse",
    "StaffKind",
    "Stage",
    "StageUse",
    "Student",
    "StudentGroup",
    "Subject",
    "Teacher",
    "Term",
    "Text",
    "Topic",
    "TracePoint",
    "Unit",
    "UnmetReason",
    "UnmetWish",
    "Weights",
    "Wish",
    "Worth",
    "called",
    "clock",
    "deal_order",
    "draw_order",
    "first_points",
    "listed",
    "lottery_number",
    "may_be_claimed",
    "natural",
    "plan_worth",
    "regime",
    "rota_sources",
    "said_only",
    "total_worth",
    "weekday_text",
    "worth",
    "yuan",
]
