"""Fetching: the only room that asks the outside; ``sending`` is the only one that tells it.

Enters: a declared address (``http:``, ``https:``, ``package:``) with what its source expects.
Leaves: ``Fetched``, the bytes with when, from where and how; or one error that says why not.
Written: nothing. Polite by construction: robots.txt is asked first, one request at a time goes to
a host with a pause after it, the user agent says who asks, no cookie and no log-in is ever sent.
On failure: ``TryLater`` when the same request may work another time (a timeout, a cut connection,
429, 5xx, an unreachable robots.txt), ``LookAtThis`` when somebody has to read the message (404,
a web page where a table is declared, a body over its cap, a redirect loop, robots.txt says no).
"""

from atalaya.evidence.fetched import Fetched, Validators
from atalaya.evidence.fetching.fetcher import Fetcher, ListedBy
from atalaya.evidence.fetching.packaged import packaged

__all__ = ["Fetched", "Fetcher", "ListedBy", "Validators", "packaged"]
