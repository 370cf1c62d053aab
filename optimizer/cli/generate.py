"""``zouban generate``: a school made up by rule."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from models import Text
from optimizer.cli.common import (
    MOST_SEED,
    ForceOption,
    JsonOption,
    LangOption,
    make_folder_of,
    session,
)
from optimizer.files import write_school

WRITTEN = Text(
    "已写入 {path}：{students} 名学生，{courses} 门课，{wishes} 条志愿。",
    "wrote {path}: {students} students, {courses} courses, {wishes} wishes.",
)


Style = Literal["clubhour", "mixed", "nine-year", "all-day"]


def generate(  # noqa: PLR0913, PLR0917 -- one parameter an option
    file: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="要写的文件（.xlsx、.json 或文件夹）。"
            " The file to write (.xlsx, .json, or a folder).",
            show_default=False,
        ),
    ],
    style: Annotated[Style, typer.Option(help="类型。 The style of school.")] = "clubhour",
    students: Annotated[
        int, typer.Option(min=30, max=20_000, help="学生数。 How many students.")
    ] = 300,
    courses: Annotated[int, typer.Option(min=3, max=1_000, help="课程数。 How many courses.")] = 24,
    seed: Annotated[int, typer.Option(min=0, max=MOST_SEED, help="随机种子。 Random seed.")] = 0,
    force: ForceOption = False,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """生成一所虚构的学校，必有可行方案。 Make up a school that is sure to have a valid plan.

    例： Examples:

    - `zouban generate -o school.xlsx`
    - `zouban generate --style mixed --students 2000 --courses 100 --seed 0 -o school.json`
    """
    with session(lang, as_json) as out:
        # Only this verb needs the generator, and numpy with it.
        from instances import generate as run  # noqa: PLC0415

        school = run(style, students, courses, seed).school
        make_folder_of(file)
        write_school(school, file, out.lang, force)
        counts = {
            "students": len(school.students),
            "courses": len(school.courses),
            "wishes": len(school.wishes),
        }
        out.line(WRITTEN.fill(path=file, **counts))
        out.result("OK", seed=seed, counts=counts, paths=[file])
