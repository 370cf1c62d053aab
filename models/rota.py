"""What puts grades on the homeroom rota."""

from models.items import PolicyItem
from models.school_data import SchoolData
from models.text import Text

OWN_ROTA = Text("学校的班主任轮值设置", "the school's own homeroom rota")


def rota_sources(school: SchoolData, grade: int) -> list[object]:
    """Give whatever puts a grade on the homeroom rota: the school's settings, policy clauses."""
    own = [OWN_ROTA] if grade in school.settings.base_care.rota_grades else []
    return [*own, *(clause.source for clause in school.clauses(PolicyItem.ROTA, grade))]
