"""What a form must bring before anything is done: our own page, our token, a session."""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

from fastapi import Request

from atalaya.model.errors import BadInput
from atalaya.web.sessions import Session


class NotAllowed(BadInput):
    """The request does not come from a form of ours, or from nobody who signed in."""


def check_origin(request: Request) -> None:
    """Refuse a form that another site sent.

    A browser says where a form comes from in ``Origin``, newer ones also in ``Sec-Fetch-Site``; one
    of them must be there and say that it is this site.

    Source: OWASP, Cross-Site Request Forgery Prevention, "Verifying Origin".

    Raises:
        NotAllowed: It comes from elsewhere, or does not say.
    """
    origin = request.headers.get("origin")
    fetched = request.headers.get("sec-fetch-site")
    own = request.headers.get("host", "")
    if fetched is not None and fetched != "same-origin":
        raise _foreign(fetched)
    if origin is not None and urlsplit(origin).netloc != own:
        raise _foreign(origin)
    if origin is None and fetched is None:
        raise _foreign("nowhere")


def check_token(session: Session | None, token: str) -> Session:
    """Refuse a form without the token of its session.

    Raises:
        NotAllowed: There is no session, or the token is not its own.
    """
    if session is None or not secrets.compare_digest(session.token.encode(), token.encode()):
        raise NotAllowed(
            "this form is not of an open session",
            why="a decision must be its reviewer's own wish",
            do="sign in again and fill in the form anew",
        )
    return session


def _foreign(where: str) -> NotAllowed:
    return NotAllowed(
        f"this form was sent from {where[:100]!r}, not from a page of this observatory",
        why="another site must not be able to act in a reader's or a reviewer's name",
        do="open the page itself and send its form from there",
    )
