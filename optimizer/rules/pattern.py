"""The weekly pattern of a section.

Statement. A section's slots are among the course's ``slots`` (where given) and none is for base
care only. There are ``sessions_per_week * periods_per_session`` of them, no two overlapping.
With ``min_gap_days`` of 1 or more: each weekday used has exactly ``periods_per_session`` slots,
and any two weekdays used are at least ``min_gap_days`` apart (Monday 1 to Sunday 7, no wrap
over the week's end). With 0, sessions may share a day. The periods of a session are back to
back: sorted by time, each starts no earlier than the one before ends and at most
``session_break_minutes`` after it.
"""
