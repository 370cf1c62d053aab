"""What follows of care groups being whole, as rows of the relaxation of seats on a timetable."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from models import School
from optimizer.rules import Model
from optimizer.rules._whole_groups import rounding_cuts
from optimizer.rules.relaxation import Lp
from optimizer.rules.rooms import suits_care


def with_whole_groups(
    lp: Lp, model: Model, school: School, spared: Mapping[tuple[str, int], int]
) -> Lp:
    """Give the relaxation with what follows of groups being whole (``_whole_groups``).

    Places to spare are needed like those of students who stay.
    """
    lp, groups = lp.copy(), model.care_groups
    most = school.settings.base_care.max_size
    staying: dict[str, Counter[int]] = defaultdict(Counter)
    for student, slot in model.stays():
        staying[slot][school.grade_of[student.id]] += 1
    for (slot, grade), places in spared.items():
        staying[slot][grade] += places
    for slot, counts in staying.items():
        bands = {
            band: max(
                (min(most, r.seats) for r in school.rooms if suits_care(school, slot, r, band)),
                default=0,
            )
            for other, band in groups
            if other == slot
        }
        for cut in rounding_cuts(counts, bands, all(len(band) == 1 for band in bands)):
            row = lp.row(high=sum(counts[grade] for grade in cut.grades) - cut.least)
            for (other, grade, _), share in model.care_share.items():
                if other == slot and grade in cut.grades:
                    lp.put(row, share.index)
            for band in cut.bands:
                lp.put(row, groups[slot, band].index, -cut.step)
    return lp
