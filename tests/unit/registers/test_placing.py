"""A structure placed in its family and beside scheduled substances; what cannot be read is said."""

import builtins
import json
import subprocess
import sys

import pytest

from atalaya.model.errors import BadInput
from atalaya.registers.chemistry.cores import cores
from atalaya.registers.chemistry.placing import place
from atalaya.registers.chemistry.structures import rdkit

AMPHETAMINE = "CC(N)Cc1ccccc1"
# A made-up neighbour of fentanyl that the register does not hold: a hexanamide.
HEXANOYL = "CCCCCC(=O)N(c1ccccc1)C1CCN(CCc2ccccc2)CC1"


def test_a_structure_of_the_register_is_known_with_its_schedule() -> None:
    found = place(AMPHETAMINE)
    assert found.known is not None
    assert found.known.id == "substance:amphetamine"
    assert found.family == "amphetamines"
    near = found.nearest[0]
    assert (near.entry.id, near.similarity) == ("substance:amphetamine", 1.0)
    assert [(s.convention, s.schedule, s.year) for s in near.entry.schedules] == [
        ("1971", "II", 1971)
    ]


def test_an_unseen_analogue_is_placed_beside_its_relatives() -> None:
    found = place(HEXANOYL)
    assert found.known is None
    assert found.family == "fentanyls"
    assert {near.entry.family for near in found.nearest} == {"fentanyls"}
    assert [n.similarity for n in found.nearest] == sorted(
        (n.similarity for n in found.nearest), reverse=True
    )


def test_inchi_and_a_salt_are_read_as_the_substance_itself() -> None:
    inchi = rdkit().MolToInchi(rdkit().MolFromSmiles(AMPHETAMINE))
    assert place(inchi).inchikey == place(AMPHETAMINE).inchikey
    assert place(AMPHETAMINE + ".OS(=O)(=O)O").inchikey == place(AMPHETAMINE).inchikey


def test_an_imidic_acid_is_placed_as_the_amide() -> None:
    amide = "CCC(=O)N(C)C"
    assert place("CCC(O)=NC").inchikey == place("CCC(=O)NC").inchikey
    assert place(amide).family is None


@pytest.mark.parametrize(
    "text", ["", "   ", "fentanyl", "C1CC", "InChI=1S/nonsense", "C" * 2001, "[H]"]
)
def test_what_is_no_structure_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(BadInput, match="not a structure") as refused:
        place(text)
    assert "SMILES" in str(refused.value)


def test_without_rdkit_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *others: object, **more: object) -> object:
        if name == "rdkit" or name.startswith("rdkit."):
            raise ImportError(name)
        return real(name, *others, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(BadInput, match=r"RDKit is not installed") as refused:
        place(AMPHETAMINE)
    assert "atalaya[chemistry]" in str(refused.value)


def test_every_core_names_a_family_of_the_register() -> None:
    from atalaya.registers import substances

    assert {core.family for core in cores()} <= set(substances.load().families)


def test_the_command_prints_one_line_of_json() -> None:
    command = [sys.executable, "-m", "atalaya", "place", AMPHETAMINE, "--json"]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    row = json.loads(ran.stdout)
    assert (row["id"], row["family"]) == ("substance:amphetamine", "amphetamines")
    assert row["nearest"][0]["schedules"] == "1971 II (1971)"
    assert "no legal opinion" in row["note"]


def test_the_command_ends_with_an_error_for_a_bad_structure() -> None:
    command = [sys.executable, "-m", "atalaya", "place", "fentanyl"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode != 0
    assert "not a structure that can be read" in ran.stderr
