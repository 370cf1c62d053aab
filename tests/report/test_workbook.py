"""The plan's workbook holds what people look up in it, in their language and as plain text."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from models import BoundProof, CareGroup, Lang, Plan, School, UnmetReason
from optimizer.errors import InputError
from optimizer.ledger import service_dates
from optimizer.report import reason_text, summary, write_plan_workbook
from optimizer.report.words import PROOFS
from optimizer.report.workbook import workbook_bytes
from tests.report.example import Shape, make_plan, make_school

NASTY = ("=1+1", "+SUM(A1)", "-2", "@cmd", "{=1}", "http://example.org", "a&b&P", "'quoted'")


def opened(school: School, plan: Plan, lang: Lang = "zh") -> Any:
    return openpyxl.load_workbook(BytesIO(workbook_bytes(school, plan, lang)))


@pytest.fixture(scope="module")
def book(school: School, plan: Plan) -> Any:
    return opened(school, plan)


def lines(sheet: Any) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(values_only=True))


def text_of(sheet: Any) -> str:
    return "\n".join(str(cell) for row in lines(sheet) for cell in row if cell is not None)


def test_sheets_in_order(book: Any) -> None:
    names = ["总览", "课程总表", "学生去向", "教师课表", "教室课表", "基础托管", "未满足志愿"]
    assert book.sheetnames[:7] == names
    assert book.sheetnames[7:10] == ["抽签", "账本汇总", "公示"]
    assert book.sheetnames[10:14] == ["1(1)班", "2(1)班", "3(1)班", "4(1)班"]
    assert book.sheetnames[14 + 30 :] == [
        f"托管签到 周{day}{number}" for day in "一二三四五" for number in (1, 2)
    ]


def test_overview_says_what_is_proved_and_where_it_came_from(book: Any, plan: Plan) -> None:
    rows = {row[0]: row[1] for row in lines(book["总览"]) if row[0]}
    assert rows["结果"] == "可行，时限内找到的最好方案"
    assert rows["上界证明方式"] == PROOFS[BoundProof.BEST_WISHES].zh
    assert rows["学校未采用的倡导性条款"] == "无"
    assert rows["求解引擎"] == "by hand"
    assert rows["数据摘要"] == plan.school_digest


def test_the_figures_of_the_overview_are_numbers(book: Any, school: School, plan: Plan) -> None:
    cells = {row[0].value: row[1:3] for row in book["总览"].iter_rows() if row[0].value}
    figures = summary(school, plan)
    assert [cell.value for cell in cells["  录取第一志愿"]] == [
        figures.with_first_choice,
        figures.with_first_choice / figures.wishing,
    ]
    number, remark = cells["与最优的分值差距"]
    assert (number.value, number.number_format) == (0.0125, "0.00%")
    assert str(plan.bound) in remark.value
    number, remark = cells["全学期课酬"]
    assert (number.value, number.number_format) == (plan.pay_fen / 100, "#,##0.00")
    assert remark.value == "元"
    assert cells["全学期预算"][0].value == "不设预算"
    wanted = {
        "满意度分值": plan.value,
        "开班": 30,
        "基础托管": 40,
        "未满足的志愿": 60,
        "抽签种子": 1,
        "并行数": 1,
        "用时": 1.25,
        "时限": 60,
    }
    assert {label: cells[label][0].value for label in wanted} == wanted
    assert cells["开班"][1].value == "30 门课中开 30 门"
    assert [cell.value for cell in book["总览"][22]][:3] == [
        None,
        60,
        reason_text(UnmetReason.CLASH).zh,
    ]


def test_an_overview_without_a_bound_says_so(school: School, plan: Plan) -> None:
    unproved = plan.model_copy(update={"bound": None, "bound_proof": None})
    rows = {row[0]: row[1] for row in lines(opened(school, unproved)["总览"])}
    assert rows["与最优的分值差距"] == "未求得上界"
    assert rows["上界证明方式"] == "-"


def test_overview_names_waived_items(school: School, plan: Plan) -> None:
    waived = plan.model_copy(update={"waived": ("latest_end", "a local custom")})
    rows = {row[0]: row[1] for row in lines(opened(school, waived, "en")["Overview"])}
    assert rows["Advisory policy items waived"] == "latest end, a local custom"


def test_overview_links_to_every_other_sheet(book: Any) -> None:
    links = [row[4].hyperlink for row in book["总览"].iter_rows() if row[4].hyperlink]
    targets = [link.location for link in links]
    assert targets == [f"'{name}'!A1" for name in book.sheetnames[1:]]


def test_timetable_has_every_meeting_in_the_order_of_the_week(book: Any, school: School) -> None:
    rows = lines(book["课程总表"])
    assert rows[2][:7] == ("星期", "时间", "班组", "教室", "教师", "年级", "人数")
    met = rows[3:]
    assert len(met) == 30
    days = [row[0] for row in met]
    assert days == sorted(days, key="周一周二周三周四周五".index)
    assert met[0][1] == "16:10-16:50"
    assert all(row[6] == 20 for row in met)
    link = book["课程总表"]["C4"].hyperlink
    assert link.location.startswith(f"'{met[0][2]}'!")


def test_students_have_one_line_with_all_slots(book: Any, school: School, plan: Plan) -> None:
    rows = lines(book["学生去向"])[3:]
    assert [row[0] for row in rows] == [s.id for s in school.students]
    first = rows[0]
    assert first[2:4] == ("1(1)班", 8)
    assert len(first) == 4 + 10
    assert first[4] == "篮球\n专用室0"
    # On turn 3 of 4 he is in care, in his home room.
    assert first[7] == "托管\n教室0"


def test_a_class_sheet_has_its_students_only(book: Any, school: School) -> None:
    rows = lines(book["2(1)班"])
    own = [s.id for s in school.students if s.home_class == "K1"]
    assert [row[0] for row in rows[3:]] == own
    assert school.teacher["B1"].name in rows[1][0]
    assert "20 人" in rows[1][0]


def test_staff_and_rooms(book: Any, school: School, plan: Plan) -> None:
    staff = {row[0]: row for row in lines(book["教师课表"])[3:]}
    assert len(staff) == len(school.teachers)
    assert staff["T0"][2] == 10
    assert sum(row[3] for row in staff.values()) * 100 == plan.pay_fen
    assert "篮球\n专用室0" in staff["T0"]
    assert any(str(cell).startswith("托管 1年级") for cell in staff["B0"])
    rooms = {row[0]: row for row in lines(book["教室课表"])[3:]}
    assert rooms["R0"][2] == school.room["R0"].seats
    assert all(rooms["R0"][3:])
    assert school.teacher["T0"].name in rooms["R0"][3]


def test_care_groups_list_their_students_by_class(book: Any, school: School, plan: Plan) -> None:
    rows = lines(book["基础托管"])[3:]
    assert len(rows) == len(plan.care_groups)
    assert rows[0][5] == len(plan.care_groups[0].students)
    assert rows[0][6].startswith("1(1)班: ")
    assert school.student[plan.care_groups[0].students[0]].name in rows[0][6]


def test_unmet_wishes_have_reason_and_alternative(school: School, plan: Plan) -> None:
    other = plan.sections[0]
    first = plan.unmet[0].model_copy(
        update={"reason": UnmetReason.FULL, "because": (), "alternative": other.id}
    )
    changed = plan.model_copy(update={"unmet": (first, *plan.unmet[1:])})
    rows = lines(opened(school, changed, "en")["Wishes not granted"])[3:]
    assert len(rows) == len(plan.unmet)
    assert rows[0][0] == first.student
    assert rows[0][5] == reason_text(UnmetReason.FULL).en
    assert rows[0][6] == "篮球 (专用室0, Mon 16:10-16:50)"
    assert rows[1][6] is None


def test_the_money_is_summed_up_and_the_notice_is_there(book: Any, plan: Plan) -> None:
    rows = {row[0]: row[1:] for row in lines(book["账本汇总"]) if row[0]}
    assert rows["账本种类"][0].startswith("预算")
    assert rows["支出合计"][0] * 100 == plan.pay_fen
    assert rows["合计"] == (0, plan.pay_fen / 100, -plan.pay_fen / 100)
    notice = book["公示"]
    assert notice["A1"].value == "示例小学课后服务公示"
    assert notice.page_setup.orientation == "portrait"
    assert notice.page_setup.paperSize == 9


def test_all_wishes_granted_is_said(school: School, plan: Plan) -> None:
    sheet = opened(school, plan.model_copy(update={"unmet": ()}))["未满足志愿"]
    assert "全部志愿均已满足" in text_of(sheet)


def test_a_roster_is_ready_to_print(book: Any, school: School, plan: Plan) -> None:
    sheet = book["篮球"]
    dates = [day for day, weekday in service_dates(school.term).items() if weekday == 1]
    heads = [cell.value for cell in sheet[4]]
    assert [head.date() for head in heads[4:]] == dates
    members = [row[1] for row in lines(sheet)[4:24]]
    assert sorted(members) == sorted(plan.sections[0].students)
    assert sheet["A25"].value == "出勤人数"
    assert sheet["A26"].value == "教师签字"
    assert "周一 16:10-16:50" in sheet["A2"].value
    assert sheet.page_setup.orientation == "portrait"
    # One page wide (the default), as many tall as it takes.
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToWidth is None
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$1:$4"
    assert sheet.print_area.endswith("$26")


def test_every_table_is_ready_to_print(book: Any) -> None:
    for name in (*book.sheetnames[1:8], *book.sheetnames[10:14]):
        sheet = book[name]
        assert sheet.print_title_rows == "$3:$3", name
        assert sheet.freeze_panes is not None, name
        assert sheet.page_setup.paperSize == 9, name


def test_many_sections_share_a_sheet_a_course() -> None:
    shape = Shape(days=1, sections=2, students=12)
    school = make_school(shape)
    plan = make_plan(school, shape)
    copies = [
        plan.sections[0].model_copy(update={"id": f"copy{n}", "students": ()}) for n in range(70)
    ]
    crowded = plan.model_copy(update={"sections": (*copies, plan.sections[1])})
    book = opened(school, crowded, "en")
    names = book.sheetnames[11:]
    assert names == ["篮球", "书法", "Care Mon 1"]
    sheet = book["篮球"]
    titles = [row[0] for row in lines(sheet) if row[0] and "group" in str(row[0])]
    assert titles == [f"篮球 group {n}" for n in range(1, 71)]
    assert len(sheet.row_breaks.brk) == 69
    assert sheet.page_setup.fitToHeight is None
    links = [row[2].hyperlink.location for row in book["Timetable"].iter_rows(min_row=4)]
    assert links[:3] == ["'篮球'!A1", "'篮球'!A8", "'篮球'!A15"]


def nasty_school(school: School) -> School:
    def renamed(rows: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(
            row.model_copy(update={"name": NASTY[n % len(NASTY)]}) for n, row in enumerate(rows)
        )

    tables = ("students", "teachers", "rooms", "courses", "classes")
    changes: dict[str, Any] = {name: renamed(getattr(school, name)) for name in tables}
    changes["settings"] = school.settings.model_copy(update={"name": "=cmd|' /C calc'!A0"})
    return school.replaced(**changes)


def test_no_name_becomes_a_formula_or_a_link(school: School, plan: Plan) -> None:
    nasty = nasty_school(school)
    content = workbook_bytes(nasty, plan, "zh")
    with zipfile.ZipFile(BytesIO(content)) as package:
        sheets = [n for n in package.namelist() if n.startswith("xl/worksheets/sheet")]
        assert sheets
        assert not any(b"<f>" in package.read(name) for name in sheets)
        related = [n for n in package.namelist() if "worksheets/_rels" in n]
        assert not any(b"example.org" in package.read(name) for name in related)
    book = openpyxl.load_workbook(BytesIO(content))
    names = {row[1].value for row in book["学生去向"].iter_rows(min_row=4)}
    assert names == set(NASTY)
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_sheet_names_are_allowed_and_unique(school: School, plan: Plan) -> None:
    wanted = ("a/b:c*d?[e]", "", "History", "很长" * 20, "总览", "A", "a")
    courses = tuple(
        c.model_copy(update={"name": wanted[n % len(wanted)]}) for n, c in enumerate(school.courses)
    )
    names = opened(school.replaced(courses=courses), plan).sheetnames
    assert len({name.lower() for name in names}) == len(names) == 54
    assert all(0 < len(name) <= 31 for name in names)
    assert not any(set("[]:*?/\\") & set(name) or name.lower() == "history" for name in names)


def test_english(school: School, plan: Plan) -> None:
    book = opened(school, plan, "en")
    assert book.sheetnames[:3] == ["Overview", "Timetable", "Students"]
    assert "Blank: not at school" in text_of(book["Students"])
    assert "care\n教室0" in text_of(book["Students"])
    assert "Mon\n16:10-16:50" in text_of(book["Staff"])


def test_an_empty_plan_is_written_too(school: School, plan: Plan) -> None:
    empty = plan.model_copy(update={"sections": (), "care_groups": (), "unmet": ()})
    assert len(opened(school, empty).sheetnames) == 14


def test_written_whole_or_not_at_all(
    school: School, plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.xlsx"
    write_plan_workbook(school, plan, path)
    before = path.read_bytes()
    with pytest.raises(InputError, match="exists already"):
        write_plan_workbook(school, plan, path)
    write_plan_workbook(school, plan, path, "en", force=True)
    after = path.read_bytes()
    assert after != before

    def full(self: Path, target: Path) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(InputError, match="no space"):
        write_plan_workbook(school, plan, path, force=True)
    assert path.read_bytes() == after
    assert list(tmp_path.iterdir()) == [path]


CLASSES = ("六（1）班", "三（10）班", "五（1）班", "三（2）班", "四（1）班")


def test_classes_and_students_are_listed_as_people_count() -> None:
    shape = Shape(days=1, sections=1, students=10, class_size=2)
    school = make_school(shape)
    grades = (6, 3, 5, 3, 4)
    classes = tuple(
        home.model_copy(update={"name": name, "grade": grade})
        for home, name, grade in zip(school.classes, CLASSES, grades, strict=True)
    )
    # Of each class, S10 comes before S9 as text.
    ids = {s.id: f"S{10 - n % 2}-{n // 2}" for n, s in enumerate(school.students)}
    students = tuple(s.model_copy(update={"id": ids[s.id]}) for s in school.students)
    plan = make_plan(school, shape)
    together = plan.sections[0].model_copy(update={"students": tuple(ids.values())})
    shuffled = school.replaced(classes=classes, students=students, wishes=())
    plan = plan.model_copy(update={"sections": (together,), "care_groups": (), "unmet": ()})
    book = opened(shuffled, plan)
    ordered = ["三（2）班", "三（10）班", "四（1）班", "五（1）班", "六（1）班"]
    assert book.sheetnames[10:15] == ordered
    listed = [row[:4] for row in lines(book["学生去向"])[3:]]
    assert [row[2] for row in listed[::2]] == [row[2] for row in listed[1::2]] == ordered
    assert [row[0].split("-")[0] for row in listed] == ["S9", "S10"] * 5
    roster = lines(book[book.sheetnames[-1]])[4:14]
    assert [row[3] for row in roster[::2]] == ordered
    assert [row[1].split("-")[0] for row in roster] == ["S9", "S10"] * 5


def test_a_class_sheet_has_the_slots_at_which_anyone_is_there(school: School, plan: Plan) -> None:
    first = {s.id for s in school.students if s.home_class == "K0"}
    monday = {"D1P0", "D1P1"}

    def gone(group: Any) -> Any:
        left = tuple(s for s in group.students if s not in first)
        slot = group.slot if isinstance(group, CareGroup) else group.slots[0]
        return group if slot in monday else group.model_copy(update={"students": left})

    sections, care = (tuple(map(gone, groups)) for groups in (plan.sections, plan.care_groups))
    away = plan.model_copy(update={"sections": sections, "care_groups": care})
    book = opened(school, away)
    assert lines(book["1(1)班"])[2] == ("编号", "姓名", "周一\n16:10-16:50", "周一\n17:10-17:50")
    assert len(lines(book["2(1)班"])[2]) == 2 + 10
    # In the class's own room, which needs no saying; elsewhere the room is named.
    assert "托管" in {row[2] for row in lines(book["1(1)班"])[3:]}
    elsewhere = school.replaced(
        classes=tuple(c.model_copy(update={"home_room": None}) for c in school.classes)
    )
    assert "托管\n教室0" in {row[2] for row in lines(opened(elsewhere, away)["1(1)班"])[3:]}
