"""What the planner pinned stays pinned.

Statement. ``section``: the course has a section whose slots include the lock's, in its room and
with all its staff, where these are given (two locks may be met by one section).
``section_count``: the course has exactly so many sections. ``seat``: the student has a seat in
the course, or has none where not ``granted``. ``care_staff``: the person supervises a care
group at the slot.
"""
