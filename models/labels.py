"""What people call policy items and kinds, in both languages.

Sheets, messages and notices all take their words from here.
"""

from enum import StrEnum
from typing import Final

from models.contents import CONTENT_NAMES
from models.families import Family
from models.items import ITEMS, Subject
from models.items import PolicyItem as I
from models.kept import Kept
from models.money import Cost, FeeBasis, Income
from models.people import GroupKind, Level, ProviderKind
from models.terms import Ban, Band, Every, Force, Season, Topic
from models.text import Text

ITEM_NAMES: Final[dict[I, Text]] = {
    I.LATEST_END: Text("最晚结束时间", "latest end"),
    I.EVENING_LATEST_END: Text("晚自习最晚结束时间", "evening latest end"),
    I.EVENING_MAX_MINUTES: Text("晚自习最多分钟", "evening max minutes"),
    I.MAX_MINUTES_DAY: Text("每天最多分钟", "max minutes a day"),
    I.MAX_PERIODS_DAY: Text("每天最多节数", "max periods a day"),
    I.MAX_LEARNING_PERIODS_DAY: Text("每天最多学习类节数", "max learning periods a day"),
    I.SERVICE_WEEKDAY: Text("服务星期", "service weekday"),
    I.EVENING_ALLOWED: Text("可设晚自习", "evening study allowed"),
    I.ACTIVITIES_END: Text("课外活动最晚结束时间", "end of activities"),
    I.EVENING_WEEKDAY: Text("晚自习星期", "evening weekday"),
    I.LEARNING_PERIOD_MINUTES: Text("学习类一课时分钟", "minutes a learning period"),
    I.EARLIEST_END: Text("最早结束时间", "earliest end"),
    I.MIN_MINUTES_DAY: Text("每天至少分钟", "min minutes a day"),
    I.MINUTES_DAY: Text("每天分钟", "minutes a day"),
    I.PERIODS_DAY: Text("每天节数", "periods a day"),
    I.PERIOD_MINUTES: Text("每节分钟", "minutes a period"),
    I.MIN_WEEKDAYS: Text("每周至少工作日数", "min weekdays a week"),
    I.WEEKEND_DAYS: Text("双休日服务天数", "weekend days a week"),
    I.HOMEWORK_START: Text("作业时段开始", "homework start"),
    I.HOMEWORK_END: Text("作业时段结束", "homework end"),
    I.MAKE_UP_SERVICE: Text("调休日开展服务", "service on make-up days"),
    I.OPEN_CAMPUS_WEEKS: Text("假期开放校园周数", "open campus weeks"),
    I.ONE_TERM: Text("以一学期为周期", "settled for a term"),
    I.SEASONAL_HOURS: Text("时间可按季节区别", "hours by season"),
    I.LATE_CARE: Text("延时托管", "late care"),
    I.ELIGIBLE: Text("服务对象", "eligible"),
    I.EXCLUDED_GROUP: Text("不参加的群体", "excluded group"),
    I.PRIORITY_GROUP: Text("优先群体", "priority group"),
    I.PRIORITY_GRADES: Text("优先年级", "priority grades"),
    I.VOLUNTARY: Text("自愿参加", "voluntary"),
    I.NO_REFUSAL: Text("不得拒绝", "no refusal"),
    I.MOVE_UNMET: Text("未满足者另行安排", "unmet moved"),
    I.JOIN_MID_TERM: Text("可中途加入退出", "joining mid-term"),
    I.LEAVE_NOTE: Text("请假须书面", "leave note"),
    I.APPLICATION: Text("家长申请、学校审核", "application and review"),
    I.PARENTS_HEARD: Text("听取家长意见", "parents heard"),
    I.FREE_HELP: Text("免费辅导学习困难学生", "free help in difficulty"),
    I.BARRED_CONTENT: Text("禁止的内容", "barred content"),
    I.EVENING_BARRED_CONTENT: Text("晚自习禁止内容", "evening barred content"),
    I.PROVIDER_BARRED_CONTENT: Text("第三方禁止的内容", "barred content of third parties"),
    I.CONTENT_START: Text("内容最早开始", "content start"),
    I.CONTENT_END: Text("内容最晚结束", "content end"),
    I.BARRED_PROVIDER: Text("禁止的机构类别", "barred provider"),
    I.VETTING_REQUIRED: Text("须经审核", "vetting required"),
    I.CONDUCT_REQUIRED: Text("人员须无不良记录", "conduct required"),
    I.QUALIFICATION_REQUIRED: Text("校外人员须有资质", "qualification required"),
    I.OWN_STAFF_FIRST: Text("以本校教师为主", "own staff first"),
    I.TEACHER_CHOICE: Text("可选教师", "teacher choice"),
    I.ROTA: Text("班主任轮值", "homeroom rota"),
    I.HOMEWORK_DONE_PERCENT: Text("书面作业完成比例", "homework done percent"),
    I.HOMEWORK_DONE: Text("在校完成书面作业", "homework done at school"),
    I.HOMEWORK_CHECKED: Text("布置并检查作业", "homework set and checked"),
    I.NO_ADDED_LOAD: Text("不得加重课业负担", "no added load"),
    I.NO_PREMISES: Text("不得将校舍供其经营", "no premises for"),
    I.CONTRACT_REQUIRED: Text("外聘须签合同", "contract with outsiders"),
    I.LENT_TEACHERS: Text("外校教师支援", "teachers of other schools"),
    I.OWN_PLACES_USED: Text("利用校内场地资源", "own places used"),
    I.ORGANISED: Text("管理组织和制度", "management and rules"),
    I.SAFETY_RULES: Text("安全管理制度", "safety rules"),
    I.ENOUGH_STAFF: Text("安排足够人员", "enough staff"),
    I.AGREEMENT: Text("与家长签订协议", "agreement with parents"),
    I.FILED: Text("方案报备", "plan filed"),
    I.NO_FEE: Text("不收费", "no fee"),
    I.NO_FEE_UNTIL_ISSUED: Text("标准出台前不收费", "no fee until issued"),
    I.FEE_APPROVED: Text("收费标准由当地批准", "fee approved locally"),
    I.FEE_BASIS: Text("收费方式", "fee basis"),
    I.FEE_MONTH: Text("每月收费", "fee a month"),
    I.FEE_PERIOD: Text("每节收费", "fee a period"),
    I.FEE_PERIOD_MAX: Text("每节收费上限", "max fee a period"),
    I.CHARGED_PERIODS_DAY_MAX: Text("每天收费节数上限", "max charged periods a day"),
    I.FEE_DAY_MAX: Text("每天收费上限", "max fee a day"),
    I.SETTLE_ACTUAL: Text("据实结算", "settled on actual service"),
    I.PART_PERIOD: Text("中途加入退出的收费", "part months and terms"),
    I.RELIEF: Text("减免比例", "relief"),
    I.RELIEF_REIMBURSED: Text("减免由财政补给", "relief reimbursed"),
    I.FEE_PUBLISHED_FIRST: Text("公示后方可收费", "published before charged"),
    I.FEE_WITHIN_TERM: Text("不得跨学期收费", "no fee across terms"),
    I.NO_OTHER_FEES: Text("不得另外收费", "no other fees"),
    I.PAY_OWN: Text("本校教师补助", "pay of own staff"),
    I.PAY_MAX: Text("本校教师每节补助上限", "max pay a period"),
    I.OVERTIME_FROM: Text("加班起算时间", "overtime from"),
    I.PAY_OVERTIME: Text("加班补助", "overtime pay"),
    I.PAY_EXTERNAL: Text("外聘人员协议报酬", "pay of external staff"),
    I.SPECIAL_FUND: Text("专项经费", "special fund"),
    I.SUBSIDY: Text("生均补助", "subsidy per student"),
    I.SUBSIDY_YEAR_MAX: Text("每生每年补助上限", "max subsidy a year"),
    I.SUBSIDY_UPLIFT_MAX: Text("偏远地区上浮上限", "max subsidy uplift"),
    I.NOT_FOR_PROFIT: Text("不得营利", "not for profit"),
    I.NO_MANAGEMENT_FEE: Text("不得提取管理费", "no management fee"),
    I.NO_OTHER_PAY: Text("不得另发津贴补贴", "no other pay"),
    I.DONATIONS: Text("接受捐赠", "donations"),
    I.COLLECTED_FOR_OTHERS: Text("代收费", "collected for others"),
    I.WORKLOAD_COUNTED: Text("计入工作量和考核", "workload counted"),
    I.YEARLY_BUDGET: Text("列入年度预算", "in the yearly budget"),
    I.PUBLISH: Text("公示内容", "publish"),
    I.PUBLISH_EVERY: Text("公示周期", "publish every"),
    I.PUBLISH_BEFORE: Text("事先公布", "published beforehand"),
}

FORCES: Final[dict[StrEnum, Text]] = {
    Force.HARD: Text("必须", "hard"),
    Force.ADVISORY: Text("原则上", "advisory"),
}
KEPTS: Final[dict[StrEnum, Text]] = {
    Kept.PLAN: Text("方案遵守并核查", "kept and checked in plans"),
    Kept.ALWAYS: Text("一律遵守", "always kept"),
    Kept.DATA: Text("核对学校数据", "checked in the data"),
    Kept.LEDGER: Text("账务遵守", "kept in the ledger"),
    Kept.PART: Text("部分核查", "checked in part"),
    Kept.NOTICE: Text("列入公示", "in the notice"),
    Kept.SAID: Text("只列明", "said only"),
}
LEVELS: Final[dict[StrEnum, Text]] = {
    Level.PRIMARY: Text("小学", "primary"),
    Level.JUNIOR: Text("初中", "junior"),
    Level.SENIOR: Text("高中", "senior"),
}
BANDS: Final[dict[StrEnum, Text]] = {
    Band.LOWER: Text("低年级", "lower grades"),
    Band.MIDDLE: Text("中年级", "middle grades"),
    Band.UPPER: Text("高年级", "upper grades"),
}
GROUP_KINDS: Final[dict[StrEnum, Text]] = {
    GroupKind.DISABLED: Text("残疾", "disabled"),
    GroupKind.LEFT_BEHIND: Text("留守儿童", "left-behind"),
    GroupKind.MIGRANT: Text("随迁子女", "migrant workers' children"),
    GroupKind.HARDSHIP: Text("家庭经济困难", "hardship"),
    GroupKind.REGISTERED_POOR: Text("建档立卡", "registered poor"),
    GroupKind.MINIMUM_INCOME: Text("低保家庭", "minimum income"),
    GroupKind.HARDSHIP_WORKER: Text("特困职工家庭", "hardship worker"),
    GroupKind.BOARDER: Text("寄宿生", "boarder"),
    GroupKind.BUS: Text("校车生", "school bus"),
    GroupKind.SPECIAL_NEEDS: Text("有特殊需要", "special needs"),
    GroupKind.OTHER: Text("其他", "other"),
}
PROVIDER_KINDS: Final[dict[StrEnum, Text]] = {
    ProviderKind.PUBLIC: Text("公益机构", "public"),
    ProviderKind.NON_SUBJECT: Text("非学科类机构", "non-subject"),
    ProviderKind.TRAINING_FIRM: Text("培训机构", "training firm"),
    ProviderKind.OTHER: Text("其他机构", "other body"),
}
FEE_BASES: Final[dict[StrEnum, Text]] = {
    FeeBasis.NONE: Text("不收费", "none"),
    FeeBasis.MONTH: Text("按月", "month"),
    FeeBasis.PERIOD: Text("按节", "period"),
    FeeBasis.TERM: Text("按学期", "term"),
}
TOPICS: Final[dict[StrEnum, Text]] = {
    Topic.SERVICE_TIME: Text("服务时间", "service time"),
    Topic.MENU: Text("服务内容", "what is offered"),
    Topic.METHOD: Text("服务方式", "how it is organised"),
    Topic.STAFF: Text("人员安排", "staff"),
    Topic.PLACES: Text("场地与容纳人数", "places"),
    Topic.SAFETY: Text("安全措施", "safety measures"),
    Topic.FEES: Text("收费标准与依据", "fees and their basis"),
    Topic.COMPLAINTS: Text("投诉举报电话", "where to complain"),
    Topic.ACCOUNTS: Text("经费收支", "accounts"),
    Topic.ATTENDANCE: Text("教师出勤", "staff attendance"),
    Topic.HOMEWORK_CHECKS: Text("作业批改情况", "homework checks"),
}
EVERIES: Final[dict[StrEnum, Text]] = {
    Every.MONTH: Text("每月", "every month"),
    Every.TERM: Text("每学期末", "at the end of each term"),
    Every.REGULARLY: Text("定期", "regularly"),
}
SEASONS: Final[dict[StrEnum, Text]] = {
    Season.WINTER: Text("寒假", "winter holidays"),
    Season.SUMMER: Text("暑假", "summer holidays"),
}
INCOMES: Final[dict[StrEnum, Text]] = {
    Income.FEES: Text("服务费", "fees"),
    Income.REIMBURSEMENT: Text("减免补偿", "reimbursement"),
    Income.SUBSIDY: Text("生均补助", "subsidy"),
    Income.SPECIAL: Text("专项经费", "special fund"),
    Income.YEARLY_BUDGET: Text("年度预算经费", "yearly budget"),
    Income.DONATION: Text("社会捐助", "donations"),
    Income.COLLECTION: Text("代收费", "collections on behalf"),
    Income.SCHOOL: Text("学校自筹", "school's own means"),
}
COSTS: Final[dict[StrEnum, Text]] = {
    Cost.PAY_NORMAL: Text("本校教师补助", "pay of own staff"),
    Cost.PAY_OVERTIME: Text("加班补助", "overtime pay"),
    Cost.PAY_EXTERNAL: Text("外聘人员报酬", "pay of external staff"),
    Cost.UTILITIES: Text("水电费", "utilities"),
    Cost.CONSUMABLES: Text("消耗品", "consumables"),
    Cost.UPKEEP: Text("场地器材维护", "upkeep"),
    Cost.RUNNING: Text("其他服务开支", "running costs"),
    Cost.REMITTANCE: Text("上缴财政", "remittance"),
    Cost.MANAGEMENT: Text("管理费", "management fee"),
    Cost.OTHER: Text("与服务无关的开支", "other spending"),
}
FAMILY_NAMES: Final[dict[Family, Text]] = {
    "attendance": Text("愿留尽留", "attendance"),
    "wishes": Text("志愿", "wishes"),
    "clash": Text("时间冲突", "clashes"),
    "group_size": Text("班额", "group size"),
    "cross_grade": Text("跨年级", "cross-grade"),
    "pattern": Text("上课方式", "weekly pattern"),
    "rooms": Text("教室", "rooms"),
    "staffing": Text("教师", "staffing"),
    "hours": Text("时间规定", "hours"),
    "content": Text("内容", "content"),
    "budget": Text("预算", "budget"),
    "locks": Text("锁定", "locks"),
}
"""What people call the rule families."""
BANS: Final[dict[Ban, Text]] = {
    Ban.KIND: Text("不允许“{kind}”这类机构", "providers of the kind '{kind}' are barred"),
    Ban.PREMISES: Text(
        "学校场地不得提供给“{kind}”这类机构经营",
        "the school's premises are not for providers of the kind '{kind}'",
    ),
    Ban.NOT_VETTED: Text("该机构未通过遴选", "this provider is not vetted"),
    Ban.BAD_RECORD: Text("该机构有不良记录", "this provider has a bad record"),
}
"""Why a policy keeps an outside body out."""
_OF_SUBJECT: Final[dict[Subject, dict[str, Text]]] = {
    Subject.GROUP: {kind.value: name for kind, name in GROUP_KINDS.items()},
    Subject.CONTENT: CONTENT_NAMES,
    Subject.PROVIDER: {kind.value: name for kind, name in PROVIDER_KINDS.items()},
    Subject.BASIS: {basis.value: name for basis, name in FEE_BASES.items()},
    Subject.TOPIC: {topic.value: name for topic, name in (TOPICS | EVERIES).items()},
    Subject.SEASON: {season.value: name for season, name in SEASONS.items()},
}
"""Subjects that clauses name; of those not here, the id itself is shown."""


def subject_text(subject: str, item: I) -> Text:
    """Name a clause's subject in the light of its item: other items use the same word otherwise."""
    names = _OF_SUBJECT.get(ITEMS[item].subject, {})
    return names.get(subject, Text(subject, subject))
