"""What the reasons for a refusal are called, in words a family understands."""

from typing import Final

from models import Text, UnmetReason

REASONS: Final[dict[UnmetReason, Text]] = {
    UnmetReason.NOT_ELIGIBLE: Text(
        "年级不符，或政策、锁定不允许该生参加",
        "the grade, the policy or a lock keeps the student out",
    ),
    UnmetReason.CLOSED: Text(
        "未开班：学校本学期不开这门课", "not opened: the school has no group of it this term"
    ),
    UnmetReason.NO_TIMES: Text(
        "未开班：学校的时段排不出这门课要的上课方式",
        "not opened: the school's slots leave no way to hold the course",
    ),
    UnmetReason.TIME: Text(
        "该课程的上课方式与学生的在校时段不合", "no way to hold the course fits the student's slots"
    ),
    UnmetReason.TOO_FEW: Text(
        "未开班：能参加的人数不足最少人数",
        "not opened: fewer students could come than the minimum size",
    ),
    UnmetReason.TOO_FEW_AT_ONCE: Text(
        "未开班：没有一个时间能让最少人数（年级可同班的）同时参加",
        "not opened: at no time could the minimum size come, of grades that may share a group",
    ),
    UnmetReason.NO_STAFF: Text(
        "未开班：学生能来的时间没有可以带这门课的教师",
        "not opened: nobody who may lead it is there when enough students could come",
    ),
    UnmetReason.NO_ROOM: Text(
        "未开班：学生和教师能来的时间没有合适的教室",
        "not opened: no room suits it when students and staff could come",
    ),
    UnmetReason.STAFF_BUSY: Text(
        "未开班：能带这门课的教师届时另有任务或课时已满",
        "not opened: whoever may lead it is needed elsewhere then, or has a full week or day",
    ),
    UnmetReason.ROOM_BUSY: Text(
        "未开班：合适的教室届时都已占用", "not opened: every room that suits it is in use then"
    ),
    UnmetReason.TOO_FEW_LEFT: Text(
        "未开班：届时有空的报名学生不足最少人数，其余的已得到更优先的志愿",
        "not opened: too few of those who wished for it are still free then; the others have "
        "better choices",
    ),
    UnmetReason.TOO_LONG_DAY: Text(
        "未开班：不超过政策规定的每天上限而能参加的报名学生不足最少人数",
        "not opened: too few of those who wished for it could come without exceeding what the "
        "policy allows on a day",
    ),
    UnmetReason.BUDGET: Text(
        "未开班：余下的经费不够支付酬劳", "not opened: the budget that is left does not pay for it"
    ),
    UnmetReason.COULD_OPEN: Text(
        "未开班：求解时间内没有排进去，现有条件下其实能开（请延长求解时间，或锁定开班）",
        "not opened in the time of the search although it could be: plan again with more time, or "
        "pin it",
    ),
    UnmetReason.NOT_OPENED: Text(
        "未开班：要从其他班调出学生或改动托管才能开",
        "not opened: it would take students out of other groups, or upset base care",
    ),
    UnmetReason.TEACHER: Text(
        "志愿指定的教师没有带这门课的班", "no open group is led by the teacher the wish names"
    ),
    UnmetReason.OTHER_TIME: Text(
        "已开的班都不在学生的在校时段", "every open group meets when the student is not there"
    ),
    UnmetReason.CLASH: Text(
        "能参加的班与该生更优先的（或锁定的）社团时间冲突",
        "every group the student could attend meets at the time of a club that is a better choice "
        "or pinned",
    ),
    UnmetReason.WANTED: Text(
        "已达到想要的社团数，其中锁定的不能让出",
        "the student has as many clubs as wanted, and those pinned cannot be given up",
    ),
    UnmetReason.FULL: Text("能参加的班都已满员", "every group the student could attend is full"),
    UnmetReason.FULL_PINNED: Text(
        "能参加的班都已满员：名额由学校指定",
        "every group the student could attend is full: the school pinned the seats",
    ),
    UnmetReason.FULL_HELD: Text(
        "能参加的班都已满员：名额属于原来就在班里的学生",
        "every group the student could attend is full of those who held their seats before",
    ),
    UnmetReason.FULL_STRONGER: Text(
        "能参加的班都已满员：名额属于条件更优先的学生（志愿次序、优先群体、已得社团数）",
        "every group the student could attend is full of stronger claims (rank of the wish, "
        "priority groups, clubs already granted)",
    ),
    UnmetReason.FULL_LOTTERY: Text(
        "能参加的班都已满员：条件相同，抽签未中",
        "every group the student could attend is full: lost the draw between equal claims",
    ),
    UnmetReason.GRADES: Text(
        "有余位的班的年级与该生相差太大", "the groups with room left hold grades too far away"
    ),
    UnmetReason.NEEDED: Text(
        "须让出志愿靠后的社团，但少了该生那个班就不足最少人数",
        "the club of a later choice that the student would give up would be too small then",
    ),
    UnmetReason.DAY_LIMIT: Text(
        "会超过政策规定的每天上限", "the student would exceed what the policy allows on a day"
    ),
    UnmetReason.CARE: Text(
        "该生离开后，其托管组不再符合教室或值班的规定",
        "the care group that the student would leave must keep its room and staff in order",
    ),
    UnmetReason.CARE_FULL: Text(
        "须让出志愿靠后的社团，但那个时间托管没有空位",
        "base care has no place at the time of the club of a later choice to be given up",
    ),
}


def reason_text(reason: UnmetReason) -> Text:
    """Say why a wish was not granted."""
    return REASONS[reason]
