"""The public notice (公示): what it says, topic by topic, as the policy in force wants it.

A policy's ``publish`` clauses name the topics; where it names none, or there is no policy, all are
published. Whatever a notice says, it names the policy and every piece of its advice that the school
has set aside. It speaks of students in numbers only: no names, no ids.
"""

from collections.abc import Callable, Iterable
from typing import Final

from models import (
    Clause,
    DocumentClause,
    Every,
    PolicyItem,
    School,
    Text,
    Topic,
    listed,
    may_be_claimed,
)
from models.labels import EVERIES, ITEM_NAMES, TOPICS, subject_text
from optimizer.report.clauses import FOR, clause_text, scope_text
from optimizer.report.columns import display_width
from optimizer.report.ledger_book import LedgerBook
from optimizer.report.ledger_words import capital
from optimizer.report.naming import meetings
from optimizer.report.notice_money import accounts, fees, free_text, is_free, nothing_charged
from optimizer.report.notice_parts import Block, Part, Table, has_one_document, place, same
from optimizer.report.notice_service import (
    attendance,
    complaints,
    homework,
    menu,
    method,
    places,
    safety,
    service_time,
    staff,
)
from optimizer.report.outside import outside_text

TITLE = Text("{school}课后服务公示", "{school}: public notice of the after-school service")
MONTH_TITLE = Text("{school}课后服务 {month} 月度公示", "{school}: public notice for {month}")
POLICY = Text("执行政策：{name}。", "The school follows {name}.")
OF_IT = Text(
    "{policy}以下所注条款均出自该文件。", "{policy} The clauses given below are of this document."
)
DOCUMENT = Text("{name}，{title}", "{name}, {title}")
NO_POLICY = Text(
    "学校按自定规则开展课后服务，未选用上级文件。",
    "The service runs by the school's own rules; no regulation was chosen.",
)
TAKING_PART = Text("本学期参加服务的学生共 {count} 人。", "{count} students take part this term.")
EVERY = Text(
    "经费或出勤公示：{every}（{source}）。",
    "Accounts or attendance are published {every} ({source}).",
)
AIMS = Text("服务原则", "What the service keeps to")
CLAUSE, SOURCE = Text("内容", "Clause"), Text("依据", "Source")
BESIDES = Text(
    "文件另有以下要求，由学校自行落实，不在本公示的核查之内：{clauses}。",
    "Besides, the school has to see to these, which this notice has not checked: {clauses}.",
)
ASIDE = Text("学校未采用或改动的倡导性条款", "Advisory clauses that the school has set aside")
NONE_ASIDE = Text(
    "学校没有放弃或改动政策中的任何倡导性条款。",
    "The school has set no advice of the policy aside.",
)
INSTEAD = Text("学校的做法", "What holds instead")
DROPPED = Text("不采用", "not kept")
WITH_NOTE = Text("{text}：{note}", "{text}: {note}")
ABOUT = Text("{item}：{subjects}", "{item}: {subjects}")
BY = Text("{what}（{source}）", "{what} ({source})")
ASKED_BY = Text("公示依据：{sources}", "Published under {sources}")

SHORT: Final = 24
"""Latin letters of a place in a document that need no wide column."""
STATEMENTS: Final = (
    PolicyItem.ELIGIBLE,
    PolicyItem.EXCLUDED_GROUP,
    PolicyItem.VOLUNTARY,
    PolicyItem.NO_REFUSAL,
    PolicyItem.PRIORITY_GROUP,
    PolicyItem.PRIORITY_GRADES,
    PolicyItem.JOIN_MID_TERM,
    PolicyItem.LEAVE_NOTE,
    PolicyItem.LATE_CARE,
    PolicyItem.FREE_HELP,
    PolicyItem.MOVE_UNMET,
    PolicyItem.TEACHER_CHOICE,
    PolicyItem.OWN_STAFF_FIRST,
    PolicyItem.CONDUCT_REQUIRED,
    PolicyItem.HOMEWORK_DONE,
    PolicyItem.HOMEWORK_DONE_PERCENT,
    PolicyItem.OPEN_CAMPUS_WEEKS,
    PolicyItem.NOT_FOR_PROFIT,
    PolicyItem.NO_MANAGEMENT_FEE,
    PolicyItem.SETTLE_ACTUAL,
)
"""What families should know of the policy, beside the topics."""
MONTHLY: Final = (Topic.ACCOUNTS, Topic.ATTENDANCE, Topic.HOMEWORK_CHECKS)
"""Topics that change from month to month."""
ONLY_IF_ASKED: Final = (Topic.HOMEWORK_CHECKS,)
"""Topics of which nothing is known here: not published unless a policy asks for them."""

_PARTS: Final[dict[Topic, Callable[[LedgerBook, str | None], Part]]] = {
    Topic.SERVICE_TIME: service_time,
    Topic.MENU: menu,
    Topic.METHOD: method,
    Topic.STAFF: staff,
    Topic.PLACES: places,
    Topic.SAFETY: safety,
    Topic.FEES: fees,
    Topic.COMPLAINTS: complaints,
    Topic.ACCOUNTS: accounts,
    Topic.ATTENDANCE: attendance,
    Topic.HOMEWORK_CHECKS: homework,
}


def topics(school: School) -> tuple[Topic, ...]:
    """Give what the policy wants published; everything where it does not say.

    What is charged is always told.
    """
    asked = {clause.subject for clause in school.in_force(PolicyItem.PUBLISH)}
    if asked and school.in_force(PolicyItem.PUBLISH_EVERY) and asked.isdisjoint(MONTHLY):
        # How often means nothing but the accounts, where nothing else is named that changes.
        asked.add(Topic.ACCOUNTS)
    if not asked:
        return tuple(topic for topic in Topic if topic not in ONLY_IF_ASKED)
    if not nothing_charged(school):
        asked.add(Topic.FEES)
    return tuple(topic for topic in Topic if topic in asked)


def monthly_topics(school: School) -> tuple[Topic, ...]:
    """Give what is published anew each month; nothing unless the policy asks for that."""
    every = {clause.subject for clause in school.in_force(PolicyItem.PUBLISH_EVERY)}
    if Every.MONTH not in every:
        return ()
    return tuple(topic for topic in topics(school) if topic in MONTHLY)


def notice(of: LedgerBook) -> list[Part]:
    """Give the notice for the term."""
    parts = [policy(of), *aims(of)]
    return [*parts, *(_topic(of, topic, None) for topic in topics(of.school)), *set_aside(of)]


def month_notice(of: LedgerBook, month: str) -> list[Part]:
    """Give the notice for one month: what changes from month to month."""
    parts = [_topic(of, topic, month) for topic in monthly_topics(of.school)]
    return [policy(of), *parts, *set_aside(of)]


def _topic(of: LedgerBook, topic: Topic, month: str | None) -> Part:
    part = _PARTS[topic](of, month)
    asking = [c for c in of.school.in_force(PolicyItem.PUBLISH) if c.subject == topic]
    sources = dict.fromkeys(place(of.school, clause.source) for clause in asking)
    note = of.book.say(ASKED_BY.fill(sources=listed(sources))) if sources else ""
    return Part(of.book.say(TOPICS[topic]), part.blocks, note)


def policy_name(school: School) -> Text:
    """Name the policy a school works under, and its document."""
    regulation = school.policy.regulation
    if regulation is None:
        return NO_POLICY
    name = Text(regulation.name, regulation.name_en or regulation.name)
    if not regulation.title:
        return name
    return DOCUMENT.fill(name=name, title=regulation.title)


def policy(of: LedgerBook) -> Part:
    """Say which policy the school follows, how many take part, how often accounts are published."""
    name = policy_name(of.school)
    text = name if of.school.policy.regulation is None else POLICY.fill(name=name)
    if has_one_document(of.school):
        text = OF_IT.fill(policy=text)
    count = len({student for _, group in meetings(of.book.plan) for student in group.students})
    how_often = [
        EVERY.fill(every=EVERIES[Every(clause.subject)], source=place(of.school, clause.source))
        for clause in of.school.in_force(PolicyItem.PUBLISH_EVERY)
        if clause.subject is not None
    ]
    silent = Topic.FEES not in topics(of.school)  # which would say it
    free = [free_text(of.school)] if silent and is_free(of.school) else []
    said = (text, TAKING_PART.fill(count=count), *free, *how_often)
    return Part("", tuple(of.book.say(one) for one in said))


def aims(of: LedgerBook) -> Iterable[Part]:
    """List what the policy says that families should know beside the topics.

    What is only said stands apart from what is kept: of that nothing here knows.
    """
    alike: dict[tuple[object, ...], list[Clause]] = {}
    for item in STATEMENTS:
        for clause in of.school.in_force(item):
            key = (item, _note(clause), scope_text(clause), clause.value, clause.source)
            alike.setdefault(key, []).append(clause)
    kept = [some for some in alike.values() if may_be_claimed(some[0].item)]
    rows = [
        (capital(of.book.say(_stated(some))), place(of.school, some[0].source)) for some in kept
    ]
    blocks: list[Block] = []
    if rows:
        heads = (of.book.say(CLAUSE), of.book.say(SOURCE))
        long = max(display_width(row[1]) for row in rows) > SHORT
        blocks.append(Table(heads, tuple(rows), (12, 12) if long else (17, 7)))
    outside = of.book.figures.outside
    if outside is not None and Topic.STAFF not in topics(of.school):  # which would say it
        blocks.append(of.book.say(outside_text(outside)))
    said = [
        BY.fill(what=_matter(some), source=same(place(of.school, some[0].source)))
        for some in alike.values()
        if not may_be_claimed(some[0].item)
    ]
    if said:
        blocks.append(of.book.say(BESIDES.fill(clauses=_one_by_one(said))))
    if blocks:
        yield Part(of.book.say(AIMS), tuple(blocks))


def _note(clause: Clause) -> Text | None:
    """Give what the document adds to a clause's number."""
    if not isinstance(clause, DocumentClause) or not clause.note:
        return None
    return Text(clause.note, clause.note_en or clause.note)


def _one_by_one(texts: Iterable[Text]) -> Text:
    """List texts that have commas of their own."""
    zh, en = zip(*texts, strict=True)
    return Text("；".join(zh), "; ".join(en))


def _stated(clauses: list[Clause]) -> Text:
    """Say clauses that differ in their subjects at most, with what the document adds to them."""
    text, note = _matter(clauses), _note(clauses[0])
    return text if note is None else WITH_NOTE.fill(text=text, note=note)


def _matter(clauses: list[Clause]) -> Text:
    """Say clauses that differ in their subjects at most."""
    text = clause_text(clauses[0])
    subjects = [subject_text(clause.subject, clause.item) for clause in clauses if clause.subject]
    if len(subjects) > 1:
        text = ABOUT.fill(item=ITEM_NAMES[clauses[0].item], subjects=listed(subjects))
        if (scope := scope_text(clauses[0])) is not None:
            text = FOR.fill(what=text, scope=scope)
    return text


def set_aside(of: LedgerBook) -> Iterable[Part]:
    """List each piece of the policy's advice that the school waives or changes."""
    aside = of.school.rules.set_aside
    if not aside:
        if of.school.policy.regulation is not None:
            yield Part(of.book.say(ASIDE), (of.book.say(NONE_ASIDE),))
        return
    rows = tuple(
        (
            capital(of.book.say(clause_text(clause))),
            place(of.school, clause.source),
            of.book.say(_instead(of.school, clause)),
        )
        for clause in aside
    )
    heads = tuple(of.book.say(head) for head in (CLAUSE, SOURCE, INSTEAD))
    yield Part(of.book.say(ASIDE), (Table(heads, rows, (8, 8, 8)),))


def _instead(school: School, aside: Clause) -> Text:
    """Say what the school has put in a clause's place: its own rows on the same matter."""
    own = [
        row
        for row in school.policy.clauses
        if row.item is aside.item
        and (row.subject in {None, aside.subject} or row.item is PolicyItem.FEE_BASIS)
        and not school.scope(row).isdisjoint(school.scope(aside))
    ]
    said = [
        BY.fill(what=DROPPED if row.waived else clause_text(row), source=same(row.source))
        for row in own
        if row.waived or row in school.rules.clauses
    ]
    return listed(dict.fromkeys(said)) if said else DROPPED
