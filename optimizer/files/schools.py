"""Reading and writing schools in whatever format the path names."""

import logging
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from models import Lang, School, Text
from optimizer.errors import InputError
from optimizer.files.csvfolder import read_folder
from optimizer.files.csvwrite import write_folder
from optimizer.files.draft import DraftSchool, Inspection, assemble
from optimizer.files.example import example_school
from optimizer.files.guard import MISSING, NOT_READABLE, refusal
from optimizer.files.imports import Imported, Wanted, read_answers
from optimizer.files.imports.writing import changed_workbook
from optimizer.files.jsonfile import read_json
from optimizer.files.keeping import kept_workbook
from optimizer.files.reading import read_tables
from optimizer.files.reasons import why
from optimizer.files.workbook import read_workbook
from optimizer.files.xlsxedit import NotEditableError
from optimizer.files.xlsxwrite import write_workbook
from optimizer.writing import writing

LOG = logging.getLogger("zouban.files")
WORKBOOKS = (".xlsx", ".xlsm")
ONE_CSV = Text(
    "“{file}”只是一个表；请给出放着各表 .csv 的文件夹。",
    "{file}: one table only: give the folder that holds the .csv files of all tables.",
)
UNKNOWN_SUFFIX = Text(
    "不认识“{file}”的格式；可用 .xlsx 工作簿、CSV 文件夹（无后缀）或 .json。",
    "{file}: unknown format: use an .xlsx workbook, a folder of CSV files (no suffix) or .json.",
)
NOT_ACCEPTED = Text(
    "以上各处会改变收费、规则或整张表，所以没有继续；请改正，确认可以不管时加 --accept-warnings"
    "（在 Python 中为 accept_warnings=True）。",
    "these change money, rules or whole tables, so nothing was done: correct them or, if all is "
    "meant so, go on with --accept-warnings (in Python accept_warnings=True).",
)
NOT_CARRIED = Text(
    "“{file}”中没有程序不读的工作表、列和格式：原工作簿无法就地改写，已整本重写。",
    "{file}: sheets, columns and formats that are not read are not in it: the workbook could not "
    "be changed in place and was written anew.",
)
ANSWERS_WITHIN = Text(
    "答卷就在“{file}”的志愿表里，写回会把它覆盖；请用 -o 写到新文件。",
    "{file}: the answers stand in its sheet of wishes and would be overwritten: name a new file "
    "by -o.",
)
NO_WORKBOOK = Text("“{file}”应以 .xlsx 结尾。", "{file}: the name must end in .xlsx.")


def inspect_school(path: Path | str) -> Inspection:
    """Read a school and list everything there is to say about it.

    Parameters
    ----------
    path
        An .xlsx workbook, a folder of CSV files, or a .json file.

    Returns
    -------
    Inspection
        The school (None if there are errors), errors and warnings, each with its place.
    """
    began = monotonic()
    try:
        found = assemble(_read(Path(path)))
    except InputError as error:
        found = Inspection(None, error.messages, ())
    except OSError as error:
        failed = refusal(NOT_READABLE, Path(path), reason=why(error))
        found = Inspection(None, failed.messages, ())
    _log(found, monotonic() - began)
    return found


def _log(found: Inspection, seconds: float) -> None:
    LOG.info("read in %.2f s", seconds)
    school = found.school
    if school is None:
        LOG.warning("%d mistakes, %d warnings", len(found.errors), len(found.warnings))
        return
    tables = {"students": school.students, "wishes": school.wishes, "courses": school.courses}
    tables |= {"slots": school.slots, "rooms": school.rooms, "teachers": school.teachers}
    counts = ", ".join(f"{len(rows)} {name}" for name, rows in tables.items())
    LOG.info("school %s: %s; %d warnings", school.digest, counts, len(found.warnings))


def read_school(path: Path | str, accept_warnings: bool = False) -> School:
    """Read a school.

    Parameters
    ----------
    path
        An .xlsx workbook, a folder of CSV files, or a .json file.
    accept_warnings
        Whether to go on although something that changes money, rules or whole tables was not read.
        ``inspect_school`` gives these warnings, and all others.

    Raises
    ------
    InputError
        With every mistake in the file; or with the warnings that have to be accepted.
    """
    found = inspect_school(path)
    if found.school is None:
        raise InputError(found.errors)
    if found.stops and not accept_warnings:
        raise InputError([*found.stops, NOT_ACCEPTED])
    return found.school


def _read(path: Path) -> DraftSchool:
    suffix = path.suffix.casefold()
    if path.is_dir():
        return read_tables(str(path), read_folder(path))
    if suffix == ".json":
        return read_json(path)
    if not path.exists():
        raise refusal(MISSING, path)
    if suffix == ".csv":
        raise refusal(ONE_CSV, path)
    if suffix not in {*WORKBOOKS, ".xls", ""}:
        raise refusal(UNKNOWN_SUFFIX, path)
    return read_tables(str(path), read_workbook(path))


def import_answers(export: Path | str, school: Path | str, wanted: Wanted) -> Imported:
    """Read a form's export into a school; nothing is written.

    Parameters
    ----------
    export
        What a form's site exports: an .xlsx workbook, or a .csv or .tsv file.
    school
        The school that the children and courses are of.
    wanted
        How to read it.

    Raises
    ------
    InputError
        If export or school cannot be read.
    """
    path = Path(school)
    try:
        return read_answers(_read(path), Path(export), path, wanted)
    except OSError as error:
        raise refusal(NOT_READABLE, Path(export), reason=why(error)) from None


def write_imported(
    found: Imported, source: Path | str, target: Path | str, force: bool = False
) -> tuple[Text, ...]:
    """Write a school with answers in it, where it can be into its own workbook.

    Parameters
    ----------
    found
        What ``import_answers`` gave; it holds a school.
    source
        The school that it was read from.
    target
        Where to write; the suffix says how.
    force
        Whether to overwrite.

    Returns
    -------
    tuple[Text, ...]
        What is not as it was.

    Raises
    ------
    InputError
        If the path exists and ``force`` is not given, or cannot be written.
    """
    source, target = Path(source), Path(target)
    if found.school is None or found.before is None:
        raise InputError(found.errors)
    if found.within and target.exists() and target.samefile(source):
        raise refusal(ANSWERS_WITHIN, target)
    draft, school = found.before, found.school

    def content() -> bytes:
        return changed_workbook(source, draft, school, found.changed, found.lang)

    return _write_changed(school, (source, target), content, found.lang, force)


def write_kept(
    kept: School, source: Path | str, target: Path | str, lang: Lang = "zh", force: bool = False
) -> tuple[Text, ...]:
    """Write what ``kept_school`` gave, where it can be into a copy of the school's own workbook.

    Parameters
    ----------
    kept
        The school of ``source`` with other locks and another earlier plan, nothing else.
    source
        The school that it was read from.
    target
        Where to write; the suffix says how.
    lang
        Language of the names of what is added.
    force
        Whether to overwrite.

    Returns
    -------
    tuple[Text, ...]
        What is not as it was.

    Raises
    ------
    InputError
        If the path exists and ``force`` is not given, or cannot be written.
    """
    source, target = Path(source), Path(target)

    def content() -> bytes:
        draft = _read(source)
        before = assemble(draft).school
        if before is None:
            raise NotEditableError
        return kept_workbook(source, draft, before, kept, lang)

    return _write_changed(kept, (source, target), content, lang, force)


def _write_changed(
    school: School,
    paths: tuple[Path, Path],
    content: Callable[[], bytes],
    lang: Lang,
    force: bool,
) -> tuple[Text, ...]:
    """Write a changed workbook, and the school anew where it cannot be or is not read as it should.

    ``paths`` are the school's own file and the one to write.
    """
    source, target = paths
    suffix = source.suffix.casefold()
    if suffix != target.suffix.casefold() or suffix not in WORKBOOKS:
        write_school(school, target, lang, force)
        return ()
    try:
        changed = content()
    except NotEditableError:
        write_school(school, target, lang, force)
        return (NOT_CARRIED.fill(file=target),)
    with writing(target, force) as temporary:
        temporary.write_bytes(changed)
        # What was written is read before it takes its place.
        same = inspect_school(temporary).school == school
        if not same:
            temporary.unlink()
            write_workbook(school, temporary, lang, force=True)
    return () if same else (NOT_CARRIED.fill(file=target),)


def write_school(school: School, path: Path | str, lang: Lang = "zh", force: bool = False) -> None:
    """Write a school so that reading gives it back exactly.

    Parameters
    ----------
    school
        What to write.
    path
        The suffix says how: .xlsx, .json, or none for a folder of CSV files.
    lang
        Language of the sheets' and columns' names.
    force
        Whether to overwrite.

    Raises
    ------
    InputError
        If the path exists and ``force`` is not given, or cannot be written.
    """
    path = Path(path)
    suffix = path.suffix.casefold()
    if suffix == ".json":
        with writing(path, force) as temporary:
            temporary.write_text(school.model_dump_json(indent=2) + "\n", "utf-8")
    elif suffix == ".xlsx":
        write_workbook(school, path, lang, force)
    elif not suffix or path.is_dir():
        write_folder(school, path, lang, force)
    else:
        raise refusal(UNKNOWN_SUFFIX, path)


def new_workbook(
    path: Path | str, example: bool = False, lang: Lang = "zh", force: bool = False
) -> None:
    """Write a workbook to fill in, empty or with a small worked example.

    Raises
    ------
    InputError
        If the path exists and ``force`` is not given, or cannot be written.
    """
    path = Path(path)
    if path.suffix.casefold() != ".xlsx":
        raise refusal(NO_WORKBOOK, path)
    write_workbook(example_school(lang) if example else None, path, lang, force)
