"""A story in one line, for a feed: what it names, and how many voices tell it."""

from __future__ import annotations

from babel.lists import format_list

from atalaya.publishing.marking import _
from atalaya.publishing.site.languages import language
from atalaya.publishing.site.views.telling import StoryCard

_VOICES = _("texts {texts}, sources {sources}, independent origins {origins}")
_DOUBTED = _("hard to believe: {why}")


def in_one_line(card: StoryCard, code: str) -> str:
    """Say a story in one line of a language."""
    tongue, row = language(code), card.row
    counted = {name: tongue.number(row[name]) for name in ("texts", "sources", "origins")}
    parts = [tongue.say(_VOICES).format(**counted)]
    if card.substances:
        parts.insert(0, format_list([one.name for one in card.substances], locale=code))
    if row["implausible"]:
        parts.append(tongue.say(_DOUBTED).format(why=row["implausible"]))
    return "; ".join(parts)
