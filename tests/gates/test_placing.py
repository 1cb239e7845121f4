"""How often a structure is placed in its family, and how often something else is flagged.

The structures are the register's own; each is left out when its neighbours are asked for. Cores
are rules, not learnt, but they were written with the register at hand: the share is a floor for
what is known, not a promise for what is not.
"""

from collections import Counter

from atalaya.registers import substances
from atalaya.registers.chemistry.cores import cores
from atalaya.registers.chemistry.placing import core_of, nearest
from atalaya.registers.chemistry.structures import molecule

FAMILIES = {core.family for core in cores()}
DRAWN = [(e, molecule(e.smiles)) for e in substances.load().entries if e.smiles]


def test_structures_are_placed_in_their_own_family() -> None:
    placed = Counter[str]()
    for entry, structure in DRAWN:
        if entry.family in FAMILIES:
            core = core_of(structure)
            said = "missed" if core is None else "right" if core.family == entry.family else "wrong"
            placed[said] += 1
    assert placed.total() >= 430
    assert placed["right"] / placed.total() >= 0.86, placed
    assert placed["wrong"] / placed.total() <= 0.02, placed


def test_the_newer_families_are_placed_nearly_always() -> None:
    newer = ("fentanyls", "nitazenes", "cathinones", "synthetic-cannabinoids", "benzodiazepines")
    wanted = [(e, core_of(s)) for e, s in DRAWN if e.family in newer]
    right = [e for e, core in wanted if core is not None and core.family == e.family]
    assert len(wanted) >= 160
    assert len(right) / len(wanted) >= 0.98


def test_ordinary_medicines_and_fillers_are_not_flagged() -> None:
    others = [(e, core_of(s)) for e, s in DRAWN if e.family not in FAMILIES]
    flagged = [e.name for e, core in others if core is not None]
    assert len(others) >= 480
    assert len(flagged) / len(others) <= 0.005, flagged


def test_the_nearest_scheduled_substance_left_out_is_of_the_same_family() -> None:
    """Of scheduled substances with a close neighbour: Tanimoto at least one half."""
    close = Counter[bool]()
    for entry, structure in DRAWN:
        if entry.schedules and entry.family in FAMILIES:
            found = nearest(structure, 1, without=entry.id)[0]
            if found.similarity >= 0.5:
                close[found.entry.family == entry.family] += 1
    assert close.total() >= 80
    assert close[True] / close.total() >= 0.9, close
