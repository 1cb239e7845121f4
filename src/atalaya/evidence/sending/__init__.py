"""Sending: the one room that sends something out, to recipients the operator wrote down.

Enters: bytes that ``publishing`` wrote, an address and a secret. Leaves: nothing but that they
arrived. Written: nothing. No redirect is followed, no proxy or environment is read, nothing is sent
in the clear beyond this machine. On failure: ``TryLater`` when the same may work another time
(time-out, refused connection, 429, 5xx), ``LookAtThis`` when somebody must change something.
"""

from atalaya.evidence.sending.mailing import MailServer
from atalaya.evidence.sending.webhooks import Webhooks

__all__ = ["MailServer", "Webhooks"]
