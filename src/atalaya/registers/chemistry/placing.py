"""Places a structure: which family's core it holds, and which scheduled substances are nearest.

Source of the comparison: D. Rogers and M. Hahn, "Extended-connectivity fingerprints", Journal of
Chemical Information and Modeling 50 (2010) 742-754 (radius 2, 2,048 bits, as RDKit computes them),
and the Tanimoto coefficient: shared bits over all bits of the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from atalaya.registers.chemistry.cores import Core, cores
from atalaya.registers.chemistry.structures import Molecule, molecule, rdkit
from atalaya.registers.entries import Substance
from atalaya.registers.substances import load

NOTE = "a comparison of structures, no legal opinion"
_RADIUS, _BITS = 2, 2048


@dataclass(frozen=True, slots=True)
class Near:
    """A scheduled substance beside a structure.

    Args:
        entry: The substance, with its schedules and their years.
        similarity: Tanimoto coefficient of the fingerprints, 0..1.
    """

    entry: Substance
    similarity: float


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a structure stands.

    Args:
        inchikey: Its standard InChIKey; of a salt, that of the largest part.
        known: The entry of the register that is this structure, or None.
        family: Slug of the family whose core it holds, or None.
        because: The core in words, empty where there is none.
        nearest: The nearest scheduled substances, most similar first.
    """

    inchikey: str
    known: Substance | None
    family: str | None
    because: str
    nearest: tuple[Near, ...]


def place(text: str, limit: int = 3) -> Placement:
    """Place a structure.

    Args:
        text: SMILES or InChI.
        limit: How many of the nearest scheduled substances are wanted at most.

    Raises:
        BadInput: RDKit is missing, or the structure cannot be read.
    """
    structure = molecule(text)
    key = rdkit().MolToInchiKey(structure)
    core = core_of(structure)
    known = next((e for e, _ in _drawn() if e.inchikey and e.inchikey.value == key), None)
    return Placement(
        key,
        known,
        core.family if core else None,
        core.meaning if core else "",
        nearest(structure, limit),
    )


def core_of(structure: Molecule) -> Core | None:
    """Give the first core that a structure holds, or None."""
    return next((core for core in cores() if core.holds(structure)), None)


def nearest(structure: Molecule, limit: int, without: str | None = None) -> tuple[Near, ...]:
    """Give the scheduled substances most like a structure.

    Args:
        structure: The molecule.
        limit: How many at most.
        without: Identifier of an entry to leave out, as when its own structure is asked for.
    """
    from rdkit import DataStructs

    scheduled = [(e, print_) for e, print_ in _drawn() if e.schedules and e.id != without]
    prints = [print_ for _, print_ in scheduled]
    likeness: Sequence[float] = DataStructs.BulkTanimotoSimilarity(_print(structure), prints)
    order = sorted(range(len(prints)), key=lambda place: (-likeness[place], place))
    return tuple(Near(scheduled[n][0], likeness[n]) for n in order[: max(limit, 0)])


@cache
def _drawn() -> tuple[tuple[Substance, Any], ...]:
    """Give the entries that have a structure, each with its fingerprint."""
    return tuple(
        (entry, _print(molecule(entry.smiles))) for entry in load().entries if entry.smiles
    )


@cache
def _generator() -> Any:
    from rdkit.Chem import rdFingerprintGenerator

    return rdFingerprintGenerator.GetMorganGenerator(radius=_RADIUS, fpSize=_BITS)


def _print(structure: Molecule) -> Any:
    return _generator().GetFingerprint(structure)
