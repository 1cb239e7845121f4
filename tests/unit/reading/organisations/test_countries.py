import pytest

from atalaya.reading.organisations.countries import country
from atalaya.registers.organisations import Alias, OrganisationRegister

NOBODY = OrganisationRegister(())


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["Lumo Foundation, Kenya"], "KEN"),
        (["Fundação Lumo (Portugal)", "Lumo Foundation"], "PRT"),
        (["Peruvian Red Cross"], "PER"),
        (["Friends of Mexico (Kenya)"], "KEN"),
        (["Lumo Foundation", "LUMO"], None),
        (["Kenya Peru Council of Weavers"], None),
        (["European Network of Weavers"], None),
        (["Lumo Foundation – Peruvian Red Cross"], None),
    ],
)
def test_a_country_is_that_which_a_name_says_of_its_own_body(names, code):
    assert country(names, NOBODY) == code


@pytest.mark.parametrize(("verified", "code"), [(True, "BRA"), (False, "KEN")])
def test_the_register_goes_first_where_it_was_checked(verified, code):
    row = Alias("Lumo Foundation", "LUMO", "", "BRA", verified, "read", ("x",))
    assert country(["LUMO", "Lumo Foundation (Kenya)"], OrganisationRegister((row,))) == code


def test_a_code_that_a_source_gives_goes_before_what_a_name_says_and_two_say_none():
    assert country(["Weavers of Peru"], NOBODY, ["territory:KEN", ""]) == "KEN"
    assert country(["Weavers of Peru"], NOBODY, ["territory:KEN", "territory:PER"]) is None
