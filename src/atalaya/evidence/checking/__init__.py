"""The independent checker: reads what others wrote, recomputes everything, names what is wrong.

Enters: a callable that gives the bytes of a path, and a key one trusts. Leaves: a report that
names each wrong file, tile, bundle and leaf. Written: nothing. It imports nothing from the rooms
that write (``evidence.log``, ``evidence.captures``), so that a mistake there cannot hide itself:
formats are read here a second time, from their specifications.
"""

from atalaya.evidence.checking.captures import CaptureProblem, CapturesReport, check_captures
from atalaya.evidence.checking.logs import check_log
from atalaya.evidence.checking.report import LogReport, Problem

__all__ = [
    "CaptureProblem",
    "CapturesReport",
    "LogReport",
    "Problem",
    "check_captures",
    "check_log",
]
