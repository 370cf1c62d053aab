"""Rooms suit what happens in them.

Statement. A section's room is among the course's ``rooms`` (where given), has all its
``room_features``, and is available at every slot of the section. A care group's room is a
class's home room or a ``care_room``, and available. Where ``base_care.rooms`` is ``own_grade``,
a home room (that is no ``care_room``) must belong to a class of one of the grades in the group.
"""
