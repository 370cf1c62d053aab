"""Schools where each student takes many courses: times and seats are decided together.

A compiled local search (``search``), for schools that it ``suits``. Its ``state`` is a timetable
(slots, leader and room of every group) with the seats of all students in it, which keeps every rule
at any time; what it minimises is the weight of the wishes that are not met. Moves of groups
(``groups``) and of seats (``seats``) are annealed (``anneal``).
"""
