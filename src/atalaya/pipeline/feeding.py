"""Feeds of alerts for a served site, made at the moment of asking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time

from atalaya.model.clock import Clock
from atalaya.model.settings import Folder, Settings
from atalaya.pipeline.alerting import alerts, sender_of
from atalaya.pipeline.reviewing import decisions_of
from atalaya.publishing.alerts.atom import feed, feed_names, is_feed
from atalaya.publishing.opening import latest_release


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
        since = datetime.combine(released.as_of, time(), UTC) if released else now
        return feed(name, mine, sender_of(settings), code, since)

    return ask
