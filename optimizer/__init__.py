"""What we do with a school: rules, checks, engine, ledger, files, reports, command line.

``optimizer.files.read_school`` reads, ``optimizer.engine.solve`` plans, ``optimizer.checks.verify``
judges.
"""

__version__ = "0.1.0"
