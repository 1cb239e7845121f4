"""Private persons are found by names, by what is said beside them, and by numbers that point."""

import pytest

from atalaya.reading.mentions.lexicon import Lexicon
from atalaya.reading.mentions.page import Page
from atalaya.reading.persons import entries
from atalaya.reading.persons.finding import RULE, is_unread, mentions, removals
from atalaya.reading.persons.redacting import counts, redact

LEXICON = Lexicon(entries())


def kept(text, language="en"):
    return redact(text, removals([Page.of(text, LEXICON)], language)[0], language)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Police Arrest Mark Johnson In Fentanyl Raid", "Police Arrest [person] In Fentanyl Raid"),
        ("JOHN WILLIAMS SENTENCED TO 10 YEARS", "[person] SENTENCED TO 10 YEARS"),
        ("They held Xyloq Brantovan, 22, of Ohio.", "They held [person], [age], of Ohio."),
        ("i got it from john smith", "i got it from [person]"),
        ("Carlos Gómez, alias “El Chino”, fell.", "[person], alias “[person]”, fell."),
        ("Mayor Tom Brown was arrested on Monday.", "Mayor [person] was arrested on Monday."),
        ("Полиция задержала Ивана Петрова.", "Полиция задержала [person]."),
        ("محمد حسن اعتقل في القاهرة", "[person] اعتقل في القاهرة"),
        ("Write to a.roe@example.org or @aroe99.", "Write to [detail] or [detail]."),
        ("Two men aged 25 and 31 were held.", "Two men [age] were held."),
        ("He lives at 12 Oak Tree Road, Leeds.", "He lives at [address], Leeds."),
        ("The car with plate KLD 4821 was stolen.", "The car with plate [detail] was stolen."),
    ],
)
def test_a_person_is_removed(text, left):
    assert kept(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "Health Minister Jane Roe said naloxone works.",
        "Jane Roe, the county sheriff, spoke.",
        "Sgt. Maria Delgado spoke for the police.",
        "Operation Jackson ended in San Martín.",
        "The Betty Ford Center and Johns Hopkins University agreed.",
        "They met on Avenida Simón Bolívar and in the Hospital Juan Pérez.",
        "Under Jessie's Law records are shared.",
        "People aged 15-64 use more; under 30 they use less.",
        "He was jailed for 20 years on 12 May 2024.",
        "Call the helpline 1-800-662-4357.",
        "In Victoria and Santiago prices fell by 12.5 per cent, to 1.234.567 dollars.",
        "Senators Judith Marsh and Ron Tolliver wrote the bill.",
    ],
)
def test_officials_bodies_places_laws_and_groups_stay(text):
    assert kept(text) == text


def test_a_surname_alone_is_known_from_the_title_or_the_text():
    title, text = "Hatcher jailed in Tacoma", "Corey Hatcher sold it. Hatcher had no lawyer."
    found = removals([Page.of(title, LEXICON), Page.of(text, LEXICON)], "en")
    assert redact(title, found[0], "en") == "[person] jailed in Tacoma"
    assert redact(text, found[1], "en") == "[person] sold it. [person] had no lawyer."


def test_every_removal_says_by_which_rule_and_mentions_hold_no_name():
    text = "Carlos Gómez, 34, of Ohio died."
    found = removals([Page.of(text, LEXICON)], "en")[0]
    assert [(one.reason.value, one.rule) for one in found] == [("name", RULE), ("age", RULE)]
    assert counts(found) == {"name": 1, "age": 1}
    assert [(one.start, one.end, one.id, one.name) for one in mentions(found)] == [
        (0, 12, None, None)
    ]


def test_marks_are_written_in_the_language_of_the_text():
    assert kept("El imputado Juan Gómez, de 30 años, calló.", "es") == (
        "El imputado [persona], de [edad], calló."
    )


def test_a_script_without_capitals_or_gaps_is_told_as_unread():
    assert is_unread("警方逮捕了一名男子")
    assert not is_unread("Die Polizei nahm einen Mann fest")


@pytest.mark.parametrize(
    "text", ["", " ", "\x00\ud800", "A" * 9000, "1 " * 5000, "@" * 99, "(" * 99]
)
def test_noise_is_no_person(text):
    assert kept(text) == text
