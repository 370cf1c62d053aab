"""The steps of the last stage, and what it may cost."""

from collections.abc import Collection
from random import Random

from models import CareGroup, School
from optimizer.engine.finish.arrange.duties import Duties, Groups
from optimizer.engine.finish.arrange.rooms import assign_rooms
from optimizer.engine.finish.arrange.score import faults
from optimizer.engine.finish.arrange.slots import Slots
from optimizer.engine.finish.arrange.work import Work
from optimizer.engine.finish.draft import Found
from optimizer.engine.params import ArrangeParams


def seconds_for(school: School, limit: float, params: ArrangeParams) -> float:
    """Give the seconds that are to be kept for the stage."""
    needed = params.seconds + params.seconds_a_student * len(school.students)
    return min(params.share * limit, needed)


def arrange(school: School, found: Found, work: Work) -> Found:
    """Arrange rooms and base care; give what was there before where nothing better is found."""
    params = work.params.arrange
    best, least = found, faults(school, found)
    duties = Duties(school, found[0])
    slots = Slots(duties, work)
    for _ in range(params.rounds):
        if work.done:
            break
        sections, groups = assign_rooms(school, best, work, params.rooms_share) or best
        attempt = sections, slots.regroup(sections, groups)
        if faults(school, attempt) >= least:
            break
        best, least = attempt, faults(school, attempt)
    attempt = _share_out(duties, best, work)
    return attempt if faults(school, attempt) < least else best


def _share_out(duties: Duties, found: Found, work: Work) -> Found:
    """Share the duties out anew: slot by slot, then those of some classes at a time."""
    params, sharing = work.params.arrange, _Sharing(duties, found[1], work)
    slots = list(dict.fromkeys(group.slot for group in found[1]))
    while sum(sharing.better(sharing.of_slot(slot), params.slot_share) for slot in slots):
        pass
    random, failures = Random(work.seed), 0
    while slots and not work.done and failures < params.give_up:
        free = sharing.of_some_classes(random)
        failures = 0 if sharing.better(free, params.piece_share) else failures + 1
        if failures and len(free) == len(found[1]):
            break
    return found[0], tuple(sharing.groups.values())


class _Sharing:
    """Care groups and who supervises them, the best so far."""

    def __init__(self, duties: Duties, groups: tuple[CareGroup, ...], work: Work) -> None:
        self.duties, self.work = duties, work
        self.groups: Groups = {g.id: g for g in groups}
        self.least = self._faults(self.groups)

    def better(self, free: Collection[str], share: float) -> bool:
        """Decide the duties of some groups anew; tell whether that was of any use.

        They go to whoever has them now, to the classes' homeroom teachers, and on the homeroom rota
        to those of their grades.
        """
        if self.work.done:
            return False
        groups, home = self.groups, self.duties.school.home_class
        before = [(groups[g].slot, person) for g in free for person in groups[g].staff]
        people = {person for _, person in before}
        people |= {
            teacher
            for group in free
            for name in self.duties.classes(groups[group])
            if (teacher := home[name].homeroom_teacher) is not None
        }
        people |= {t for group in free for own in self.duties.own(groups[group]) for t in own}
        attempt = self.duties.decide(groups, free, before, people, self.work, share)
        if attempt is None:
            return False
        count = self._faults(attempt)
        if count >= self.least:
            return False
        self.groups, self.least = attempt, count
        return True

    def _faults(self, groups: Groups) -> tuple[int, ...]:
        duties = self.duties
        return faults(duties.school, ((), tuple(groups.values())), duties.classes)

    def of_slot(self, slot: str) -> list[str]:
        """Give the groups of a slot."""
        return [group.id for group in self.groups.values() if group.slot == slot]

    def of_some_classes(self, random: Random) -> list[str]:
        """Give the groups of some classes, as many as can be decided at once."""
        of_class: dict[str, list[str]] = {}
        for group in self.groups.values():
            for name in self.duties.classes(group):
                of_class.setdefault(name, []).append(group.id)
        chosen: set[str] = set()
        people: set[str] = set()
        for name in random.sample(list(of_class), len(of_class)):
            more = {person for group in of_class[name] for person in self.groups[group].staff}
            # About one homeroom teacher a class comes to these.
            if (
                chosen
                and len(chosen | {*of_class[name]}) * (len(people | more) + 1)
                > self.work.params.arrange.piece
            ):
                break
            chosen |= {*of_class[name]}
            people |= more
        return [group for group in self.groups if group in chosen]
