"""What figures, statuses and reasons are called, in both languages."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from models import Aim, BoundProof, Lang, PlanStatus, Text, yuan
from optimizer.report.figures import SchoolFigures, Summary
from optimizer.report.gap_words import GAP, GAP_IN_POINTS, bound_text, gap_hundredths, is_far
from optimizer.report.outside import REASONS
from optimizer.report.reason_words import reason_text

NO_CLUB_POSSIBLE = Text(
    "只有基础托管：已证明排不出任何社团", "base care only: proved that no club is possible"
)
NOBODY_WISHES = Text(
    "只有基础托管：没有学生填报社团志愿", "base care only: no student wishes for a club"
)
FAR = Text(
    "符合规则，但离可能达到的还很远：不宜公布，请延长时间再求解",
    "keeps the rules, but is far from what may be possible: not to be published, give it more time",
)
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
    BoundProof.LINEAR_PROGRAM: Text(
        "价目（出自线性规划的对偶值）：各取所得最多不过如此，可用 verify --bound 重算",
        "by prices, the dual values of a linear program, at which nobody could do better: verify "
        "--bound adds them up again",
    ),
}

FIRST_POINTS_BOUND = Text(
    "首个社团同样多的方案，这一项都不超过 {bound} 分（已证明）",
    "with as many first clubs no plan has more than {bound} (proved)",
)
AIM = Text("分配目标", "Aim")
FIRST_CLUBS = Text("首个社团优先，其次总分", "first clubs first, then points")
OF = Text("{part} / {whole}（{percent}%）", "{part} of {whole} ({percent} %)")
OPENED = Text("{count} 个班，{courses}", "{count} {courses}")
GROUPS = Text("{all} 门课中开 {open} 门", "groups in {open} of {all} courses")
ONE_GROUP = Text("{all} 门课中开 {open} 门", "group in {open} of {all} courses")
BECAUSE = Text("{count} 条：{reason}", "{count} because {reason}")
DUTIES_BECAUSE = Text("{count} 项：{reason}", "{count} because {reason}")
CARE_GROUPS = Text("每周 {count} 组次", "{count} a week")
PLACES = Text("{places} 人次", "{places} places")
SUPERVISORS = Text("平均 {mean} 位，最多 {most} 位", "{mean} on average, {most} at most")
AT_MOST_PEOPLE = Text("平均；最多 {most} 位", "on average; at most {most}")
YUAN = Text("元", "yuan")
SUM = Text("{sum} 元", "{sum} yuan")
NO_BUDGET = Text("不设预算", "none set")
BUDGET = Text("全学期预算", "Budget over the term")
ASKING = Text("    想要 {clubs} 个社团的学生中", "    of those who ask for {clubs}")
NOTHING = Text("", "")

Row = tuple[str, str]
Number = int | Decimal | Fraction
"""A count, an amount in yuan, or a share of a whole."""


class Line(NamedTuple):
    """One figure: as a sentence for the screen, or as a number and a remark for a sheet."""

    label: Text
    said: Text
    number: Number | None = None
    """None where the sentence is all there is."""
    remark: Text | Fraction = NOTHING


def percent(part: int, whole: int) -> str:
    """Give a share to one decimal, e.g. ``97.5``; ``-`` of nothing."""
    return f"{100 * part / whole:.1f}" if whole else "-"


def _status(figures: Summary) -> Text:
    """Say what a plan is; one of which most is missing that may be possible is not praised."""
    if not figures.seats:  # Proved, or it would not be handed out.
        return NO_CLUB_POSSIBLE if figures.wishing else NOBODY_WISHES
    return FAR if is_far(figures.value, figures.bound) else STATUSES[figures.status]


def plan_rows(figures: Summary, lang: Lang) -> list[Row]:
    """Give the figures of a plan as rows of label and sentence."""
    return [(line.label.say(lang), line.said.say(lang)) for line in plan_lines(figures)]


def plan_lines(figures: Summary) -> list[Line]:
    """Give the figures of a plan."""
    return [
        Line(Text("结果", "Status"), _status(figures)),
        *([Line(AIM, FIRST_CLUBS)] if figures.aim is Aim.FIRST_CLUBS else []),
        _count(Text("满意度分值", "Points of satisfaction"), figures.value),
        *_first_points(figures),
        _gap(figures),
        _count(Text("参加服务的学生", "Students taking part"), figures.students),
        _count(Text("填了志愿的学生", "Students who wish for a club"), figures.wishing),
        _share(
            Text("  录取第一志愿", "  with their first choice"),
            figures.with_first_choice,
            figures.wishing,
        ),
        *_first_choices(figures),
        _share(
            Text("  至少一个社团", "  with at least one club"), figures.with_club, figures.wishing
        ),
        *_most_with_club(figures),
        *_moved(figures),
        _share(Text("  一个也没有", "  with none"), figures.with_nothing, figures.wishing),
        _count(Text("录取人次", "Seats granted"), figures.seats),
        _sections(figures),
        _count(
            Text("  在未要求的专用教室", "  in a special room not asked for"),
            figures.sections_out_of_place,
        ),
        _care(figures),
        *_care_quality(figures),
        *_outside(figures),
        _money(Text("全学期课酬", "Pay over the term"), figures.pay_fen),
        _money(BUDGET, figures.budget_fen),
        *_unmet(figures),
    ]


def _first_choices(figures: Summary) -> list[Line]:
    """Give a line for each number of clubs that students ask for, where there are several."""
    choices = figures.first_choices if len(figures.first_choices) > 1 else ()
    return [_share(ASKING.fill(clubs=g.clubs), g.granted, g.students) for g in choices]


def _first_points(figures: Summary) -> list[Line]:
    """Give the line on the points of first clubs, where these come first."""
    label, points = Text("  其中首个社团", "  of these, of first clubs"), figures.first_points
    if figures.aim is not Aim.FIRST_CLUBS or points is None:
        return []
    if figures.first_points_bound is None:
        return [_count(label, points)]
    remark = FIRST_POINTS_BOUND.fill(bound=figures.first_points_bound)
    said = Text("{points}（{remark}）", "{points} ({remark})").fill(points=points, remark=remark)
    return [Line(label, said, points, remark)]


def _most_with_club(figures: Summary) -> list[Line]:
    """Give the line on how many could have a club at most; none where it is not known."""
    label, most = (
        Text("    最多可能有社团的", "    at most, in any plan"),
        figures.first_clubs_bound,
    )
    return [] if most is None else [_share(label, most, figures.wishing)]


def _unmet(figures: Summary) -> list[Line]:
    """Give the lines on wishes that were not granted, with the reasons."""
    return [
        _count(Text("未满足的志愿", "Wishes not granted"), figures.unmet_wishes),
        *(
            Line(
                NOTHING, BECAUSE.fill(count=count, reason=reason_text(why)), count, reason_text(why)
            )
            for why, count in figures.unmet
        ),
        *_envied(figures),
    ]


def _envied(figures: Summary) -> list[Line]:
    """Give the line on wishes that a lesser one was preferred to; none where there are none."""
    remark = Text("同年级、社团更多的学生占着名额", "of one of the same grade who has more clubs")
    said = Text("{count}（{remark}）", "{count} ({remark})").fill(
        count=figures.envied, remark=remark
    )
    label = Text("  让给了更靠后的志愿", "  lost to a lesser wish")
    line = Line(label, said, figures.envied, remark)
    return [line] if figures.envied else []


def _moved(figures: Summary) -> list[Line]:
    """Give the line on who was moved; none where nobody was."""
    label = Text("  调剂到其他活动", "  moved to another activity")
    return [_share(label, figures.moved, figures.wishing)] if figures.moved else []


def _outside(figures: Summary) -> list[Line]:
    """Say what people from outside do, and why; nothing where own staff need not come first."""
    found = figures.outside
    if found is None:
        return []
    label = Text("校外人员承担的任务（班、托管组）", "Groups led or supervised from outside")
    lines = [_share(label, found.outside, found.duties)]
    for why, count in found.why:
        said = DUTIES_BECAUSE.fill(count=count, reason=REASONS[why])
        lines.append(Line(NOTHING, said, count, REASONS[why]))
    return lines


def _count(label: Text, number: int) -> Line:
    return Line(label, _text(number), number)


def _share(label: Text, part: int, whole: int) -> Line:
    said = OF.fill(part=part, whole=whole, percent=percent(part, whole))
    return Line(label, said, part, Fraction(part, whole) if whole else NOTHING)


def _money(label: Text, fen: int | None) -> Line:
    if fen is None:
        return Line(label, NO_BUDGET)
    return Line(label, SUM.fill(sum=yuan(fen)), Decimal(fen) / 100, YUAN)


def _gap(figures: Summary) -> Line:
    said = bound_text(figures)
    number = None
    if figures.bound is not None and figures.value:
        number = Fraction(gap_hundredths(figures.value, figures.bound), 10_000)
    first = figures.aim is Aim.FIRST_CLUBS
    return Line(GAP_IN_POINTS if first else GAP, said, number, said)


def _sections(figures: Summary) -> Line:
    courses = (ONE_GROUP if figures.sections == 1 else GROUPS).fill(
        open=figures.courses_open, all=figures.courses
    )
    said = OPENED.fill(count=figures.sections, courses=courses)
    return Line(Text("开班", "Opened"), said, figures.sections, courses)


def _care(figures: Summary) -> Line:
    groups = CARE_GROUPS.fill(count=figures.care_groups)
    places = PLACES.fill(places=figures.care_places)
    said = Text("{a}，{b}", "{a}, {b}").fill(a=groups, b=places)
    return Line(Text("基础托管", "Base-care groups"), said, figures.care_groups, places)


def _care_quality(figures: Summary) -> list[Line]:
    """Say how near base care is to what a class is used to; nothing where there is none."""
    mean = figures.care_supervisors_mean
    if mean is None:
        return []
    said = SUPERVISORS.fill(mean=mean, most=figures.care_supervisors_most)
    return [
        _share(
            Text("  坐在本班教室", "  in their own home room"),
            figures.care_own_room,
            figures.care_places,
        ),
        Line(
            Text("  每班每周看管教师", "  supervisors a class a week"),
            said,
            Decimal(str(mean)),
            AT_MOST_PEOPLE.fill(most=figures.care_supervisors_most),
        ),
    ]


def school_rows(figures: SchoolFigures, lang: Lang) -> list[Row]:
    """Give the figures of a school as rows of label and sentence."""
    lines = [
        _count(Text("学生", "Students"), figures.students),
        _count(Text("  填了志愿", "  who wish for a club"), figures.wishing),
        _count(Text("班级", "Classes"), figures.classes),
        _count(Text("志愿", "Wishes"), figures.wishes),
        _count(Text("课程", "Courses"), figures.courses),
        _count(Text("每周时段", "Slots a week"), figures.slots),
        _count(Text("教室", "Rooms"), figures.rooms),
        _count(Text("教师", "Staff"), figures.staff),
        Line(
            Text("社团：想要的人次 / 最多可提供的座位", "Clubs wanted / seats the menu could hold"),
            Text("{a} / {b}", "{a} / {b}").fill(a=figures.clubs_wanted, b=figures.club_seats),
        ),
        Line(
            Text(
                "教师课时/周：社团全开 + 全员托管 / 可用上限",
                "Staff periods a week: all clubs + care for all / most allowed",
            ),
            Text("{a} + {b} / {c}", "{a} + {b} / {c}").fill(
                a=figures.section_periods, b=figures.care_periods, c=figures.staff_periods
            ),
        ),
        _money(BUDGET, figures.budget_fen),
    ]
    return [(line.label.say(lang), line.said.say(lang)) for line in lines]


def _text(number: int) -> Text:
    return Text(str(number), str(number))
