"""Reads structures with RDKit, and says what is missing where it cannot."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from atalaya.model.errors import BadInput

Molecule = Any  # RDKit's Mol, whose module is imported only where it is used
_MOST_CHARACTERS = 2000  # of a structure; the longest of the register has 120


def rdkit() -> ModuleType:
    """Give RDKit's ``Chem``, silenced.

    Raises:
        BadInput: The extra ``chemistry`` is not installed.
    """
    try:
        from rdkit import Chem, rdBase
    except ImportError as error:
        raise BadInput(
            "RDKit is not installed",
            why="structures are read and compared with it",
            do="install Atalaya with its extra: pip install 'atalaya[chemistry]'",
        ) from error
    rdBase.DisableLog("rdApp.*")
    module: ModuleType = Chem
    return module


def molecule(text: str) -> Molecule:
    """Read a structure.

    Args:
        text: SMILES or, where it begins with ``InChI=``, InChI.

    Returns:
        The molecule; of several parts (a salt) the largest.

    Raises:
        BadInput: It cannot be read, names no atom, or is longer than 2,000 characters.
    """
    chem = rdkit()
    text = text.strip()
    read = None
    if text and len(text) <= _MOST_CHARACTERS:
        read = chem.MolFromInchi(text) if text.startswith("InChI=") else chem.MolFromSmiles(text)
    if read is None or not read.GetNumHeavyAtoms():
        raise BadInput(
            f"{text[:60]!r} is not a structure that can be read",
            why="a wrong structure would be placed beside the wrong substances",
            do="give SMILES such as CC(N)Cc1ccccc1, or InChI as the source prints it; a name is"
            " no structure",
        )
    parts = chem.GetMolFrags(read, asMols=True)
    return _with_amides(max(parts, key=lambda part: part.GetNumHeavyAtoms()))


def _with_amides(structure: Molecule) -> Molecule:
    """Draw an imidic acid (``OC=N``, as some files write it) as the amide it is at rest."""
    chem = rdkit()
    acid = chem.MolFromSmarts("[OX2H][CX3]=[NX2]")
    if not structure.HasSubstructMatch(acid):
        return structure
    drawn = chem.RWMol(structure)
    while match := drawn.GetSubstructMatch(acid):
        oxygen, carbon, nitrogen = match
        drawn.GetBondBetweenAtoms(oxygen, carbon).SetBondType(chem.BondType.DOUBLE)
        drawn.GetBondBetweenAtoms(carbon, nitrogen).SetBondType(chem.BondType.SINGLE)
        for atom in (oxygen, nitrogen):
            drawn.GetAtomWithIdx(atom).SetNumExplicitHs(0)
            drawn.GetAtomWithIdx(atom).SetNoImplicit(False)
        chem.SanitizeMol(drawn)
    plain = drawn.GetMol()
    chem.AssignStereochemistry(plain, cleanIt=True, force=True)
    return plain
