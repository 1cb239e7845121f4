"""Finds the data folder that may lie beside the project, and skips where it is absent."""

import os
from pathlib import Path

import pytest


def shared(path: str) -> Path:
    """Give a file or folder of the shared data, or skip the test with the reason."""
    root = os.environ.get("ATALAYA_SHARED")
    folder = Path(root) if root else Path(__file__).resolve().parents[3] / "shared"
    wanted = folder / path
    if not wanted.exists():
        pytest.skip(f"no shared data at {wanted}: this check needs the data set it names")
    return wanted
