"""What figures, statuses and reasons are called, in both languages."""

from models import BoundProof, Lang, PlanStatus, Text, UnmetReason, yuan
from optimizer.report.figures import SchoolFigures, Summary

REASONS: dict[UnmetReason, Text] = {
    UnmetReason.NOT_ELIGIBLE: Text(
        "年级不符，或政策、锁定不允许该生参加",
        "the grade, the policy or a lock keeps the student out",
    ),
    UnmetReason.TIME: Text(
        "该课程的上课方式与学生的在校时段不合", "no way to hold the course fits the student's slots"
    ),
    UnmetReason.TOO_FEW: Text(
        "未开班：能参加的人数不足最少人数",
        "not opened: fewer students could come than the minimum size",
    ),
    UnmetReason.NOT_OPENED: Text(
        "未开班：教师、教室、时间或经费用在了更优先的需求上",
        "not opened: staff, rooms, time or money went to stronger claims",
    ),
    UnmetReason.TEACHER: Text(
        "志愿指定的教师没有带这门课的班", "no open group is led by the teacher the wish names"
    ),
    UnmetReason.OTHER_TIME: Text(
        "已开的班都不在学生的在校时段", "every open group meets when the student is not there"
    ),
    UnmetReason.CLASH: Text(
        "能参加的班都与已录取的社团时间冲突",
        "every group the student could attend meets at the time of a club already granted",
    ),
    UnmetReason.FULL: Text(
        "能参加的班都已满员（同等条件按公示抽签号排序）",
        "every group the student could attend is full (equal claims go by lottery number)",
    ),
    UnmetReason.GRADES: Text(
        "有余位的班的年级与该生相差太大", "the groups with room left hold grades too far away"
    ),
    UnmetReason.LIMIT: Text(
        "已达到想要的社团数，或当天学习类课时已满",
        "holds as many clubs as wanted, or may not have one more learning period that day",
    ),
}

STATUSES: dict[PlanStatus, Text] = {
    PlanStatus.OPTIMAL: Text("已证明最优", "proved best"),
    PlanStatus.FEASIBLE: Text("可行，时限内找到的最好方案", "valid; the best found in time"),
}

PROOFS: dict[BoundProof, Text] = {
    BoundProof.BEST_WISHES: Text(
        "计数：假设座位足够、人人得到最想要的社团",
        "by counting: everyone's best wishes, as if there were room for all",
    ),
    BoundProof.EXACT_SEARCH: Text(
        "对整个模型作精确整数搜索（CP-SAT）",
        "by exact integer search over the whole model (CP-SAT)",
    ),
}

PROVED_BEST = Text(
    "上界 {bound}：不存在更好的方案（已证明）", "at most {bound}: no plan is better (proved)"
)
AT_MOST = Text(
    "上界 {bound}：任何方案最多再好 {percent}%",
    "at most {bound}: no plan can be more than {percent} % better",
)
BOUND_ONLY = Text("上界 {bound}", "at most {bound}")
NO_BOUND = Text("未求得上界", "no bound was proved")
OF = Text("{part} / {whole}（{percent}%）", "{part} of {whole} ({percent} %)")
OPEN_COURSES = Text(
    "{sections} 个班（共 {all} 门课，开 {open} 门）", "{sections} (of {open} of the {all} courses)"
)
COUNTED = Text("{count} 条：{reason}", "{count}: {reason}")
CARE = Text("{groups} 个组次，{places} 人次/周", "{groups} a week, {places} places")
PAY = Text("{pay} 元（预算 {budget} 元）", "{pay} yuan (budget {budget} yuan)")
PAY_UNLIMITED = Text("{pay} 元（不设预算）", "{pay} yuan (no budget set)")

Row = tuple[str, str]


def reason_text(reason: UnmetReason) -> Text:
    """Say why a wish was not granted."""
    return REASONS[reason]


def percent(part: int, whole: int) -> str:
    """Give a share to one decimal, e.g. ``97.5``; ``-`` of nothing."""
    return f"{100 * part / whole:.1f}" if whole else "-"


def gap_percent(value: int, bound: int) -> str:
    """Give the gap in percent, rounded up to two places: never smaller than it is."""
    hundredths = -((value - bound) * 10_000 // value)
    return f"{hundredths / 100:.2f}"


def bound_text(figures: Summary) -> Text:
    """Say what the bound proves about a plan."""
    if figures.bound is None:
        return NO_BOUND
    if figures.bound == figures.value:
        return PROVED_BEST.fill(bound=figures.bound)
    if not figures.value:
        return BOUND_ONLY.fill(bound=figures.bound)
    gap = gap_percent(figures.value, figures.bound)
    return AT_MOST.fill(bound=figures.bound, percent=gap)


def pay_text(figures: Summary) -> Text:
    """Say what a plan pays and what it may."""
    if figures.budget_fen is None:
        return PAY_UNLIMITED.fill(pay=yuan(figures.pay_fen))
    return PAY.fill(pay=yuan(figures.pay_fen), budget=yuan(figures.budget_fen))


def plan_rows(figures: Summary, lang: Lang) -> list[Row]:
    """Give the figures of a plan as lines of label and value."""

    def share(part: int, whole: int) -> Text:
        return OF.fill(part=part, whole=whole, percent=percent(part, whole))

    courses = OPEN_COURSES.fill(
        sections=figures.sections, open=figures.courses_open, all=figures.courses
    )
    care = CARE.fill(groups=figures.care_groups, places=figures.care_places)
    rows: list[tuple[Text, Text | int]] = [
        (Text("结果", "Status"), STATUSES[figures.status]),
        (Text("满意度分值", "Points of satisfaction"), figures.value),
        (Text("与最优的差距", "Bound"), bound_text(figures)),
        (Text("参加服务的学生", "Students taking part"), figures.students),
        (Text("填了志愿的学生", "Students who wish for a club"), figures.wishing),
        (
            Text("  录取第一志愿", "  with their first choice"),
            share(figures.with_first_choice, figures.wishing),
        ),
        (
            Text("  至少一个社团", "  with at least one club"),
            share(figures.with_club, figures.wishing),
        ),
        (
            Text("  一个也没有", "  with none"),
            share(figures.with_nothing, figures.wishing),
        ),
        (Text("录取人次", "Seats granted"), figures.seats),
        (Text("开班", "Groups opened"), courses),
        (Text("基础托管", "Base-care groups"), care),
        (Text("全学期课酬", "Pay over the term"), pay_text(figures)),
        (Text("未满足的志愿", "Wishes not granted"), figures.unmet_wishes),
    ]
    rows += [
        (Text("  其中", "  of these"), COUNTED.fill(count=count, reason=REASONS[reason]))
        for reason, count in figures.unmet
    ]
    return [(label.say(lang), _said(value, lang)) for label, value in rows]


def school_rows(figures: SchoolFigures, lang: Lang) -> list[Row]:
    """Give the figures of a school as lines of label and value."""
    budget = Text("不设预算", "none set")
    if figures.budget_fen is not None:
        budget = Text("{sum} 元", "{sum} yuan").fill(sum=yuan(figures.budget_fen))
    rows: list[tuple[Text, Text | int]] = [
        (Text("学生", "Students"), figures.students),
        (Text("  填了志愿", "  who wish for a club"), figures.wishing),
        (Text("班级", "Classes"), figures.classes),
        (Text("志愿", "Wishes"), figures.wishes),
        (Text("课程", "Courses"), figures.courses),
        (Text("每周时段", "Slots a week"), figures.slots),
        (Text("教室", "Rooms"), figures.rooms),
        (Text("教师", "Staff"), figures.staff),
        (
            Text("社团：想要的人次 / 最多可提供的座位", "Clubs wanted / seats the menu could hold"),
            Text("{a} / {b}", "{a} / {b}").fill(a=figures.clubs_wanted, b=figures.club_seats),
        ),
        (
            Text(
                "教师课时/周：社团全开 + 全员托管 / 可用上限",
                "Staff periods a week: all clubs + care for all / most allowed",
            ),
            Text("{a} + {b} / {c}", "{a} + {b} / {c}").fill(
                a=figures.section_periods, b=figures.care_periods, c=figures.staff_periods
            ),
        ),
        (Text("全学期预算", "Budget over the term"), budget),
    ]
    return [(label.say(lang), _said(value, lang)) for label, value in rows]


def _said(value: Text | int, lang: Lang) -> str:
    return value.say(lang) if isinstance(value, Text) else str(value)
