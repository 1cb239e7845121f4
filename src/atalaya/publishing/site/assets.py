"""The style sheet, the scripts and the icon: everything a page loads, from this machine."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from atalaya.model.errors import WrongUse
from atalaya.publishing.site.drawing import vega_script

_FOLDER: Final = Path(__file__).parent / "static"
MEDIA_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
VEGA: Final = "vega.js"
NAMES: Final = ("atalaya.css", "atalaya.js", "icon.svg", VEGA)


@lru_cache(maxsize=len(NAMES))
def asset(name: str) -> bytes:
    """Give an asset.

    Args:
        name: One of ``NAMES``; ``vega.js`` is taken out of the installed renderer when first asked
            for (2 s), so that the chart drawn here and the one drawn in the browser agree.

    Raises:
        WrongUse: There is no such asset.
    """
    if name not in NAMES:
        raise WrongUse(f"there is no asset {name!r}", do=f"there are {', '.join(NAMES)}")
    if name == VEGA:
        return vega_script().encode()
    return (_FOLDER / name).read_bytes()


def media_type(name: str) -> str:
    """Give the media type of an asset."""
    return MEDIA_TYPES[Path(name).suffix]
