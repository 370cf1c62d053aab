"""Attendance sheets with a row a student and a column a date, filled in with marks.

Both the blank file of ``zouban attendance`` and the rosters of a plan's workbook are read. A sheet
holds one table, or several below one another; each has a header row with dates in it. Rows name
their group, or else the table's students tell which group it is of.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from models import CareGroup, Plan, School, Section, Text, clock, weekday_text
from models.attendance import Absence, Attendance, Cancelled
from models.problems import nearest
from models.service import school_dates
from optimizer.files.attendanceblocks import GROUP_ID, Block, blocks_of
from optimizer.files.cells import Broken, Cell, UnreadableError, fold, is_blank, plain, shown
from optimizer.files.headers import RawTable
from optimizer.files.imports.children import Children, Said
from optimizer.files.imports.words import bare
from optimizer.files.marks import Mark, TermDate, mark_of
from optimizer.files.place import Located, Origin

Group = Section | CareGroup
CALLED_OFF = Text("本次取消", "called off")
"""In place of a name: the row in which a group's dates are called off."""
FIRST_NUMBER = 10**9
"""Records of a grid are numbered from here on; rows of a list are not."""

_FOOT = frozenset(fold(word) for word in ("出勤人数", "教师签字", "Present", "Signature"))
_OFF_WORDS = frozenset(("×", "x", "√", "停", "停课", "取消", "是", "yes", "cancelled", "calledoff"))

NO_GROUP = Text("方案中没有班组“{id}”；{hint}", "the plan has no group '{id}'; {hint}")
WHICH_GROUP = Text(
    "看不出这张表是哪个班组的；请加上“班组编号”列。",
    "the table does not tell which group it is of: add a column 'Group id'.",
)
NOT_MEETING = Text(
    "班组 {group} 在 {day}（{weekday}）没有活动；请清空。",
    "group {group} does not meet on {day} ({weekday}): clear this.",
)
NOT_IN_GROUP = Text(
    "方案中学生 {student} 不在班组 {group}；请清空，或更正班组。",
    "the plan does not have student {student} in group {group}: clear this or correct the group.",
)
NOBODY = Text("这一行没有写学生。", "this row names no student.")
AGAIN = Text(
    "学生 {student} 在 {day} 的时段 {slot} 已有记录（{place}）；请删去一个。",
    "there is a record of student {student} at slot {slot} on {day} already ({place}): delete one.",
)
PLACE = Text("第 {row} 行", "row {row}")
PLACE_IN_SHEET = Text("工作表“{sheet}”第 {row} 行", 'sheet "{sheet}", row {row}')
OFF_EXPECTED = Text("停课的标记，如 ×，或空白", "a mark such as × if it was called off, or a blank")


class _Who(NamedTuple):
    """Where a mark stands and whom it is about."""

    row: int
    group: Group
    student: str
    day: date
    header: str


class GridReader:
    """Reads marks; mistakes go to ``found``, and where each record stands to ``places``."""

    def __init__(self, school: School, plan: Plan) -> None:
        self.school = school
        groups: tuple[Group, ...] = (*plan.sections, *plan.care_groups)
        self.groups = {group.id: group for group in groups}
        self.by_id = {bare(name): group for name, group in self.groups.items()}
        self.children = Children(school.students, school.classes)
        self.follows = school_dates(school)
        self.date = TermDate(school.term)
        self.found: list[Located] = []
        self.places: dict[int, Located] = {}
        self.absences: list[Absence] = []
        self.cancelled: list[Cancelled] = []
        self.seen: dict[tuple[str, date, str], Text] = {}

    def read(
        self, raws: Iterable[RawTable], listed: Attendance, sheet: str | None = None
    ) -> Attendance:
        """Read the marks of some sheets, and put them to the records of a list on its sheet."""
        for absence in listed.absences:
            place = place_text(sheet, absence.row)
            for slot in self._slots_on(absence.day):
                if absence.slot in {None, slot}:
                    self.seen.setdefault((absence.student, absence.day, slot), place)
        for raw in raws:
            origin = Origin(raw.file, raw.sheet)
            for block in blocks_of(raw, origin, self.date, self.found):
                self._read_block(block, origin)
        return listed._replace(
            absences=(*listed.absences, *self.absences),
            cancelled=(*listed.cancelled, *self.cancelled),
        )

    def _slots_on(self, day: date) -> list[str]:
        return [s.id for s in self.school.slots if s.weekday == self.follows.get(day)]

    def _read_block(self, block: Block, origin: Origin) -> None:
        """Read a table, whose rows name their groups or are all of one."""
        one = None
        if "group" not in block.fields:
            marked = [number for number, cells in block.rows if any(block.marks(cells))]
            one = self._group_of(block)
            if one is None:
                if marked:
                    self.found.append(origin.at(WHICH_GROUP, marked[0]))
                return
        for number, cells in block.rows:
            marks = list(block.marks(cells))
            first = next((cell for cell in cells if not is_blank(cell)), "")
            if marks and fold(plain(first)) not in _FOOT:
                self._read_row(block, origin, (number, cells, marks), one)

    def _read_row(
        self,
        block: Block,
        origin: Origin,
        row: tuple[int, Sequence[Cell], list[tuple[date, str, Cell]]],
        group: Group | None,
    ) -> None:
        number, cells, marks = row
        if group is None:
            named = block.cell(cells, "group")
            group = self._called(bare(plain(named)))
            if group is None:
                hint = nearest(plain(named), self.groups)
                text = NO_GROUP.fill(id=shown(named), hint=hint)
                self._say(origin, number, text, GROUP_ID.zh, named)
                return
        name = block.cell(cells, "name")
        if bare(plain(name)) in {bare(word) for word in CALLED_OFF}:
            for day, header, cell in marks:
                self._call_off(origin, _Who(number, group, "", day, header), cell)
            return
        said = Said(block.cell(cells, "student"), name, block.cell(cells, "home_class"))
        if is_blank(said.student) and is_blank(said.name):
            # A title or the months of the next roster are no marks.
            for _, header, cell in [one for one in marks if _is_mark(one[2])][:1]:
                self._say(origin, number, NOBODY, header, cell)
            return
        found = self.children.find(said)
        if found.student is None:
            value = getattr(said, found.field or "name")
            self._say(origin, number, found.text or NOBODY, found.field or None, value)
            return
        for day, header, cell in marks:
            self._mark(origin, _Who(number, group, found.student, day, header), cell)

    def _called(self, word: str) -> Group | None:
        """Find a group by its id, or by its course where that has no other."""
        if word in self.by_id:
            return self.by_id[word]
        of = [c.id for c in self.school.courses if word in {bare(c.id), bare(c.name)}]
        found = [g for g in self.groups.values() if isinstance(g, Section) and g.course in of]
        return found[0] if len(found) == 1 else None

    def _say(
        self, origin: Origin, row: int, text: Text, header: str | None, value: Cell | None
    ) -> None:
        header = {"student": "学号", "name": "姓名", "home_class": "班级"}.get(header or "", header)
        self.found.append(origin.at(text, row, value=value)._replace(column=header))

    def _mark(self, origin: Origin, who: _Who, cell: Cell) -> None:
        """Read one mark."""
        try:
            mark = mark_of("#" if isinstance(cell, Broken) else cell)
        except UnreadableError as error:
            self._say(origin, who.row, error.text, who.header, cell)
            return
        slots = self._meets(origin, who, cell)
        if slots and who.student not in who.group.students:
            text = NOT_IN_GROUP.fill(student=who.student, group=who.group.id)
            self._say(origin, who.row, text, who.header, cell)
        elif mark is not Mark.THERE:
            for slot in slots:
                self._absent(origin, who, (slot, mark is Mark.LEAVE), cell)

    def _absent(self, origin: Origin, who: _Who, what: tuple[str, bool], cell: Cell) -> None:
        slot, note = what
        key = (who.student, who.day, slot)
        if key in self.seen:
            facts = {"student": who.student, "day": who.day, "slot": slot}
            text = AGAIN.fill(place=self.seen[key], **facts)
            self._say(origin, who.row, text, who.header, cell)
            return
        self.seen[key] = place_text(origin.sheet, who.row)
        number = self._number(origin, who, cell)
        self.absences.append(Absence(number, who.student, who.day, slot, note))

    def _call_off(self, origin: Origin, who: _Who, cell: Cell) -> None:
        if bare(plain(cell)) not in _OFF_WORDS:
            text = UnreadableError(OFF_EXPECTED).text
            self._say(origin, who.row, text, who.header, cell)
        elif self._meets(origin, who, cell):
            number = self._number(origin, who, cell)
            self.cancelled.append(Cancelled(number, who.day, None, who.group.id))

    def _number(self, origin: Origin, who: _Who, cell: Cell) -> int:
        number = FIRST_NUMBER + len(self.places)
        located = origin.at(Text("", ""), who.row, value=cell)
        self.places[number] = located._replace(column=who.header)
        return number

    def _meets(self, origin: Origin, who: _Who, cell: Cell) -> list[str]:
        """Give the slots at which the group meets that day; say so if there is none."""
        slots = [slot for slot in _slots(who.group) if slot in self._slots_on(who.day)]
        if not slots:
            weekday = weekday_text(who.day.isoweekday())
            text = NOT_MEETING.fill(group=who.group.id, day=who.day, weekday=weekday)
            self._say(origin, who.row, text, who.header, cell)
        return slots

    def _group_of(self, block: Block) -> Group | None:
        """Tell which group a table is of: by its students, and by the times above it."""
        there: set[str] = set()
        for _, cells in block.rows:
            said = Said(*(block.cell(cells, name) for name in ("student", "name", "home_class")))
            student = self.children.find(said).student
            if student is not None:
                there.add(student)
        if not there:
            return None
        days = {day for _, day, _ in block.days}
        likeness = {
            name: len(there & set(group.students)) / len(there | set(group.students))
            for name, group in self.groups.items()
            if any(set(_slots(group)) & set(self._slots_on(day)) for day in days)
        }
        best = max(likeness.values(), default=0)
        alike = [self.groups[name] for name, share in likeness.items() if share == best >= 0.5]
        if len(alike) > 1:
            alike = [group for group in alike if self._times(group, block.above)]
        return alike[0] if len(alike) == 1 else None

    def _times(self, group: Group, text: str) -> bool:
        """Tell whether a text says when a group meets."""
        slots = [self.school.slot[slot] for slot in _slots(group)]
        return all(f"{clock(s.start_minute)}-{clock(s.end_minute)}" in text for s in slots)


def place_text(sheet: str | None, row: int) -> Text:
    """Name the place of a record in a sentence."""
    return PLACE.fill(row=row) if sheet is None else PLACE_IN_SHEET.fill(sheet=sheet, row=row)


def _is_mark(cell: Cell) -> bool:
    try:
        mark_of(cell)
    except UnreadableError:
        return False
    return True


def _slots(group: Group) -> tuple[str, ...]:
    return group.slots if isinstance(group, Section) else (group.slot,)
