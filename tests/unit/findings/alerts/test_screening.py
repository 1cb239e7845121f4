"""What people write into alerts: how-to, markets, prices, addresses and small counts stay out."""

import pytest

from atalaya.findings.alerts.screening import screen
from atalaya.model.errors import BadInput

STATE = "territory:US-CT"
RED = (
    ("R5", "It is synthesised from a common precursor by reductive amination."),
    ("R5", "Se puede sintetizar a partir de un precursor."),
    ("R5", "Acid-base extraction gives the free base."),
    ("R5", "It sells for $20 per gram."),
    ("R5", "Se vende a 15 euros el gramo."),
    ("R5", "Vendido a 10 reais o comprimido."),
    ("R5", "€5/pill"),
    ("R5", "Find it at abcdefghij234567.onion"),
    ("R5", "Contact the seller on Telegram @goodstuff"),
    ("R5", "Buy it from the vendor called X"),
    ("R5", "Comprar en línea a un vendedor"),
    ("R5", "Start with 20 mg for a mild high"),
    ("R5", "Tome 30 mg para un buen efecto"),
    ("R5", "Pack it flat to evade customs"),
    ("R4", "Seen at 41.30815, -72.92816"),
    ("R4", "A house in 12 Main Street"),
    ("R4", "En la calle Mayor, nº 14"),
    ("R2", "Write to jane.roe@example.org"),
    ("R3", "3 deaths in September"),
    ("R3", "Three people died"),
    ("R3", "hubo dos muertes"),
    ("R3", "cinco personas intoxicadas"),
    ("R3", "morreram: 4 pessoas"),
    ("R3", "1 overdose"),
)
ADVICE = (
    "Carry naloxone; a second dose may be needed.",
    "Give 2 doses of naloxone nasal spray if there is no response after 3 minutes.",
    "Naloxone 4 mg nasal spray reverses the effect on breathing.",
    "Never use alone. Call emergency services.",
    "Test a small amount first; strips do not find every nitazene.",
    "Use less, go slow, and do not mix with alcohol or benzodiazepines.",
    "Wound care: clean with soap and water; xylazine is not reversed by naloxone.",
    "Send samples to the reference laboratory.",
    "Between 1-9 deaths were registered.",
    "There were 14 deaths, 12 of them in people under 30.",
    "Llame al 112 y administre naloxona; pueden hacer falta varias dosis.",
    "No consuma en soledad. Analice antes la sustancia.",
    "Más de 25 personas atendidas en urgencias.",
    "Leve naloxona; pode ser necessária uma segunda dose.",
    "Sold as tablets marked as oxycodone; also found in powders.",
    "Sintetizada fora da região; origem desconhecida.",
    "Two independent laboratories confirmed it by GC-MS.",
    "Reported since October 2026 in 3 of 8 regions.",
    "People who inject drugs should use new equipment each time.",
    "Half of the samples held 20 mg of the substance.",
    "Treat respiratory depression; titrate naloxone to breathing.",
    "The price of inaction is high.",
)


@pytest.mark.parametrize(("rule", "text"), RED)
def test_what_rules_keep_out_is_refused_by_name(rule, text):
    with pytest.raises(BadInput, match="the advice holds") as refused:
        screen(text, STATE, "the advice")
    assert f"rule {rule} keeps it out" in refused.value.why
    assert refused.value.do


def _refused(text, territory):
    """Give what screening says against a text, or None where it passes."""
    try:
        screen(text, territory, "the advice")
    except BadInput as error:
        return str(error)
    return None


@pytest.mark.parametrize("text", ADVICE)
def test_harm_reduction_advice_passes(text):
    assert _refused(text, STATE) is None


def test_a_small_count_of_people_may_be_said_of_a_country_and_not_of_a_state():
    said = "3 deaths in the whole place"
    assert _refused(said, "territory:ARG") is None
    assert _refused(said, "territory:M49-001") is None
    assert "the advice holds" in _refused(said, STATE)
