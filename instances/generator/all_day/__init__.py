"""The fourth style: walk classes of an upper school, where each student takes many courses.

A timetable is drawn first, hidden, with rooms and staff for it; then each student chooses courses
that he can attend together in it. What is published says who could lead what and when, which rooms
there are and who chose what, not the timetable. Everybody can get everything: he does so there.
"""

from instances.generator.all_day.make import make

__all__ = ["make"]
