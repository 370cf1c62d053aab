"""Who may share a group.

Statement. Every student of a section is of a grade the course is for. Highest grade - lowest
grade + 1 in a section is at most the course's ``max_grade_span`` (the school's where the course
has none). Its students are of one stage unless the course has ``mix_stages``. In a care group
highest - lowest + 1 is at most ``base_care.grade_span``, and its students are of one stage
unless ``base_care.mix_stages``.
"""
