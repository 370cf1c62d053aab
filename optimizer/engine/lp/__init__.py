"""Linear programs: the relaxation of a CP-SAT model, and HiGHS in a process of its own."""
