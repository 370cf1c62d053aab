"""``zouban new``: a workbook to fill in."""

from pathlib import Path
from typing import Annotated

import typer

from models import Text
from optimizer.cli.common import ForceOption, JsonOption, LangOption, make_folder_of, session
from optimizer.files import new_workbook

WRITTEN = Text(
    "已写入 {path}。填好后运行：zouban check {path}",
    "wrote {path}. Fill it in, then run: zouban check {path}",
)
EXAMPLE_WRITTEN = Text(
    "已写入 {path}。可直接编排：zouban solve {path} -o out",
    "wrote {path}. To plan it, run: zouban solve {path} -o out",
)


def new(
    file: Annotated[
        Path, typer.Argument(metavar="FILE.xlsx", help="要写的工作簿。 The workbook to write.")
    ],
    example: Annotated[
        bool,
        typer.Option(
            "--example",
            help="带一所示例学校的数据。 With the data of an example school.",
            show_default=False,
        ),
    ] = False,
    force: ForceOption = False,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """写一个待填写的工作簿。 Write a workbook to fill in.

    例： Examples:

    - `zouban new school.xlsx`
    - `zouban new example.xlsx --example --lang en`
    """
    with session(lang, as_json) as out:
        make_folder_of(file)
        new_workbook(file, example, out.lang, force)
        out.line((EXAMPLE_WRITTEN if example else WRITTEN).fill(path=file))
        out.result("OK", paths=[file])
