"""Rows of the register of organisations, and where from."""

import pytest

from atalaya.registers import sources
from atalaya.registers.organisations import Alias, OrganisationRegister, load


def _row(name, alias, *, verified=True, country=""):
    return Alias(name, alias, "", country, verified, "read", ("x",))


REGISTER = OrganisationRegister(
    (
        _row("Lumo Foundation", "LUMO"),
        _row("Lumo Foundation", "Lumen Trust", verified=False),
        _row("Other House", "OH"),
    )
)


@pytest.mark.parametrize(
    ("names", "aliases"),
    [
        (["lumo"], ["LUMO", "Lumen Trust"]),
        (["Lumo Foundation", "LUMO"], ["LUMO", "Lumen Trust"]),
        (["Lumen Trust"], ["Lumen Trust"]),
        (["OH", "Lumen Trust"], ["Lumen Trust", "OH"]),
        (["Nobody"], []),
    ],
)
def test_an_unchecked_row_is_shown_and_brings_no_other(names, aliases):
    assert [one.alias for one in REGISTER.entries(names)] == aliases


def test_every_row_that_ships_names_sources_that_are_described():
    known = sources.load()
    for row in load().aliases:
        for key in row.sources:
            assert known[key].title
    assert any(one.address is None for one in known.values()), "not known stays not known"
