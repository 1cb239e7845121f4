"""The cores by which a structure is placed in a family, each with what is not meant by it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from atalaya.registers.chemistry.structures import Molecule, rdkit
from atalaya.registers.rows import Row, rows, shipped

_COLUMNS = ("family", "part", "smarts", "but_not", "most_atoms", "meaning")


@dataclass(frozen=True, slots=True)
class Core:
    """What the members of a family have in common.

    Args:
        family: Slug of the family.
        part: Which part of the family this core is of.
        meaning: The core in words.
        most_atoms: Heavy atoms beyond which a molecule that holds it is something else.
    """

    family: str
    part: str
    meaning: str
    most_atoms: int
    pattern: Molecule
    not_meant: tuple[Molecule, ...]

    def holds(self, structure: Molecule) -> bool:
        """Tell whether a structure has this core and none of what rules it out."""
        return (
            structure.GetNumHeavyAtoms() <= self.most_atoms
            and structure.HasSubstructMatch(self.pattern)
            and not any(structure.HasSubstructMatch(other) for other in self.not_meant)
        )


@cache
def cores() -> tuple[Core, ...]:
    """Read ``structures.csv`` that ships with the package, once, in the order of trial.

    Raises:
        BadInput: A pattern is no SMARTS, or the file is broken.
    """
    return tuple(
        Core(
            row.needed("family"),
            row.needed("part"),
            row.needed("meaning"),
            int(row.needed("most_atoms")),
            _pattern(row, "smarts", row.needed("smarts")),
            tuple(_pattern(row, "but_not", one) for one in row["but_not"].split("|") if one),
        )
        for row in rows(shipped(), "structures.csv", _COLUMNS)
    )


def _pattern(row: Row, column: str, text: str) -> Molecule:
    pattern = rdkit().MolFromSmarts(text)
    if pattern is None:
        row.refuse(column, "is not SMARTS", "correct the pattern")
    return pattern
