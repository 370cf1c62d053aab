"""Which student a row speaks of: by id, else by name and class. Never guessed."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pydantic import ValidationError

from models import HomeClass, Student, Text, listed
from models.spelling import look_of, nearness
from optimizer.files.cells import Cell, UnreadableError, is_blank, one_line, plain
from optimizer.files.ids import id_text
from optimizer.files.imports.classes import Classes, grade_in
from optimizer.files.imports.words import MOST_LOOKED_AT, bare, bare_name, close_to, hint

UNKNOWN_ID = Text("没有学号为此的学生{hint}。", "there is no student with this id{hint}.")
ID_BY_NAME = Text(
    "没有学号为此的学生；姓名和班级与学生 {student} 相符，请更正学号。",
    "there is no student with this id; name and class are those of student {student}: correct "
    "the id.",
)
OTHER_NAME = Text(
    "学号是学生 {student} 的，而学生表中其姓名不同；请更正学号或姓名。",
    "the id is that of student {student}, whose name in the school is another: correct the id "
    "or the name.",
)
OTHER_CLASS = Text(
    "学生 {student} 在学生表中的班级是 {home}；以学生表为准。",
    "the school has student {student} in class {home}, which is kept.",
)
NO_CHILD = Text("没有填写学生的学号或姓名。", "neither a student id nor a name is given.")
UNKNOWN_NAME = Text("{where}没有此姓名的学生{hint}。", "{where} no student has this name{hint}.")
ELSEWHERE = Text("班级 {home} 中", "in class {home}")
IN_SCHOOL = Text("学生表中", "in the school")
SAME_NAME = Text(
    "此姓名的学生不止一个（{students}）；请在表中加上学号{more}。",
    "several students have this name ({students}): add the student id{more}.",
)
OR_CLASS = Text("或班级", " or the class")
UNKNOWN_CLASS = Text("不认识这个班级{hint}。", "this is no class of the school{hint}.")
LOOKS_LIKE = Text(
    "班级 {home} 已有姓名看起来与此相同的学生 {student}；如是同一人请照学生表更正，"
    "不是则请先加进学生表。",
    "class {home} has student {student} with a name that looks the same: if it is that child write "
    "the name or id as in the school, if not add the child there first.",
)
SAME_ELSEWHERE = Text(
    "此姓名的学生在别的班级已有（{students}）；如是同一人请更正班级，不是则请写上学号。",
    "another class has a student of this name ({students}): if it is that child correct the class, "
    "if not give the student id.",
)
ADDED_BESIDE = Text(
    "已作为新学生加入，而学校已有姓名相同或相近的 {students}；请核对是否同一人。",
    "added as a new student, while the school has {students} of the same or nearly the same name: "
    "see whether it is that child.",
)
NAMED = Text("{student}（{home}）", "{student} (class {home})")


_NEARLY_THE_SAME = 0.85


class Said(NamedTuple):
    """What a row says of its child."""

    student: Cell = ""
    name: Cell = ""
    home_class: Cell = ""
    grade: Cell = ""


class Found(NamedTuple):
    """Who is meant, or what is wrong and in which of the row's cells."""

    student: str | None = None
    text: Text | None = None
    field: str = ""
    new: Student | None = None
    """Somebody who is not in the school but could be added."""


class Doubt(NamedTuple):
    """Why somebody who is to be added may be in the school already."""

    refused: bool = False
    text: Text | None = None


class Children:
    """The students of a school, found by what a row says."""

    def __init__(self, students: Iterable[Student], classes: Iterable[HomeClass]) -> None:
        self.all: dict[str, Student] = {}
        self.classes = Classes(classes)
        self.by_id: dict[str, str] = {}
        self.by_name: dict[str, list[str]] = {}
        self.by_look: dict[str, list[str]] = {}
        self.looked = 0
        for student in students:
            self.add(student)

    def add(self, student: Student) -> None:
        """Make a student known."""
        self.all[student.id] = student
        self.by_id[bare(student.id)] = student.id
        if student.name:
            name = bare_name(student.name)
            self.by_name.setdefault(name, []).append(student.id)
            self.by_look.setdefault(bare_name(look_of(student.name)), []).append(student.id)

    def find(self, said: Said) -> Found:
        """Find the child of a row."""
        if not is_blank(said.student):
            return self._by_id(said)
        if is_blank(said.name):
            return Found(text=NO_CHILD)
        if is_blank(said.home_class):
            said = self._apart(said)
        if is_blank(said.home_class):
            return self._by_name_alone(said)
        home = self._class(said)
        if home is None:
            text = UNKNOWN_CLASS.fill(hint=hint(self.classes.near(said.home_class)))
            return Found(text=text, field="home_class")
        return self._by_name(said, home)

    def _apart(self, said: Said) -> Said:
        """Take class and name apart where one cell holds both: 三1班王小雨, 王小雨 三(1)班."""
        text = plain(said.name).strip()
        if bare_name(text) in self.by_name:
            return said
        for at in range(1, len(text)):
            for name, home in ((text[at:], text[:at]), (text[:at], text[at:])):
                if bare_name(name) in self.by_name and self.classes.find(home) is not None:
                    return said._replace(name=name, home_class=home)
        return said

    def _class(self, said: Said) -> str | None:
        grade = None if is_blank(said.grade) else grade_in(plain(said.grade))
        return None if is_blank(said.home_class) else self.classes.find(said.home_class, grade)

    def _by_id(self, said: Said) -> Found:
        try:
            own = id_text(said.student)
        except UnreadableError as error:
            return Found(text=error.text, field="student")
        student = self.by_id.get(bare(own))
        name, home = bare_name(plain(said.name)), self._class(said)
        if student is None:
            others = [s for s in self.by_name.get(name, ()) if self.all[s].home_class == home]
            if len(others) == 1:
                return Found(text=ID_BY_NAME.fill(student=others[0]), field="student")
            self.looked += 1
            known_ids = self.all if self.looked <= MOST_LOOKED_AT else ()
            near = close_to(own, known_ids)
            return Found(
                text=UNKNOWN_ID.fill(hint=hint(near)),
                field="student",
                new=None if others else self._new(said, home),
            )
        known = self.all[student]
        if name and known.name and bare_name(known.name) != name:
            return Found(text=OTHER_NAME.fill(student=student), field="name")
        if home is not None and home != known.home_class:
            text = OTHER_CLASS.fill(student=student, home=known.home_class)
            return Found(student, text, "home_class")
        return Found(student)

    def _by_name_alone(self, said: Said) -> Found:
        students = self.by_name.get(bare_name(plain(said.name)), [])
        grade = None if is_blank(said.grade) else grade_in(plain(said.grade))
        if grade is not None:
            students = [s for s in students if self.grade(s) == grade]
        if len(students) == 1:
            return Found(students[0])
        if students:
            text = SAME_NAME.fill(students=self._named(students), more=OR_CLASS)
            return Found(text=text, field="name")
        near = self._near(said.name, self.all.values())
        return Found(text=UNKNOWN_NAME.fill(where=IN_SCHOOL, hint=near), field="name")

    def _by_name(self, said: Said, home: str) -> Found:
        everywhere = self.by_name.get(bare_name(plain(said.name)), [])
        here = [s for s in everywhere if self.all[s].home_class == home]
        if len(here) == 1:
            return Found(here[0])
        if here:
            text = SAME_NAME.fill(students=listed(here), more="")
            return Found(text=text, field="name")
        mates = [s for s in self.all.values() if s.home_class == home]
        near = hint([self._named(everywhere)]) if everywhere else self._near(said.name, mates)
        text = UNKNOWN_NAME.fill(where=ELSEWHERE.fill(home=home), hint=near)
        return Found(text=text, field="name", new=self._new(said, home))

    def doubt(self, new: Student) -> Doubt:
        """Tell whether a child who is not in the school may be one of it after all."""
        look = bare_name(look_of(new.name))
        same = self.by_look.get(look, [])
        here = [s for s in same if self.all[s].home_class == new.home_class]
        if here:
            text = LOOKS_LIKE.fill(home=new.home_class, student=listed(here))
            return Doubt(True, text)
        if same and not new.id:
            return Doubt(True, SAME_ELSEWHERE.fill(students=self._named(same)))
        self.looked += 1
        if not same and self.looked <= MOST_LOOKED_AT:
            mates = [s for s in self.all.values() if s.home_class == new.home_class]
            same = [s.id for s in mates if nearness(bare_name(s.name), look) >= _NEARLY_THE_SAME]
        return Doubt(text=ADDED_BESIDE.fill(students=self._named(same)) if same else None)

    def grade(self, student: str) -> int | None:
        """Give the grade of a student."""
        home = self.classes.all.get(self.all[student].home_class)
        return home.grade if home else None

    def _near(self, name: Cell, among: Iterable[Student]) -> Text:
        """Suggest students by id: names of the school's own files are in no message."""
        self.looked += 1
        if self.looked > MOST_LOOKED_AT:
            return hint([])
        known: Mapping[str, str] = {bare_name(s.name): s.id for s in among if s.name}
        close = [known[word] for word in close_to(bare_name(plain(name)), known)]
        return hint([self._named(close)] if close else [])

    def _named(self, students: Iterable[str]) -> Text:
        return listed(
            NAMED.fill(student=student, home=self.all[student].home_class) for student in students
        )

    def _new(self, said: Said, home: str | None) -> Student | None:
        """Make a student of a row, without an id if the row has none."""
        if home is None or is_blank(said.name):
            return None
        name, own = one_line(plain(said.name)), one_line(plain(said.student))
        try:
            made = Student(id=own or "-", name=name, home_class=home)
        except ValidationError:
            return None
        return made if own else made.model_copy(update={"id": ""})
