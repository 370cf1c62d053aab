"""Invented names of people, and the activities that schools really offer."""

from random import Random
from typing import Final, NamedTuple

CLASSROOM: Final = "普通教室"


class RoomType(NamedTuple):
    """A kind of special room: the feature that courses ask for, and its seats."""

    feature: str
    seats: int


SPECIAL_ROOMS: Final = (
    RoomType("运动场地", 50),
    RoomType("音乐舞蹈室", 36),
    RoomType("美术室", 36),
    RoomType("计算机室", 40),
    RoomType("科学实验室", 36),
)

ACTIVITIES: Final = {
    CLASSROOM: (
        "书法",
        "硬笔书法",
        "围棋",
        "中国象棋",
        "国际象棋",
        "五子棋",
        "魔方",
        "演讲",
        "小主持人",
        "课本剧",
        "绘本阅读",
        "经典诵读",
        "写作",
        "英语戏剧",
        "英语绘本",
        "数学游戏",
        "珠心算",
        "历史故事",
        "地理探索",
        "茶艺",
        "手账",
        "集邮",
        "折纸",
        "辩论",
        "播音朗诵",
        "民俗文化",
        "财商启蒙",
        "心理沙龙",
        "新闻采编",
        "汉服文化",
        "编织",
        "植物标本",
        "桥牌",
        "灯谜",
    ),
    "运动场地": (
        "篮球",
        "足球",
        "排球",
        "羽毛球",
        "乒乓球",
        "田径",
        "花样跳绳",
        "武术",
        "轮滑",
        "体操",
        "飞盘",
        "毽球",
        "击剑",
    ),
    "音乐舞蹈室": (
        "合唱",
        "民族舞",
        "街舞",
        "啦啦操",
        "管乐",
        "二胡",
        "古筝",
        "葫芦丝",
        "尤克里里",
        "非洲鼓",
        "戏曲",
    ),
    "美术室": ("素描", "国画", "水彩", "儿童画", "漫画", "版画", "剪纸", "陶艺", "扎染", "沙画"),
    "计算机室": ("编程", "图形化编程", "机器人", "动画制作", "三维打印", "人工智能", "微电影"),
    "科学实验室": ("科学实验", "航模", "船模", "天文", "电路搭建", "小小发明家", "木工"),
}

SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余"
    "于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金贾夏付方邹熊白孟秦邱侯江尹薛"
)
GIVEN: Final = (
    "子雨梓浩宇轩涵欣怡思佳俊博文嘉诗琪一诺梦瑶晨曦若溪志远明泽睿哲天佑心语静雅乐安可"
    "星辰云帆书航清扬景行知夏芷晴亦凡承恩沐阳锦程慧敏国栋晓燕建华丽娟海涛春梅"
)
TEACHER_GIVEN: Final = (
    "国建志文晓丽秀春红玉桂海永德立新明华芳敏静燕梅兰英霞娟军伟强勇斌波涛峰磊宏庆荣振颖洁琳"
)
DIGITS: Final = "零一二三四五六七八九"


def person(random: Random, given: str = GIVEN) -> str:
    """Invent a name: one character of surname, one or two of given name."""
    surname = SURNAMES[int(random.random() * len(SURNAMES))]
    length = 1 if random.random() < 0.2 else 2
    first, *rest = random.sample(given, length)
    return surname + first + "".join(rest)


def teacher(random: Random) -> str:
    """Invent a grown-up's name."""
    return person(random, TEACHER_GIVEN)


def numeral(number: int) -> str:
    """Write 1 to 99 in Chinese numerals, e.g. 12 as 十二; larger numbers in digits."""
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else DIGITS[tens] + "十")
    return head + (DIGITS[ones] if ones or not tens else "")


def activities(random: Random, count: int) -> list[tuple[str, str]]:
    """Draw courses: (name, feature of the room), no name twice.

    Each round goes through the whole catalogue in random order; from the second round on the
    names carry a number, e.g. 篮球二班.
    """
    catalogue = [(name, feature) for feature, names in ACTIVITIES.items() for name in names]
    drawn: list[tuple[str, str]] = []
    repeat = 1
    while len(drawn) < count:
        random.shuffle(catalogue)
        suffix = f"{numeral(repeat)}班" if repeat > 1 else ""
        drawn += [(name + suffix, feature) for name, feature in catalogue[: count - len(drawn)]]
        repeat += 1
    return drawn
