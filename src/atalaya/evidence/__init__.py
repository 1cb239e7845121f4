"""Evidence: what was published, as received, dated, and provable.

Enters: declarations of sources (``sources/*/source.toml``) and the answers of their addresses.
Leaves: captures, their bytes on demand, leaves and proofs of the transparency log.
Written: ``evidence/`` (WARC files, never changed) and ``log/`` (tiles, checkpoint), nothing else.
On failure: nothing half-written stays in force. A slow or broken server is ``TryLater``; an answer
somebody must look at is ``LookAtThis``; bytes that no longer agree with what was logged are
``StopEverything``. The doors are the modules: ``sources``, ``fetching``, ``captures``,
``sending``, ``archiving``, ``log`` and ``checking``. Only ``fetching`` and ``sending`` open
connections.
"""
