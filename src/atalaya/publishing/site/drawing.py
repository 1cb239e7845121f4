"""A Vega-Lite specification drawn as SVG that a strict page may hold: no style, no script."""

from __future__ import annotations

import json
import re
from collections import OrderedDict
from functools import lru_cache
from threading import Lock
from typing import Any
from xml.etree import ElementTree as ET

from atalaya.model.errors import LookAtThis
from atalaya.model.identifiers import sha256_hex
from atalaya.publishing.site.charts import Spec

_SVG = "http://www.w3.org/2000/svg"
_KEPT_ELEMENTS = frozenset(
    {"svg", "g", "path", "rect", "line", "text", "tspan", "defs", "clipPath"}
)
_DROPPED = re.compile(r"role|aria-.*|style|on.*|.*href|\{.*|class|version|width|height|xmlns.*")


class Drawings:
    """Draws charts, each once: a drawing is found again by the hash of its specification.

    Args:
        keep: How many drawings are kept in memory.
    """

    def __init__(self, keep: int = 256) -> None:
        self._keep = keep
        self._drawn: OrderedDict[str, str] = OrderedDict()
        self._one_at_a_time = Lock()

    def svg(self, spec: Spec) -> str:
        """Draw a specification.

        Args:
            spec: Vega-Lite, with its data inside.

        Returns:
            An ``svg`` element with ``viewBox`` and no size, style, link or script.

        Raises:
            LookAtThis: Vega-Lite cannot draw it.
        """
        name = sha256_hex(_text(spec).encode())
        with self._one_at_a_time:
            drawn = self._drawn.pop(name, None) or plain_svg(_draw(spec))
            self._drawn[name] = drawn  # now the newest
            if len(self._drawn) > self._keep:
                self._drawn.popitem(last=False)
        return drawn


def _draw(spec: Spec) -> str:
    import vl_convert

    try:
        compiled = json.loads(_compiled(_text(spec.without_data())))
        _fill(compiled, spec.named_data())
        return str(vl_convert.vega_to_svg(compiled, allowed_base_urls=[]))
    except ValueError as error:
        raise LookAtThis(
            f"Vega-Lite could not draw a chart: {error}",
            why="a page without its chart would say less than the release",
            do="report the series with this message",
        ) from error


@lru_cache(maxsize=16)  # which of four kinds of stretches a chart has
def _compiled(text: str) -> str:
    """Compile the part that all charts have in common, which takes as long as drawing one."""
    import vl_convert

    return json.dumps(vl_convert.vegalite_to_vega(text))


def _fill(vega: dict[str, Any], named: dict[str, list[dict[str, Any]]]) -> None:
    """Put the data into a compiled chart, under the names it was compiled with."""
    for dataset in vega["data"]:
        if dataset["name"] in named:
            dataset["values"] = named[dataset["name"]]


def _text(spec: dict[str, Any]) -> str:
    return json.dumps(spec, separators=(",", ":"))


def plain_svg(text: str) -> str:
    """Keep shapes and text of an SVG and drop everything else.

    Args:
        text: An SVG document.

    Returns:
        The element as text, hidden from assistive technology's tree of parts: the page names it.
    """
    root = ET.fromstring(text)  # noqa: S314 - drawn here, by the bundled renderer
    view = root.get("viewBox", "")
    _strip(root)
    root.set("viewBox", view)
    root.set("focusable", "false")
    ET.register_namespace("", _SVG)
    return ET.tostring(root, encoding="unicode").replace(f' xmlns="{_SVG}"', "")


def _strip(element: ET.Element) -> None:
    for name in [name for name in element.attrib if _DROPPED.fullmatch(name)]:
        if not _shape_size(element, name):
            del element.attrib[name]
    for child in list(element):
        if child.tag.removeprefix(f"{{{_SVG}}}") not in _KEPT_ELEMENTS:
            element.remove(child)
        else:
            _strip(child)


def _shape_size(element: ET.Element, name: str) -> bool:
    """Width and height are a rectangle's shape, and only the outermost element's size."""
    return name in {"width", "height"} and element.tag != f"{{{_SVG}}}svg"


def vega_script() -> str:
    """Give the bundled Vega, Vega-Lite and Vega-Embed as one script, to serve locally."""
    import vl_convert

    return str(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;"))
