"""What is said about records of attendance that cannot be true."""

from models import Text

ROW = Text("第 {row} 行", "row {row}")
AT_ROW = Text("第 {row} 行：{text}", "row {row}: {text}")

UNKNOWN_STUDENT = Text("没有学号为“{id}”的学生{hint}", "there is no student '{id}'{hint}")
UNKNOWN_TEACHER = Text("没有编号为“{id}”的教师{hint}", "there is no member of staff '{id}'{hint}")
UNKNOWN_SLOT = Text("没有时段“{id}”{hint}", "there is no slot '{id}'{hint}")
UNKNOWN_GROUP = Text("方案中没有班组“{id}”{hint}", "the plan has no group '{id}'{hint}")
HINT = Text("；{nearest}", "; {nearest}")
CHECK_ID = Text("；请核对。", ": check it.")

OUTSIDE = Text(
    "日期 {day} 不在学期 {first} 至 {last} 之内；请更正日期。",
    "{day} is outside the term {first} to {last}: correct the date.",
)
NO_SERVICE = Text(
    "{day}（{weekday}）没有课后服务；请更正日期，补课日须先列入学期表。",
    "there is no service on {day} ({weekday}): correct the date; a make-up day must stand in the "
    "term table first.",
)
OTHER_WEEKDAY = Text(
    "时段 {slot} 是{weekday}的，而 {day} 按{follows}的课表；当天的时段有：{slots}。",
    "slot {slot} is on {weekday}, but {day} follows {follows}: the slots of that day are {slots}.",
)

TAKES_NO_PART = Text(
    "学生 {student} 在方案中没有任何班组；请核对学号，或先把他编入方案。",
    "the plan has student {student} in no group: check the id, or plan anew with this student.",
)
NOT_YET = Text(
    "学生 {student} 于 {joins} 才加入，{day} 不应有缺席记录；请更正或删去。",
    "student {student} joins on {joins}, so cannot be absent on {day}: correct or delete this.",
)
NO_LONGER = Text(
    "学生 {student} 已于 {leaves} 退出，{day} 不应有缺席记录；请更正或删去。",
    "student {student} leaves on {leaves}, so cannot be absent on {day}: correct or delete this.",
)
NOT_EXPECTED = Text(
    "学生 {student} 在 {day} 的时段 {slot} 没有安排；他当天的时段：{slots}。",
    "student {student} is not expected at slot {slot} on {day}, but at: {slots}.",
)
NOTHING_THAT_DAY = Text(
    "学生 {student} 在 {day}（{weekday}）没有安排；请更正日期或学号。",
    "student {student} is not expected on {day} ({weekday}): correct the date or the id.",
)
AGAIN = Text(
    "与{place}重复；请删去一个。",
    "this repeats {place}: delete one of them.",
)
LEAVES_FIRST = Text(
    "学生 {student} 于 {leaves} 退出，早于 {joins} 加入；请更正其一。",
    "student {student} leaves on {leaves}, before joining on {joins}: correct one of them.",
)
NO_DATE_BETWEEN = Text(
    "学生 {student} 在 {joins} 至 {leaves} 之间没有服务日；请更正加入或退出日期。",
    "there is no date of service from {joins} to {leaves} for student {student}: correct the "
    "date of joining or leaving.",
)

SAME_PERSON = Text(
    "教师 {teacher} 不能为自己代课；请填另一位教师。",
    "{teacher} cannot stand in for the same person: name somebody else.",
)
NO_DUTY = Text(
    "教师 {teacher} 在 {day} 的时段 {slot} 没有任务，无需代课；他当天的时段：{slots}。",
    "{teacher} has no duty at slot {slot} on {day} that anyone could take over; duties that day: "
    "{slots}.",
)
NOT_HELD = Text(
    "班组 {group} 在 {day} 的时段 {slot} 已取消，无需代课；请删去其中一条记录。",
    "group {group} is called off at slot {slot} on {day}, so nobody stood in there: delete one of "
    "the two records.",
)
NOT_CLEARED = Text(
    "教师 {teacher} 未通过审查，不能代课；请换人，或更正教师表。",
    "{teacher} is not cleared for work with children: name somebody else, or correct the table of "
    "teachers.",
)
NOT_CLEARED_BY = Text(
    "教师 {teacher} 未通过审查，不能代课（依据：{source}）；请换人，或更正教师表。",
    "{teacher} is not cleared for work with children (source: {source}): name somebody else, or "
    "correct the table of teachers.",
)
BARRED_BODY = Text(
    "教师 {teacher} 受雇于机构 {provider}，不能代课：{why}（依据：{source}）；请换人。",
    "{teacher} is employed by {provider} and cannot stand in: {why} (source: {source}); name "
    "somebody else.",
)
BUSY = Text(
    "教师 {teacher} 在 {day} 的时段 {slot} 正在班组 {group}，不能同时代课；请核对代课教师。",
    "{teacher} is with group {group} at slot {slot} on {day} and cannot stand in at that time: "
    "check who did.",
)
STANDS_IN_TWICE = Text(
    "教师 {teacher} 同一时间已在为教师 {absent} 代课（{place}）；请核对代课教师。",
    "{teacher} stands in for {absent} at that time ({place}) already: check who did.",
)

NOT_MEETING = Text(
    "班组 {group} 在 {day} 的时段 {slot} 没有活动；它的时段：{slots}。",
    "group {group} does not meet at slot {slot} on {day}; it meets at: {slots}.",
)
NOT_THAT_DAY = Text(
    "班组 {group} 在 {day}（{weekday}）没有活动；它的时段：{slots}。",
    "group {group} does not meet on {day} ({weekday}); it meets at: {slots}.",
)
NOTHING_MEETS = Text(
    "{day} 没有这样的活动可取消；请更正日期或时段。",
    "nothing meets then on {day} that could be called off: correct the date or the slot.",
)
NONE = Text("无", "none")
