"""What is denied or only expected is marked so, as far as the cue reaches."""

import pytest
from tests.material.reading_pages import told


def _by_status(text):
    return [(slug, status) for _, slug, status in told(text)]


@pytest.mark.parametrize(
    "text",
    [
        "No fentanyl was found.",
        "There was no evidence of fentanyl in the samples.",
        "The sample tested negative for fentanyl.",
        "Fentanyl: not detected",
        "Fentanyl was not present.",
        "Doctors ruled out fentanyl.",
        "Una muestra sin fentanilo.",
        "No se detectó fentanilo.",
        "Ausencia de fentanilo en la muestra.",
        "El fentanilo fue descartado.",
        "Aucune trace de fentanyl.",
        "Le fentanyl n'a pas été détecté.",
        "Não foi encontrado fentanil.",
        "A amostra não continha fentanil.",
        "Kein Fentanyl in der Probe.",
        "Fentanyl wurde nicht nachgewiesen.",
    ],
)
def test_what_a_text_denies_is_negated(text):
    assert _by_status(text) == [("fentanyl", "negated")]


@pytest.mark.parametrize(
    "text",
    [
        "Pills sold as MDMA.",
        "They thought it was MDMA.",
        "The powder was believed to be MDMA.",
        "Suspected MDMA was sent in.",
        "Pastillas vendidas como MDMA.",
        "Creían que era MDMA.",
        "Comprimés vendus comme du MDMA.",
        "Ils pensaient acheter du MDMA.",
        "Comprimidos vendidos como MDMA.",
        "Achavam que era MDMA.",
        "Angebliches MDMA.",
        "Als MDMA verkaufte Pillen.",
    ],
)
def test_what_somebody_thought_is_expected(text):
    assert _by_status(text) == [("mdma", "expected")]


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("No fentanyl, but cocaine was found.", ["negated", "affirmed"]),
        ("Sold as oxycodone, it contained fentanyl.", ["expected", "affirmed"]),
        ("No heroin, cocaine or fentanyl was found.", ["negated"] * 3),
        ("Heroin, cocaine and fentanyl were not detected.", ["negated"] * 3),
        ("Not only heroin but also fentanyl killed.", ["affirmed"] * 2),
        ("Fentanyl was found; cocaine was not detected.", ["affirmed", "negated"]),
        ("No fentanyl. Cocaine killed him.", ["negated", "affirmed"]),
        ("Vendido como cocaína, en realidad contenía ketamina.", ["expected", "affirmed"]),
        ("Nicht nur Heroin, sondern auch Fentanyl.", ["affirmed"] * 2),
        ("Oxycodone without a prescription.", ["affirmed"]),
    ],
)
def test_a_cue_governs_its_scope_alone(text, statuses):
    assert [status for _, status in _by_status(text)] == statuses


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("Pó vendido como cocaína: era levamisol e cafeína.", ["expected", "affirmed", "affirmed"]),
        ("J'ai pris de la 3-MMC, en fait c'était de la 4-CMC.", ["expected", "affirmed"]),
        ("The MDMA turned out to be ketamine.", ["expected", "affirmed"]),
        ("Es war Ketamin statt Kokain.", ["affirmed", "negated"]),
        ("Farmers left without income from opium.", ["affirmed"]),
    ],
)
def test_a_cue_governs_the_first_thing_on_its_side_and_what_is_listed_with_it(text, statuses):
    assert [status for _, status in _by_status(text)] == statuses
