"""Captures: bytes as received, kept in WARC files that never change.

Enters: ``Received``, an answer with the source it is for. Leaves: ``Capture`` records, rebuilt from
the WARC files alone, and payloads, hashed again at every reading.
Written: ``evidence/<number>-<moment>-<hash>.warc``, one file a batch, complete and durable before
it has that name; ``evidence/.index/``, a cache that may be deleted; ``evidence/.lock``.
On failure: ``TryLater`` (no room, another run at work) leaves everything as it was;
``StopEverything`` names the capture whose bytes are not what they were.
"""

from atalaya.evidence.captures.records import Received
from atalaya.evidence.captures.store import CaptureStore

__all__ = ["CaptureStore", "Received"]
