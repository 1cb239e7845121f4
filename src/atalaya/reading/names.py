"""How names in documents become identifiers: looked up in a register, or slugged as declared.

A name that no register knows is not dropped and not guessed: it becomes ``unresolved:<slug>`` and
an issue, and no series is made of it until somebody adds the name to the register. A name that a
register only takes for another (a misspelling, an unverified alias) makes its claim unverified.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from atalaya.model.declarations import Column
from atalaya.model.errors import BadInput
from atalaya.model.identifiers import kind_of, register_id, sha256_hex, slugify
from atalaya.model.sentences import sentence

UNRESOLVED = "unresolved"


class Entry(Protocol):
    """What a register holds."""

    @property
    def id(self) -> str:
        """Its identifier."""


class Match(Protocol):
    """An entry found for a name."""

    @property
    def entry(self) -> Entry:
        """What was found."""

    @property
    def matched(self) -> str:
        """The register's name that was matched."""

    @property
    def checked(self) -> bool:
        """Whether that the name stands for the entry is verified; a guess never is."""


class Register(Protocol):
    """What reading asks of a register."""

    def look_up(self, text: str, /) -> Match | None:
        """Find the entry a name stands for, or None."""

    def nearest(self, text: str, limit: int = ..., /) -> Sequence[Match]:
        """Give entries with similar names, best first; none where none is close."""


@dataclass(frozen=True, slots=True)
class Registers:
    """The registers in which names are looked up."""

    substance: Register
    territory: Register

    def named(self, name: str) -> Register:
        """Give the register that a column declares."""
        return self.substance if name == "substance" else self.territory


def identify(column: Column, registers: Registers) -> Callable[[str], str]:
    """Give a function from a name to an identifier, as a column declares it.

    The function raises BadInput for a name that holds no letter or digit.

    Args:
        column: With ``register``, names are looked up; with ``kind``, they are slugged; with
            neither, they must be identifiers already.
        registers: The registers.
    """
    if column.register_name is not None:
        register, kind = registers.named(column.register_name), column.register_name

        def looked_up(name: str) -> str:
            if name.startswith(f"{kind}:"):
                return _already(name)
            match = register.look_up(name)
            return match.entry.id if match else named_as(UNRESOLVED, name)

        return looked_up
    if column.kind is not None:
        own_kind = column.kind
        return lambda name: named_as(own_kind, name)
    return _already


def is_sure(column: Column, registers: Registers) -> Callable[[str], bool]:
    """Give a function that says whether what a name stands for is certain.

    Args:
        column: A name is certain unless its column declares a register that only guesses it.
        registers: The registers.
    """
    if column.register_name is None:
        return lambda _name: True
    register, kind = registers.named(column.register_name), column.register_name

    def sure(name: str) -> bool:
        if name.startswith(f"{kind}:"):
            return True
        match = register.look_up(name)
        return match is None or match.checked

    return sure


def _already(name: str) -> str:
    kind_of(name)
    return name


def named_as(kind: str, name: str) -> str:
    """Give ``kind:slug`` of a name; a name in another script, which leaves no slug, by its hash.

    >>> named_as("organisation", "Côte d'Ivoire Santé")
    'organisation:cote-d-ivoire-sante'
    >>> named_as("organisation", "Красный Крест")
    'organisation:x-3cbdb552'
    """
    slug = slugify(name)
    if not slug and any(letter.isalnum() for letter in name):
        slug = f"x-{sha256_hex(name.casefold().encode())[:8]}"
    return register_id(kind, slug)


def unresolved(identifier: str) -> bool:
    """Say whether an identifier stands for a name that no register knows.

    >>> unresolved("unresolved:tusi")
    True
    """
    return identifier.startswith(f"{UNRESOLVED}:")


def required(column: Column | None, what: str) -> Column:
    """Give a declared column, refusing a table that must have it and has not."""
    if column is None or (column.column is None and column.value is None):
        raise BadInput(
            sentence("the declared table has no {what}", what=what),
            do=sentence(
                "add {declaration} to its [[table]]",
                declaration=f'{what} = {{column = "HEADING"}} or {{value = "..."}}',
            ),
        )
    return column
