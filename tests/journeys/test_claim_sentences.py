"""Sentences in three languages beside the starter's record: what they claim, and what they do not.

A floor, not a promise: the sentences were written before the readers, which were mended after them.
"""

from collections import Counter

import pytest
from tests.material.claim_sentences import cases

from atalaya.promises.claims import check
from atalaya.publishing.opening import Release
from atalaya.publishing.site import Edition
from atalaya.publishing.site.beside import record_of
from atalaya.publishing.site.names import RegisterNames

FLOOR = 0.95


@pytest.fixture(scope="module")
def answered(made):
    record = record_of(Edition(Release.open(made / "releases"), RegisterNames()))
    return [(one, {str(said.verdict) for said in check(one.text, record)}) for one in cases()]


def test_nearly_all_are_answered_as_they_ought_to_be(answered):
    right = sum(one.expects == said for one, said in answered)
    assert right >= FLOOR * len(answered)


def test_none_is_told_the_opposite_of_what_is_so(answered):
    opposite = {"agrees": "differs", "differs": "agrees"}
    for one, said in answered:
        for verdict in one.expects:
            assert opposite.get(verdict) not in said - one.expects, one.text


def test_what_claims_nothing_gets_no_answer(answered):
    silent = [said for one, said in answered if not one.expects]
    assert len(silent) > 10
    assert not any(silent)


def test_the_languages_and_the_verdicts_are_all_tried(answered):
    tried = Counter((one.language, verdict) for one, _ in answered for verdict in one.expects)
    for language in ("en", "es", "fr"):
        assert tried[language, "agrees"]
        assert tried[language, "differs"]
