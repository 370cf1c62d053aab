# ruff: noqa: E501 (one case a line)
"""Cells are read as people write them."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from pydantic import BaseModel

from models import (
    BaseCare,
    Budget,
    Clause,
    Course,
    HomeClass,
    Notice,
    PolicyItem,
    Provider,
    Room,
    Section,
    Settings,
    Slot,
    SlotUse,
    Student,
    StudentGroup,
    Teacher,
    Text,
    Weights,
    Wish,
)
from optimizer.files.cells import (
    Cell,
    Formatted,
    MonthDay,
    Share,
    UnreadableError,
    fold,
    plain,
    shown,
)
from optimizer.files.lists import ClauseValue, Grades, Integers, Refs, Weekdays, Words
from optimizer.files.moments import Clock, Date, Weekday
from optimizer.files.scalars import (
    Choice,
    Context,
    Ident,
    Integer,
    Kind,
    Label,
    Money,
    Percent,
    Ref,
    YesNo,
)
from optimizer.files.slotrefs import SlotRefs
from optimizer.files.tables import BY_NAME, TABLES

CONTEXT = Context(
    ids={
        "slots": {x: x for x in ("Mon1", "Mon2", "Tue1", "all")},
        "rooms": {"A1": "A1", "１０２": "１０２", "102": "１０２"},
    },
    weekday_of_slot={"Mon1": 1, "Mon2": 1, "Tue1": 2, "all": 5},
)
USE = Choice({SlotUse.ANY: Text("都可", "any"), SlotUse.CARE_ONLY: Text("仅托管", "care only")})
ROOM = Ref("rooms", Text("教室", "room"))

READ: list[tuple[Kind, Cell, Any]] = [
    *[
        (Clock(), written, 16 * 60 + 30)
        for written in (
            *("16:30", "16：30", "１６：３０", "16.30", " 16:30 ", "16:30:00", "16∶30", "16点30分", "16时30"),
            *("4:30 PM", "4:30pm", "PM 4:30", "下午4:30", "下午 4：30", "下午4点半", "16点30", "下午16:30"),
            *(time(16, 30), timedelta(hours=16, minutes=30), 0.6875, datetime(1899, 12, 31, 16, 30)),
            *(time(16, 29, 59, 999_999), datetime(1904, 1, 1, 16, 30)),
        )
    ],
    (Clock(), "24:00", 1440),
    (Clock(), timedelta(days=1), 1440),
    (Clock(), "8:05", 485),
    (Clock(), "上午8:05", 485),
    (Clock(), "4:10", 970),
    (Clock(), "4点10", 970),
    (Clock(), "上午4:10", 250),
    (Clock(), "4:10 am", 250),
    (Clock(), "6:59", 1139),
    (Clock(), "7:00", 420),
    (Clock(), time(4, 10), 970),
    (Clock(), "12:15 AM", 15),
    (Clock(), "12:15 PM", 735),
    (Clock(), "中午12:15", 735),
    (Clock(), "16点", 960),
    (Clock(), "0:00", 0),
    *[
        (Date(), written, date(2026, 9, 1))
        for written in (
            *("2026-09-01", "2026-9-1", "2026/9/1", "2026/09/01", "2026.9.1", "2026年9月1日"),
            *("２０２６年９月１日", "2026年 9月 1日", "2026-09-01 00:00:00", "2026-09-01T00:00"),
            *(date(2026, 9, 1), datetime(2026, 9, 1)),
        )
    ],
    *[
        (Weekday(), written, 1)
        for written in ("周一", "星期一", "礼拜一", "Mon", "monday", "MON.", "1", 1.0, "一", "周1", "１")
    ],
    *[(Weekday(), written, 7) for written in ("周日", "星期天", "周天", "Sun", "7", "日")],
    (Weekday(), "Thurs", 4),
    *[
        (Weekdays(), written, (1, 2, 3))
        for written in ("周一、周二、周三", "周一至周三", "Mon-Wed", "1,2,3", "一 二 三", "Mon – Wed")
    ],
    (Weekdays(), "无", ()),
    (Weekdays(), 3.0, (3,)),
    *[
        (Grades(), written, (3, 4, 5, 6))
        for written in (
            *("3-6", "3～6", "3~6", "3－6", "3—6", "3 - 6", "３-６", "三至六年级", "三到六", "3-6年级", "grades 3-6"),
            *("3,4,5,6", "3、4、5、6", "3 4 5 6", "3;4；5|6", "3-4,5-6", "三年级、四年级、5-6", date(2026, 3, 6)),
            datetime(2026, 3, 6),
        )
    ],
    (Grades(), 3.0, (3,)),
    (Grades(), "六年级", (6,)),
    (Integer(), 30.0, 30),
    (Integer(), 30, 30),
    (Integer(), "30", 30),
    (Integer(), " ３０ ", 30),
    (Integer(), "30.0", 30),
    (Integer(), "1,200", 1200),
    (Integer(), "1，200", 1200),
    (Integer(), "-3", -3),
    (Money(), 50.0, 5000),
    (Money(), 50, 5000),
    (Money(), 3.75, 375),
    (Money(), 0.1 + 0.2, 30),
    (Money(), "3.75", 375),
    (Money(), "3.7", 370),
    (Money(), "3.750", 375),
    (Money(), "￥50", 5000),
    (Money(), "¥ 50", 5000),
    (Money(), "50元", 5000),
    (Money(), "1,234.50", 123450),
    (Money(), "５０", 5000),
    (Money(), 0.0, 0),
    (Percent(), "50%", 50),
    (Percent(), "50％", 50),
    (Percent(), 0.5, 50),
    (Percent(), 50.0, 50),
    (Percent(), "1%", 1),
    (Percent(), "1 ％", 1),
    (Percent(), "100", 100),
    (Percent(), 0.0, 0),
    (Percent(), 0.29, 29),
    (Percent(), Share(1), 100),
    (Percent(), Share(0.29), 29),
    (Percent(), Share(0), 0),
    (Percent(), Share(2.5), 250),
    *[(YesNo(), written, True) for written in ("是", "Yes", "TRUE", True, "√", 1.0, "1", "Y", "有")],
    *[(YesNo(), written, False) for written in ("否", "no", False, "×", 0.0, "0", "N", "无", "不是")],
    *[(USE, written, SlotUse.CARE_ONLY) for written in ("仅托管", "care only", "Care_Only", "CARE ONLY")],
    (Ident(), 101.0, "101"),
    (Ident(), "101.0", "101.0"),
    (Ident(), "007", "007"),
    (Ident(), MonthDay(2026, 3, 1), "3-1"),
    (Ident(), Formatted(1, "0001"), "0001"),
    (Ident(), 999_999_999_999_999.0, "999999999999999"),
    (Ident(), "三（1）\u200b班\ufeff\u202c", "三（1）班"),
    (Ident(), time(8, 30), "08:30"),
    (Ident(), timedelta(hours=26), "26:00"),
    (Ident(), True, "TRUE"),
    (Label(), "王\n小明", "王 小明"),
    (ROOM, "Ａ１", "A1"),
    (ROOM, "102", "１０２"),
    (ROOM, "A9", "A9"),
    (Words(), "钢琴、投影 piano;x|y，z；w", ("钢琴", "投影", "piano", "x", "y", "z", "w")),
    (Words(), "无", ()),
    (Words(), "无、", ("无",)),
    (Words(), "、", ()),
    (Refs("rooms", Text("", "")), "Ａ１、B", ("A1", "B")),
    (SlotRefs(), "周一", ("Mon1", "Mon2")),
    (SlotRefs(), "Monday, Tue1", ("Mon1", "Mon2", "Tue1")),
    (SlotRefs(), "Tue1, Mon1, Mon", ("Tue1", "Mon1", "Mon2")),
    (SlotRefs(), "周一至周二", ("Mon1", "Mon2", "Tue1")),
    (SlotRefs(), "全部", ("Mon1", "Mon2", "Tue1", "all")),
    (SlotRefs(), "all", ("all",)),
    (SlotRefs(), "Wed", ()),
    (SlotRefs(), "none", ()),
    (SlotRefs(), "Xday", ("Xday",)),
    (Integers(), "10、8 6", (10, 8, 6)),
    (Integers(), "none", ()),
    (Integers(), 5.0, (5,)),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "cell", "value"), READ)
def test_read(kind: Kind, cell: Cell, value: object) -> None:
    found = kind.parse(cell, CONTEXT)
    assert found == value
    assert type(found) is type(value)


REFUSED: list[tuple[Kind, Cell]] = [
    *[(Clock(), c) for c in ("", "24:01", "-1:30", "16:3", "16.3", "1630", 16.5, 16.0, True, "16:30-17:10")],
    *[(Clock(), c) for c in (date(2026, 9, 1), datetime(2026, 9, 1, 16, 30), timedelta(hours=25))],
    *[(Clock(), c) for c in (time(16, 30, 20), timedelta(hours=-1), "下午25:00", "4 PM PM", "16.")],
    *[(Date(), c) for c in ("2026-13-01", "2026-02-29", "1 Sept", "9/1", 46266.0, datetime(2026, 9, 1, 8), True)],
    *[(Weekday(), c) for c in ("8", "0", "周八", "周一至周三", "Mo", 1.5, "周一、周二")],
    *[(Weekdays(), c) for c in ("周八", "Mon-Xyz", "Wed-Mon")],
    *[(Grades(), c) for c in ("x", "3-", "3-x", "6-3", 3.5, "1-9999", "十")],
    *[(Integer(), c) for c in ("", "x", "3.5", 3.5, True, "1 2", "12,34", "9" * 5000, float("inf"), date(2026, 1, 1))],
    *[(Money(), c) for c in ("-1", -1.0, 3.755, "3.755", "x", True, "1e3", "", float("nan"), "1.2.3", date(2026, 1, 1))],
    *[(Percent(), c) for c in (1.0, 0.125, 2.5, "x", "12.5%", True, Share(0.125))],
    *[(YesNo(), c) for c in ("maybe", "2", 2.0)],
    (USE, "clubs"),
    *[(USE, c) for c in ("都可（待定）", "any (but Mon)", "仅托管()")],
    *[(YesNo(), c) for c in ("是（证明缺）", "yes (certificate missing)", "(yes)", "√（补）")],
    *[(kind, c) for kind in (Ident(), ROOM) for c in (1.10101201501011e17, 1e15, "1.10101E+17", date(2026, 3, 1), datetime(2026, 3, 1))],
    *[(kind, 1e15) for kind in (Integer(), Refs("rooms", Text("教室", "room")), Words())],
    *[(Integers(), c) for c in ("1、x", "1.5")],
]  # fmt: skip


@pytest.mark.parametrize(("kind", "cell"), REFUSED)
def test_refused(kind: Kind, cell: Cell) -> None:
    with pytest.raises(UnreadableError) as raised:
        kind.parse(cell, CONTEXT)
    assert all(raised.value.text)


def test_every_minute_of_the_day_survives_excel() -> None:
    for minute in range(1, 1440):
        # From one to seven the afternoon is meant, and said to be taken for it.
        later = 720 if 60 <= minute < 420 else 0
        context = Context()
        assert Clock().parse(minute / 1440, context) == minute + later
        assert bool(context.notes) == bool(later)


@pytest.mark.parametrize(
    ("item", "cell", "value"),
    [
        (PolicyItem.LATEST_END, "18:00", 1080),
        (PolicyItem.MAX_MINUTES_DAY, 120.0, 120),
        (PolicyItem.MAX_PERIODS_DAY, "2", 2),
        (PolicyItem.SERVICE_WEEKDAY, "周三", 3),
        (None, "18:00", 0),
    ],
)
def test_a_clause_is_read_in_the_unit_of_its_item(
    item: PolicyItem | None, cell: Cell, value: int
) -> None:
    assert ClauseValue().parse(cell, Context(row={"item": item})) == value


def test_cells_in_messages_are_short_and_on_one_line() -> None:
    assert shown("a\nb\x1b[31m") == "a b [31m"
    assert len(shown("x" * 1000)) == 60
    assert plain(1.5) == "1.5"


def test_headers_are_compared_without_case_spaces_and_stars() -> None:
    assert fold(" 酬劳（元）* ") == fold("酬 劳(元)：") == "酬劳(元)"
    assert fold("Max_Size") == fold("ＭＡＸ size") == "maxsize"


def test_no_two_sheets_and_no_two_columns_of_a_sheet_share_a_name() -> None:
    for n, table in enumerate(TABLES):
        assert not any(table.names & other.names for other in TABLES[:n]), table.name
        for m, column in enumerate(table.columns):
            clashes = [c.field for c in table.columns[:m] if c.names & column.names]
            assert not clashes, (table.name, column.field)


@pytest.mark.parametrize(
    "model",
    [
        Slot,
        Room,
        HomeClass,
        StudentGroup,
        Provider,
        Teacher,
        Course,
        Student,
        Wish,
        Section,
        Clause,
    ],
)
def test_every_field_has_a_column(model: type[BaseModel]) -> None:
    # Round trips would miss a field that the strategy forgets as well.
    assert set(model.model_fields) in [{c.field for c in table.columns} for table in TABLES]


def test_every_setting_has_a_row() -> None:
    fields = {column.field for column in BY_NAME["settings"].columns}
    own = set(Settings.model_fields) - {"stages", "weights", "base_care", "budget", "notice"}
    parts: dict[str, type[BaseModel]] = {
        "weights": Weights,
        "base_care": BaseCare,
        "budget": Budget,
        "notice": Notice,
    }
    for prefix, model in parts.items():
        own |= {f"{prefix}.{field}" for field in model.model_fields}
    assert fields == own | {"term.calendar", "policy.id", "policy.name"}
