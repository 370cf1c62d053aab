"""What the columns of a form's export can be, and what their headers give away."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from models import Text, weekday_text
from optimizer.files.cells import halfwidth
from optimizer.files.imports.words import bare, zh_number


class Kind(StrEnum):
    """What a column tells."""

    STUDENT = "student"
    NAME = "name"
    CLASS = "class"
    GRADE = "grade"
    CHOICE = "choice"
    """The choice of one rank."""
    CHOICES = "choices"
    """All choices in the order of their ranks."""
    RANK = "rank"
    """The rank that one course has."""
    CLUBS = "clubs"
    STAY = "stay"
    DAY = "day"
    """Whether, or how long, a child stays on one weekday."""
    LEAVE = "leave"
    TIME = "time"
    IGNORE = "ignore"


class Role(NamedTuple):
    """What one column tells."""

    kind: Kind
    number: int = 0
    """Rank of a choice; weekday of a day."""
    course: str = ""
    """Of a rank."""

    def name(self) -> Text:
        """Name the role, as ``--column`` takes it."""
        if self.kind is Kind.CHOICE:
            return Text(f"志愿{self.number}", f"choice{self.number}")
        if self.kind is Kind.DAY:
            return weekday_text(self.number)
        if self.kind is Kind.RANK:
            return Text(f"名次:{self.course}", f"rank:{self.course}")
        return NAMES[self.kind]


NAMES = {
    Kind.STUDENT: Text("学号", "id"),
    Kind.NAME: Text("姓名", "name"),
    Kind.CLASS: Text("班级", "class"),
    Kind.GRADE: Text("年级", "grade"),
    Kind.CHOICES: Text("志愿", "choices"),
    Kind.CLUBS: Text("社团数", "clubs"),
    Kind.STAY: Text("留校", "stay"),
    Kind.LEAVE: Text("离校时间", "leave"),
    Kind.TIME: Text("提交时间", "time"),
    Kind.IGNORE: Text("不读", "ignore"),
}
ROLE_WORDS = Text(
    "学号、姓名、班级、年级、志愿1、志愿2……、志愿、名次:课程、社团数、留校、周一……周日、离校时间、提交时间、不读",
    "id, name, class, grade, choice1, choice2, ..., choices, rank:COURSE, clubs, stay, Mon ... "
    "Sun, leave, time, ignore",
)
MANY = frozenset((Kind.CHOICE, Kind.CHOICES, Kind.RANK, Kind.DAY, Kind.IGNORE))
"""Kinds that several columns may have."""

_NUM = r"([一二三四五六七八九十]{1,2}|\d{1,2})"
_CHOICE = (
    re.compile(rf"第{_NUM}个?(?:志愿|选择|选项|意向|意愿|希望|喜[欢爱]|想)"),
    re.compile(rf"(?:志愿|意向|意愿|选择){_NUM}(?!\d)"),
    re.compile(rf"(?<!第){_NUM}志愿"),
    re.compile(r"(?:choice|preference|wish|option|priority)(?:no\.?|#)?(\d{1,2})"),
    re.compile(r"(\d)(?:st|nd|rd|th)(?:choice|preference|wish|option|priority)"),
    re.compile(
        r"(first|second|third|fourth|fifth|sixth|seventh|eighth)"
        r"(?:choice|preference|wish|option|priority|favou?rite)"
    ),
    re.compile(r"(首选|次选|最想|其次|再次)"),
)
_ORDINALS = {
    word: n
    for n, word in enumerate(
        ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"), 1
    )
} | {"首选": 1, "最想": 1, "次选": 2, "其次": 2, "再次": 3}
_ABOUT_A_CHOICE = re.compile(r"理由|原因|为什么|老师|教师|why|reason|teacher|备注|comment")
_DAY = re.compile(
    r"(?:周|星期|礼拜)([一二三四五六日天])|(mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day|(?![a-z]))"
)
_DAYS = {sign: n for n, sign in enumerate("一二三四五六日", 1)} | {"天": 7}
_EN_DAYS = {weekday_text(n).en.casefold(): n for n in range(1, 8)}
_NUMBERING = re.compile(r"^(?:q|第)?\d{1,3}(?:题)?[、.:)]\s*|^\*+")
_KIND_OF_QUESTION = re.compile(
    r"[\[(【](?:单选题?|多选题?|填空题?|排序题?|下拉题?|必填|选填|必答|required|optional)[\])】]|\*"
)
_BRACKETS = re.compile(r"\([^()]*\)|【[^【】]*】|\[[^\[\]]*\]")

# In the order in which they are tried.
_HEADERS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            Kind.TIME,
            r"提交(?:答卷)?(?:的)?(?:时间|日期)|(?<!开始)(?:答题|填写|填表)时间(?!段)|(?:完成|结束|创建)时间"
            r"|时间戳|timestamp|completiontime|submi(?:t|tted|ssion)(?:ted)?(?:at|on|time|date)|datesubmitted",
        ),
        (Kind.NAME, r"班级?.{0,4}姓名|姓名.{0,4}班级"),
        (
            Kind.STUDENT,
            r"学号|学籍号|学生编号|学生号|(?:student|pupil)'?s?(?:id|no\b|no\.|number|code)",
        ),
        (
            Kind.NAME,
            r"(?:学生|孩子|儿童|宝贝|小朋友|子女)(?:的)?(?:真实)?(?:姓名|名字|全名)"
            r"|(?:student|child|pupil|kid|daughter|son)(?:'?s|’s)?(?:full)?name",
        ),
        (
            Kind.IGNORE,
            r"家长|监护人|父亲|母亲|爸|妈|电话|手机|联系|邮箱|微信|昵称|openid|ip$|来自ip|来源|浏览器|操作系统"
            r"|设备|用时|所用时间|时长|总分|得分|理由|原因|为什么|建议|意见|备注|老师|教师|班主任|签名|提交人"
            r"|填写人|填写者|开始|修改时间|更新时间|地址|身份证|性别|序号|生日|出生"
            r"|parent|guardian|phone|mobile|e-?mail|wechat|nickname|^ip|browser|device|duration|score"
            r"|why|reason|comment|remark|teacher|starttime|lastmodified|address|gender|birth|signature",
        ),
        (
            Kind.CLASS,
            r"(?<!兴趣)(?<!社团)班级|班别|所在班|哪个?班$|home-?class|homeroom|^(?:\w+')?s?class$|childclass|child's?class|student'?s?class|whichclassis",
        ),
        (Kind.GRADE, r"年级|^grade|yeargroup|(?:child|student|pupil)'?s?grade"),
        (Kind.NAME, r"姓名|名字|^(?:full)?name|^yourname"),
        (
            Kind.CLUBS,
            r"几(?:个|门|项|种)|(?:社团|课程|项目|报名|参加|选课)(?:总)?(?:数量?|门数|个数)$|howmany|numberof(?:club|activit|course)"
            r"|max(?:imum)?(?:number)?(?:of)?clubs",
        ),
        (
            Kind.LEAVE,
            r"离校|接走|接孩子|接送时间|放学时间|离开时间|几点|pick-?up|leavingtime|leaves?at|whattime|leavetime|timeofleaving",
        ),
    )
)
_STAY = re.compile(
    r"留校|托管|延时|课后服务|哪几?天|哪些天|周几|星期几|时段|whichdays|days|stay|afterschoolcare"
)
_CHOICES = re.compile(
    r"志愿|选课|选报|选择|报名|社团|课程|兴趣班|活动|项目|意向|club|course|activit|choice|preference|wish"
)


def clean(header: str) -> str:
    """Take a question's number and kind away from its header."""
    text = _KIND_OF_QUESTION.sub("", halfwidth(header).casefold())
    return _NUMBERING.sub("", text.strip()).strip()


def rank_in(text: str) -> int | None:
    """Give the rank that a text names, such as 第一志愿 or first choice."""
    folded = bare(text)
    for pattern in _CHOICE:
        match = pattern.search(folded)
        if match:
            return _ORDINALS.get(match[1]) or zh_number(match[1])
    return None


def days_in(text: str) -> set[int]:
    """Give the weekdays that a text names."""
    return {_DAYS[zh] if zh else _EN_DAYS[en[:3]] for zh, en in _DAY.findall(bare(text))}


def by_header(header: str) -> Iterator[Role]:
    """Give what a column may be by its header, the likeliest first."""
    text = clean(header)
    rank = rank_in(text)
    if rank is not None and not _ABOUT_A_CHOICE.search(bare(text)):
        yield Role(Kind.CHOICE, rank)
        return
    for part in dict.fromkeys((bare(_BRACKETS.sub("", text)), bare(text))):
        for kind, pattern in _HEADERS:
            if pattern.search(part):
                yield Role(kind)
                return
    days = days_in(text)
    if len(days) == 1:
        yield Role(Kind.DAY, next(iter(days)))
    whole = bare(text)
    if _STAY.search(whole):
        yield Role(Kind.STAY)
    if _CHOICES.search(whole):
        yield Role(Kind.CHOICES)


def named(word: str) -> Role | None:
    """Give the role that a word of ``--column`` names."""
    folded = bare(word)
    for kind, name in NAMES.items():
        if folded in {bare(name.zh), bare(name.en), kind.value}:
            return Role(kind)
    match = re.fullmatch(rf"(?:第)?(?:志愿|choice|wish){_NUM}", folded)
    number = zh_number(match[1]) if match else None
    if number is None and (named_rank := re.fullmatch(rf"第{_NUM}志愿", folded)):
        number = zh_number(named_rank[1])
    if number:
        return Role(Kind.CHOICE, number)
    start, _, course = word.partition(":" if ":" in word else "：")
    if course and bare(start) in {"名次", "rank"}:
        return Role(Kind.RANK, course=course.strip())
    days = days_in(folded)
    return Role(Kind.DAY, next(iter(days))) if len(days) == 1 else None
