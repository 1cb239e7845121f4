"""The review page of one signal: see all of it, decide, fill in its alert and sign it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Final

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from atalaya.findings.alerts.record import issued
from atalaya.findings.alerts.signing import alert_of, signed_content
from atalaya.findings.states import TWO, Action, Decision
from atalaya.model.errors import AtalayaError, BadInput, TryLater
from atalaya.publishing.alerts.sheet import sheet
from atalaya.publishing.alerts.voices import voice
from atalaya.publishing.site.languages import language
from atalaya.web.alert_form import Draft, Fields, drafted, problems_of
from atalaya.web.dossier import Taken, dossier, published_row
from atalaya.web.guard import NotAllowed, check_origin
from atalaya.web.reviewing import Review
from atalaya.web.sessions import Session
from atalaya.web.words import page_words

PREVIEW: Final = "preview"  # shows the draft with what was written so far, and stores nothing


def decision_routes(routes: APIRouter, review: Review) -> None:
    """Add the routes of one signal's review page.

    Args:
        routes: What they are added to.
        review: What they work with.
    """

    @routes.get("/{code}/review/{key}")
    def form(code: str, key: str, request: Request) -> Response:
        session = review.session(request)
        if session is None or session.vouching is None:
            return RedirectResponse(f"/{code}/review", 303)
        wanted = request.query_params.get("draft", code)
        fields = Fields(language=wanted if wanted in ("en", "es", "pt") else code)
        return _page(review, request, session, (code, key), fields)

    @routes.post("/{code}/review/{key}")
    def decide(
        code: str, key: str, request: Request, fields: Annotated[Fields, Form()]
    ) -> Response:
        check_origin(request)
        try:
            session = review.reviewer(request, fields.token)
        except NotAllowed:
            return _lost(review, code, fields)
        if fields.action == PREVIEW:
            return _page(review, request, session, (code, key), fields)
        problems = _decide(review, session, key, fields)
        if problems:
            return _page(review, request, session, (code, key), fields, problems)
        return RedirectResponse(f"/{code}/review/{key}", 303, {"Cache-Control": "no-store"})


def _page(
    review: Review,
    request: Request,
    session: Session,
    where: tuple[str, str],
    fields: Fields,
    problems: dict[str, AtalayaError] | None = None,
) -> Response:
    """Show the page; what was refused comes back with every word and each fault marked."""
    code, key = where
    site = review.shelf.site()
    who = review.visit(site, code, f"signals/{key}")  # the chart's figures are that page's
    found = dossier(site.edition, who, key, review.desk)
    draft: Draft = drafted(found.evidence, published_row(site.edition, key), fields, problems or {})
    page = site.fill(
        "review_signal.html",
        who,
        session=session,
        name=who.reviewers.get(session.reviewer or ""),
        found=found,
        view=found.view,
        draft=draft,
        fields=fields,
        problems=problems or {},
        two_persons=review.desk.two_persons,
        signed_text=_signed_text(found.waiting, draft.language),
        **page_words(language(code)),
    )
    return review.answer(request, session, HTMLResponse(page, _status(problems or {})))


def _status(problems: Mapping[str, AtalayaError]) -> int:
    """Give the HTTP status of a page with these problems."""
    if any(isinstance(one, TryLater) for one in problems.values()):
        return 503
    return 400 if problems else 200


def _lost(review: Review, code: str, fields: Fields) -> Response:
    """Give back what somebody wrote whose session is over; only to a form of our own pages."""
    who = review.visit(review.shelf.site(), code, "review")
    written = {
        name: text
        for name, text in fields.model_dump(exclude={"token", "action", "of"}).items()
        if text
    }
    labels = page_words(language(code))["labels"]
    page = review.shelf.site().fill("review_lost.html", who, written=written, labels=labels)
    return HTMLResponse(page, 403, {"Cache-Control": "no-store"})


def _signed_text(waiting: Taken | None, code: str) -> str:
    """Write out exactly what waits for a second person, in the words of every channel."""
    if waiting is None or waiting.decision.alert is None:
        return "" if waiting is None else str(waiting.decision.advice)
    alert = alert_of(waiting.decision, waiting.decision.alert, waiting.name)
    return sheet(issued(alert), voice(alert.form.language or code)).text


def _decide(review: Review, session: Session, key: str, fields: Fields) -> dict[str, AtalayaError]:
    """Record a decision signed by the session that was vouched for, or say what is wrong with it.

    Returns:
        Field -> what is wrong with it; ``form`` for what is no single field's. Empty where it was
        recorded.
    """
    site = review.shelf.site()
    row = published_row(site.edition, key)
    now = review.clock.now()
    problems = problems_of(fields, row, now.date())
    if problems:
        return problems
    try:
        decision = Decision(
            signal=row["id"],
            action=Action(fields.action),
            reviewer=session.reviewer or "",
            reason=fields.reason,
            decided_at=now,
            verdict=row["verdict"],
            **fields.particulars(),
        )
        if decision.action is Action.SIGN:
            decision = replace(
                decision,
                persons=TWO if review.desk.two_persons else 1,
                alert=signed_content(row, decision, fields.form()),
            )
        review.desk.record(session.sign(decision))
    except (BadInput, TryLater) as error:
        return {"form": error}
    return {}
