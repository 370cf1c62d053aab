"""A student, a teacher, a room: one thing at a time.

Statement. Any two things (section meetings or care groups) that share a student, a staff member
or a room are at slots that do not overlap on the clock. Two different slots that overlap clash.
"""
