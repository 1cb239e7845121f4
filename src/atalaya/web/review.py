"""The review pages: sign in with a key, see what waits, and decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field

from atalaya.findings import sessions as sign_ins
from atalaya.findings.states import Action, Decision, Standing, possible
from atalaya.model.clock import Clock
from atalaya.model.errors import BadInput, WrongUse
from atalaya.model.records import SignalState
from atalaya.model.sentences import sentence
from atalaya.publishing.site import Site, Visit
from atalaya.publishing.site.languages import LANGUAGES
from atalaya.publishing.site.views.signals import one_signal, signals_list
from atalaya.web.desk import Desk
from atalaya.web.guard import NotAllowed, check_origin, check_token
from atalaya.web.pages import visit
from atalaya.web.sessions import COOKIE, Session, Sessions
from atalaya.web.shelf import Shelf

_WORDS = 2000  # of a reason or advice: a page, not a book


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


class Fields(BaseModel):
    """The fields of a decision's form, as a browser sends them."""

    token: str = ""
    action: str = ""
    reason: str = Field(default="", max_length=_WORDS)
    advice: str = Field(default="", max_length=_WORDS)
    expires: str = Field(default="", max_length=10)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a form asks for."""

    action: Action
    reason: str
    advice: str | None
    expires: date | None


def review_routes(shelf: Shelf, clock: Clock, desk: Desk) -> APIRouter:
    """Make the routes of the review pages."""
    review = Review(shelf, clock, desk, Sessions())
    routes = APIRouter(include_in_schema=False)
    _sign_in_routes(routes, review)
    _decision_routes(routes, review)
    return routes


def _sign_in_routes(routes: APIRouter, review: Review) -> None:
    @routes.get("/{code}/review")
    def queue(code: str, request: Request) -> Response:
        site = review.shelf.site()
        who = review.visit(site, code, "review")
        session = review.session(request) or review.sessions.begin(review.clock.now())
        page = site.fill(
            "review.html",
            who,
            session=session,
            name=who.reviewers.get(session.reviewer or ""),
            request_line=sign_ins.request(session.public_key, review.clock.now()),
            waiting=signals_list(site.edition, who, ""),
        )
        return review.answer(request, session, HTMLResponse(page))

    @routes.post("/{code}/review/sign-in")
    def sign_in(
        code: str,
        request: Request,
        token: Annotated[str, Form()] = "",
        answer: Annotated[str, Form(max_length=4000)] = "",
    ) -> Response:
        check_origin(request)
        waiting = check_token(review.session(request), token)
        now = review.clock.now()
        vouching = sign_ins.accept(answer, waiting.public_key, review.desk.reviewers(), now)
        session = review.sessions.open(waiting, vouching)
        return review.answer(request, session, RedirectResponse(f"/{code}/review", 303))

    @routes.post("/{code}/review/sign-out")
    def sign_out(code: str, request: Request, token: Annotated[str, Form()] = "") -> Response:
        check_origin(request)
        review.sessions.close(check_token(review.session(request), token))
        answer = RedirectResponse(f"/{code}/", 303)
        answer.delete_cookie(COOKIE, path="/")
        return answer


def _decision_routes(routes: APIRouter, review: Review) -> None:
    @routes.get("/{code}/review/{key}")
    def form(code: str, key: str, request: Request) -> Response:
        site = review.shelf.site()
        who = review.visit(site, code, "review")
        session = review.session(request)
        if session is None or session.vouching is None:
            return RedirectResponse(f"/{code}/review", 303)
        view = one_signal(site.edition, who, key)
        page = site.fill(
            "review_signal.html",
            who,
            session=session,
            name=who.reviewers.get(session.reviewer or ""),
            view=view,
            actions=_offered(view.signal.state),
        )
        return review.answer(request, session, HTMLResponse(page))

    @routes.post("/{code}/review/{key}")
    def decide(
        code: str, key: str, request: Request, fields: Annotated[Fields, Form()]
    ) -> Response:
        session = review.reviewer(request, fields.token)
        _decide(review, session, key, _wish(fields))
        return RedirectResponse(f"/{code}/signals/{key}", 303, {"Cache-Control": "no-store"})


def _offered(state: SignalState) -> tuple[Action, ...]:
    """Actions a person takes; an alert ends by itself on its last day."""
    return tuple(action for action in possible(state) if action is not Action.EXPIRE)


def _wish(fields: Fields) -> Wish:
    """Read a form.

    Raises:
        BadInput: There is no such action, or the day is no day.
    """
    try:
        chosen = Action(fields.action)
    except ValueError as error:
        names = ", ".join(Action)
        raise BadInput(
            sentence("{action!r} is no action", action=fields.action),
            do=sentence("choose one of {names}", names=names),
        ) from error
    if chosen is not Action.SIGN:
        return Wish(chosen, fields.reason, None, None)
    try:
        last = date.fromisoformat(fields.expires) if fields.expires else None
    except ValueError as error:
        raise BadInput(
            sentence("{day!r} is no day", day=fields.expires),
            do=sentence("write it as 2026-12-31"),
        ) from error
    return Wish(chosen, fields.reason, fields.advice, last)


def _decide(review: Review, session: Session, key: str, wish: Wish) -> Standing:
    """Record a decision on a published signal, signed by the session that was vouched for."""
    site = review.shelf.site()
    name = f"signal:{key}"
    row = site.edition.published_signals.get(name)
    if row is None:
        raise WrongUse(
            sentence("there is no signal {key!r}", key=key),
            do=sentence("the review page lists them"),
        )
    decision = Decision(
        signal=name,
        action=wish.action,
        reviewer=session.reviewer or "",
        reason=wish.reason,
        decided_at=review.clock.now(),
        verdict=row["verdict"],
        advice=wish.advice,
        expires=wish.expires,
    )
    return review.desk.record(session.sign(decision))
