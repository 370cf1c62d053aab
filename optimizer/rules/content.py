"""What the policy bars from the menu.

Statement. ``barred_content``: no student of a grade that the clause concerns sits in a course
with that content. ``barred_provider``: no section of a course of such a provider, and nobody
employed by such a provider leads a section or supervises. ``vetting_required``: the same for
providers that are not vetted or have a bad record.
"""
