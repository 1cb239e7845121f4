"""The error of something that did not arrive but may yet."""

from __future__ import annotations

from atalaya.evidence.fetching.retries import Unanswered


class Undelivered(Unanswered):
    """A delivery that may work another time.

    Args:
        what: What happened.
        address: Where to.
        wait: Seconds the receiver asks to wait, or None.
    """

    def __init__(self, what: str, address: str, wait: float | None = None) -> None:
        super().__init__(what, address, wait)
        self.why = "this recipient has not been told; nothing was marked as sent"
        self.do = "send again: recipients that were reached are not told twice"
