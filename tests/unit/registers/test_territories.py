"""The register of territories: codes, names, regions and divisions."""

import pytest

from atalaya.model.errors import BadInput
from atalaya.registers import territories

REGISTER = territories.load()


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("Bolivia (Plurinational State of)", "territory:BOL"),
        ("Bolivia (Estado Plurinacional de)", "territory:BOL"),
        ("Türkiye", "territory:TUR"),
        ("Turkey", "territory:TUR"),
        ("Turquie", "territory:TUR"),
        ("Republic of Korea", "territory:KOR"),
        ("Cote d'Ivoire", "territory:CIV"),
        ("Reino Unido", "territory:GBR"),
        ("United Kingdom of Great Britain and Northern Ireland", "territory:GBR"),
        ("Estados Unidos", "territory:USA"),
        ("ARG", "territory:ARG"),
        ("PE", "territory:PER"),
        ("US-CT", "territory:US-CT"),
        ("Connecticut", "territory:US-CT"),
        ("Georgia", "territory:GEO"),
        ("South America", "territory:M49-005"),
        ("Arggentina", "territory:ARG"),
    ],
)
def test_a_name_or_code_is_found(text: str, identifier: str) -> None:
    found = REGISTER.look_up(text)
    assert found is not None
    assert found.entry.id == identifier


def test_a_name_of_several_divisions_is_found_only_within_a_country() -> None:
    assert REGISTER.look_up("Amazonas") is None
    found = REGISTER.look_up("Amazonas", within="territory:COL")
    assert found is not None
    assert found.entry.id == "territory:CO-AMA"


@pytest.mark.parametrize("text", ["Nowhereland", "ZZZ", "XX-99", ""])
def test_an_unknown_name_is_not_guessed(text: str) -> None:
    assert REGISTER.look_up(text) is None


def test_a_division_lies_in_its_country_region_and_the_world() -> None:
    above = [area.id for area in REGISTER.ancestors("territory:US-CT")]
    assert above == ["territory:USA", "territory:M49-021", "territory:M49-019", "territory:M49-001"]
    assert REGISTER.parent("territory:M49-001") is None
    assert REGISTER.is_subnational("territory:US-CT")
    assert not REGISTER.is_subnational("territory:USA")


def test_every_parent_exists_and_no_territory_lies_in_itself() -> None:
    for entry in REGISTER.entries:
        above = [area.id for area in REGISTER.ancestors(entry.id)]
        assert len(above) <= 5
        assert entry.id not in above


def test_all_of_iso_3166_is_there_once_with_names_in_four_languages() -> None:
    countries = [e for e in REGISTER.entries if e.level == "country"]
    assert len(countries) == len({e.alpha2 for e in countries}) == 250
    assert all({t for t, _ in e.names} == {"en", "es", "fr", "pt"} for e in countries)
    assert REGISTER.get("territory:ESP").name_in("es") == "España"


def test_contested_territories_say_so_in_two_languages() -> None:
    contested = {e.code: e for e in REGISTER.entries if e.contested}
    assert set(contested) == {
        *("ESH", "FLK", "PSE", "TWN", "XKX"),
        *("GE-AB", "RS-KM", "UA-40", "UA-43"),
    }
    for entry in contested.values():
        assert entry.note_in("en")
        assert entry.note_in("es") != entry.note_in("en")
        assert entry.level == "division" or entry.status == "contested"
    assert REGISTER.get("territory:ARG").note_in("en") == ""


@pytest.mark.parametrize(
    ("names", "identifier"),
    [
        (("Falkland Islands", "Falklands", "Falkland Islands (Malvinas)"), "territory:FLK"),
        (("Islas Malvinas", "Malvinas", "Islas Malvinas (Falkland)"), "territory:FLK"),
        (("Crimea", "Autonomous Republic of Crimea"), "territory:UA-43"),
        (("Avtonomna Respublika Krym", "República Autónoma de Crimea"), "territory:UA-43"),
        (("Sevastopol", "Sebastopol"), "territory:UA-40"),
        (("Abkhazia", "Abjasia"), "territory:GE-AB"),
        (("Kosovo", "Republic of Kosovo"), "territory:XKX"),
        (("Kosovo-Metohija", "Kosovo and Metohija"), "territory:RS-KM"),
        (("Taiwan", "Taiwan, Province of China"), "territory:TWN"),
        (("State of Palestine", "Palestinian Territories", "Palestine"), "territory:PSE"),
        (("Western Sahara", "Sahrawi Arab Democratic Republic"), "territory:ESH"),
    ],
)
def test_each_name_of_a_contested_territory_finds_it(
    names: tuple[str, ...], identifier: str
) -> None:
    assert {REGISTER.find(name) for name in names} == {identifier}


@pytest.mark.parametrize("name", ["South Ossetia", "Northern Cyprus", "Somaliland", "Transnistria"])
def test_what_no_code_list_holds_stands_for_nothing(name: str) -> None:
    assert REGISTER.look_up(name) is None


def test_a_contested_territory_says_who_uses_which_name() -> None:
    users = {usage.name: usage.users for usage in REGISTER.usages("territory:FLK")}
    assert users["Islas Malvinas (Falkland)"] == ("m49",)
    assert users["Falkland Islands (Malvinas)"] == ("iso-3166",)
    assert users["Islas Malvinas"] == users["Falkland Islands"] == ("cldr",)
    crimea = {usage.name: usage.users for usage in REGISTER.usages("territory:UA-43")}
    assert crimea["Autonomous Republic of Crimea"] == ("general-assembly",)
    assert crimea["Avtonomna Respublika Krym"] == ("iso-3166",)


def test_an_unknown_identifier_is_refused_with_the_nearest() -> None:
    with pytest.raises(BadInput, match="did you mean 'territory:PER'"):
        REGISTER.get("territory:Peru")
