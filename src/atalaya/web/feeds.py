"""Feeds of alerts: signed ones that stand, and the word that one has ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Path, Response

from atalaya.model.errors import WrongUse
from atalaya.model.sentences import sentence

Feeds = Callable[[str, str], bytes | None]
"""Gives the feed of a language and name, or None where there is no such place or substance."""
FeedName = Annotated[
    str,
    Path(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,120}$",
        description="all, a place (US-CT), a substance (xylazine), or both (US-CT-xylazine).",
    ),
]
Language = Annotated[str, Path(pattern="^(en|es)$", description="en or es.")]


def no_feeds(_code: str, _name: str) -> None:
    """Give no feed: a site without an observatory behind it has no alerts."""


def feed_routes(feeds: Feeds) -> APIRouter:
    """Make the route of feeds.

    Args:
        feeds: Gives a feed's bytes at the moment of asking, so that what has ended says so.
    """
    routes = APIRouter(include_in_schema=False)

    @routes.get("/feeds/{code}/{name}.atom")
    def feed(code: Language, name: FeedName) -> Response:
        """Give an Atom feed of alerts for everything, a place, a substance, or both."""
        content = feeds(code, name)
        if content is None:
            raise WrongUse(
                sentence("there is no feed {name!r}", name=name),
                do=sentence(
                    "write all, a place (US-CT), a substance (xylazine) or both (US-CT-xylazine)"
                ),
            )
        return Response(content, media_type="application/atom+xml")

    return routes
