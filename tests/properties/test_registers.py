"""What must hold for every name of a register and for any text."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.model.errors import BadInput
from atalaya.model.identifiers import kind_of
from atalaya.registers import substances, territories
from atalaya.registers.matching import Index, Name
from atalaya.registers.rows import Row, rows
from atalaya.registers.spelling import is_code, key
from atalaya.registers.substances import cas_is_sound

SUBSTANCES = substances.load()
TERRITORIES = territories.load()
NAMES = [(e, n) for e in SUBSTANCES.entries for n in (e.name, *(a.text for a in e.aliases))]
COUNTRIES = [e for e in TERRITORIES.entries if e.level == "country"]


def test_every_name_finds_its_own_entry_or_is_recorded_as_ambiguous() -> None:
    ambiguous = SUBSTANCES.index.ambiguous
    for entry, text in NAMES:
        found = SUBSTANCES.look_up(text)
        if found is None:
            assert entry in ambiguous[key(text)], text
        else:
            assert found.entry is entry, text


def test_no_two_entries_share_identifier_number_or_structure() -> None:
    for values in (
        [e.id for e in SUBSTANCES.entries],
        [e.cas.value for e in SUBSTANCES.entries if e.cas],
        [e.inchikey.value for e in SUBSTANCES.entries if e.inchikey],
        [e.id for e in TERRITORIES.entries],
    ):
        assert [v for v, times in Counter(values).items() if times > 1] == []


def test_every_identifier_is_a_register_identifier() -> None:
    assert {kind_of(e.id) for e in SUBSTANCES.entries} == {"substance"}
    assert {kind_of(e.id) for e in TERRITORIES.entries} == {"territory"}


def test_every_cas_number_has_its_check_digit_and_no_other_digit_passes() -> None:
    for entry in SUBSTANCES.entries:
        if entry.cas:
            head, last = entry.cas.value[:-1], int(entry.cas.value[-1])
            assert cas_is_sound(entry.cas.value)
            assert not cas_is_sound(f"{head}{(last + 1) % 10}")


def test_no_name_of_one_substance_reaches_another_by_a_slip() -> None:
    """Forget an entry: its names must then be unknown, never taken for another's."""
    every = list(substances.names_of(SUBSTANCES.entries))
    for family in SUBSTANCES.families:
        for entry in SUBSTANCES.family(family):
            rest = Index(
                n for n in every if n.entry is not entry and key(n.text)[:2] in _starts(entry)
            )
            for text in (entry.name, *(a.text for a in entry.aliases if a.kind == "synonym")):
                found = rest.look_up(text)
                assert found is None or found.how != "fuzzy", (text, found)


def _starts(entry: substances.Substance) -> set[str]:
    return {key(text)[:2] for text in (entry.name, *(a.text for a in entry.aliases))}


def test_no_country_reaches_another_by_a_slip() -> None:
    for entry in COUNTRIES:
        rest = Index(Name(e.name, e, "exact", True) for e in COUNTRIES if e is not entry)
        assert rest.look_up(entry.name) is None


CODES = sorted({text for _, text in NAMES if is_code(text)})


@given(st.sampled_from(CODES), st.data())
def test_a_code_with_one_character_changed_is_never_guessed(code: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(code) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz0123456789"))
    changed = code[:place] + letter + code[place + 1 :]
    found = SUBSTANCES.look_up(changed)
    assert found is None or found.how != "fuzzy" or not re.search(r"\d", changed)


@given(st.text(max_size=40))
def test_any_text_is_looked_up_without_an_error_and_gives_the_same_twice(text: str) -> None:
    assert SUBSTANCES.look_up(text) == SUBSTANCES.look_up(text)
    assert TERRITORIES.look_up(text) == TERRITORIES.look_up(text)
    assert key(key(text)) == key(text)


@given(st.text(max_size=30), st.integers(0, 5))
def test_suggestions_are_never_more_than_asked_for(text: str, limit: int) -> None:
    assert len(SUBSTANCES.nearest(text, limit)) <= limit


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_with_their_place(
    tmp_path_factory: pytest.TempPathFactory, payload: bytes
) -> None:
    folder = tmp_path_factory.mktemp("register")
    (folder / "any.csv").write_bytes(payload)
    found, refusal = read_or_refused(folder)
    assert all(set(row.cells) == {"a", "b"} for row in found)
    assert refusal is None or (refusal.where is not None and refusal.do)


def read_or_refused(folder: Path) -> tuple[list[Row], BadInput | None]:
    try:
        return list(rows(folder, "any.csv", ("a", "b"))), None
    except BadInput as error:
        return [], error
