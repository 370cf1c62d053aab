"""What a school has: rooms, providers, and everyone who leads a section or supervises care."""

from models import PayUnit, Provider, Room, StaffKind, Teacher, Text
from models.labels import PROVIDER_KINDS
from optimizer.files.columns import Column, Table
from optimizer.files.lists import Words
from optimizer.files.scalars import Choice, Ident, Integer, Label, Money, Ref, YesNo
from optimizer.files.slotrefs import SlotRefs
from optimizer.files.tables.people import fields_of

ROOMS = Table(
    "rooms",
    Text("教室", "Rooms"),
    (
        Column(
            "id",
            Text("教室编号", "Room id"),
            Ident(),
            Text("自定，不重复", "your own choice, each once"),
            Text("301", "301"),
            required=True,
            aliases=("编号", "教室", "room"),
        ),
        Column(
            "name",
            Text("教室名称", "Name"),
            Label(),
            Text("显示用的名称", "the name to show"),
            Text("三（1）班教室", "Room 301"),
            aliases=("名称",),
            blank="",
        ),
        Column(
            "seats",
            Text("座位数", "Seats"),
            Integer(),
            Text("最多能坐的学生数", "how many students fit"),
            Text("45", "45"),
            required=True,
            aliases=("座位", "容量", "capacity"),
        ),
        Column(
            "features",
            Text("设施", "Features"),
            Words(),
            Text(
                "自定的词，与课程的“教室要求”一致，可空白",
                "words of your own that courses ask for; may be blank",
            ),
            Text("钢琴、投影", "piano, projector"),
            blank=(),
        ),
        Column(
            "available_slots",
            Text("可用时段", "Available slots"),
            SlotRefs(),
            Text(
                "可写星期；空白为全部，“无”为都不可用",
                "weekdays will do; blank: all, 'none': never",
            ),
            Text("周一、周三", "Mon, Wed"),
            aliases=("可用", "available"),
            marks_empty=True,
        ),
        Column(
            "care_room",
            Text("可作托管", "Care room"),
            YesNo(),
            Text(
                "不是本班教室也可用于托管，空白为否",
                "base care may be held here although it is no home room; blank: no",
            ),
            Text("否", "no"),
        ),
    ),
    Text("上课和托管的场地", "places for sections and base care"),
    rows=fields_of("rooms"),
    build=Room.model_validate,
    required=True,
    aliases=("场地",),
)

PROVIDERS = Table(
    "providers",
    Text("机构", "Providers"),
    (
        Column(
            "id",
            Text("机构编号", "Provider id"),
            Ident(),
            Text("自定，不重复", "your own choice, each once"),
            Text("P1", "P1"),
            required=True,
            aliases=("编号", "机构"),
        ),
        Column(
            "name",
            Text("机构名称", "Name"),
            Label(),
            Text("显示用的名称", "the name to show"),
            Text("区少年宫", "Youth Palace"),
            aliases=("名称",),
            blank="",
        ),
        Column(
            "kind",
            Text("类别", "Kind"),
            Choice(PROVIDER_KINDS),
            Text(
                "非学科类：教体育、艺术、科技等的培训机构；政策对机构有规定时必填",
                "non-subject: trains children in sports, arts, technology; needed where the policy "
                "speaks of providers",
            ),
            Text("公益机构", "public"),
        ),
        Column(
            "vetted",
            Text("已审核", "Vetted"),
            YesNo(),
            Text("空白为是", "blank: yes"),
            Text("是", "yes"),
        ),
        Column(
            "bad_record",
            Text("有不良记录", "Bad record"),
            YesNo(),
            Text("空白为否", "blank: no"),
            Text("否", "no"),
        ),
    ),
    Text("提供课程或教师的校外机构", "outside bodies that provide courses or staff"),
    rows=fields_of("providers"),
    build=Provider.model_validate,
)

TEACHERS = Table(
    "teachers",
    Text("教师", "Teachers"),
    (
        Column(
            "id",
            Text("教师编号", "Teacher id"),
            Ident(),
            Text("自定，不重复", "your own choice, each once"),
            Text("T01", "T01"),
            required=True,
            aliases=("编号", "工号", "教师", "teacher"),
        ),
        Column(
            "name",
            Text("姓名", "Name"),
            Label(),
            Text("教师姓名", "the teacher's name"),
            Text("李芳", "Li Fang"),
            aliases=("教师姓名", "名称"),
            blank="",
        ),
        Column(
            "kind",
            Text("类别", "Kind"),
            Choice(
                {
                    StaffKind.OWN: Text("本校", "own"),
                    StaffKind.OTHER_SCHOOL: Text("外校教师", "other school"),
                    StaffKind.EXTERNAL: Text("外聘", "external"),
                    StaffKind.VOLUNTEER: Text("志愿者", "volunteer"),
                    StaffKind.PROVIDER: Text("机构派遣", "provider"),
                }
            ),
            Text("空白为本校", "blank: own"),
            Text("本校", "own"),
        ),
        Column(
            "cleared",
            Text("已审查", "Cleared"),
            YesNo(),
            Text(
                "是否通过从业审查（品行，校外人员还有资质），空白为是",
                "fit for work with children: conduct, and of outsiders qualification; blank: yes",
            ),
            Text("是", "yes"),
        ),
        Column(
            "may_supervise",
            Text("可看托管", "May supervise"),
            YesNo(),
            Text(
                "是否可以看管托管，空白为是", "whether base care may be given to them; blank: yes"
            ),
            Text("是", "yes"),
        ),
        Column(
            "available_slots",
            Text("可用时段", "Available slots"),
            SlotRefs(),
            Text(
                "能来的时段，可写星期；空白为全部，“无”为都不能来",
                "slots they can come at, weekdays will do; blank: all, 'none': never",
            ),
            Text("周一、周二", "Mon, Tue"),
            aliases=("可用", "available"),
            marks_empty=True,
        ),
        Column(
            "max_periods_week",
            Text("每周最多节数", "Max periods a week"),
            Integer(),
            Text("空白为 10", "blank: 10"),
            Text("8", "8"),
            aliases=("max periods week",),
        ),
        Column(
            "max_periods_day",
            Text("每天最多节数", "Max periods a day"),
            Integer(),
            Text("空白为 4", "blank: 4"),
            Text("2", "2"),
            aliases=("max periods day",),
        ),
        Column(
            "pay_fen",
            Text("酬劳（元）", "Pay (yuan)"),
            Money(),
            Text(
                "每节或每次的酬劳；空白为未定，不计酬",
                "rate per period or session; blank: not set, nothing is paid",
            ),
            Text("50", "50"),
            aliases=("课时费", "pay"),
        ),
        Column(
            "pay_unit",
            Text("计酬单位", "Pay unit"),
            Choice({PayUnit.PERIOD: Text("节", "period"), PayUnit.SESSION: Text("次", "session")}),
            Text(
                "按节，或按次（一天一次，不论几节）；空白为节",
                "by the period, or by the session (one a day, however long); blank: period",
            ),
            Text("节", "period"),
        ),
        Column(
            "overtime_pay_fen",
            Text("超时酬劳（元）", "Overtime pay (yuan)"),
            Money(),
            Text("政策规定的正常结束时间之后；空白为同酬", "after the normal end; blank: the same"),
            Text("75", "75"),
            aliases=("超时课时费", "overtime pay"),
        ),
        Column(
            "provider",
            Text("机构", "Provider"),
            Ref("providers", Text("机构", "provider")),
            Text(
                "派出该教师的机构编号；机构派遣的必填",
                "id of the provider that sends them; needed for those a provider sends",
            ),
            Text("P1", "P1"),
        ),
    ),
    Text("带社团或看管托管的每个人一行", "one row for everyone who leads or supervises"),
    rows=fields_of("teachers"),
    build=Teacher.model_validate,
    required=True,
)
