"""The review pages: sign in with a key, and see what waits."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from atalaya.findings import sessions as sign_ins
from atalaya.model.clock import Clock
from atalaya.publishing.site.views.signals import signals_list
from atalaya.web.board import board_view
from atalaya.web.deciding import decision_routes
from atalaya.web.desk import Desk
from atalaya.web.guard import check_origin, check_token
from atalaya.web.reviewing import Review
from atalaya.web.sessions import COOKIE, Sessions
from atalaya.web.shelf import Shelf


def review_routes(shelf: Shelf, clock: Clock, desk: Desk) -> APIRouter:
    """Make the routes of the review pages."""
    review = Review(shelf, clock, desk, Sessions())
    routes = APIRouter(include_in_schema=False)
    _sign_in_routes(routes, review)
    decision_routes(routes, review)
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
            board=board_view(site.edition, who, review.desk) if session.vouching else None,
            every=signals_list(site.edition, who, "") if session.vouching else None,
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
