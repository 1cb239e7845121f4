"""From the text of a cell to a number or period; what is not plainly one is refused."""

from __future__ import annotations

import math
import re

from atalaya.model.errors import BadInput
from atalaya.model.periods import Period
from atalaya.model.records import Checked
from atalaya.model.sentences import sentence

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_SHOWN = 60  # characters of a bad cell that a message quotes


def number(text: str) -> float:
    """Read a number written with a decimal point and no thousands separator.

    Args:
        text: Such as ``12``, ``-0.5`` or ``1e6``.

    Raises:
        BadInput: It has another form: ``1,234`` may be a thousand or one and a bit.

    >>> number("31000.0")
    31000.0
    """
    if not _NUMBER.fullmatch(text) or not math.isfinite(value := float(text)):
        raise BadInput(
            sentence("{cell} is not a plain number", cell=shown(text)),
            why="a separator read the wrong way decides kilograms or tonnes",
            do=sentence("write digits with a decimal point only; leave an unknown number empty"),
        )
    return value


def count(text: str) -> float:
    """Read a number that may not be negative."""
    value = number(text)
    if value < 0:
        raise BadInput(
            sentence("{cell} is negative", cell=shown(text)),
            do=sentence("a count is zero or more; leave it empty"),
        )
    return value


def period(text: str) -> str:
    """Read a period and print it in its one form.

    >>> period("2019-Q1")
    '2019-Q1'
    """
    if len(text) > _SHOWN:
        raise BadInput(
            sentence("{cell} is not a period", cell=shown(text)),
            do=sentence("write 2019-03-02, 2019-03 or 2019"),
        )
    return str(Period.parse(text))


def checked(text: str) -> str:
    """Read whether a row was checked: ``verified`` or ``unverified``."""
    if text not in set(Checked):
        raise BadInput(
            sentence("{cell} is not a state", cell=shown(text)),
            do=sentence("write {states}", states=", ".join(Checked)),
        )
    return text


def as_it_is(text: str) -> str:
    """Give the text."""
    return text


def shown(text: str) -> str:
    """Quote the text of a cell for a message, cut where it is long."""
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "...")
