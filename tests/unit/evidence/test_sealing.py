"""Sealed originals: what the log holds of one is no test of any guess at what it says."""

import pytest

from atalaya.evidence.sealing import commitment, seal
from atalaya.model.errors import StopEverything
from atalaya.model.identifiers import sha256_hex

CASES = b"2024-01,Roe,fentanyl\n"


def test_the_same_original_sealed_twice_has_nothing_in_common():
    first, second = seal(CASES), seal(CASES)
    assert first.key.key != second.key.key
    assert first.key.salt != second.key.salt
    assert first.plain != second.plain
    assert first.payload != second.payload


def test_the_commitment_opens_with_its_own_salt_and_with_no_other():
    sealed, other = seal(CASES), seal(CASES)
    said = sha256_hex(CASES), len(CASES)
    assert commitment(sealed.key.salt, *said) == sealed.plain
    for salt in (other.key.salt, bytes(32)):
        assert commitment(salt, *said) != sealed.plain


def test_only_its_own_key_opens_an_original():
    sealed = seal(CASES)
    assert sealed.key.opens(sealed.payload) == CASES
    with pytest.raises(StopEverything, match="was changed"):
        seal(CASES).key.opens(sealed.payload)
