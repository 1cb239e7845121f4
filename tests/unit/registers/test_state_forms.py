"""States by their form of government, in every language and order names are written in."""

import pytest
from babel import Locale

from atalaya.promises.votes.rolls import code
from atalaya.registers import territories
from atalaya.registers.state_forms import bare, in_order, spelt_out

LOCALES = ("en", "en_GB", "es", "es_419", "es_MX", "fr", "fr_CA", "fr_CH", "pt", "pt_PT")
FORMS = {
    "en": ("Republic of", "Kingdom of the", "Islamic Republic of", "Rep. of", "Dem. Rep. of the"),
    "es": ("República de", "Reino de los", "República Islámica del", "Estado Plurinacional de"),
    "fr": ("République de", "Royaume des", "République islamique d'", "Rép. du"),
    "pt": ("República da", "Reino dos", "República Islâmica do", "Estados Federados da"),
}


def states():
    """Code -> alpha-2 code of every State that no list contests."""
    return {
        one.code: one.alpha2
        for one in territories.load().entries
        if one.level == "country" and one.status == "state"
    }


@pytest.mark.parametrize("locale", LOCALES)
def test_every_state_is_read_by_the_name_that_cldr_gives_it(locale):
    names = Locale.parse(locale).territories
    unread = {
        names[two]: found for three, two in states().items() if (found := code(names[two])) != three
    }
    assert len(states()) > 190
    assert unread == ({} if locale != "fr_CA" else {"Cité du Vatican": None})


@pytest.mark.parametrize("locale", FORMS)
def test_no_form_of_government_makes_a_state_another(locale):
    names = Locale(locale).territories
    unread = []
    for three, two in states().items():
        for form in FORMS[locale]:
            whole = f"{form}{'' if form.endswith(chr(39)) else ' '}{names[two]}"
            for name in (whole, whole.upper(), f"{names[two]} ({form})"):
                found = code(name)
                assert found in (three, None), name
                unread += [name] if found is None else []
            assert code(f"{names[two]}, {form}") in (three, None)
    assert len(unread) <= 0.03 * len(states()) * len(FORMS[locale]) * 3, unread


def test_a_form_behind_a_comma_is_the_next_name_s_where_it_is_not_the_state_s_own():
    assert code("Central African Republic, Democratic People's Republic of") is None
    assert code("Bahréin, Reino de") == "BHR"
    assert code("Perú, Reino de") is None


@pytest.mark.parametrize(
    ("name", "iso3"),
    [
        ("República Islâmica do Irão", "IRN"), ("Irã (República Islâmica do)", "IRN"),
        ("República Islámica de Irán", "IRN"), ("Irán, República Islámica del", "IRN"),
        ("Federação Russa", "RUS"), ("Federação da Rússia", "RUS"), ("Federación Rusa", "RUS"),
        ("Fédération de Russie", "RUS"), ("República da Coreia", "KOR"), ("Rep. de Corea", "KOR"),
        ("República Popular Democrática da Coreia", "PRK"), ("Dem. People's Rep. of Korea", "PRK"),
        ("Royaume-Uni de Grande-Bretagne et d'Irlande du Nord", "GBR"),
        ("Reino Unido da Grã-Bretanha e Irlanda do Norte", "GBR"),
        ("Bolivia (Estado Plurinacional de)", "BOL"), ("Venezuela (Bolivarian Rep. of)", "VEN"),
        ("Países Bajos (Reino de los)", "NLD"), ("Países Baixos (Reino dos)", "NLD"),
        ("Rép. dém. du Congo", "COD"), ("Dem. Rep. of the Congo", "COD"), ("Lao PDR", "LAO"),
        ("República Democrática do Congo", "COD"), ("República do Congo", "COG"),
        ("Viet Nam", "VNM"), ("Türkiye", "TUR"), ("Côte d'Ivoire", "CIV"),
        ("Confederação Suíça", "CHE"), ("Estados Unidos da América", "USA"),
        ("República Popular da China", "CHN"), ("REPÚBLICA UNIDA DE TANZANIA", "TZA"),
    ],
)  # fmt: skip
def test_official_and_shortened_names_are_read_in_four_languages(name, iso3):
    assert code(name) == iso3


@pytest.mark.parametrize(
    "name",
    [
        "State of Georgia", "Estado de México", "Republic of China", "República de", "Republic",
        "Federation of Kenya", "Union of Peru", "Republic of Texas", "República de Corea y Chile",
        "Kingdom of Heaven", "Republic of the",
    ],
)  # fmt: skip
def test_what_is_no_state_or_could_be_two_names_none(name):
    assert code(name) is None


def test_a_form_is_taken_off_put_in_order_and_spelt_out():
    assert bare("República Democrática e Popular da Argélia") == "Argélia"
    assert bare("Peru") is None
    assert in_order("Iran, République islamique d'") == "République islamique d'Iran"
    assert in_order("Iran, Iraq") is None
    assert [*spelt_out("Peru")] == []
