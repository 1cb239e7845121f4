"""What somebody says about a sheet with ``--map``, in place of what would be told from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from atalaya.model.errors import WrongUse
from atalaya.reading.sheets.dates import Order
from atalaya.reading.sheets.headings import Role


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody said about the sheet with ``--map``.

    Args:
        columns: Role -> headings.
        sheet: Name of the sheet to read, or None.
        dates: Order of day and month, or None.
        zeros: For counts: an absent row is a ``zero`` or a ``gap``; None lets the table say.
    """

    columns: Mapping[Role, tuple[str, ...]]
    sheet: str | None = None
    dates: Order | None = None
    zeros: Literal["zero", "gap"] | None = None


NOTHING_ASKED = Asked({})


def asked_of(pairs: Iterable[str]) -> Asked:
    """Read what was given to ``--map``.

    Args:
        pairs: ``date=Fecha``, ``found=Resultado``, ``sheet=2024``, ``dates=day-first``,
            ``zeros=gap``.

    Raises:
        WrongUse: A key or value does not exist.

    >>> asked_of(["found=Resultado 1", "found=Resultado 2"]).columns[Role.FOUND]
    ('Resultado 1', 'Resultado 2')
    """
    columns: dict[Role, tuple[str, ...]] = {}
    others: dict[str, str] = {}
    roles = {role.value: role for role in Role if role is not Role.PRIVATE}
    choices: dict[str, tuple[str, ...]] = {"dates": tuple(Order), "zeros": ("zero", "gap")}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        key = key.strip().replace("-", "_")
        if not equals or not value.strip():
            raise WrongUse(f"--map {pair!r} is not KEY=HEADING", do="write --map date=Fecha")
        if key in roles:
            columns[roles[key]] = (*columns.get(roles[key], ()), value.strip())
        elif key == "sheet" or key in choices:
            others[key] = value.strip()
        else:
            known = [*roles, *choices, "sheet"]
            near = get_close_matches(key, known, n=1)
            raise WrongUse(
                f"--map knows no {key!r}",
                near=near[0] if near else None,
                do=f"its keys are {', '.join(known)}",
            )
    for key, allowed in choices.items():
        if key in others and others[key] not in allowed:
            raise WrongUse(f"--map {key}={others[key]}", do=f"write {' or '.join(allowed)}")
    dates = others.get("dates")
    zeros = others.get("zeros")
    return Asked(
        columns,
        others.get("sheet"),
        None if dates is None else Order(dates),
        None if zeros is None else ("zero" if zeros == "zero" else "gap"),
    )
