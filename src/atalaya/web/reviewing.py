"""What the review pages share: who reads, whose session, and how an answer is sent."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request, Response

from atalaya.model.clock import Clock
from atalaya.model.errors import WrongUse
from atalaya.publishing.site import Site, Visit
from atalaya.publishing.site.languages import LANGUAGES
from atalaya.web.desk import Desk
from atalaya.web.guard import NotAllowed, check_origin, check_token
from atalaya.web.pages import visit
from atalaya.web.sessions import COOKIE, Session, Sessions
from atalaya.web.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Review:
    """What the review pages work with."""

    shelf: Shelf
    clock: Clock
    desk: Desk
    sessions: Sessions

    def session(self, request: Request) -> Session | None:
        """Find the session of a request."""
        return self.sessions.find(request.cookies.get(COOKIE), self.clock.now())

    def visit(self, site: Site, code: str, path: str) -> Visit:
        """Say who reads: a reviewer always sees all the evidence there is."""
        if code not in LANGUAGES:
            raise WrongUse(f"pages are not written in {code!r}", do="use /en/ or /es/")
        return visit(site, code, path, {}, self.clock, self.desk)

    def answer(self, request: Request, session: Session, response: Response) -> Response:
        """Send a page that no cache keeps, with the session's cookie."""
        response.headers["Cache-Control"] = "no-store"
        response.set_cookie(
            COOKIE,
            self.sessions.cookie(session),
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
            path="/",
        )
        return response

    def reviewer(self, request: Request, token: str) -> Session:
        """Give the signed-in session of a form.

        Raises:
            NotAllowed: The form is not ours, or nobody has signed in.
        """
        check_origin(request)
        session = check_token(self.session(request), token)
        if session.vouching is None:
            raise NotAllowed("nobody has signed in", do="sign in on the review page")
        return session
