"""Programs of the system that some tests run the product against."""

import os
import shutil
from typing import NoReturn

import pytest


def absent(what: str) -> NoReturn:
    """Skip and say what is missing; fail in continuous integration, which installs it all."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}: continuous integration installs it and must run this check")
    pytest.skip(what)


def found(*names: str) -> str:
    """Give the path of the first of these programs that is installed, or end the test."""
    for name in names:
        if path := shutil.which(name):
            return path
    absent(f"{names[0]} is not installed")


def chromium() -> str:
    """Give the path of the system's Chromium, or end the test."""
    return found("chromium", "chromium-browser")
