"""The pages of the site, in each language, as HTML or as their JSON twin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from atalaya.model.clock import Clock
from atalaya.model.errors import WrongUse
from atalaya.model.sentences import sentence
from atalaya.publishing.site import ServedLinks, Site, Visit
from atalaya.publishing.site.assets import asset, media_type
from atalaya.publishing.site.languages import LANGUAGES, preferred
from atalaya.publishing.site.visits import parse_as_of
from atalaya.web.desk import Desk
from atalaya.web.shelf import Shelf

_FORMS: Final = {
    "json": "application/json",
    "atom": "application/atom+xml",
    "ics": "text/calendar",
}
_KEPT: Final = ("q", "ref")  # query fields a page understands besides its date


def page_routes(shelf: Shelf, clock: Clock, desk: Desk) -> APIRouter:
    """Make the routes of pages and assets.

    Args:
        shelf: Gives the pages.
        clock: Says what day a page is read.
        desk: Says where signals stand.
    """
    routes = APIRouter(include_in_schema=False)

    @routes.get("/")
    def first(request: Request) -> RedirectResponse:
        code = preferred(request.headers.get("accept-language", ""))
        return RedirectResponse(f"/{code}/", 307, {"Vary": "Accept-Language"})

    @routes.get("/assets/{name}")
    def asset_file(name: str) -> Response:
        content = asset(name)
        return Response(
            content, media_type=media_type(name), headers={"Cache-Control": "max-age=3600"}
        )

    @routes.get("/{code}")
    def language_first(code: str) -> RedirectResponse:
        written_in(code)
        return RedirectResponse(f"/{code}/", 307)

    @routes.get("/{code}/{path:path}")
    def page(code: str, path: str, request: Request) -> Response:
        written_in(code)
        site = shelf.site()
        path, form = page_path(path, request.headers.get("accept", ""))
        who = visit(site, code, path, request.query_params, clock, desk)
        shown = site.show(path, replace(who, silence=shelf.silence(clock.now())))
        if form:
            return Response(site.form(shown, form), media_type=_FORMS[form])
        return HTMLResponse(site.html(shown), headers={"Vary": "Accept"})

    return routes


def written_in(code: str) -> None:
    """Refuse a language in which there are no pages.

    Raises:
        WrongUse: Pages are not written in it.
    """
    if code not in LANGUAGES:
        raise WrongUse(
            sentence("there is no page at /{code}", code=code),
            do=sentence("start at the first page"),
        )


def page_path(path: str, accept: str) -> tuple[str, str]:
    """Give the path of the page asked for, and the form wanted; empty for HTML.

    >>> page_path("signals.json", ""), page_path("index.json", ""), page_path("signals/", "")
    (('signals', 'json'), ('', 'json'), ('signals', ''))
    >>> page_path("promises/cnd68-l6.atom", "")
    ('promises/cnd68-l6', 'atom')
    """
    plain, dot, form = path.rpartition(".")
    if not dot or form not in _FORMS:
        asked = accept.split(",", maxsplit=1)[0].strip() == _FORMS["json"]
        plain, form = path, "json" if asked else ""
    plain = plain.strip("/")
    return ("" if plain == "index" else plain), form


def visit(
    site: Site, code: str, path: str, asked: Mapping[str, str], clock: Clock, desk: Desk
) -> Visit:
    """Say who reads which page, as of when.

    Raises:
        BadInput: The date cannot be read, or the record does not reach it.
    """
    as_of = parse_as_of(asked.get("as_of", ""), *site.edition.months)
    query = {name: asked[name] for name in _KEPT if asked.get(name)}
    today = clock.now().date()
    return Visit(
        language=code,
        links=ServedLinks(code, path, str(as_of) if as_of else None, tuple(query.items())),
        today=today,
        as_of=as_of,
        standings=desk.standings(today),
        reviewers={one.id: one.name for one in desk.reviewers()},
        query=query,
        struck=desk.struck(),
    )
