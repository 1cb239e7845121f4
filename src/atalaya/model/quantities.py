"""Quantities: a number with its unit, converted only within one dimension.

Conversion factors are exact by definition (SI prefixes, the international avoirdupois pound).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from atalaya.model.errors import BadInput
from atalaya.model.numbers import number_text

# unit -> (dimension, factor to the dimension's first unit)
_UNITS: dict[str, tuple[str, float]] = {
    "g": ("mass", 1.0),
    "mg": ("mass", 1e-3),
    "kg": ("mass", 1e3),
    "t": ("mass", 1e6),
    "lb": ("mass", 453.59237),  # International Yard and Pound Agreement, 1959
    "l": ("volume", 1.0),
    "ml": ("volume", 1e-3),
    "ha": ("area", 1.0),
    "km2": ("area", 100.0),
    "USD": ("US dollars", 1.0),
    "persons": ("persons", 1.0),
    "deaths": ("deaths", 1.0),
    "samples": ("samples", 1.0),
    "documents": ("documents", 1.0),
    "tablets": ("tablets", 1.0),
    "plants": ("plants", 1.0),
    "votes": ("votes", 1.0),
    "1": ("number", 1.0),
    "%": ("number", 0.01),
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A finite number with a unit.

    Args:
        value: The number, in ``unit``.
        unit: One of the units this module knows, such as ``kg``, ``ha``, ``USD``, ``deaths``.

    Raises:
        BadInput: The number is not finite or the unit is unknown.

    >>> Quantity(2.5, "kg").to("g")
    Quantity(value=2500.0, unit='g')
    >>> Quantity(1, "kg") + Quantity(500, "g")
    Quantity(value=1.5, unit='kg')
    """

    value: float
    unit: str

    def __post_init__(self) -> None:
        if self.unit not in _UNITS:
            raise BadInput(f"{self.unit!r} is not a unit", do=f"use one of {', '.join(_UNITS)}")
        if not math.isfinite(self.value):
            raise BadInput(f"{self.value} {self.unit} is not a finite quantity", do="leave it out")

    @property
    def dimension(self) -> str:
        """What is measured: mass, area, persons ..."""
        return _UNITS[self.unit][0]

    def to(self, unit: str) -> Quantity:
        """Give the same quantity in another unit of the same dimension."""
        target = Quantity(0, unit)
        if target.dimension != self.dimension:
            raise BadInput(
                f"{self.dimension} ({self.unit}) cannot be given in {unit} ({target.dimension})",
                do="convert only within one dimension",
            )
        return Quantity(self.value * _UNITS[self.unit][1] / _UNITS[unit][1], unit)

    def __add__(self, other: Quantity) -> Quantity:
        return Quantity(self.value + other.to(self.unit).value, self.unit)

    def __str__(self) -> str:
        return f"{number_text(self.value)} {self.unit}"
