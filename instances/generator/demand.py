"""What families ask for and what they hold so far, while the witness plan is made.

Everything is a number here: the n-th student, course, wish or slot of the draft. Sets of slots
are bit masks.
"""

from collections import defaultdict
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from instances.generator.care import members, pack
from instances.generator.draft import CARE_SIZE, DraftSchool
from models import PolicyItem, lottery_number

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


class Demand:
    """Students, their wishes, their seats, and the care that is left to give.

    Attributes
    ----------
    offered, free : (students,) masks
        Slots at which a student could sit in a club, and could still.
    care : (slots, grades + 1)
        Students to look after.
    need : (slots,)
        Care groups that takes.
    granted : (wishes,)
    """

    def __init__(self, draft: DraftSchool) -> None:
        self._draft = draft
        self._place = {slot.id: i for i, slot in enumerate(draft.slots)}
        self._classes = {home.id: i for i, home in enumerate(draft.classes)}
        self.blocks = draft.style.blocks
        grade_of = {home.id: home.grade for home in draft.classes}
        block_of = {grade: i for i, block in enumerate(self.blocks) for grade in block}
        self.grade = np.array([grade_of[s.home_class] for s in draft.students], np.int64)
        self.block = np.array([block_of[int(g)] for g in self.grade], np.int64)
        self.stays = np.array([self.mask(s.stay_slots) for s in draft.students], np.int64)
        offers = np.array([self.mask(s.club_slots) for s in draft.students], np.int64)
        self.offered = (self.stays | offers) & self._admitted()
        self.free = self.offered.copy()
        self.seats = np.zeros(len(draft.students), np.int64)
        self.wants = np.array([s.max_clubs for s in draft.students], np.int64)
        self._read_claims()
        self._read_wishes()
        self._count_care()

    def mask(self, slots: tuple[str, ...]) -> int:
        """Write slots as bits."""
        return sum(1 << self._place[slot] for slot in slots)

    def _admitted(self) -> Ints:
        """Slots at which clubs may be held for each student, by the policy's latest end."""
        draft = self._draft
        stages: list[str | None] = [stage.id for stage in draft.style.stages]
        by_block = []
        for name in stages or [None]:
            ends = [
                clause.value or 0
                for clause in draft.style.clauses
                if clause.item is PolicyItem.LATEST_END and clause.stage in (None, name)
            ]
            slots = [s for s in draft.club_slots() if draft.slots[s].end_minute <= min(ends)]
            by_block.append(sum(1 << s for s in slots))
        return np.array(by_block, np.int64)[self.block]

    def _read_claims(self) -> None:
        """Order the students by claim: priority groups first, then by lottery number."""
        draft = self._draft
        seed = draft.settings(None).lottery_seed
        claims = [(not s.groups, lottery_number(seed, s.id)) for s in draft.students]
        self.ordinary = np.array([ordinary for ordinary, _ in claims], np.bool_)
        self.by_claim = sorted(range(len(claims)), key=claims.__getitem__)
        self.claim = np.empty(len(claims), np.int64)
        self.claim[self.by_claim] = np.arange(len(claims))

    def _read_wishes(self) -> None:
        draft = self._draft
        student = {s.id: i for i, s in enumerate(draft.students)}
        course = {c.id: i for i, c in enumerate(draft.courses)}
        self.wisher = np.array([student[w.student] for w in draft.wishes], np.int64)
        self.wished = np.array([course[w.course] for w in draft.wishes], np.int64)
        self.rank = np.array([w.rank for w in draft.wishes], np.int64)
        self.granted = np.zeros(len(draft.wishes), np.bool_)
        # Claims of one kind are equal, but for the seats that the students hold and their stays.
        kinds = (self.grade[self.wisher], self.rank, self.ordinary[self.wisher].astype(np.int64))
        code = self.wished
        for part in kinds:
            code = code * (1 + int(part.max(initial=0))) + part
        self.kind: list[int] = code.tolist()
        order = np.argsort(self.wished, kind="stable")
        ends = np.searchsorted(self.wished[order], np.arange(len(draft.courses) + 1))
        self.wishes_for = [order[a:b] for a, b in pairwise(ends.tolist())]
        self.wishes_of: list[list[int]] = [[] for _ in draft.students]
        for wish, holder in enumerate(self.wisher.tolist()):
            self.wishes_of[holder].append(wish)

    def _count_care(self) -> None:
        draft = self._draft
        self.care = np.zeros((len(draft.slots), max(draft.style.grades) + 1), np.int64)
        for s in range(len(draft.slots)):
            there = self.grade[(self.stays >> s) & 1 == 1]
            self.care[s] = np.bincount(there, minlength=self.care.shape[1])
        self.need = np.zeros(len(draft.slots), np.int64)
        self.update_need(range(len(draft.slots)))

    def _pack(self, counts: Ints) -> list[dict[int, int]]:
        """Pack students, counted by grade, into groups."""
        by_grade = dict(enumerate(counts.tolist()))
        return pack(by_grade, self.blocks, self._draft.style.care_grade_span, CARE_SIZE)

    def update_need(self, slots: range | tuple[int, ...]) -> None:
        """Count the care groups of some slots anew."""
        for s in slots:
            self.need[s] = len(self._pack(self.care[s]))

    def need_without(self, wishes: list[int], slots: tuple[int, ...]) -> list[int]:
        """Count the care groups of some slots if these seats there were taken away."""
        found = []
        students = self.wisher[wishes]
        for s in slots:
            back = self.grade[students[(self.stays[students] >> s) & 1 == 1]]
            counts = self.care[s] + np.bincount(back, minlength=self.care.shape[1])
            found.append(len(self._pack(counts)))
        return found

    def waiting(self, course: int) -> Ints:
        """Give the wishes for a course of students without it who want one more club."""
        wishes = self.wishes_for[course]
        holders = self.wisher[wishes]
        open_wish = ~self.granted[wishes] & (self.seats[holders] < self.wants[holders])
        return wishes[open_wish]

    def move(self, wish: int, slots: tuple[int, ...], *, seated: bool) -> None:
        """Seat the wisher at these slots, or take him away; ``need`` is not updated."""
        student = self.wisher[wish]
        bits = sum(1 << s for s in slots)
        self.granted[wish] = seated
        self.seats[student] += 1 if seated else -1
        self.free[student] ^= bits
        for s in slots:
            if (self.stays[student] >> s) & 1:
                self.care[s, self.grade[student]] += -1 if seated else 1

    def care_members(self, slot: int, busy: Bools) -> list[list[int]]:
        """Name the students of each care group at a slot, except who is busy in a club."""
        there = np.flatnonzero(((self.stays >> slot) & 1 == 1) & ~busy)
        by_class: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for student in there.tolist():
            home = self._draft.students[student].home_class
            by_class[int(self.grade[student])][home].append(student)
        return members(
            self._pack(self.care[slot]), {g: list(c.values()) for g, c in by_class.items()}
        )
