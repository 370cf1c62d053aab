"""What the check says about an edited plan that is truthful about itself."""

from models import Plan, School, Text
from optimizer.checks import verify
from tests.builders import restated


def broken(school: School, plan: Plan) -> list[str]:
    """Give the families that the check finds broken, each once."""
    found = verify(school, restated(school, plan))
    return sorted({finding.family for finding in found if finding.family != "claims"})


def said(school: School, plan: Plan, family: str) -> list[Text]:
    """Give what is said where this family is broken and nothing else is."""
    found = verify(school, restated(school, plan))
    assert {finding.family for finding in found} == {family}, found
    return [finding.text for finding in found]


def only(school: School, plan: Plan, family: str) -> Text:
    """Give the one thing that is said, about this family."""
    texts = said(school, plan, family)
    assert len(texts) == 1, texts
    return texts[0]


def names(text: Text, *facts: str, zh: str, en: str) -> None:
    """Demand that a message holds the facts and some words in each language."""
    for fact in facts:
        assert fact in text.zh, text.zh
        assert fact in text.en, text.en
    assert zh in text.zh, text.zh
    assert en in text.en, text.en
    assert "{" not in text.zh + text.en
