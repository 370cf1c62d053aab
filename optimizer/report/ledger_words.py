"""What the entries, parties and units of a ledger are called, in both languages."""

from typing import Final

from models import StaffKind, Text
from models.labels import COSTS, INCOMES
from models.money import Cost, Income
from optimizer.ledger import Entry, LineUnit, Party


def capital(text: str) -> str:
    """Begin a label with a capital letter."""
    return text[:1].upper() + text[1:]


def _label(text: Text) -> Text:
    return Text(text.zh, capital(text.en))


ENTRIES: Final[dict[Entry, Text]] = {
    Entry.FEE: Text("服务费应收", "Fees"),
    Entry.DAY_CAP: Text("超过每天上限的部分", "Above the cap of a day"),
    Entry.RELIEF: Text("减免", "Relief"),
    Entry.REIMBURSEMENT: _label(INCOMES[Income.REIMBURSEMENT]),
    Entry.SUBSIDY: _label(INCOMES[Income.SUBSIDY]),
    Entry.SPECIAL: _label(INCOMES[Income.SPECIAL]),
    Entry.YEARLY_BUDGET: _label(INCOMES[Income.YEARLY_BUDGET]),
    Entry.DONATION: _label(INCOMES[Income.DONATION]),
    Entry.COLLECTION: _label(INCOMES[Income.COLLECTION]),
    Entry.MADE_UP: Text("账户之间补足", "Made up between accounts"),
    **{Entry(cost.value): _label(COSTS[cost]) for cost in Cost},
}
PARTIES: Final[dict[Party, Text]] = {
    Party.STUDENT: Text("学生", "student"),
    Party.STAFF: Text("教师", "staff"),
    Party.AUTHORITY: Text("主管部门", "authority"),
    Party.SCHOOL: Text("学校", "school"),
}
UNITS: Final[dict[LineUnit, Text]] = {
    LineUnit.MONTH: Text("月", "month"),
    LineUnit.TERM: Text("学期", "term"),
    LineUnit.PERIOD: Text("节", "period"),
    LineUnit.SESSION: Text("次", "session"),
    LineUnit.DAY: Text("天", "day"),
    LineUnit.STUDENT: Text("人", "student"),
    LineUnit.SUM: Text("笔", "sum"),
}
STAFF_KINDS: Final[dict[StaffKind, Text]] = {
    StaffKind.OWN: Text("本校教师", "own staff"),
    StaffKind.OTHER_SCHOOL: Text("外校教师", "of another school"),
    StaffKind.EXTERNAL: Text("外聘人员", "external"),
    StaffKind.VOLUNTEER: Text("志愿者", "volunteer"),
    StaffKind.PROVIDER: Text("机构人员", "of a provider"),
}
