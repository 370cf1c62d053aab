"""Who may not work with children here, whatever the plan, and why."""

from models import School, Text, listed
from models.bodies import on_person
from models.labels import ITEM_NAMES
from optimizer.checks import content

NOT_CLEARED = Text("未通过准入审查", "not cleared")
ASKED = Text("{item}，{source}", "{item}, {source}")
BY = Text("{why}（依据：{asked}）", "{why} (source: {asked})")
OF_A_BODY = Text("受雇于机构 {provider}：{why}", "employed by {provider}: {why}")


def not_cleared(school: School, name: str) -> Text:
    """Say that a person is not cleared, and which clauses ask for it."""
    clauses = on_person(school, school.teacher[name])
    asked = [ASKED.fill(item=ITEM_NAMES[c.item], source=c.source) for c in clauses]
    if not asked:
        return NOT_CLEARED
    return BY.fill(why=NOT_CLEARED, asked=listed(dict.fromkeys(asked)))


def why_unfit(school: School, name: str) -> Text | None:
    """Say why a person may not work here: not cleared, or of a body that the policy bars."""
    person = school.teacher[name]
    why = [] if person.cleared else [not_cleared(school, name)]
    if bans := content.provider_bans(school, person.provider):
        why.append(OF_A_BODY.fill(provider=person.provider, why=listed(bans)))
    return listed(why) if why else None
