"""Two cohorts of a German upper school as Schools; see README.md beside this file."""
