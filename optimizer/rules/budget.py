"""Pay stays within the purse.

Statement. The pay of all staff for all sections and care groups over the whole term, each slot
times the dates on which it falls, is at most the budget (``optimizer.ledger``: tariffs and
budget).
"""
