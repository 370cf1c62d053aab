"""The policy's hours.

Statement, for every student, seat and place in base care, under the clauses in force for his
grade. ``latest_end``: no slot (evening study apart) ends later. ``evening_latest_end``: no
evening-study slot ends later. ``evening_max_minutes``: his evening-study minutes on a day are
at most this. ``max_minutes_day`` and ``max_periods_day``: his minutes and slots on a day,
evening study apart, are at most this. ``max_learning_periods_day``: his learning periods on a
day, evening study apart, are at most this; a period is learning in a course of kind
``learning`` and in base care at a slot whose care content is homework. ``service_weekday``:
where any stand, slots are on these weekdays only. ``excluded_group``: a student of the group
has no seat and no care. ``earliest_end``: on every weekday with slots for the grade (evening
study apart), the last of them ends no earlier; this concerns the school's slots, not the plan.
"""
