"""The form under which names are compared."""

import pytest

from atalaya.registers.spelling import is_code, key, without_glued_of, without_salt


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acetyl Fentanyl", "acetylfentanyl"),
        ("α-PVP", "alpha-PVP"),
        ("Δ9-THC", "delta-9-THC"),
        ("p-fluorofentanyl", "para-fluorofentanyl"),
        ("o-methylfentanyl", "ortho methylfentanyl"),
        ("Cocaína", "cocaina"),
        ("U–47700", "u 47700"),
        ("Côte d’Ivoire", "cote d'ivoire"),
    ],
)
def test_two_spellings_of_one_name_have_one_form(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("3-MMC", "3-CMC"), ("2-MMC", "3-MMC"), ("O-PCE", "orthopce"), ("4F-MPH", "4-MPH")],
)
def test_names_that_differ_by_a_letter_or_digit_stay_apart(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_a_salt_is_dropped_only_at_the_end() -> None:
    assert without_salt("Methamphetamine HCl") == "methamphetamine"
    assert without_salt("heroin (trace)") == "heroin"
    assert without_salt("sodium sulfate") == "sodium"
    assert without_salt("hcl cocaine") is None


def test_a_glued_of_is_dropped_only_before_a_long_word() -> None:
    assert without_glued_of("ofcocaine") == "cocaine"
    assert without_glued_of("offal") is None


@pytest.mark.parametrize("code", ["U-47700", "MDPV", "4-CMC", "LSD", "JWH-018", "ADB-FUBINACA"])
def test_a_code_is_told_from_a_word(code: str) -> None:
    assert is_code(code)
    assert not is_code("fentanyl")
