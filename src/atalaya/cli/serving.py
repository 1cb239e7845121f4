"""Serves the site: takes the port before anything is promised, so that a taken one is said."""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable

from atalaya.cli import console
from atalaya.cli.clock import SystemClock
from atalaya.cli.following import keep_following
from atalaya.model.errors import AtalayaError, TryLater, WrongUse
from atalaya.model.settings import Folder, ServingSettings, Settings

_ELSEWHERE = (
    "end the other program, or answer elsewhere: ATALAYA_SERVING_PORT=8421, or `--port 8421` of "
    "`atalaya serve`"
)


def ready(folder: Folder, settings: Settings) -> Callable[[], None]:
    """Take the address and port the site answers on.

    Returns:
        Serves the newest release there, until stopped.

    Raises:
        TryLater: Another program has the port.
        WrongUse: The address is not one of this machine.
    """
    import uvicorn

    from atalaya.pipeline.feeding import feeds_of
    from atalaya.pipeline.logged_desk import LoggedDesk
    from atalaya.pipeline.proving import archive_with
    from atalaya.web.app import create_app

    desk, clock = LoggedDesk(folder, settings), SystemClock()
    feeds = feeds_of(folder, settings, clock)
    app = create_app(folder, settings, clock, desk, lambda: archive_with(folder, settings), feeds)
    host, port = settings.serving.host, settings.serving.port
    # uvicorn says in its log that a port is taken, and exits: here that is an error of ours.
    config = uvicorn.Config(app, host=host, port=port, log_level="critical")
    try:
        taken = config.bind_socket()
    except SystemExit as error:
        raise _refused(settings.serving, error.__context__) from error
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)

    def serve() -> None:
        shown = f"[{host}]" if ":" in host else host
        console.say(f"the site is at http://{shown}:{port}/ (Ctrl-C stops it)")
        keep_following(folder, settings)
        with taken:
            uvicorn.Server(config).run(sockets=[taken])

    return serve


def _refused(serving: ServingSettings, reason: BaseException | None) -> AtalayaError:
    what = f"the site cannot be served on {serving.host}, port {serving.port}"
    if not isinstance(reason, OSError):
        return WrongUse(what, do=_ELSEWHERE)
    if reason.errno == errno.EADDRINUSE:
        return TryLater(f"{what}: another program answers there", do=_ELSEWHERE)
    return WrongUse(
        f"{what}: {reason.strerror or reason}",
        do="name an address of this machine, such as 127.0.0.1, and a port from 1024 on",
    )
