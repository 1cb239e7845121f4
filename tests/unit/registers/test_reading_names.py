"""The names a running text is searched for: how they are broken into words, what each needs."""

from collections import defaultdict

import pytest
from tests.material.register_scripts import register_script

from atalaya.registers import substances
from atalaya.registers.reading_names import reading_names, senses
from atalaya.registers.spacing import broken
from atalaya.registers.spelling import key
from atalaya.registers.street_names import street_names

EVERY = tuple(reading_names())
NAMES = tuple(n for n in EVERY if n.kind not in {"street", "brand", "word"})
REGISTER = substances.load()
BY_FORM = defaultdict(set)
for _name in NAMES:
    BY_FORM[_name.name.lower()].add(_name.id)


@pytest.mark.parametrize(
    ("written", "slug"),
    [
        ("4anpp", "4-anpp"),
        ("acetyl fentanyl", "acetylfentanyl"),
        ("acetylfentanyl", "acetylfentanyl"),
        ("p fluorofentanyl", "para-fluorofentanyl"),
        ("parafluoro fentanyl", "para-fluorofentanyl"),
        ("para fluoro fentanyl", "para-fluorofentanyl"),
        ("jwh018", "jwh-018"),
        ("u47700", "u-47700"),
        ("25inbome", "25i-nbome"),
        ("5meodmt", "5-meo-dmt"),
    ],
)
def test_a_name_is_looked_for_however_it_is_broken_into_words(written: str, slug: str) -> None:
    assert BY_FORM[written] == {f"substance:{slug}"}


def test_every_form_is_the_same_name_to_the_register() -> None:
    for name in NAMES:
        found = REGISTER.look_up(name.name)
        assert found is not None, name
        assert (found.entry.id, found.how == "fuzzy") == (name.id, False), name


def test_no_form_stands_for_two_entries() -> None:
    assert {form: ids for form, ids in BY_FORM.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("name", ["ethylone", "methamphetamine", "1-(4-methoxyphenyl)propan-2-one"])
def test_a_name_that_nobody_breaks_has_no_other_form(name: str) -> None:
    assert list(broken(name, {"fentanyl"})) == []


@pytest.mark.parametrize("name", ["2C-E", "O-PCE", "4-HO-MET", "5-MeO-DMT"])
def test_no_form_is_made_of_single_letters_and_numbers_only(name: str) -> None:
    forms = list(broken(name, ()))
    assert forms
    for form in forms:
        assert any(len(word) > 1 and not word.isdigit() for word in form.split()), form


@pytest.mark.parametrize(
    ("name", "needs"),
    [
        ("fentanyl", ""),
        ("LSD", ""),
        ("DOB", "capitals"),
        ("sucrose", "context"),
        ("2fa", "context"),
    ],
)
def test_a_word_that_means_other_things_says_what_it_needs(name: str, needs: str) -> None:
    assert {n.needs for n in NAMES if n.name == name} == {needs}


def test_a_name_keeps_the_check_of_its_row() -> None:
    for name in NAMES:
        found = REGISTER.look_up(name.name)
        assert found is not None
        if name.checked:
            assert found.checked, name


def test_no_sense_is_told_twice_and_none_is_told_without_a_meaning() -> None:
    assert senses()[key("PMA")] == "capitals"
    listed = substances.rows(substances.shipped(), "senses.csv", ("name", "needs", "meaning"))
    forms = [(key(row["name"]), row["needs"], row["meaning"]) for row in listed]
    assert len({form for form, _, _ in forms}) == len(forms)
    assert [form for form, needs, meaning in forms if needs != "free" and not meaning] == []


@pytest.mark.parametrize(
    ("name", "slug", "needs"),
    [
        ("maconha", "cannabis", ""),
        ("basuco", "coca-paste", ""),
        ("paco", "coca-paste", "context"),
        ("ice", "methamphetamine", "context"),
        ("blow", "cocaine", "weak"),
        ("Haschisch", "cannabis-resin", ""),
        ("Xanax", "alprazolam", ""),
        ("opioids", "opioids-any", ""),
    ],
)
def test_a_name_of_the_street_is_looked_for_with_what_it_needs(
    name: str, slug: str, needs: str
) -> None:
    found = {(n.id, n.needs) for n in EVERY if n.name.lower() == name.lower()}
    assert found == {(f"substance:{slug}", needs)}


def test_a_name_of_the_street_says_where_it_is_used_and_who_says_so() -> None:
    names = street_names()
    assert len(names) > 300
    assert sum(name.country is not None for name in names) > 150
    assert {"en", "es", "pt", "fr", "de"} <= {name.language for name in names}
    paco = next(name for name in names if name.text == "paco")
    assert (paco.country, paco.language, paco.first, paco.verified) == ("AR", "es", 2013, True)
    known = {r["source"] for r in substances.rows(substances.shipped(), "sources.csv", SOURCE)}
    assert {source for name in names for source in name.sources} <= known


SOURCE = ("source", "title", "address", "licence")


def test_the_street_names_are_what_their_statements_compile_to() -> None:
    register_script("languages")  # which it imports
    compiler = register_script("street")
    held = compiler.read(compiler.DATA / "street_names.csv")
    assert compiler.rows() == held
    single = [row for row in held if row["sources"] == "curated"]
    assert all(row["checked"] == "unverified" for row in single)


def test_no_street_name_is_taken_from_one_word_that_everybody_uses_freely() -> None:
    short = [n for n in street_names() if len(n.text) <= 3 and n.needs == "free"]
    assert [n.text for n in short] == ["kif", "XTC", "qat"]
