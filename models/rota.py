"""What puts grades on the homeroom rota."""

from typing import TYPE_CHECKING

from models.items import PolicyItem
from models.text import Text

if TYPE_CHECKING:
    from models.school import School

OWN_ROTA = Text("学校的班主任轮值设置", "the school's own homeroom rota")


def rota_sources(school: "School", grade: int) -> list[object]:
    """Give whatever puts a grade on the homeroom rota: the school's settings, policy clauses."""
    own = [OWN_ROTA] if grade in school.settings.base_care.rota_grades else []
    return [*own, *(clause.source for clause in school.clauses(PolicyItem.ROTA, grade))]
