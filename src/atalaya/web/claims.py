"""The form of the page of claims: a pasted text in, the page with its answers out.

The text travels in the body, not in the address, so that no log of addresses and no history of a
browser holds it; nothing here keeps it either, and no cache may.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from atalaya.model.clock import Clock
from atalaya.model.errors import BadInput
from atalaya.model.sentences import sentence
from atalaya.publishing.site.views.claims import LONGEST, PASTED, REFUSED
from atalaya.web.desk import Desk
from atalaya.web.guard import check_origin
from atalaya.web.pages import visit, written_in
from atalaya.web.shelf import Shelf

_FORM: Final = "application/x-www-form-urlencoded"
_FIELD, _FIELDS = "text", 4
# A letter takes up to four bytes of UTF-8 and each byte three signs of a form's encoding.
_MOST_BYTES: Final = LONGEST * 4 * 3 + 100
_TOO_LONG: Final = 413


def claim_routes(shelf: Shelf, clock: Clock, desk: Desk) -> APIRouter:
    """Make the route of the form.

    Args:
        shelf: Gives the pages.
        clock: Says what day a page is read.
        desk: Says where signals stand.
    """
    routes = APIRouter(include_in_schema=False)

    @routes.post("/{code}/claims")
    async def answer(code: str, request: Request) -> Response:
        written_in(code)
        check_origin(request)
        text = await _pasted(request)
        return await run_in_threadpool(answered, code, text)

    def answered(code: str, text: str | None) -> Response:
        site = shelf.site()
        asked: Mapping[str, str] = {REFUSED: "long"} if text is None else {PASTED: text}
        who = visit(site, code, "claims", {}, clock, desk)
        shown = site.show("claims", replace(who, query=asked, silence=shelf.silence(clock.now())))
        status = _TOO_LONG if text is None else 200
        return HTMLResponse(site.html(shown), status, {"Cache-Control": "no-store"})

    return routes


async def _pasted(request: Request) -> str | None:
    """Read the pasted text of a form; None where it is longer than what is looked at.

    Reading stops there: a body of any length costs no more than the longest one that is answered.

    Raises:
        BadInput: It is no form, or cannot be read.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise BadInput(
            sentence("this is not the form of the page of claims"),
            do=sentence("paste the text on the page itself"),
        )
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            return None
    text = _field(bytes(body)).replace("\r\n", "\n").strip()
    return text if len(text) <= LONGEST else None


def _field(body: bytes) -> str:
    try:
        fields = parse_qs(body.decode("ascii"), errors="strict", max_num_fields=_FIELDS)
    except ValueError as error:  # no ASCII, no UTF-8 behind the encoding, or too many fields
        raise BadInput(
            sentence("the text of the form cannot be read as UTF-8"),
            do=sentence("paste the text on the page itself"),
        ) from error
    return fields.get(_FIELD, [""])[0]
