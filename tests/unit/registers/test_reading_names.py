"""The names a running text is searched for: how they are broken into words, what each needs."""

from collections import defaultdict

import pytest

from atalaya.registers import substances
from atalaya.registers.reading_names import reading_names, senses
from atalaya.registers.spacing import broken
from atalaya.registers.spelling import key

NAMES = tuple(reading_names())
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
