"""The key of a series: what is counted, where, by whom, in words that stand in an address."""

from __future__ import annotations

from atalaya.model.identifiers import slugify


def series_key(source: str, subject: str, territory: str, predicate: str) -> str:
    """Give the key of a series.

    Args:
        source: Slug of the source.
        subject: Register identifier. A substance is named by its slug; anything else keeps its kind
            in front, because a group and a substance may have one name.
        territory: Register identifier of the place.
        predicate: What is counted.

    Returns:
        ``<source>/<subject>/<territory code>/<predicate>``.

    >>> series_key("ct-deaths", "substance:xylazine", "territory:US-CT", "deaths")
    'ct-deaths/xylazine/US-CT/deaths'
    >>> series_key("ct-deaths", "group:nitazene", "territory:US-CT", "deaths that name it")
    'ct-deaths/group.nitazene/US-CT/deaths-that-name-it'
    """
    kind, _, name = subject.partition(":")
    what = name if kind == "substance" else f"{kind}.{name}"
    return "/".join((source, what, territory.partition(":")[2], slugify(predicate)))
