"""Parameters of detectors: documented fields of frozen dataclasses, set from ``KEY=VALUE`` text."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields, replace
from difflib import get_close_matches
from types import NoneType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from atalaya.model.errors import WrongUse

P = TypeVar("P")
_TRUTH = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """One parameter as a page or a person sees it: its name, its value, and what it means."""

    name: str
    value: str
    doc: str


def parameter(
    default: Any,
    doc: str,
    *,
    name: str | None = None,
    minimum: float = -math.inf,
    maximum: float = math.inf,
) -> Any:
    """Declare a parameter of a detector.

    Args:
        default: Value when nobody sets it.
        doc: What it means, with its unit, in one sentence.
        name: Name in ``--set`` where it is not the field's, such as R's ``minSigma``.
        minimum: Smallest number allowed.
        maximum: Largest number allowed.
    """
    return field(
        default=default,
        metadata={"doc": doc, "name": name, "minimum": minimum, "maximum": maximum},
    )


def describe_parameters(parameters: Any) -> tuple[ParameterRow, ...]:
    """Give the parameters of a detector with their values, in order of declaration."""
    return tuple(
        ParameterRow(_name(each), _printed(getattr(parameters, each.name)), each.metadata["doc"])
        for each in fields(parameters)
    )


def configured(parameters: P, values: Mapping[str, str], detector: str) -> P:
    """Give parameters with some values set from text.

    Args:
        parameters: The detector's parameters, a frozen dataclass.
        values: Names and texts as given to ``--set``: numbers, ``true``/``false``, ``none``, or
            lists such as ``5,4``.
        detector: Name of the detector, for the message.

    Raises:
        WrongUse: A name does not exist, or a text is no value of its kind or out of range.
    """
    known: dict[str, Field[Any]] = {_name(each): each for each in fields(parameters)}  # type: ignore[arg-type]
    kinds = get_type_hints(type(parameters))
    changes: dict[str, Any] = {}
    for key, text in values.items():
        if key not in known:
            near = get_close_matches(key.casefold(), [name.casefold() for name in known], n=1)
            raise WrongUse(
                f"{detector} has no parameter {key!r}",
                near=next((name for name in known if [name.casefold()] == near), None),
                do=f"{detector} takes {', '.join(known)}",
            )
        where = known[key]
        changes[where.name] = _parsed(text.strip(), kinds[where.name], where, detector)
    return replace(parameters, **changes)  # type: ignore[type-var]


def _name(each: Field[Any]) -> str:
    return each.metadata["name"] or each.name


def _printed(value: Any) -> str:
    match value:
        case None:
            return "none"
        case bool():
            return str(value).lower()
        case tuple():
            return ",".join(_printed(part) for part in value)
    return str(value)


def _parsed(text: str, kind: Any, where: Field[Any], detector: str) -> Any:
    try:
        value = _value(text, kind)
    except ValueError as error:
        raise WrongUse(
            f"{_name(where)}={text} is not {_kind_words(kind)}",
            do=f"{_name(where)}: {where.metadata['doc']}",
        ) from error
    low, high = where.metadata["minimum"], where.metadata["maximum"]
    for number in value if isinstance(value, tuple) else (value,):
        if isinstance(number, (int, float)) and not low <= number <= high:
            raise WrongUse(
                f"{_name(where)}={text} is out of range for {detector}",
                do=f"give a number from {low:g} to {high:g}",
            )
    return value


def _value(text: str, kind: Any) -> Any:
    options = get_args(kind)
    if NoneType in options:
        rest = next(option for option in options if option is not NoneType)
        return None if text.casefold() in {"none", "null"} else _value(text, rest)
    if get_origin(kind) is tuple:
        return tuple(_value(part.strip(), options[0]) for part in text.split(","))
    if get_origin(kind) is Literal:
        if text not in options:
            raise ValueError(text)
        return text
    if kind is bool:
        if text.casefold() not in _TRUTH:
            raise ValueError(text)
        return _TRUTH[text.casefold()]
    number = kind(text)
    if isinstance(number, float) and math.isnan(number):
        raise ValueError(text)
    return number


def _kind_words(kind: Any) -> str:
    options = get_args(kind)
    if NoneType in options:
        rest = next(option for option in options if option is not NoneType)
        return f"{_kind_words(rest)} or none"
    if get_origin(kind) is tuple:
        return "a list such as 5,4"
    if get_origin(kind) is Literal:
        return f"one of {', '.join(options)}"
    return {bool: "true or false", int: "a whole number", float: "a number"}.get(kind, "a text")
