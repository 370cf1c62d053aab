"""``zouban import``: a form's export into the sheets of a school."""

from pathlib import Path
from typing import Annotated, Any

import typer

from models import Text
from optimizer.cli.common import (
    BAD_INPUT,
    ForceOption,
    JsonOption,
    LangOption,
    Output,
    SchoolArgument,
    make_folder_of,
    session,
)
from optimizer.errors import InputError
from optimizer.files import Imported, Wanted, import_answers, look_at, write_imported

COLUMNS = Text("各列的含义（不对时用 --column 更正）", "What the columns are (correct by --column)")
NOT_READ = Text("不读", "not read")
IN_ORDER = Text(
    "一格里有几门课的，先写的当作更想要的。",
    "Where a cell holds several courses, the first is taken for the dearest.",
)
SUMMARY = Text(
    "{rows} 行，{students} 名学生，{wishes} 个志愿；{superseded} 行被同一学生更晚的提交取代；"
    "{no_wishes} 名学生不选。",
    "{rows} rows, {students} students, {wishes} wishes; rows replaced by a later one of the same "
    "student: {superseded}; students who choose nothing: {no_wishes}.",
)
SILENT = Text(
    "没有读到答卷、也没有志愿的学生：{silent} 名。",
    "students without an answer that was read, and without wishes: {silent}.",
)
KEPT = Text(
    "没有读到答卷、保留原有志愿的学生：{kept} 名（用 --replace 删去这些志愿）。",
    "students without an answer that was read, who keep the wishes they had: {kept} (--replace "
    "drops these).",
)
ADDED = Text("新加入学生表：{students}。", "added to the students: {students}.")
UNMATCHED = Text(
    "有 {count} 处对不上，没有写入任何文件；请在导出文件中更正，或加 --partial 略去它们。",
    "not matched: {count}. Nothing was written: correct the export, or give --partial.",
)
LEFT_OUT = Text("略去：{text}", "left out: {text}")
LEFT = Text("共略去 {count} 处。", "left out in all: {count}.")
WRITTEN = Text("已写入 {path}。", "wrote {path}.")
NO_TARGET = Text(
    "没有写入：请用 -o 给出新文件，或用 --force 写回“{path}”。",
    "nothing was written: name a new file by -o, or give --force to write into {path}.",
)
NO_MAP = Text("“{file}”：不是 UTF-8 或 GBK 编码的文字。", "{file}: text in neither UTF-8 nor GBK.")


ExportArgument = Annotated[
    Path,
    typer.Argument(
        metavar="EXPORT",
        help="问卷导出文件（.xlsx、.csv、.tsv）。 What the form's site exports.",
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="要写的新文件；缺省写回 SCHOOL（须 --force）。"
        " The file to write; otherwise SCHOOL itself (with --force).",
        show_default=False,
    ),
]
SheetOption = Annotated[
    str | None,
    typer.Option(
        "--sheet",
        metavar="NAME",
        help="答卷所在的工作表。 The sheet with the answers.",
        show_default=False,
    ),
]
ColumnOption = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="MEANING=HEADER",
        help="某列的含义，可多次给出。 What a column is; may be given several times.",
        show_default=False,
    ),
]
MapOption = Annotated[
    Path | None,
    typer.Option(
        "--map",
        metavar="FILE",
        help="文本文件，每行一个 含义=表头。 A text file with one MEANING=HEADER a line.",
        show_default=False,
    ),
]
PartialOption = Annotated[
    bool,
    typer.Option(
        "--partial",
        help="略去对不上的，写入其余。 Leave out what cannot be matched.",
        show_default=False,
    ),
]
AddOption = Annotated[
    bool,
    typer.Option(
        "--add-students",
        help="把学生表中没有的学生加进去。 Add children who are not in the school.",
        show_default=False,
    ),
]
ReplaceOption = Annotated[
    bool,
    typer.Option(
        "--replace",
        help="没有交问卷的学生不保留原有志愿。 Drop wishes of students without an answer.",
        show_default=False,
    ),
]


def import_(  # noqa: PLR0913, PLR0917 -- one parameter an option
    export: ExportArgument,
    school: SchoolArgument,
    output: OutputOption = None,
    sheet: SheetOption = None,
    column: ColumnOption = None,
    mapping: MapOption = None,
    partial: PartialOption = False,
    add_students: AddOption = False,
    replace: ReplaceOption = False,
    force: ForceOption = False,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """把问卷导出的志愿读入学校数据。 Read the answers of a form into a school.

    例： Examples:

    - `zouban import answers.xlsx school.xlsx -o school-2.xlsx`
    - `zouban import answers.csv school.xlsx --column "choice1=Favourite club" --force --lang en`
    """
    with session(lang, as_json) as out:
        given = (*_lines(mapping), *(column or ()))
        found = import_answers(export, school, Wanted(sheet, given, partial, add_students, replace))
        _tell(out, found)
        target = output or school
        _demand_sound(out, found, school, output is not None or force)
        make_folder_of(target)
        for text in write_imported(found, school, target, force):
            out.warn(text)
        out.line(WRITTEN.fill(path=target))
        out.result("OK", paths=[target], **_facts(out, found))


def _demand_sound(out: Output, found: Imported, school: Path, may_write: bool) -> None:
    """Leave, saying why, if there is no school to write or nowhere to write it."""
    texts = list(found.errors)
    if found.problems and found.school is None:
        texts.append(UNMATCHED.fill(count=len(found.problems)))
    if found.school is None or not may_write:
        texts = texts or [NO_TARGET.fill(path=school)]
        out.fail("INVALID", texts, BAD_INPUT, **_facts(out, found))


def _lines(file: Path | None) -> list[str]:
    """Read the corrections of a file, one a line; # begins a remark."""
    if file is None:
        return []
    look_at(file)
    content = file.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            lines = [line.strip() for line in content.decode(encoding).splitlines()]
        except UnicodeDecodeError:
            continue
        return [line for line in lines if line and not line.startswith("#")]
    raise InputError([NO_MAP.fill(file=file)])


def _tell(out: Output, found: Imported) -> None:
    """Show what the columns were taken for, and what came of them."""
    out.rows(
        COLUMNS,
        [
            (f"{c.letter}  {c.header}", (c.role.name() if c.role else NOT_READ).say(out.lang))
            for c in found.columns
        ],
    )
    if any(c.role and c.role.kind == "choices" for c in found.columns):
        out.line(IN_ORDER)
    if found.problems and found.school is not None:
        for text in found.left_out:
            out.message(LEFT_OUT.fill(text=text))
        out.message(LEFT.fill(count=len(found.problems)))
    for text in found.warnings:
        out.warn(text)
    out.line(SUMMARY.fill(**found.counts))
    for text, count in ((SILENT, "silent"), (KEPT, "kept")):
        if found.counts[count]:
            out.line(text.fill(**found.counts))
    if found.added:
        out.line(ADDED.fill(students=", ".join(found.added)))


def _facts(out: Output, found: Imported) -> dict[str, Any]:
    return {
        "counts": found.counts,
        "columns": [
            {
                "column": column.letter,
                "header": column.header,
                "meaning": column.role.name().say(out.lang) if column.role else None,
            }
            for column in found.columns
        ],
        "unmatched": [
            {
                "sheet": one.sheet,
                "row": one.row,
                "column": one.column,
                "value": None if one.value is None else str(one.value),
                "message": one.text.say(out.lang),
            }
            for one in found.problems
        ],
        "added": list(found.added),
    }
