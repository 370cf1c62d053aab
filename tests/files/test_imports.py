"""Exports of forms: columns told apart, children and courses matched, wishes written."""

import csv
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from instances.generator import generate
from models import Course, HomeClass, School, Text
from optimizer.errors import InputError
from optimizer.files import (
    Imported,
    Wanted,
    import_answers,
    inspect_school,
    read_school,
    write_school,
)
from optimizer.files.imports.classes import Classes, class_key
from optimizer.files.imports.courses import Courses
from optimizer.files.imports.guess import rank_of
from optimizer.files.imports.moments import moments
from optimizer.files.imports.roles import Kind, by_header
from tests.builders import revised
from tests.tiny import tiny_school

Rows = Sequence[Sequence[Any]]
HEADER = ("学生姓名", "班级", "第一志愿", "第二志愿", "第三志愿")
COUNTED = ("学号", "第一志愿", "第二志愿", "社团数")


@pytest.fixture(scope="module")
def school() -> School:
    """Two children of one name in class c3, one more of that name in c4; real class names."""
    base = tiny_school()
    names = {"s31": "王小雨", "s32": "李明", "s33": "李明", "s41": "李明", "s34": "陈·晨"}
    students = tuple(revised(s, name=names.get(s.id, s.name)) for s in base.students)
    classes = tuple(revised(c, name="三四五"[c.grade - 3] + "（1）班") for c in base.classes)
    return revised(base, students=students, classes=classes)


@pytest.fixture(scope="module")
def school_file(school: School, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("school") / "school.json"
    write_school(school, path)
    return path


def csv_file(
    path: Path, header: Sequence[str], rows: Rows, encoding: str = "utf-8", mark: str = ","
) -> Path:
    text = StringIO()
    csv.writer(text, delimiter=mark).writerows([header, *rows])
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def xlsx_file(path: Path, rows: Rows, title: str = "Sheet1") -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for cells in rows:
        sheet.append([None if cell == "" else cell for cell in cells])
    book.save(path)
    return path


def wishes(found: Imported, student: str) -> list[str]:
    assert found.errors == ()
    assert found.school is not None
    return [wish.course for wish in found.school.wishes_of[student]]


def problems(found: Imported) -> list[tuple[int | None, str | Text | None, str]]:
    return [(one.row, one.column, str(one.value)) for one in found.problems]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("三(1)班", (3, "1")),
        ("三（1）班", (3, "1")),
        ("3年级1班", (3, "1")),
        ("三年级一班", (3, "1")),
        ("三年级（十一）班", (3, "11")),
        ("三一班", (3, "1")),
        ("三十一班", (3, "11")),
        ("3.1", (3, "1")),
        ("3-1", (3, "1")),
        ("301", (3, "1")),
        ("301班", (3, "1")),
        ("312", (3, "12")),
        ("1002", (10, "2")),
        ("31", (3, "1")),
        ("三1班", (3, "1")),
        ("初一(2)班", (7, "2")),
        ("高二3班", (11, "3")),
        ("七年级2班", (7, "2")),
        ("Grade 3 Class 1", (3, "1")),
        ("G3C1", (3, "1")),
        ("3A", (3, "a")),
        ("Class 3-A", (3, "a")),
        ("1班", (None, "1")),
        ("十一班", (None, "11")),
        ("篮球", None),
    ],
)
def test_class_texts(text: str, key: object) -> None:
    assert class_key(text) == key


def test_classes_are_found_by_what_the_school_has() -> None:
    classes = Classes(
        HomeClass(id=id_, name=name, grade=grade)
        for id_, name, grade in (
            ("三（1）班", "", 3),
            ("c32", "三年级2班", 3),
            ("401", "", 4),
            ("2-5", "", 5),
            ("阳光班", "", 1),
        )
    )
    assert classes.find("三年级一班") == "三（1）班"
    assert classes.find(3.1) == "三（1）班"
    assert classes.find(date(2026, 3, 2)) == classes.find("3.2") == "c32"
    assert classes.find(401.0) == classes.find("四(1)") == "401"
    assert classes.find("1班", grade=4) == "401"
    assert classes.find("三（1）班", grade=4) is None
    assert classes.find("1班") is None
    assert classes.find("阳光班") == "阳光班"
    # Its id says another grade than it has: only the id itself finds it.
    assert classes.find("2-5") == "2-5"
    assert classes.find("二年级5班") is None
    assert classes.near("三年级9班") == ["三（1）班", "c32"]


def menu(*names: str, grades: dict[str, tuple[int, ...]] | None = None) -> Courses:
    return Courses(
        Course(
            id=f"k{n}",
            name=name,
            grades=(grades or {}).get(name, (3, 4, 5)),
            min_size=1,
            max_size=9,
            leaders=("t",),
        )
        for n, name in enumerate(names)
    )


@pytest.mark.parametrize(
    "text",
    [
        "篮球",
        " 篮 球 ",
        "k0",
        "K0",
        "A.篮球",
        "A、篮球",
        "(A)篮球",
        "1. 篮球(周二)",
        "篮球（3-6年级）",
        "①篮球【限20人】",
        "篮球-周二下午",
        "篮球社团",
        "篮球班",
        "《篮球》",
    ],
)
def test_what_a_form_puts_around_a_course(text: str) -> None:
    assert menu("篮球", "足球", "书法").find(text, 3) == "k0"


def test_decoration_is_taken_away_only_where_one_course_is_left() -> None:
    low, high = "篮球（低年级）", "篮球（高年级）"
    courses = menu(low, high, "足球队", "足球社", grades={low: (1, 2), high: (5, 6)})
    assert courses.find("篮球(高年级)", 1) == "k1"
    assert courses.find("篮球", 5) == "k1"
    assert courses.find("篮球", 3) is None
    assert courses.find("篮球(中年级)", 5) is None
    assert courses.find("足球", 3) is None
    assert len(courses.near("足球")) == 2
    assert [text.zh for text in menu("篮球", "书法").near("蓝球")] == ["k0（篮球）"]


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("篮球┋书法", ["篮球", "书法"]),
        ("书法→篮球", ["书法", "篮球"]),
        ("篮球;书法;", ["篮球", "书法"]),
        ("篮球, 书法", ["篮球", " 书法"]),
        ("篮球(周二、周四)、书法", ["篮球(周二、周四)", "书法"]),
        ("A.篮球\nB.书法", ["A.篮球", "B.书法"]),
        ("1.篮球 2.书法", ["1.篮球", "2.书法"]),
        ("篮球 书法", ["篮球", "书法"]),
        ("琴、棋，书法", ["琴、棋", "书法"]),
        ("琴、棋", ["琴、棋"]),
        ("不参加", ["不参加"]),
        ("马术 击剑", ["马术 击剑"]),
    ],
)
def test_several_courses_in_a_cell(cell: str, parts: list[str]) -> None:
    assert menu("篮球", "书法", "琴、棋").split(cell) == parts


@pytest.mark.parametrize(
    ("header", "kind", "number"),
    [
        ("3、您的孩子第一志愿(必填)", Kind.CHOICE, 1),
        ("5、选课—第二志愿", Kind.CHOICE, 2),
        ("Which club? [Third choice]", Kind.CHOICE, 3),
        ("Choice 2", Kind.CHOICE, 2),
        ("1st preference *", Kind.CHOICE, 1),
        ("志愿三", Kind.CHOICE, 3),
        ("1、孩子姓名（家长代填）", Kind.NAME, 0),
        ("Student's full name", Kind.NAME, 0),
        ("家长姓名", Kind.IGNORE, 0),
        ("第一志愿的理由", Kind.IGNORE, 0),
        ("提交答卷时间", Kind.TIME, 0),
        ("结束答题时间", Kind.TIME, 0),
        ("开始答题时间", Kind.IGNORE, 0),
        ("Timestamp", Kind.TIME, 0),
        ("Completion time", Kind.TIME, 0),
        ("时间戳记", Kind.TIME, 0),
        ("所用时间", Kind.IGNORE, 0),
        ("来自IP", Kind.IGNORE, 0),
        ("2、所在班级[单选题]", Kind.CLASS, 0),
        ("孩子所在年级", Kind.GRADE, 0),
        ("学籍号", Kind.STUDENT, 0),
        ("最多想参加几个社团", Kind.CLUBS, 0),
        ("周三", Kind.DAY, 3),
        ("哪几天留校", Kind.STAY, 0),
        ("离校时间", Kind.LEAVE, 0),
    ],
)
def test_headers(header: str, kind: Kind, number: int) -> None:
    assert next(iter(by_header(header)))[:2] == (kind, number)


def test_when_an_answer_came() -> None:
    assert moments(
        ["2026/8/28 19:01:11", "2026-08-28 7:01 下午", "2026/08/28 7:01:11 下午 GMT+8"]
    ) == [
        datetime(2026, 8, 28, 19, 1, 11),
        datetime(2026, 8, 28, 19, 1),
        datetime(2026, 8, 28, 19, 1, 11),
    ]
    assert moments(["8/9/2026 12:05 AM", "9/9/26 18:01"]) == [
        datetime(2026, 8, 9, 0, 5),
        datetime(2026, 9, 9, 18, 1),
    ]
    assert moments(["8/9/2026", "28/8/2026"]) == [datetime(2026, 9, 8), datetime(2026, 8, 28)]
    assert moments(["", "昨天", "2026-02-30"]) == [None, None, None]
    assert [rank_of(text) for text in ("1", "第二志愿", "Third choice", "喜欢", "0")] == [
        1,
        2,
        3,
        None,
        None,
    ]


WJX = (
    "序号",
    "提交答卷时间",
    "所用时间",
    "来源",
    "来源详情",
    "来自IP",
    "1、您孩子的姓名",
    "2、所在班级",
    "3、您的孩子第一志愿(必填)",
    "4、第二志愿",
    "总分",
)


def test_an_export_of_wenjuanxing(school_file: Path, tmp_path: Path) -> None:
    def row(n: int, when: str, *said: str) -> tuple[Any, ...]:
        return (n, when, "35秒", "微信", "N/A", "1.2.3.4(重庆-重庆)", *said, 0)

    rows = [
        row(1, "2026/8/28 19:05:00", "王小雨", "三(1)班", "A.美术", "(空)"),
        row(2, "2026/8/28 19:01:00", "王小雨", "301", "B.国际象棋", "C.合唱"),
        row(3, "2026/8/28 19:02:00", "陈晨", "三年级一班", "D.不参加", "(跳过)"),
    ]
    path = xlsx_file(tmp_path / "问卷.xlsx", [WJX, *rows])
    found = import_answers(path, school_file, Wanted())
    # The later submission counts, though it stands above.
    assert wishes(found, "s31") == ["art"]
    assert wishes(found, "s34") == []
    assert found.counts == {
        "rows": 3,
        "students": 2,
        "superseded": 1,
        "wishes": 1,
        "no_wishes": 1,
        "added": 0,
        "kept": 9,
        "silent": 1,
        "unmatched": 0,
    }


def test_an_export_of_tencent_in_gbk(school_file: Path, tmp_path: Path) -> None:
    header = (
        "编号",
        "开始答题时间",
        "结束答题时间",
        "答题时长",
        "1.学号",
        "2.志愿（按喜欢程度排序）",
    )
    rows = [(1, "2026-08-28 19:00:00", "2026-08-28 19:01:00", "60", "s31", "合唱→国际象棋")]
    path = csv_file(tmp_path / "答卷.csv", header, rows, "gbk")
    assert wishes(import_answers(path, school_file, Wanted()), "s31") == ["choir", "chess"]


def test_an_export_of_google_forms(school_file: Path, tmp_path: Path) -> None:
    header = (
        "Timestamp",
        "Email Address",
        "Student's name",
        "Homeroom",
        "Clubs [First choice]",
        "Clubs [Second choice]",
        "How many clubs?",
    )
    rows = [
        (
            "8/28/2026 19:01:11",
            "a@b.c",
            "Pupil 42",
            "Grade 4 Class 1",
            "choir",
            "国际象棋 (Mon)",
            2,
        ),
        ("8/28/2026 9:01:11", "a@b.c", "Pupil 42", "4-1", "art", "", 1),
    ]
    path = csv_file(tmp_path / "a.csv", header, rows, "utf-8-sig")
    found = import_answers(path, school_file, Wanted())
    assert wishes(found, "s42") == ["choir", "chess"]
    assert found.school is not None
    assert found.school.student["s42"].max_clubs == 2


@pytest.mark.parametrize(
    ("said", "clubs"),
    [
        ("3", 3),
        ("3.0", 3),
        ("３个", 3),
        ("最多两门", 2),
        ("B. 2个社团", 2),
        ("2 clubs", 2),
        ("up to 2", 2),
        ("十", 10),
        ("十二", 12),
        ("二十一个", 21),
        ("不限", 2),
        ("都可以", 2),
        ("全部参加。", 2),
        ("Any number", 2),
        ("no limit", 2),
    ],
)
def test_how_many_clubs(said: str, clubs: int, school_file: Path, tmp_path: Path) -> None:
    """Two choices are given: who sets no limit may have both."""
    path = csv_file(tmp_path / "a.csv", COUNTED, [("s44", "美术", "合唱", said)])
    found = import_answers(path, school_file, Wanted())
    assert (found.errors, problems(found)) == ((), [])
    assert found.school is not None
    assert found.school.student["s44"].max_clubs == clubs


@pytest.mark.parametrize(
    "said",
    [
        "not many",
        "not all",
        "anything but 3",
        "不都要",
        "没有全部",
        "100",
        "1-2个",
        "2.5",
        "十二三",
        "一百",
        "-1",
        "不限，最多2个",
        "9" * 5000,
        "二" * 5000,
    ],
)
def test_a_number_of_clubs_that_cannot_be_read(
    said: str, school: School, school_file: Path, tmp_path: Path
) -> None:
    """It is never read in part: 100 is not 10, 十二三 not 2."""
    path = csv_file(tmp_path / "a.csv", COUNTED, [("s44", "美术", "合唱", said)])
    found = import_answers(path, school_file, Wanted(partial=True))
    assert problems(found) == [(2, "社团数", said)]
    assert wishes(found, "s44") == ["art", "choir"]
    assert found.school is not None
    assert found.school.student["s44"].max_clubs == school.student["s44"].max_clubs


def test_no_limit_is_not_none(school_file: Path, tmp_path: Path) -> None:
    """Who sets no limit and chooses nothing keeps the number he had; who wants none has 0."""
    path = csv_file(tmp_path / "a.csv", COUNTED, [("s44", "", "", "不限"), ("s32", "", "", "无")])
    found = import_answers(path, school_file, Wanted())
    assert problems(found) == []
    assert found.school is not None
    assert [found.school.student[s].max_clubs for s in ("s44", "s32")] == [1, 0]


def test_an_export_of_microsoft_forms(school_file: Path, tmp_path: Path) -> None:
    """Its own column Name holds who was logged in."""
    header = (
        "ID",
        "Start time",
        "Completion time",
        "Email",
        "Name",
        "Child's name",
        "Class",
        "Which clubs, dearest first?",
    )
    when = datetime(2026, 8, 28, 19, 1)
    rows = [(1, when, when, "anonymous", "anonymous", "Pupil 43", "4(1)", "国际象棋;美术;")]
    path = xlsx_file(tmp_path / "a.xlsx", [header, *rows])
    assert wishes(import_answers(path, school_file, Wanted()), "s43") == ["chess", "art"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_texts_of_every_kind(encoding: str, mark: str, school_file: Path, tmp_path: Path) -> None:
    rows = [("王小雨", "三1班", "美术", "", "合唱")]
    path = csv_file(tmp_path / "a.csv", HEADER, rows, encoding, mark)
    assert wishes(import_answers(path, school_file, Wanted()), "s31") == ["art", "choir"]


def test_one_column_a_course_with_its_rank(school_file: Path, tmp_path: Path) -> None:
    header = ("学号", "5、请排序(国际象棋)", "5、请排序(美术)", "5、请排序(合唱)")
    path = csv_file(tmp_path / "a.csv", header, [("s31", 2, "", 1), ("s41", -2, 1, -2)])
    found = import_answers(path, school_file, Wanted())
    assert (wishes(found, "s31"), wishes(found, "s41")) == (["choir", "chess"], ["art"])


def test_a_title_above_the_header(school_file: Path, tmp_path: Path) -> None:
    rows = [("社团志愿汇总",), (), HEADER, ("王小雨", "3.1", "美术", "无", "")]
    path = xlsx_file(tmp_path / "a.xlsx", rows)
    assert wishes(import_answers(path, school_file, Wanted()), "s31") == ["art"]


def test_a_header_on_two_lines(school_file: Path, tmp_path: Path) -> None:
    rows = [
        ("提交时间", "学生姓名", "班级", "3、社团志愿", "", ""),
        ("", "", "", "第一志愿", "第二志愿", "第三志愿"),
        ("2026-08-28 19:00", "王小雨", "三(1)班", "美术", "合唱", ""),
    ]
    path = xlsx_file(tmp_path / "a.xlsx", rows)
    found = import_answers(path, school_file, Wanted())
    assert wishes(found, "s31") == ["art", "choir"]


def test_class_and_grade_in_columns_of_their_own(school_file: Path, tmp_path: Path) -> None:
    header = ("姓名", "年级", "班级", "第一志愿")
    rows = [("李明", "四年级", 1, "美术〖备注〗"), ("王小雨", 3, "一班", "其他〖合唱〗")]
    path = xlsx_file(tmp_path / "a.xlsx", [header, *rows])
    found = import_answers(path, school_file, Wanted(partial=True))
    assert wishes(found, "s41") == ["art"]
    assert problems(found) == [(3, "第一志愿", "其他〖合唱〗")]


def test_an_export_of_another_school(school_file: Path, tmp_path: Path) -> None:
    """Thousands of unknown children and courses take no more than a moment."""
    rows = [(f"孩子{n}", "三(1)班", f"课{n}", "", "") for n in range(3000)]
    path = csv_file(tmp_path / "a.csv", HEADER, rows)
    begun = process_time()
    found = import_answers(path, school_file, Wanted())
    assert process_time() - begun < 3
    assert len(found.errors) == 3000


def test_excel_errors_and_nothing_at_all(school_file: Path, tmp_path: Path) -> None:
    header = ("学号", "第一志愿")
    path = xlsx_file(tmp_path / "a.xlsx", [header, ("s31", "=1/0"), ("=NA()", "美术")])
    assert len(import_answers(path, school_file, Wanted()).problems) == 2
    none = csv_file(tmp_path / "b.csv", header, [])
    with pytest.raises(InputError, match="no answers"):
        import_answers(none, school_file, Wanted())


def test_what_excel_has_made_of_ids(tmp_path: Path, school: School, school_file: Path) -> None:
    """18 digits of which it keeps 15; invisible and full-width letters are no other id."""
    rows = [("学号", "第一志愿"), (350102201809010012, "美术"), ("Ｓ31\u200b", "美术")]
    path = xlsx_file(tmp_path / "a.xlsx", rows)
    found = import_answers(path, school_file, Wanted(partial=True))
    assert "15" in found.problems[0].text.zh
    assert wishes(found, "s31") == ["art"]


def test_hidden_rows_are_read_and_told(school_file: Path, tmp_path: Path) -> None:
    path = xlsx_file(tmp_path / "a.xlsx", [("学号", "第一志愿"), ("s31", "美术"), ("s41", "合唱")])
    book = load_workbook(path)
    book.worksheets[0].row_dimensions[3].hidden = True
    book.save(path)
    found = import_answers(path, school_file, Wanted())
    assert wishes(found, "s41") == ["choir"]
    assert any("hidden" in text.en and "rows 3" in text.en for text in found.warnings)


def test_one_row_a_wish_is_no_questionnaire(school_file: Path, tmp_path: Path) -> None:
    rows = [("s31", "chess", 1), ("s31", "art", 2), ("s41", "art", 1), ("s41", "choir", 2)]
    path = csv_file(tmp_path / "a.csv", ("学号", "课程编号", "志愿序号"), rows)
    with pytest.raises(InputError, match="one row a wish"):
        import_answers(path, school_file, Wanted())


def test_class_and_name_in_one_cell(school_file: Path, tmp_path: Path) -> None:
    header = ("2、孩子班级和姓名（如三1班张三）", "第一志愿")
    rows = [("三1班王小雨", "美术"), ("李明 四（1）班", "合唱"), ("三(1)班李明", "合唱")]
    path = csv_file(tmp_path / "a.csv", header, rows)
    found = import_answers(path, school_file, Wanted(partial=True))
    assert (wishes(found, "s31"), wishes(found, "s41")) == (["art"], ["choir"])
    assert problems(found) == [(4, header[0], "三(1)班李明")]


def test_every_mismatch_is_listed_with_what_is_near(school_file: Path, tmp_path: Path) -> None:
    rows = [
        ("王小语", "三1班", "美术", "", ""),
        ("李明", "三1班", "美术", "", ""),
        ("李明", "四1班", "美书", "", "骑马"),
        ("王小雨", "九1班", "美术", "", ""),
        ("王小雨", "三1班", "美术", "美术", ""),
        ("李明", "五1班", "美术", "", ""),
        ("", "五1班", "美术", "", ""),
    ]
    path = csv_file(tmp_path / "a.csv", HEADER, rows)
    found = import_answers(path, school_file, Wanted())
    assert found.school is None
    assert problems(found) == [
        (2, "学生姓名", "王小语"),
        (3, "学生姓名", "李明"),
        (5, "班级", "九1班"),
        (7, "学生姓名", "李明"),
        (8, None, "None"),
        (4, "第一志愿", "美书"),
        (4, "第三志愿", "骑马"),
    ]
    said = {one.row: one.text for one in found.problems}
    assert "s31" in said[2].en
    assert "s32, s33" in said[3].en
    assert "s41 (class c4)" in said[7].en
    assert any("art (美术)" in text.en for text in found.errors)
    # The school's own names are in no message; what the row itself says may be quoted.
    assert "王小雨" not in " ".join(one.text.zh + one.text.en for one in found.problems)
    # In the order of the rows, each once.
    assert [
        f"row {n}," in text.en for n, text in zip((2, 3, 4, 4, 5, 7, 8), found.errors, strict=True)
    ]


def test_the_same_of_many_rows_is_said_once(school_file: Path, tmp_path: Path) -> None:
    rows = [(f"s3{n}", "跑酷") for n in (1, 2, 3)] + [("s41", "美书")]
    path = csv_file(tmp_path / "a.csv", ("学号", "第一志愿"), rows)
    found = import_answers(path, school_file, Wanted())
    assert len(found.problems) == 4
    assert len(found.errors) == 2
    assert "row 2," in found.errors[0].en
    assert "(the same in 2 more: rows 3, 4)" in found.errors[0].en
    assert "另有 2 行同样：第 3、4 行" in found.errors[0].zh
    assert "art (美术)" in found.errors[1].en


def test_an_id_that_is_not_the_childs(school_file: Path, tmp_path: Path) -> None:
    header = ("学号", "姓名", "班级", "第一志愿")
    rows = [
        ("s32", "王小雨", "三1班", "合唱"),
        ("s99", "王小雨", "三1班", "合唱"),
        ("S31", "王 小雨", "四1班", "合唱"),
        ("s9", "", "", "合唱"),
    ]
    found = import_answers(csv_file(tmp_path / "a.csv", header, rows), school_file, Wanted())
    assert problems(found) == [(2, "姓名", "王小雨"), (3, "学号", "s99"), (5, "学号", "s9")]
    assert "student s31" in found.problems[1].text.en
    # Id and name agree: another class is worth a word only.
    assert any("row 4" in text.en and "c3" in text.en for text in found.warnings)


def test_partial_leaves_out_and_keeps_the_rest(
    school: School, school_file: Path, tmp_path: Path
) -> None:
    rows = [
        ("王小雨", "三1班", "骑马", "美术", ""),
        ("李明", "四1班", "骑马", "", ""),
        ("李明", "三1班", "美术", "", ""),
    ]
    path = csv_file(tmp_path / "a.csv", HEADER, rows)
    found = import_answers(path, school_file, Wanted(partial=True))
    assert len(found.problems) == 3
    assert wishes(found, "s31") == ["art"]
    # Nothing of what s41 chose could be read: the old wishes stay.
    assert wishes(found, "s41") == [wish.course for wish in school.wishes_of["s41"]]


def test_others_keep_their_wishes_unless_replaced(
    school: School, school_file: Path, tmp_path: Path
) -> None:
    path = csv_file(tmp_path / "a.csv", HEADER, [("王小雨", "三1班", "合唱", "", "")])
    kept = import_answers(path, school_file, Wanted())
    assert wishes(kept, "s41") == ["art", "choir"]
    assert kept.counts["kept"] == 10
    fresh = import_answers(path, school_file, Wanted(replace=True))
    assert wishes(fresh, "s41") == []
    assert fresh.counts["silent"] == 11


def test_new_students_only_when_asked(school_file: Path, tmp_path: Path) -> None:
    header = ("学号", "姓名", "班级", "第一志愿", "哪几天留校")
    rows = [
        ("n7", "新同学", "四1班", "合唱", "周一"),
        ("", "没学号", "五(1)", "美术", "全部"),
        ("", "没学号", "五(1)", "国际象棋", "全部"),
        ("n8", "没班级", "九1班", "合唱", "周一"),
    ]
    path = csv_file(tmp_path / "a.csv", header, rows)
    assert [row for row, *_ in problems(import_answers(path, school_file, Wanted()))] == [
        2,
        3,
        4,
        5,
    ]
    wanted = Wanted(add_students=True, partial=True)
    found = import_answers(path, school_file, wanted)
    assert found.added == ("n7", "N0014")
    assert found.school is not None
    assert found.school.student["n7"].home_class == "c4"
    assert found.school.student["n7"].stay_slots == ("mon1", "mon2")
    assert wishes(found, "N0014") == ["chess"]
    assert problems(found) == [(5, "学号", "n8")]
    # Once more: they are there, by id or by name and class.
    again = tmp_path / "again.json"
    write_school(found.school, again)
    twice = import_answers(path, again, wanted)
    assert twice.added == ()
    assert twice.school == found.school


def test_a_new_student_who_may_be_in_the_school_is_named(school_file: Path, tmp_path: Path) -> None:
    """No invisible character, other alphabet or wrong class makes two of one."""
    header = ("学号", "姓名", "班级", "第一志愿", "哪几天留校")
    rows = [
        ("", "Mila Grant", "四1班", "合唱", "周一"),
        ("", "\u200bＭila\u00a0Grant", "四1班", "美术", "周一"),
        ("", "Мila Grant", "四1班", "美术", "周一"),
        ("n1", "Мila Grant", "四1班", "美术", "周一"),
        ("", "Mila Grant", "五1班", "美术", "周一"),
        ("n2", "Mila Grant", "五1班", "美术", "周一"),
        ("n3", "Mila Grannt", "四1班", "美术", "周一"),
    ]
    path = csv_file(tmp_path / "a.csv", header, rows, "utf-8")
    wanted = Wanted(add_students=True, partial=True)
    found = import_answers(path, school_file, wanted)
    assert found.added == ("N0013", "n2", "n3")
    assert [row for row, *_ in problems(found)] == [4, 5, 6]
    fourth, fifth, sixth = (one.text.en for one in found.problems)
    assert "class c4 has student N0013 with a name that looks the same" in fourth
    assert "N0013" in fifth
    assert "another class has a student of this name (N0013 (class c4))" in sixth
    beside = [text.en for text in found.warnings if "added as a new student" in text.en]
    assert ["row 7" in beside[0], "row 8" in beside[1]] == [True, True]
    assert "the school has N0013 (class c4)" in beside[1]


@pytest.mark.parametrize("value", ["9" * 5000, "第" + "9" * 5000 + "志愿", "年级" * 2000])
def test_numbers_longer_than_python_reads_are_told(
    value: str, school_file: Path, tmp_path: Path
) -> None:
    header = ("学号", "年级", "姓名", "班级", "第一志愿", "合唱", "社团数", "周一", "提交时间")
    for place in range(len(header)):
        row = ["s44", "", "", "", "美术", "", "", "", ""]
        if header[place] == "年级":
            row = ["", "", "Pupil 44", "", "美术", "", "", "", ""]
        row[place] = value
        path = csv_file(tmp_path / "a.csv", header, [tuple(row)], "utf-8")
        for columns in ((), ("rank:choir=合唱",)):
            found = import_answers(path, school_file, Wanted(partial=True, columns=columns))
            assert found.problems or found.warnings or found.errors or found.school


def test_stays(school: School, school_file: Path, tmp_path: Path) -> None:
    header = ("学号", "留校的日子", "离校时间")
    rows = [
        ("s31", "周一┋周二", "16:40"),
        ("s32", "mon2、周二", ""),
        ("s33", "全部", "下午5点半"),
        ("s41", "不留", ""),
        ("s42", "周一至周二", ""),
        ("s43", "周六", ""),
        ("s44", "大概周一", "很晚"),
        ("s51", "看情况", ""),
    ]
    path = csv_file(tmp_path / "a.csv", header, rows)
    found = import_answers(path, school_file, Wanted(partial=True))
    assert found.school is not None
    stays = {s.id: s.stay_slots for s in found.school.students}
    assert stays["s31"] == ("mon1", "tue1")
    assert stays["s32"] == ("mon2", "tue1", "tue2")
    assert stays["s33"] == stays["s42"] == ("mon1", "mon2", "tue1", "tue2")
    # Wishes are not what this form asked for.
    assert found.school.wishes_of == school.wishes_of
    # s41 and s43 have wishes and would stay nowhere; there is no service on Saturday.
    assert stays["s41"] == stays["s43"] == ("mon1", "mon2", "tue1", "tue2")
    assert problems(found) == [
        (5, "留校的日子", "不留"),
        (7, "留校的日子", "周六"),
        (8, "离校时间", "很晚"),
        (9, "留校的日子", "看情况"),
    ]


def test_one_column_a_weekday(school_file: Path, tmp_path: Path) -> None:
    header = ("学号", "周一", "周二")
    rows = [("s31", "√", "×"), ("s32", "16:40", "留到17:30"), ("s33", "", "不留")]
    path = csv_file(tmp_path / "a.csv", header, rows)
    found = import_answers(path, school_file, Wanted())
    # s33 has a wish and would stay nowhere: that is said, and nothing is written.
    assert found.school is None
    assert [text.en for text in found.errors] != []
    found = import_answers(csv_file(tmp_path / "b.csv", header, rows[:2]), school_file, Wanted())
    assert found.school is not None
    assert found.school.student["s31"].stay_slots == ("mon1", "mon2")
    assert found.school.student["s32"].stay_slots == ("mon1", "tue1", "tue2")


def test_columns_are_corrected(school_file: Path, tmp_path: Path) -> None:
    header = ("孩子", "在哪里", "想1", "想2", "想2")
    path = csv_file(tmp_path / "a.csv", header, [("王小雨", "三1班", "美术", "合唱", "国际象棋")])
    given = ("姓名=孩子", "class=B", "志愿2=想1", "choice1=d", "志愿3=E")
    found = import_answers(path, school_file, Wanted(columns=given))
    assert wishes(found, "s31") == ["choir", "art", "chess"]
    bad = ("姓名=孩纸", "外号=孩子", "志愿1", "志愿2=想2", "志愿3=D", "志愿3=E", "名次:马术=C")
    with pytest.raises(InputError) as raised:
        import_answers(path, school_file, Wanted(columns=bad))
    assert len(raised.value.messages) == 6
    assert "孩子" in raised.value.messages[0].zh


def test_what_an_export_must_have(school_file: Path, tmp_path: Path) -> None:
    nobody = csv_file(tmp_path / "a.csv", ("时间", "意见"), [("2026-08-28", "好")])
    with pytest.raises(InputError) as raised:
        import_answers(nobody, school_file, Wanted())
    assert [("--column" in text.zh) for text in raised.value.messages] == [True, True]
    twice = csv_file(tmp_path / "b.csv", ("学号", "第一志愿", "志愿一"), [("s31", "美术", "合唱")])
    with pytest.raises(InputError, match="both choice 1"):
        import_answers(twice, school_file, Wanted())


def test_which_sheet(school: School, school_file: Path, tmp_path: Path) -> None:
    book = Workbook()
    for title, course in (("三年级", "美术"), ("四年级", "合唱")):
        sheet = book.create_sheet(title)
        sheet.append(["学号", "第一志愿"])
        sheet.append(["s31", course])
    path = tmp_path / "a.xlsx"
    book.save(path)
    with pytest.raises(InputError, match="--sheet"):
        import_answers(path, school_file, Wanted())
    assert wishes(import_answers(path, school_file, Wanted(sheet="四年级")), "s31") == ["choir"]
    with pytest.raises(InputError, match="三年级"):
        import_answers(path, school_file, Wanted(sheet="三年纪"))


def test_the_answers_stand_in_the_workbook_itself(school: School, tmp_path: Path) -> None:
    """As the sheet of wishes, which then is none."""
    path = tmp_path / "school.xlsx"
    write_school(school, path)
    book = load_workbook(path)
    sheet = book["志愿"]
    sheet.delete_rows(1, sheet.max_row)
    sheet.append(["序号", "提交时间", *HEADER])
    sheet.append([1, "2026-08-28 19:01:11", "王小雨", "三1班", "合唱", "美术", ""])
    book.save(path)
    assert inspect_school(path).school is None
    found = import_answers(path, path, Wanted())
    assert wishes(found, "s31") == ["choir", "art"]
    assert found.counts["silent"] == 11


def test_round_trip_of_a_school(school: School, tmp_path: Path) -> None:
    """Wishes laid out as a form's export and read back are the same, teachers named included."""
    ranks = max(wish.rank for wish in school.wishes)
    header = ("提交时间", "学号", *(f"第{n}志愿" for n in range(1, ranks + 1)))
    rows = []
    for n, student in enumerate(school.students):
        chosen = [school.course[w.course].name for w in school.wishes_of[student.id]]
        rows.append((f"2026-08-28 19:{n:02d}:00", student.id, *(chosen + ["无"] * ranks)[:ranks]))
    bare = tmp_path / "school.xlsx"
    write_school(school, bare)
    found = import_answers(csv_file(tmp_path / "a.csv", header, rows), bare, Wanted())
    assert found.school is not None
    assert found.school.wishes_of == school.wishes_of
    assert found.school.replaced(wishes=school.wishes) == read_school(bare)


def test_round_trip_of_a_generated_school(tmp_path: Path) -> None:
    """As families and a form's site write it: options decorated, classes in many spellings,
    earlier submissions in between, names where they are one child's, ids where they are not.
    """
    school = generate("clubhour", 120, 12, 3).school
    path = tmp_path / "school.json"
    write_school(school, path)
    ranks = max(wish.rank for wish in school.wishes)
    zh = "一二三四五六七八"
    header = ["序号", "提交答卷时间", "来自IP", "1、学生姓名", "2、所在班级", "3、学号（可不填）"]
    header += [f"{n + 3}、您的孩子第{zh[n - 1]}志愿(必填)" for n in range(1, ranks + 1)]
    options = {
        c.id: f"{chr(65 + n)}.{c.name}" + ("", "(周二)", "【限20人】")[n % 3]
        for n, c in enumerate(school.courses)
    }
    in_class = Counter((s.name, s.home_class) for s in school.students)
    rows = []
    for n, student in enumerate(school.students):
        home = school.home_class[student.home_class]
        grade, number = class_key(home.name) or (0, "")
        spelling = (home.name, f"{grade}年级{number}班", f"{grade}.{number}", home.id)[n % 4]
        own = "" if in_class[student.name, student.home_class] == 1 else student.id
        chosen = [options[w.course] for w in school.wishes_of[student.id]]
        cells = [student.name, spelling, own, *(chosen + ["(空)"] * ranks)[:ranks]]
        late, early = f"2026/8/29 08:{n % 60:02d}:01", f"2026/8/28 23:{n % 60:02d}:59"
        rows.append([late, "1.2.3.4(重庆-重庆)", *cells])
        if n % 3 == 0 and len(chosen) > 1:
            cells[3], cells[4] = cells[4], cells[3]
            rows.insert(n // 2, [early, "1.2.3.4(重庆-重庆)", *cells])
    export = xlsx_file(tmp_path / "a.xlsx", [header, *([n, *r] for n, r in enumerate(rows, 1))])
    found = import_answers(export, path, Wanted(replace=True))
    assert found.errors == ()
    assert found.school is not None
    assert found.school.wishes_of == school.wishes_of
    assert found.counts["superseded"] > 20
