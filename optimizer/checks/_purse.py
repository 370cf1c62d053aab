"""What base care costs at the least: alone, and in the cheapest plan that there could be."""

from collections import Counter
from collections.abc import Collection

from models import PAY, Cost, PayUnit, Teacher
from optimizer.checks._care_needed import CareNeeded
from optimizer.checks._prospects import Way
from optimizer.ledger.tariffs import least_share, pay_costs


class Purse:
    """Bounds on pay from below, over the whole term, in fen."""

    def __init__(self, needed: CareNeeded, costs: Collection[Cost] = PAY) -> None:
        self.needed = needed
        self.school = needed.school
        self.costs = frozenset(costs)
        """Which kinds of pay are counted."""
        self._rates: dict[str, list[int]] = {}

    def care_alone(self) -> int:
        """Give the least that base care costs where nobody is in a club: as if none opened."""
        total = 0
        for slot, staying in self.needed.staying.items():
            grades = Counter(self.school.grade_of[student] for student in staying)
            by_grade = self.needed.for_grades(slot, grades)
            total += self._care(slot, max(by_grade, self.needed.for_number(slot, len(staying))))
        return total

    def least(self) -> int:
        """Give a sum below which no plan's pay can be: each child who stays is somewhere."""
        return sum(self._slot(slot) for slot in self.needed.staying)

    def _slot(self, slot: str) -> int:
        """Give the least pay at one slot, for groups of base care and sections together."""
        staying = len(self.needed.staying[slot])
        sizes = sorted(map(self.needed.holds, self.needed.rooms(slot)), reverse=True)
        share, places = self._section(slot)
        found = []
        for groups in range(self.needed.groups(slot), len(sizes) + 1):
            rest = max(0, staying - sum(sizes[:groups]))
            if rest and not places:
                continue
            sections = -(-rest // places) if rest else 0
            found.append(self._care(slot, groups) + sections * share)
            if not rest:
                break
        # If none holds everybody there is no plan, which is said elsewhere.
        return min(found, default=0)

    def _care(self, slot: str, groups: int) -> int:
        """Give what so many groups cost with the cheapest people, each of whom is in one."""
        if slot not in self._rates:
            people = (self.school.teacher[name] for name in self.needed.supervisors(slot))
            self._rates[slot] = sorted(
                least_share(self.school, slot, person, self.costs) for person in people
            )
        return sum(self._rates[slot][: groups * self.school.settings.base_care.staff_needed])

    def _section(self, slot: str) -> tuple[int, int]:
        """Give the least that a section costs for a slot, and the most children it holds."""
        prospects = self.needed.prospects
        least, places = None, 0
        for course in self.school.courses:
            if not prospects.most_sections(course.id):
                continue
            if prospects.unknown(course.id):
                least, places = 0, max(places, course.max_size)
            for way in prospects.ways(course.id):
                if slot in way.slots:
                    cost = self._share(way, slot, course.staff_needed)
                    least = cost if least is None else min(least, cost)
                    places = max(places, prospects.places(course.id))
        return least or 0, places

    def _share(self, way: Way, slot: str, staff: int) -> int:
        """Give a slot's share of what a section costs on its day, rounded down."""
        day = self.school.slot[slot].weekday
        here = sorted(s for s in way.slots if self.school.slot[s].weekday == day)
        rates = sorted(self._led(slot, here, self.school.teacher[name]) for name in way.staff)
        return sum(rates[:staff]) // len(here)

    def _led(self, slot: str, here: Collection[str], person: Teacher) -> int:
        """Give what a person costs for one day of a section; by the session, what its slots do."""
        if person.pay_unit is PayUnit.SESSION:
            return len(here) * least_share(self.school, slot, person, self.costs)
        paid = pay_costs(self.school, here, person)
        return sum(amount for cost, amount in paid.items() if cost in self.costs)
