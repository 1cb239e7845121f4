"""The application: pages, interface, downloads and review, with one way to say what went wrong."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.exceptions import HTTPException

from atalaya.model.clock import Clock
from atalaya.model.errors import AtalayaError, BadInput, TryLater, WrongUse
from atalaya.model.sentences import sentence, word
from atalaya.model.settings import Folder, ServingSettings, Settings
from atalaya.publishing.marking import _
from atalaya.publishing.proving import Archive
from atalaya.publishing.site import ServedLinks, Visit
from atalaya.publishing.site.environment import environment
from atalaya.publishing.site.languages import LANGUAGES, language, preferred
from atalaya.publishing.site.names import RegisterNames
from atalaya.web.api import api_routes
from atalaya.web.claims import claim_routes
from atalaya.web.desk import Desk
from atalaya.web.downloads import download_routes
from atalaya.web.feeds import Feeds, feed_routes, no_feeds
from atalaya.web.guard import NotAllowed
from atalaya.web.headers import SafeHeaders
from atalaya.web.heads import Heads
from atalaya.web.hosts import KnownHosts, allowed, listens_everywhere
from atalaya.web.pages import page_routes, visit
from atalaya.web.review import review_routes
from atalaya.web.shelf import Shelf, released_shelf

_STATUS: Final = (
    (NotAllowed, 403),
    (WrongUse, 404),
    (BadInput, 400),
    (TryLater, 503),
    (AtalayaError, 500),
)


def create_app(
    folder: Folder,
    settings: Settings,
    clock: Clock,
    desk: Desk,
    archive: Callable[[], Archive],
    feeds: Feeds = no_feeds,
) -> FastAPI:
    """Serve an observatory: pages, interface, downloads and review of its latest release.

    Args:
        folder: The observatory.
        settings: Its settings.
        clock: Tells the time.
        desk: Keeps reviewers' decisions.
        archive: Opens the evidence, to check bytes when a figure is asked about.
        feeds: Gives feeds of alerts.
    """
    shelf = released_shelf(folder, settings.name, RegisterNames(), archive)
    _open_ahead(shelf, clock, desk)
    return application(shelf, clock, desk, settings.serving, feeds)


def _open_ahead(shelf: Shelf, clock: Clock, desk: Desk) -> None:
    """Do before the first reader comes what a first page would have to wait for."""
    try:
        site = shelf.site()
        for code in LANGUAGES:
            site.html(site.show("", visit(site, code, "", {}, clock, desk)))
    except AtalayaError:
        return  # nothing is released yet, or it cannot be read: every page will say so
    threading.Thread(target=site.draw_ahead, daemon=True).start()


def application(
    shelf: Shelf,
    clock: Clock,
    desk: Desk,
    serving: ServingSettings | None = None,
    feeds: Feeds = no_feeds,
) -> FastAPI:
    """Put the application together.

    Args:
        shelf: Gives the pages of the latest release.
        clock: Tells the time.
        desk: Keeps reviewers' decisions.
        serving: Under which names it answers; None where whoever puts it behind a server sees to
            that.
        feeds: Gives feeds of alerts.
    """
    app = FastAPI(
        title="Atalaya",
        description="The published release of an observatory, for programs.",
        openapi_url="/api/openapi.json",
        docs_url=None,  # both ready-made pages load scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
    )
    if serving is not None:
        app.add_middleware(
            KnownHosts, names=allowed(serving), addresses=listens_everywhere(serving)
        )
    app.add_middleware(SafeHeaders)
    app.add_middleware(Heads)
    for routes in (
        api_routes(shelf, clock, desk),
        download_routes(shelf),
        review_routes(shelf, clock, desk),
        feed_routes(feeds),
        claim_routes(shelf, clock, desk),
        page_routes(shelf, clock, desk),
    ):
        app.include_router(routes)
    _say_what_went_wrong(app, shelf, clock)
    return app


def _say_what_went_wrong(app: FastAPI, shelf: Shelf, clock: Clock) -> None:
    @app.exception_handler(AtalayaError)
    def on_error(request: Request, error: AtalayaError) -> Response:
        status = next(code for kind, code in _STATUS if isinstance(error, kind))
        return _problem(request, error, status, shelf, clock)

    @app.exception_handler(RequestValidationError)
    def on_bad_request(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        return _problem(request, BadInput(f"{field}: {first['msg']}"), 400, shelf, clock)

    @app.exception_handler(HTTPException)
    def on_http(request: Request, error: HTTPException) -> Response:
        said = WrongUse(word(str(error.detail)), do=sentence("start at the first page"))
        return _problem(request, said, error.status_code, shelf, clock, error.headers)


def _problem(
    request: Request,
    error: AtalayaError,
    status: int,
    shelf: Shelf,
    clock: Clock,
    headers: Mapping[str, str] | None = None,
) -> Response:
    path = request.url.path
    if path.startswith("/api") or path.endswith(".json"):
        said = {"what": error.what, "why": error.why, "do": error.do}
        return JSONResponse(said, status, headers)
    code = path.split("/")[1]
    if code not in LANGUAGES:
        code = preferred(request.headers.get("accept-language", ""))
    return _problem_page(code, error, status, shelf, clock)


def _problem_page(
    code: str, error: AtalayaError, status: int, shelf: Shelf, clock: Clock
) -> Response:
    who = Visit(code, ServedLinks(code, ""), clock.now().date())
    title = language(code).say(_TITLES.get(status, _TITLES[500]))
    said = language(code).say(_SAID.get(status, _SAID[500]))
    try:
        page = shelf.site().fill("problem.html", who, problem=error, title=title, said=said)
    except AtalayaError as nothing:  # there is no release to put around what is said
        return _bare_page(code, nothing)
    return HTMLResponse(page, status)


def _bare_page(code: str, error: AtalayaError) -> Response:
    """Say that there is no release, or none that can be trusted, without one."""
    status = 404 if isinstance(error, WrongUse) else 500
    tongue = language(code)
    page = (
        environment()
        .get_template("nothing.html")
        .render(
            lang=tongue,
            title=tongue.say(_NOTHING if status == 404 else _TITLES[500]),  # noqa: PLR2004 - HTTP
            said=tongue.say(_NOTHING_SAID if status == 404 else _SAID[500]),  # noqa: PLR2004 - HTTP
            problem=error,
        )
    )
    return HTMLResponse(page, status)


_NOTHING: Final = _("Nothing is published here yet")
_NOTHING_SAID: Final = _("Pages stand here as soon as a run has observed something.")
_TITLES: Final = {
    400: _("This cannot be read"),
    403: _("This is not allowed"),
    404: _("There is no such page"),
    405: _("This cannot be asked for in this way"),
    503: _("Try again later"),
    500: _("Something is wrong here"),
}
_SAID: Final = {
    400: _("A part of the address or of the form is not written as it must be."),
    403: _("Only a page of this site may send this, and decisions only a signed-in reviewer."),
    404: _("The address may be mistyped, or what it names is not in this release."),
    405: _("This address is only for reading, or only for sending a form."),
    503: _("The observatory is busy; nothing was lost."),
    500: _("The page is not shown, because what it would show cannot be trusted now."),
}
