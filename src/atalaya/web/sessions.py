"""Review sessions in the browser: who signed in, until when, and proof that forms are ours.

A session's own key stays in this process's memory and ends with it. The reviewer's key never comes
here: it vouches, on the reviewer's machine, for the session's key (``findings.sessions``). The
cookie holds a random name of the session, signed, and nothing else.
"""

from __future__ import annotations

import base64
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from itsdangerous import BadSignature, Signer

from atalaya.findings.reviewers import ReviewerKey, SignedDecision, Vouching
from atalaya.findings.states import Decision

COOKIE: Final = "atalaya_review"
_MOST_WAITING = 200  # sign-ins begun and not finished; the oldest gives way
_MOST_OPEN = 200  # sessions of reviewers; more than any team has
_WAITS = timedelta(minutes=15)  # for the reviewer to fetch a key and come back


@dataclass(frozen=True, slots=True)
class Session:
    """One browser, before or after its reviewer has signed in.

    Args:
        name: Random name, kept in the cookie.
        token: Random text that every form must send back.
        key: The session's own key.
        until: When it ends.
        vouching: The reviewer's word, or None before the sign-in.
    """

    name: str
    token: str
    until: datetime
    key: Ed25519PrivateKey = field(repr=False)
    vouching: Vouching | None = None

    @property
    def public_key(self) -> str:
        """Base64 of the session's public key."""
        return base64.b64encode(self.key.public_key().public_bytes_raw()).decode("ascii")

    @property
    def reviewer(self) -> str | None:
        """Identifier of the reviewer who signed in."""
        return self.vouching.reviewer if self.vouching else None

    def sign(self, decision: Decision) -> SignedDecision:
        """Sign a decision with the session's key, with the reviewer's word beside it."""
        signature = ReviewerKey(decision.reviewer, self.key).sign(decision.content())
        return SignedDecision(decision, signature, self.vouching)


class Sessions:
    """Every session of this process; a restart ends them all."""

    def __init__(self) -> None:
        self._signer = Signer(secrets.token_bytes(32), salt="atalaya.web.sessions")
        self._waiting: OrderedDict[str, Session] = OrderedDict()
        self._open: OrderedDict[str, Session] = OrderedDict()
        self._lock = Lock()

    def begin(self, now: datetime) -> Session:
        """Begin a sign-in."""
        session = _fresh(now + _WAITS)
        with self._lock:
            _keep(self._waiting, session, _MOST_WAITING)
        return session

    def open(self, waiting: Session, vouching: Vouching) -> Session:
        """Open the session that a reviewer vouched for, under a new name."""
        session = Session(
            secrets.token_urlsafe(32),
            secrets.token_urlsafe(32),
            vouching.until,
            waiting.key,
            vouching,
        )
        with self._lock:
            self._waiting.pop(waiting.name, None)
            _keep(self._open, session, _MOST_OPEN)
        return session

    def close(self, session: Session) -> None:
        """End a session."""
        with self._lock:
            self._open.pop(session.name, None)
            self._waiting.pop(session.name, None)

    def find(self, cookie: str | None, now: datetime) -> Session | None:
        """Find the session of a cookie; None where there is none or it is over."""
        try:
            name = self._signer.unsign(cookie or "").decode("ascii")
        except (BadSignature, UnicodeError):
            return None
        with self._lock:
            found = self._open.get(name) or self._waiting.get(name)
        return found if found is not None and now < found.until else None

    def cookie(self, session: Session) -> str:
        """Write the cookie of a session."""
        return self._signer.sign(session.name).decode("ascii")


def _fresh(until: datetime) -> Session:
    return Session(
        secrets.token_urlsafe(32), secrets.token_urlsafe(32), until, Ed25519PrivateKey.generate()
    )


def _keep(kept: OrderedDict[str, Session], session: Session, most: int) -> None:
    kept[session.name] = session
    if len(kept) > most:
        kept.popitem(last=False)
