"""What has to be published before anything is charged is there to be published."""

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from models.items import PolicyItem
from models.labels import TOPICS
from models.money import FeeBasis
from models.problems import Problem
from models.school_data import SchoolData
from models.terms import Topic
from models.text import Text, listed

UNPUBLISHED = Text(
    "收费须先按规定公示（{source}），公示要写明的以下各项还没有填：{missing}；填好并公示之前不得收费。",
    "a fee has to be published first, as the rules want it ({source}), and of what the notice has "
    "to say these are not given: {missing}. Until they are, and the notice is up, nothing may be "
    "charged.",
)
ASKED = Text(
    "{topic}（填在设置“{zh}”；依据：{source}）",
    "{topic} (give it in the setting '{en}'; source: {source})",
)
_SETTINGS: Final = {
    Topic.FEES: ("收费文件", "Fee standard"),
    Topic.COMPLAINTS: ("投诉电话", "Complaints"),
}


def find(school: SchoolData, unread: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Find what a notice lacks without which no fee may be charged."""
    if unread.keys() & {"policy", "settings"}:
        return
    budget = school.settings.budget
    free = budget.fee_basis is FeeBasis.NONE or not budget.fee_fen
    first = next(iter(school.in_force(PolicyItem.FEE_PUBLISHED_FIRST)), None)
    if free or first is None:
        return
    given = {Topic.FEES: budget.fee_standard, Topic.COMPLAINTS: school.settings.notice.complaints}
    missing = [
        (clause, Topic(clause.subject))
        for clause in school.in_force(PolicyItem.PUBLISH)
        if clause.subject in given and not given[Topic(clause.subject)].strip()
    ]
    if missing:
        texts = []
        for clause, topic in missing:
            zh, en = _SETTINGS[topic]
            texts.append(ASKED.fill(topic=TOPICS[topic], zh=zh, en=en, source=clause.source))
        text = UNPUBLISHED.fill(source=first.source, missing=listed(texts))
        fee = str(budget.fee_fen)
        yield Problem("fee-unpublished", "settings", 0, "budget.fee_fen", fee, text, "stop")
