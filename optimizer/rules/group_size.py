"""Groups are neither too small nor too large.

Statement. A section holds at least ``min_size`` and at most ``max_size`` students and never
more than its room has seats. A care group holds at least one student, at most
``base_care.max_size``, and never more than its room has seats.
"""
