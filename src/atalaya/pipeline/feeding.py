"""Feeds of alerts: for a served site at the moment of asking, for a static copy once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time

from atalaya.model.clock import Clock
from atalaya.model.settings import Folder, Settings
from atalaya.pipeline.alerting import LANGUAGES, alerts, sender_of
from atalaya.pipeline.reviewing import decisions_of
from atalaya.publishing.alerts.atom import feed, feed_names, feeds, is_feed
from atalaya.publishing.opening import Release, latest_release
from atalaya.publishing.site.links import feed_file


def feeds_of(
    folder: Folder, settings: Settings, clock: Clock
) -> Callable[[str, str], bytes | None]:
    """Give what a served site asks for feeds: made when asked, so that what has ended says so.

    A feed of a known place or substance exists before its first alert, so that one can subscribe.

    Args:
        folder: The observatory.
        settings: Its settings.
        clock: Tells the time.
    """

    def ask(code: str, name: str) -> bytes | None:
        if not is_feed(name):
            return None
        now = clock.now()
        with decisions_of(folder, settings) as store:
            found = alerts(folder, store, now).notices
        mine = [one for one in found if name in feed_names(one)]
        released = latest_release(folder.releases)
        since = _day_of(released) if released else now
        return feed(name, mine, sender_of(settings), code, since)

    return ask


def copied_feeds(
    folder: Folder, settings: Settings, release: Release, now: datetime
) -> Mapping[str, bytes]:
    """Give the feeds of a static copy, as they stand when it is written.

    Args:
        folder: The observatory.
        settings: Its settings.
        release: The release that the copy belongs to, which may not have its name yet.
        now: The present moment.

    Returns:
        File below the site -> content: of all alerts, and of each place and substance with one.
    """
    with decisions_of(folder, settings) as store:
        found = alerts(folder, store, now, release).notices
    return {
        feed_file(code, name): content
        for code in LANGUAGES
        for name, content in feeds(found, sender_of(settings), code, _day_of(release)).items()
    }


def _day_of(release: Release) -> datetime:
    return datetime.combine(release.as_of, time(), UTC)
