"""What is on offer and what is wished for: courses, wishes."""

from models import Course, CourseKind, Text, Wish
from models.contents import known_contents
from optimizer.files.columns import Column, Table
from optimizer.files.lists import Contents, Grades, Refs, Words
from optimizer.files.scalars import Choice, Ident, Integer, Label, Ref, YesNo
from optimizer.files.slotrefs import SlotRefs
from optimizer.files.tables.people import fields_of

COURSES = Table(
    "courses",
    Text("课程", "Courses"),
    (
        Column(
            "id",
            Text("课程编号", "Course id"),
            Ident(),
            Text("自定，不重复", "your own choice, each once"),
            Text("篮球", "basketball"),
            required=True,
            aliases=("编号", "课程", "course"),
        ),
        Column(
            "name",
            Text("课程名称", "Name"),
            Label(),
            Text("显示用的名称", "the name to show"),
            Text("篮球", "Basketball"),
            aliases=("名称",),
            blank="",
        ),
        Column(
            "grades",
            Text("年级", "Grades"),
            Grades(),
            Text("面向的年级", "grades it is for"),
            Text("3-6", "3-6"),
            required=True,
            blank=(),
        ),
        Column(
            "min_size",
            Text("最少人数", "Min size"),
            Integer(),
            Text("少于此数不开班，空白为 8", "fewer do not open a group; blank: 8"),
            Text("10", "10"),
        ),
        Column(
            "max_size",
            Text("最多人数", "Max size"),
            Integer(),
            Text("每班最多人数，空白为 30", "most in one group; blank: 30"),
            Text("24", "24"),
        ),
        Column(
            "max_sections",
            Text("最多班数", "Max sections"),
            Integer(),
            Text("最多开几个班，空白为 1", "how many groups may open; blank: 1"),
            Text("2", "2"),
        ),
        Column(
            "sessions_per_week",
            Text("每周次数", "Sessions a week"),
            Integer(),
            Text("每周上几次，空白为 1", "how often a week; blank: 1"),
            Text("1", "1"),
            aliases=("sessions per week",),
        ),
        Column(
            "periods_per_session",
            Text("每次节数", "Periods a session"),
            Integer(),
            Text("每次连上几节，空白为 1", "periods back to back; blank: 1"),
            Text("2", "2"),
            aliases=("periods per session",),
        ),
        Column(
            "min_gap_days",
            Text("间隔天数", "Min gap days"),
            Integer(),
            Text(
                "1：不同日；2：不在相邻两日；0：同日也可；空白为 1",
                "1: other days; 2: not neighbouring days; 0: the same day will do; blank: 1",
            ),
            Text("2", "2"),
        ),
        Column(
            "slots",
            Text("可用时段", "Slots"),
            SlotRefs(),
            Text(
                "可以上课的时段，可写星期；空白为全部",
                "slots it may use, weekdays will do; blank: all",
            ),
            Text("周二、周四", "Tue, Thu"),
            aliases=("时段", "available slots"),
            marks_empty=True,
        ),
        Column(
            "leaders",
            Text("可带教师", "Leaders"),
            Refs("teachers", Text("教师", "teacher")),
            Text("能带这门课的教师编号", "ids of teachers who can lead it"),
            Text("T01、T02", "T01, T02"),
            required=True,
            blank=(),
            aliases=("教师", "teachers"),
        ),
        Column(
            "staff_needed",
            Text("所需教师数", "Staff needed"),
            Integer(),
            Text("每班需要几位教师，空白为 1", "staff a group needs; blank: 1"),
            Text("1", "1"),
        ),
        Column(
            "room_features",
            Text("教室要求", "Room features"),
            Words(),
            Text("教室须有的设施，可空白", "features the room must have; may be blank"),
            Text("钢琴", "piano"),
            blank=(),
            aliases=("设施",),
        ),
        Column(
            "rooms",
            Text("可用教室", "Rooms"),
            Refs("rooms", Text("教室", "room")),
            Text("空白为符合要求的全部教室", "blank: every room with the features"),
            Text("操场", "field"),
            blank=(),
            aliases=("教室",),
        ),
        Column(
            "max_grade_span",
            Text("最多跨年级数", "Max grade span"),
            Integer(),
            Text("一个班最多几个年级，空白为学校设置", "most grades in one group; blank: as set"),
            Text("3", "3"),
        ),
        Column(
            "mix_stages",
            Text("可跨学段", "Mix stages"),
            YesNo(),
            Text("空白为否", "blank: no"),
            Text("否", "no"),
        ),
        Column(
            "kind",
            Text("类别", "Kind"),
            Choice(
                {
                    CourseKind.ACTIVITY: Text("活动", "activity"),
                    CourseKind.LEARNING: Text("学习", "learning"),
                }
            ),
            Text("学习类（作业辅导、答疑）受政策限制；空白为活动", "blank: activity"),
            Text("活动", "activity"),
        ),
        Column(
            "content",
            Text("内容标签", "Content"),
            Contents(),
            Text(
                "政策可能禁止的内容：{known}；政策表“对象”中自定的词也可；可空白",
                "what a policy may bar: {known}; or a word that the policy sheet has as a subject; "
                "may be blank",
            ).fill(known=known_contents()),
            blank=(),
            aliases=("内容",),
        ),
        Column(
            "provider",
            Text("机构", "Provider"),
            Ref("providers", Text("机构", "provider")),
            Text("提供课程的机构编号，可空白", "id of the provider; may be blank"),
            Text("P1", "P1"),
        ),
    ),
    Text("菜单：每门课程一行", "the menu: one row a course"),
    rows=fields_of("courses"),
    build=Course.model_validate,
    required=True,
)

WISHES = Table(
    "wishes",
    Text("志愿", "Wishes"),
    (
        Column(
            "student",
            Text("学号", "Student id"),
            Ref("students", Text("学生", "student")),
            Text("学生的学号", "id of the student"),
            Text("S0301", "S0301"),
            required=True,
            aliases=("学生", "学生编号"),
        ),
        Column(
            "course",
            Text("课程编号", "Course id"),
            Ref("courses", Text("课程", "course")),
            Text("想上的课程", "the course wished for"),
            Text("篮球", "basketball"),
            required=True,
            aliases=("课程",),
        ),
        Column(
            "rank",
            Text("志愿序号", "Rank"),
            Integer(),
            Text(
                "1 为最想上，依次 1、2、3，不重复、不间断", "1 is the dearest; 1, 2, 3 without gaps"
            ),
            Text("1", "1"),
            required=True,
            aliases=("序号", "志愿"),
        ),
        Column(
            "teacher",
            Text("指定教师", "Teacher"),
            Ref("teachers", Text("教师", "teacher")),
            Text("只在由该教师带班时才要，可空白", "only if led by this teacher; may be blank"),
            Text("T01", "T01"),
            aliases=("教师", "教师编号"),
        ),
    ),
    Text("每个志愿一行", "one row a wish"),
    rows=fields_of("wishes"),
    build=Wish.model_validate,
)
