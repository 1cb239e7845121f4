"""What States promised in a session, how they voted, and what has followed, as sources say it.

Enters: claims, and texts of records of votes (``votes``). Leaves: frozen records and the rows of
the release table ``promises``. Writes nothing. Every value keeps the claims or the place it rests
on; where sources disagree both stay and the field is ``disputed``; what no source says is
``unknown``, in that word.

The doors are ``promises.record`` and ``promises.table``.
"""

from atalaya.promises.sessions import record
from atalaya.promises.table import table

__all__ = ["record", "table"]
