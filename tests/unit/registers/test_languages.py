"""Names in Spanish, Portuguese, French and German: found exactly, sourced and never guessed."""

import unicodedata
from pathlib import Path
from types import ModuleType

import pytest
from tests.material.register_scripts import register_script

from atalaya.registers import substances
from atalaya.registers.matching import Index, Name
from atalaya.registers.rows import shipped
from atalaya.registers.spelling import key

REGISTER = substances.load()
SPOKEN = [
    (e, a) for e in REGISTER.entries for a in e.aliases if a.language in {"es", "pt", "fr", "de"}
]


@pytest.fixture(scope="module")
def compiler() -> ModuleType:
    return register_script("languages")


def without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def test_each_name_is_found_exactly_in_any_case_and_without_its_accents() -> None:
    assert len(SPOKEN) > 720
    for entry, alias in SPOKEN:
        for written in (alias.text, alias.text.upper(), without_accents(alias.text)):
            found = REGISTER.look_up(written)
            assert found is not None, written
            assert found.entry is entry, written
            assert found.how in {"exact", "alias"}, written
            assert found.score == 1


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("ketamina", "ketamine"),
        ("cetamina", "ketamine"),
        ("heroína", "heroin"),
        ("heroina", "heroin"),
        ("héroïne", "heroin"),
        ("cocaína", "cocaine"),
        ("cocaina", "cocaine"),
        ("fentanilo", "fentanyl"),
        ("fentanila", "fentanyl"),
        ("metanfetamina", "methamphetamine"),
        ("xilacina", "xylazine"),
        ("xilazina", "xylazine"),
        ("medetomidina", "medetomidine"),
        ("isotonitaceno", "isotonitazene"),
        ("isotonitazeno", "isotonitazene"),
        ("mefedrona", "mephedrone"),
        ("metilona", "methylone"),
        ("butirfentanilo", "butyrylfentanyl"),
        ("carfentanilo", "carfentanil"),
        ("pregabalina", "pregabalin"),
        ("levamisol", "levamisole"),
        ("gamma-butirolactona", "gbl"),
        ("ácido gammahidroxibutírico", "ghb"),
        ("efedrina", "ephedrine"),
        ("fenacetina", "phenacetin"),
        ("Methamphetamin", "methamphetamine"),
        ("Codein", "codeine"),
    ],
)
def test_the_names_people_meet_are_checked(name: str, slug: str) -> None:
    found = REGISTER.look_up(name)
    assert found is not None
    assert (found.entry.id, found.checked) == (f"substance:{slug}", True)


def test_a_short_name_with_a_letter_changed_is_never_guessed() -> None:
    short = {a.text for _, a in SPOKEN if len(key(a.text)) < 7}
    assert short >= {"ópio", "etanol"}
    for name in short:
        for place in range(len(name)):
            for letter in "abcdefghijklmnopqrstuvwxyz":
                found = REGISTER.look_up(name[:place] + letter + name[place + 1 :])
                assert found is None or found.how != "fuzzy", (name, found)


@pytest.mark.parametrize(
    "name", ["metilina", "etilina", "butilina", "metanfetona", "isotonitacina", "metcatina"]
)
def test_a_made_up_neighbour_of_a_name_is_unknown(name: str) -> None:
    assert REGISTER.look_up(name) is None


@pytest.mark.parametrize("name", ["tusi", "tusibí", "perico", "cristal", "bala", "basuco"])
def test_a_street_name_stands_for_no_substance(name: str) -> None:
    assert REGISTER.look_up(name) is None


def test_the_rows_are_what_their_statements_compile_to(compiler: ModuleType) -> None:
    folder = Path(str(shipped()))
    held = compiler.read(folder / "aliases.csv")
    assert compiler.merged(compiler.read(folder / "substances.csv"), held) == held


def test_a_name_is_verified_by_two_hands_and_not_by_the_press_alone(compiler: ModuleType) -> None:
    assert compiler.stated({"es-press-voz", "es-press-universal"}) == "unverified"
    assert compiler.stated({"es-press-voz", "boe-snd-884-2024"}) == "unverified"
    assert compiler.stated({"es-energycontrol", "es-canamo"}) == "unverified"
    assert compiler.stated({"br-portaria-344", "br-rdc-2026"}) == "unverified"
    assert compiler.stated({"at-sv", "at-rpv"}) == "unverified"
    assert compiler.stated({"es-press-infobae", "es-rcp-xylasol"}) == "verified"
    for _, alias in SPOKEN:
        expected = compiler.stated(set(alias.sources)) == "verified"
        assert alias.verified == expected, alias.text


def test_of_two_spellings_of_one_entry_the_checked_one_is_found() -> None:
    one, other = REGISTER.get("substance:heroin"), REGISTER.get("substance:cocaine")
    said = [Name("heroina", one, "alias", False), Name("heroína", one, "alias", True)]
    for order in (said, said[::-1]):
        found = Index(order).look_up("HEROINA")
        assert found is not None
        assert found.checked
    both = Index([*said, Name("Heroina", other, "alias", True)])
    assert both.look_up("heroina") is None
    assert both.ambiguous["heroina"] == (one, other)


@pytest.mark.parametrize(
    ("slug", "language", "shown"),
    [
        ("xylazine", "es", "xilacina"),
        ("mephedrone", "es", "mefedrona"),
        ("heroin", "fr", "héroïne"),
        ("ketamine", "pt", "cetamina"),
        ("mdpv", "es", "MDPV"),
        ("3-chloromethcathinone", "es", "3-chloromethcathinone"),
    ],
)
def test_the_name_shown_in_a_language(slug: str, language: str, shown: str) -> None:
    assert REGISTER.get(f"substance:{slug}").name_in(language) == shown
