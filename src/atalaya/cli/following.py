"""Lets what became of an alert go out by itself: after every run, and while the site is served."""

from __future__ import annotations

import threading

from atalaya.cli import console
from atalaya.cli.clock import SystemClock
from atalaya.model.errors import AtalayaError
from atalaya.model.settings import Folder, Settings

# A withdrawal should be on its way before its reviewer asks whether it is; and it costs one look at
# the decisions where nobody was ever told of anything.
EVERY_SECONDS = 60.0


def follow_up(folder: Folder, settings: Settings) -> None:
    """Tell whoever was told of an alert that it is in doubt, withdrawn or expired; say who was.

    Files of alerts say so too, wherever they were written.

    What fails is said and tried again the next time: it keeps neither a run nor the site from going
    on.
    """
    from atalaya.pipeline import alert_files, delivering

    try:
        for into in alert_files.write_again(folder, settings, SystemClock().now()):
            console.say(f"what has become of alerts is written in {into}")
        done = delivering.follow_up(folder, settings, SystemClock())
    except AtalayaError as error:
        console.tell(error)
        return
    for one in done:
        about = f"{one.notice.alert.id}, {one.notice.kind}: {one.channel} {one.recipient}"
        if one.problem is None:
            console.say(f"told of {about}")
        else:
            console.say(f"NOT told of {about}: {one.problem.what}; tried again the next time")


def keep_following(folder: Folder, settings: Settings) -> None:
    """Do so again and again, beside what this program does, for as long as it runs."""

    def follow() -> None:
        pause = threading.Event()
        while not pause.wait(EVERY_SECONDS):
            follow_up(folder, settings)

    threading.Thread(target=follow, daemon=True).start()
