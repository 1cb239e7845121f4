"""What States promised in a session, how they voted, and what has followed, as sources say it.

Enters: claims. Leaves: frozen records and the rows of the release table ``promises``. Nothing is
read or written. Every value keeps the claims it rests on; where sources disagree both stay and the
field is ``disputed``; what no source says is ``unknown``, in that word.

The doors are ``promises.record`` and ``promises.table``.
"""

from atalaya.promises.sessions import record
from atalaya.promises.table import table

__all__ = ["record", "table"]
