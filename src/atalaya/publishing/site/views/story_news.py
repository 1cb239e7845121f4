"""What the feed of stories tells: each of the newest, by the last day on which it was told."""

from __future__ import annotations

from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.languages import language
from atalaya.publishing.site.stories import stories_of
from atalaya.publishing.site.views.facts import About, Fact
from atalaya.publishing.site.views.news import News
from atalaya.publishing.site.views.stories import stories
from atalaya.publishing.site.views.story_words import in_one_line
from atalaya.publishing.site.views.telling import StoryCard
from atalaya.publishing.site.visits import Visit


def of_stories(edition: Edition, visit: Visit, key: str) -> News:
    """The newest stories, of all or of the place, substance, language or month of the key.

    Raises:
        WrongUse: No story has that place, substance, language or month.
    """
    view = stories(edition, visit, key)
    title = language(visit.language).say("Stories")
    cards = (card for group in view.groups for card in group)
    told = tuple(_fact(edition, visit, card) for card in cards)
    return News(f"{title}: {view.title}" if view.title else title, told)


def _fact(edition: Edition, visit: Visit, card: StoryCard) -> Fact:
    """Make a fact of a story; a machine read it, so nothing of it is checked."""
    texts = stories_of(edition).texts.get(card.row["id"], ())
    addresses = (one["address"] for one in texts)
    return Fact(
        predicate="story",
        text=card.title,
        own_words=in_one_line(card, visit.language),
        number=None,
        unit=None,
        territory=card.row["territory"],
        territory_name=card.place,
        period=card.day or None,
        checked=False,
        how_checked="",
        cites=next((one for one in addresses if one.startswith(("https://", "http://"))), None),
        disputed=False,
        reference=card.row["id"],
        about=About("", card.title, f"story:{card.key}"),
    )
