"""Serves the small release on a free port of this machine."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from tests.material.loopback_server import free_port
from tests.material.web_house import House


@contextmanager
def served(house: House) -> Iterator[str]:
    """Serve a house on a free port; give its address."""
    port = free_port()
    config = uvicorn.Config(house.client().app, "127.0.0.1", port, log_level="critical")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()
