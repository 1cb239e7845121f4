from atalaya.model.records import Checked
from atalaya.promises.fields import Field, Said, Status, pick


def said(value, **notes):
    return Said("p", value, None, None, None, None, None, Checked.VERIFIED, "", notes, ("claim:0",))


def test_a_field_is_unknown_known_or_disputed():
    assert Field().status is Status.UNKNOWN
    assert Field((said("a"),)).status is Status.KNOWN
    assert Field((said("a"), said("a"))).status is Status.KNOWN
    assert Field((said("a"), said("b"))).status is Status.DISPUTED
    assert Field((said("a"), said("b")), several=True).status is Status.KNOWN
    assert Field((said("a", disputed="yes"),)).status is Status.DISPUTED


def test_a_disputed_field_has_no_value_but_keeps_both_claims():
    field = Field((said("a"), said("b")))
    assert field.value is None
    assert len(field.claims) == 2


def test_words_fall_back_to_the_language_they_were_said_in():
    assert said("health", es="salud").words("es") == "salud"
    assert said("health").words("es") == "health"


def test_pick_takes_one_predicate():
    assert pick([said("a")], "q").status is Status.UNKNOWN
    assert pick([said("a")], "p").value == "a"
