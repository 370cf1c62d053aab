"""Random plans of a school: some of the model's making, then changed at random."""

from collections.abc import Iterator
from random import Random

from models import CareGroup, Plan, PlanStatus, Provenance, School, Section
from optimizer.engine.finish.extract import extract
from optimizer.rules import Model, total
from tests.builders import add_groups, drop_groups, edit_care, edit_section, rest_in_care, revised
from tests.rules.solving import solved


def made_of(model: Model, solution: tuple[int, ...]) -> Plan:
    """Give the plan of a solution; what it says about itself is left blank."""
    sections, groups = extract(model, solution)
    return bare_plan(model.school, sections, groups)


def bare_plan(school: School, sections: tuple[Section, ...], groups: tuple[CareGroup, ...]) -> Plan:
    return Plan(
        school=school.settings.id,
        school_digest=school.digest,
        status=PlanStatus.FEASIBLE,
        sections=sections,
        care_groups=groups,
        value=0,
        pay_fen=0,
        lottery_seed=school.settings.lottery_seed,
        provenance=Provenance(
            version="0", engine="hand", seed=0, workers=1, time_limit_seconds=0, seconds=0
        ),
    )


def random_plan(random: Random, model: Model) -> Plan | None:
    """Give a plan that the model admits, any one; None where it is proved that there is none."""
    wanted = [*model.opened, *model.seat.values(), *model.room.values(), *model.lead.values()]
    wanted += [*model.care_room.values(), *model.supervise.values()]
    model.cp.maximize(total(random.randint(-2, 4) * var for var in wanted))
    solution = solved(model)
    return None if solution is None else made_of(model, solution)


class Mutation:
    """Changes a plan in one random way; what it makes may break any rule but not the form."""

    def __init__(self, random: Random, school: School) -> None:
        self.random = random
        self.school = school

    def of(self, plan: Plan) -> Plan:
        changes = [
            self.seat_more,
            self.seat_less,
            self.seat_moved,
            self.section_changed,
            self.section_moved,
            self.section_more,
            self.section_less,
            self.section_split,
            self.care_changed,
            self.care_more,
            self.care_less,
        ]
        for change in self.random.sample(changes, len(changes)):
            for changed in change(plan):
                return changed
        return plan

    def tidied(self, plan: Plan) -> Plan:
        """Put base care in order, mostly."""
        return rest_in_care(self.school, plan) if self.random.random() < 0.9 else plan

    def seat_more(self, plan: Plan) -> Iterator[Plan]:
        wished = {(w.student, w.course) for w in self.school.wishes}
        for section in self.random.sample(plan.sections, len(plan.sections)):
            out = [s for s in self.school.student if s not in section.students]
            if self.random.random() < 0.9:
                out = [s for s in out if (s, section.course) in wished]
            if out:
                joined = (*section.students, self.random.choice(out))
                yield self.tidied(edit_section(plan, section.id, students=joined))

    def seat_less(self, plan: Plan) -> Iterator[Plan]:
        for section in self.random.sample(plan.sections, len(plan.sections)):
            if section.students:
                left = self.random.choice(section.students)
                rest = tuple(s for s in section.students if s != left)
                yield self.tidied(edit_section(plan, section.id, students=rest))

    def seat_moved(self, plan: Plan) -> Iterator[Plan]:
        for changed in self.seat_less(plan):
            yield from self.seat_more(changed)

    def section_changed(self, plan: Plan) -> Iterator[Plan]:
        if plan.sections:
            section = self.random.choice(plan.sections)
            fields = self.random.choice([self.other_room, self.other_staff])(section)
            yield edit_section(plan, section.id, **fields)

    def other_room(self, _: Section | CareGroup) -> dict[str, object]:
        return {"room": self.random.choice(list(self.school.room))}

    def other_staff(self, group: Section | CareGroup) -> dict[str, object]:
        if isinstance(group, Section) and self.random.random() < 0.7:
            pool = self.school.course[group.course].leaders
        else:
            pool = tuple(self.school.teacher)
        count = len(group.staff) + self.random.choice([0, 0, 0, 1, -1])
        return {"staff": tuple(self.random.sample(pool, min(max(0, count), len(pool))))}

    def other_slots(self, section: Section) -> tuple[str, ...]:
        count = len(section.slots) + self.random.choice([0, 0, 0, 1, -1])
        return tuple(
            self.random.sample(list(self.school.slot), min(max(1, count), len(self.school.slots)))
        )

    def section_moved(self, plan: Plan) -> Iterator[Plan]:
        if plan.sections and len(self.school.slots) > 2:
            section = self.random.choice(plan.sections)
            moved = edit_section(plan, section.id, slots=self.other_slots(section))
            yield self.tidied(moved)

    def section_more(self, plan: Plan) -> Iterator[Plan]:
        if not plan.sections:
            return
        like = self.random.choice(plan.sections)
        held = {s for p in plan.sections if p.course == like.course for s in p.students}
        wished = [w.student for w in self.school.wishes_for[like.course] if w.student not in held]
        other = revised(
            like,
            id="new",
            room=self.random.choice(list(self.school.room)),
            staff=self.other_staff(like)["staff"],
            slots=like.slots if self.random.random() < 0.5 else self.other_slots(like),
            students=tuple(s for s in wished if self.random.random() < 0.7),
        )
        if all(section.id != "new" for section in plan.sections):
            yield self.tidied(add_groups(plan, other))

    def section_less(self, plan: Plan) -> Iterator[Plan]:
        if plan.sections:
            yield self.tidied(drop_groups(plan, self.random.choice(plan.sections).id))

    def section_split(self, plan: Plan) -> Iterator[Plan]:
        for section in plan.sections:
            if len(section.students) > 1 and all(s.id != "half" for s in plan.sections):
                half = revised(
                    section,
                    id="half",
                    students=section.students[1:],
                    room=self.random.choice(list(self.school.room)),
                    staff=self.other_staff(section)["staff"],
                )
                yield add_groups(
                    edit_section(plan, section.id, students=section.students[:1]), half
                )

    def care_changed(self, plan: Plan) -> Iterator[Plan]:
        if plan.care_groups:
            group = self.random.choice(plan.care_groups)
            fields = self.random.choice([self.other_room, self.other_staff])(group)
            yield edit_care(plan, group.id, **fields)

    def care_more(self, plan: Plan) -> Iterator[Plan]:
        staff = tuple(self.random.sample(list(self.school.teacher), 1))
        group = CareGroup(
            id="extra",
            slot=self.random.choice(list(self.school.slot)),
            room=self.random.choice(list(self.school.room)),
            staff=staff,
        )
        if all(g.id != "extra" for g in plan.care_groups):
            yield self.tidied(add_groups(plan, group))

    def care_less(self, plan: Plan) -> Iterator[Plan]:
        if plan.care_groups:
            yield self.tidied(drop_groups(plan, self.random.choice(plan.care_groups).id))
