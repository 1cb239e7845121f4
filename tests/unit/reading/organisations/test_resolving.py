"""What joins two names, and what keeps them apart, one reason a test."""

import pytest

from atalaya.reading.organisations.acronyms import begins, spells
from atalaya.reading.organisations.resolving import resolve
from atalaya.registers.organisations import Alias, OrganisationRegister, load

NOBODY = OrganisationRegister(())


def _same(*names, register=NOBODY, **more):
    found = resolve(names, register, **more)
    return len({one.entity for one in found}) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("Fundación Río Hondo", "Fundacion Rio Hondo"),
        ("Rio Hondo Foundation", "Fundación Río Hondo"),
        ("Rio Hondo Foundation", "Rio Hondo Foundation, Inc."),
        ("Rio Hondo Foundation", "Rio Hondo Fundation"),
        ("Rio Hondo Foundation", "Rio Hondo Foundation (Peru)"),
        ("RHIF - Rio Hondo Family Institute", "RHIF"),
        ("Rural Health and Family Institute", "RHFI"),
        ("Lumo Foundation / Fundação Lumo", "Fundação Lumo"),
        ("Argentinian Red Cross", "Argentinan Red Cross"),
        ("Peruvian Red Cross", "Cruz Roja Peruana", "Croix-Rouge péruvienne"),
        ("Ärzte ohne Grenzen", "Médicos Sin Fronteras"),
        ("Unión Africana", "African Union"),
        ("Kenya", "Kenia", "Republic of Kenya"),
        ("Lumo", "Lumo International"),
        ("Lumo", "Lumo Legal Emergency Service"),
        ("lumo e.V.", "Bundesverband lumo"),
        ("Lumo Institute", "Lumo Institute, Peruvian Centre for Mental Health"),
        ("Lumo – Weavers Health Network", "Lumo Weavers Health Network"),
        ("Global Weaving Observatory", "Global Weaving Observatory, Rivertown University"),
        ("Lumo Weavers Foundation", "Fundación Lumo Weavers, Rivertown"),
        ("Weavers College London", "Weavers' College, London"),
        ("Lumocor", "Secretariat for Peruvian Drug Policies (LUMOCOR)"),
        ("YFWP", "Youth Forum for Weaving and Peace"),
        ("UNHCW", "Office of the United Nations High Commissioner for Weavers"),
        ("CEDWAO", "Communauté économique des Weavers de l'Afrique de l'Ouest"),
        ("C-TASC", "Community Treatment Alternatives for Safe Cities (CTASC)"),
        ("Eurasian Weavers Association (EWAX)", "Союз ткачей (EWAX)"),
        ("German Centre for Weaving (DHW)", "Deutsche Hauptstelle Weaving (DHW)"),
        ("Verein für Suchtprävention Lumo", "Verein fuer Suchtpraevention Lumo"),
        ("Peruvian Association “New Dawn”", "New Dawn Association"),
        ("Vefarasamtök Árinnar (River Weavers Association)", "River Weavers Association"),
        ("Norges Røde Kors", "Norwegian Red Cross"),
        ("Lumo Universiteit", "University of Lumo"),
        ("Intl. Society of Weaving", "International Society of Weaving"),
        ("Federal Ministry of Weaving (Austria)", "Ministry of Weaving, Austria"),
        ("Lumo Foundation", "Lumo gemeinnützige UG"),
        ("CONATEJ", "Comisión Nacional contra los Tejidos"),
        ("LNGOCW", "Lumo NGO Committee on Weaving"),
        ("RWG-AP", "Rural Weaving Group for Accident Prevention"),
        ("Foundation for Drug-Free Villages", "Fundación por Pueblos sin Drogas"),
        ("Dutch National Weaving Council", "Netherlands Weaving Council"),
        ("Permanent Mission of Peru", "Permanent Mission of Peru to the United Nations in Vienna"),
        ("WNICRI", "World Network for Inquiry, Crime, Justice, Rights and Inclusion"),
        ("TASCO Peru", "Servicio Nacional de Tejidos (TASCO)", "TASCO"),
        ("Antidrug Weaving League", "Liga Antidrogas Weaving"),
        ("Lumo College, Rivertown", "Lumo College Rivertown"),
        ("Brightwater Trust (formerly known as Lumo Trust)", "Lumo Trust"),
        ("Weaving Council on Addictions", "Consejo de Weaving sobre Dependencias"),
        ("Lumo 2000", "Lumo2000"),
        ("Costa Rican Weaving Institute", "Instituto Costarricense de Weaving"),
    ],
)
def test_variants_of_one_body_join(names):
    assert _same(*names)


@pytest.mark.parametrize(
    "names",
    [
        ("Cruz Roja Peruana", "Cruz Roja Boliviana"),
        ("Cruz Roja Peruana", "Red Cross"),
        ("World Federation of Weavers", "European Federation of Weavers"),
        ("UNODC", "UNODC Research Branch"),
        ("Hospital San Telmo", "Observatorio del Hospital San Telmo"),
        ("European Harm Reduction Network", "Eurasian Harm Reduction Network"),
        ("Austrian Weavers' Guild", "Australian Weavers' Guild"),
        ("National Weavers Council", "International Weavers Council"),
        ("Conselho Nacional de Saúde", "Consejo Nacional de Salud"),
        ("C4 Recovery Foundation", "C3 Recovery Foundation"),
        ("Lumo Foundation", "Lumo Institute"),
        ("CHJ", "CJH"),
        ("Interlumen AC", "INTERLUX"),
        ("Красный Полумесяц", "Красный Крест Лумо"),
        ("Nigerien Red Cross", "Nigerian Red Cross"),
        ("Lumo", "Lumo Mental Health Hospital"),
        ("Lumo", "Lumo Youth"),
        ("Lumo Weavers Foundation, Rivertown", "Lumo Weavers Foundation, Hillville"),
        ("Commission on Fisheries", "West African Commission on Fisheries"),
        ("Asian Network of Weavers (ANOW)", "African Network of Weavers (ANOW)"),
        ("UNAM", "Universidad Autónoma Metropolitana"),
        ("LUMCOR", "Lumo Cotton"),
        ("TASC Peru", "Trust for Animal Safety and Care (TASC)"),
        ("TASC Peru", "TASC Kenya"),
        ("Lumo University", "Lumo Federal University"),
        ("Fisheries Peru", "Peruvian Agency for Fisheries"),
        ("SFWL", "Students for Fair Wages Lumo Kenya Chapter"),
        ("Save the Valley", "Save the Valley International"),
        ("Institute of Physics, Lumo University", "Institute of Physics, Rivertown University"),
    ],
)
def test_different_bodies_with_like_names_stay_apart(names):
    assert not _same(*names)


def test_an_acronym_that_two_bodies_spell_joins_neither_and_says_so():
    found = resolve(["Rural Health Institute", "River Heritage Initiative", "RHI"], NOBODY)
    assert len({one.entity for one in found}) == 3
    assert "could be" in found[2].because


def test_a_long_line_of_small_words_does_not_keep_an_acronym_busy_for_years():
    assert not spells("DDDDDDDX", " ".join(["d"] * 190))
    assert not begins("DDDDDDDX", " ".join(["d"] * 190))


def test_an_acronym_is_the_body_that_states_it_and_not_one_that_it_happens_to_spell():
    found = resolve(["Rural Health Institute", "River Heritage Initiative (RHI)", "RHI"], NOBODY)
    assert found[1].entity == found[2].entity != found[0].entity


def test_a_bare_name_is_the_body_that_it_fits_far_better():
    found = resolve(["Lumo", "Lumo International", "Lumo Portugal"], NOBODY)
    assert found[0].entity == found[1].entity != found[2].entity


def test_a_name_between_two_bodies_does_not_make_them_one():
    found = resolve(["Peruvian Green Crescent", "Green Crescent", "Kenyan Green Crescent"], NOBODY)
    assert found[0].entity != found[2].entity


def test_the_register_joins_what_no_word_shows_and_an_unchecked_row_joins_nothing():
    def register(*, verified):
        row = Alias("Lumo Foundation", "Brightwater", "en", "", verified, "read", ("a-page",))
        return OrganisationRegister((row,))

    names = ("Lumo Foundation", "Brightwater")
    assert _same(*names, register=register(verified=True))
    assert "register" in resolve(names, register(verified=True))[0].because
    assert not _same(*names, register=register(verified=False))


def test_a_decision_parts_and_joins_whatever_the_words_say():
    like, unlike = ("Lumo Foundation", "Fundación Lumo"), ("Lumo Foundation", "Brightwater")
    assert not _same(*like, decided={frozenset(like): False})
    assert _same(*unlike, decided={frozenset(unlike): True})
    assert "person decided" in resolve(unlike, NOBODY, decided={frozenset(unlike): True})[0].because


def test_names_printed_in_one_list_are_less_likely_one_body():
    names = ["Weavers for Peace", "Tejedores por la Paz", "Weavers for Peace Foundation"]
    apart = resolve(names, NOBODY, groups=[0, 1, 2])
    together = resolve(names, NOBODY, groups=[0, 0, 0])
    assert together[0].confidence != apart[0].confidence


def test_rows_keep_their_order_and_blank_or_endless_lines_name_nobody():
    names = ["Lumo", "", "x" * 10_000, "---", "\x07Lumo\u200b"]
    found = resolve(names, NOBODY)
    assert [one.name for one in found] == names
    assert [bool(one.entity) for one in found] == [True, False, False, False, True]
    assert found[0].entity == found[4].entity
    assert all(one.because for one in found)


def test_the_canonical_name_is_a_full_one_without_slips():
    names = ["LUMO", "Lumo Fundation for Weavers", "Lumo Foundation for Weavers"]
    assert resolve(names, NOBODY)[1].canonical == "Lumo Foundation for Weavers"
    written = [
        "Lumo Federation of Terapeutic communities",
        "Lumo Federation of Therapeutic Communities",
    ]
    assert resolve(written, NOBODY)[0].canonical == written[1]


def test_a_name_in_letters_that_are_not_latin_has_an_identifier_of_its_own():
    found = resolve(["Фонд Лумо", "Фонд Лумо", "Совет Реки"], NOBODY)
    assert found[0].entity == found[1].entity != found[2].entity
    assert all(one.entity.startswith("organisation:") for one in found)


def test_an_acronym_joins_a_body_whose_whole_names_only_the_register_joins():
    names = ("INTERPOL", "Interpol", "Organización Internacional de Policía Criminal")
    body = "International Criminal Police Organization"
    rows = [
        Alias(body, alias, language, "", True, "read", ("a-page",))
        for alias, language in (("INTERPOL", ""), (names[2], "es"))
    ]
    assert _same(*names, body, register=OrganisationRegister(tuple(rows)))


def test_the_register_that_ships_knows_the_health_and_police_organisations_by_their_acronyms():
    known = load()
    assert {known.body(name) for name in ("WHO", "OMS", "Organisation mondiale de la Santé")} == {
        "World Health Organization"
    }
    assert known.body("Interpol") == known.body("OIPC") != known.body("WHO")
