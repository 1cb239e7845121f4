"""Substances are found under the names people write, and nothing else is."""

from itertools import pairwise

import pytest
from tests.material.reading_pages import page_of, read, told

from atalaya.reading.mentions import candidates, substances
from atalaya.reading.mentions.substances_forms import inflected, translated
from atalaya.reading.mentions.substances_names import forms
from atalaya.reading.mentions.substances_slips import inside

CONTEXT = "Overdose: "


@pytest.mark.parametrize(
    ("text", "written", "slug"),
    [
        ("FENTANYL was seized", "FENTANYL", "fentanyl"),
        ("para-fluoro fentanyl was seized", "para-fluoro fentanyl", "para-fluorofentanyl"),
        ("se incautó fentanilo", "fentanilo", "fentanyl"),
        ("xilacina en la muestra", "xilacina", "xylazine"),
        ("saisie de kétamine", "kétamine", "ketamine"),
        ("apreensão de metanfetamina", "metanfetamina", "methamphetamine"),
        ("Protonitazen in Tabletten", "Protonitazen", "protonitazene"),
        ("two amphetamines and a benzodiazepine", "amphetamines", "amphetamines-any"),
        ("3-methoxy-PCP was found", "3-methoxy-PCP", "3-meo-pcp"),
        ("overdose of ofprotonitazene", "protonitazene", "protonitazene"),
        ("an overdose of fenatnyl", "fenatnyl", "fentanyl"),
        ("died of fentnyl toxicity", "fentnyl", "fentanyl"),
        ("Kokainfund im Hafen: Drogen", "Kokain", "cocaine"),
        ("seized cocaine hydrochloride", "cocaine hydrochloride", "cocaine"),
        ("clorhidrato de cocaína", "clorhidrato de cocaína", "cocaine"),
    ],
)
def test_a_name_is_read_as_it_is_written(text, written, slug):
    assert (written, slug) in [(w, s) for w, s, _ in told(text)]


def test_names_run_together_are_parted():
    assert [w for w, *_ in told("Toxicity of fentanylandcocaine")] == ["fentanyl", "cocaine"]


def test_the_longest_name_wins_and_spans_never_overlap():
    found = read("Acetyl fentanyl, fentanyl citrate and N-pyrrolidino metonitazene")
    assert [m.id for m in found][:2] == ["substance:acetylfentanyl", "substance:fentanyl"]
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_a_name_made_or_guessed_is_less_sure_than_one_of_the_register():
    named, joined, misspelt = (
        read(CONTEXT + text)[0] for text in ("fentanyl", "offentanyl", "fentaynl")
    )
    assert named.confidence > joined.confidence > misspelt.confidence
    assert (named.rule, joined.rule, misspelt.rule) == (
        substances.RULE,
        substances.JOINED,
        substances.MISSPELT,
    )


@pytest.mark.parametrize("word", ["prochaine", "cemento", "vitamines", "magazine", "medicine"])
def test_an_ordinary_word_is_no_misspelt_drug(word):
    assert inside(word) == ()
    assert told(f"{CONTEXT}{word}") == []


def test_a_code_is_never_corrected():
    assert told("3-MMX and 2-FMB in a drug sample") == []


@pytest.mark.parametrize(
    "text",
    [
        "5-Br-ADB-HEXINACA",
        "fluetonitazepipne",
        "butylonitazene",
        "N-desethyl butonitazene",
        "norflupazolam",
        "valylfentanyl",
    ],
)
def test_an_unknown_name_of_a_known_shape_is_a_candidate(text):
    page = page_of(f"The laboratory found {text} in drug samples.")
    found = substances.mentions(page)
    assert [(m.id, m.name, m.rule) for m in found] == [(None, None, candidates.RULE)]
    (raised,) = candidates.raised(page, found)
    assert raised.text.endswith(text.split()[-1])
    assert raised.sentence == page.text


def test_a_name_of_the_register_and_a_metabolite_are_no_candidates():
    page = page_of("Overdose: protonitazene, bromazolam, 3-MMC, hydroxybromazolam")
    assert candidates.raised(page, substances.mentions(page)) == []


def test_each_form_stands_for_one_substance_and_is_no_lone_number():
    assert len(forms()) > 5000
    assert not [form for form in forms() if form.replace(" ", "").isdigit()]


def test_codes_have_no_plural_and_no_translation():
    assert not list(inflected("MDMA"))
    assert not list(translated("25I-NBOMe"))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("The plaster hid 3 kg of cocaine.", ["cocaine"]),
        ("Fentanyl was found in the waters of the gulf.", ["Fentanyl"]),
        ("The heroin was cut with sugar.", ["heroin", "sugar"]),
        ("Toxicology of the DOB: 12/03/1979", []),
        ("ICE agents found heroin.", ["heroin"]),
        ("La heroína de la película", []),
        ("Murió por una sobredosis de heroína.", ["heroína"]),
        ("Drugs seized: cocaine, DOB and DMT.", ["cocaine", "DOB", "DMT"]),
    ],
)
def test_a_word_with_other_senses_counts_where_its_surroundings_say_so(text, written):
    assert [w for w, *_ in told(text)] == written
