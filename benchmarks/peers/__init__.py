"""The same schools given to other methods, everything judged by our own check.

A peer is a function from a ``Task`` to an ``Answer``: the sections and care groups that it found,
and a bound if it has one. It runs in a process of its own (``child``), watched and measured by
``run``; ``judge`` finishes the plan and checks it. ``entries`` lists the peers.
"""
