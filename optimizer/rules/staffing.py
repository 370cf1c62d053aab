"""Cleared and qualified people, within their limits.

Statement. A section has exactly ``staff_needed`` different staff, each among the course's
``leaders``; a care group has exactly ``base_care.staff_needed``, each of whom
``may_supervise``. All are cleared and available at every slot. A person's periods (section
slots and care groups) are at most ``max_periods_week`` a week and ``max_periods_day`` on one
weekday. A care group with a student of a grade in ``base_care.rota_grades`` is supervised only
by homeroom teachers of classes of the grades in the group.
"""
