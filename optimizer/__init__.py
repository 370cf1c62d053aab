"""What we do with a school: rules, checks, engine, ledger, files, reports, command line.

``optimizer.files.read_school`` reads, ``optimizer.engine.solve`` plans, ``optimizer.checks.verify``
judges.
"""

import logging

# What is logged is for who asks for it (``--log``, ``logging``): Python shows warnings otherwise.
logging.getLogger("zouban").addHandler(logging.NullHandler())

__version__ = "0.1.0"
