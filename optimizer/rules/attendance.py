"""Everyone who asked to stay at a slot is somewhere at that slot.

Statement. For every student the policy does not exclude and every slot he asked to stay at
(``stay_slots``): exactly one of "in a section that meets at this slot" and "in a care group at
this slot" holds. Nobody has a seat at a slot that is in neither his ``stay_slots`` nor his
``club_slots``; nobody is in base care at a slot outside his ``stay_slots``. There is no care
group at a slot for clubs only.
"""
