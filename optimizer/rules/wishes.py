"""Seats follow wishes.

Statement. A student has a seat only in a course he wished for, at most one seat a course, and
at most ``max_clubs`` seats. Where the wish names a teacher, that teacher is among the section's
staff.
"""
