"""Rooms and staff that are still free while the witness plan is made; numbers as in ``demand``."""

from random import Random

import numpy as np

from instances.generator.demand import Bools, Ints
from instances.generator.draft import DraftSchool, stream
from instances.generator.names import CLASSROOM
from instances.generator.staff import hired
from models import Teacher


class Supply:
    """What is free of rooms and staff.

    Attributes
    ----------
    room_free : (rooms,) masks
    staff_free : (staff,) masks
    week_left : (staff,)
        Periods a person can still take on.
    day_left : (staff, 8)
        The same by weekday.
    """

    def __init__(self, draft: DraftSchool) -> None:
        self._draft = draft
        self._random: Random = stream(draft.seed, "hired")
        self._place = {slot.id: i for i, slot in enumerate(draft.slots)}
        self.weekday = [slot.weekday for slot in draft.slots]
        everything = (1 << len(draft.slots)) - 1
        self.room_free = np.full(len(draft.rooms), everything, np.int64)
        self.rooms_with: dict[str, Ints] = {
            feature: np.array([i for i, r in enumerate(draft.rooms) if feature in r.features])
            for feature in {f: None for room in draft.rooms for f in room.features}
        }
        self.home_rooms = self.rooms_with[CLASSROOM]
        self.staff_place = {t.id: i for i, t in enumerate(draft.teachers)}
        self.staff_free = np.array([self._mask(t) for t in draft.teachers], np.int64)
        self.week_left = np.array([t.max_periods_week for t in draft.teachers], np.int64)
        self.day_left = np.array([[t.max_periods_day] * 8 for t in draft.teachers], np.int64)
        self.own = np.array([t.may_supervise for t in draft.teachers], np.bool_)

    def _mask(self, teacher: Teacher) -> int:
        return sum(1 << i for i, s in enumerate(self._draft.slots) if teacher.available(s.id))

    def hire(self) -> int:
        """Take on one more supervisor."""
        number = len(self._draft.teachers)
        teacher = hired(self._random, number + 1, self._draft.style.max_periods_day)
        self._draft.teachers.append(teacher)
        self.staff_place[teacher.id] = number
        self.staff_free = np.append(self.staff_free, self._mask(teacher))
        self.week_left = np.append(self.week_left, teacher.max_periods_week)
        self.day_left = np.vstack([self.day_left, [[teacher.max_periods_day] * 8]])
        self.own = np.append(self.own, True)
        return number

    def supervisors(self, slot: int) -> Ints:
        """List who could still supervise at a slot."""
        able = self.own & (self.week_left > 0) & (self.day_left[:, self.weekday[slot]] > 0)
        return np.flatnonzero(able & ((self.staff_free >> slot) & 1 == 1))

    def free_home_rooms(self, slot: int) -> Ints:
        """List the home rooms that are free at a slot."""
        free: Ints = self.home_rooms[(self.room_free[self.home_rooms] >> slot) & 1 == 1]
        return free

    def leading(self, leaders: Ints, masks: Ints, days: Ints) -> Bools:
        """Tell who could lead in which pattern: (leaders, patterns).

        ``days`` holds each pattern's periods by weekday, (patterns, 8).
        """
        free = (self.staff_free[leaders, None] & masks) == masks
        week = self.week_left[leaders, None] >= days.sum(axis=1)
        day = (self.day_left[leaders, None, :] >= days).all(axis=2)
        return np.asarray(free & week & day)

    def take(self, person: int, slots: tuple[int, ...], *, back: bool = False) -> None:
        """Use a person's time at some slots, or give it back."""
        step = -1 if back else 1
        self.week_left[person] -= step * len(slots)
        for s in slots:
            self.staff_free[person] ^= 1 << s
            self.day_left[person, self.weekday[s]] -= step

    def book(self, room: int, slots: tuple[int, ...]) -> None:
        """Use a room at some slots, or give it back if it was used."""
        for s in slots:
            self.room_free[room] ^= 1 << s
