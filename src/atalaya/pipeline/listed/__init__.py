"""Visiting listings: each is asked, and the documents it names become captures of their own.

Enters: the sources with a ``[[listing]]``, and what is known of them from archive and log. Leaves:
captures, logged in small batches, so that a run that is cut goes on where it was; failures, which
never stop the others. Written: ``evidence/`` and ``log/``, and ``tables/listings.json``, a cache of
which listings were followed to their end. Items that may name private persons are sealed; what a
reader makes of their plain bytes at intake (``intake.Reads``) is all that leaves them.
"""

from __future__ import annotations

from atalaya.pipeline.listed.collecting import Collected, collect_listings

__all__ = ["Collected", "collect_listings"]
