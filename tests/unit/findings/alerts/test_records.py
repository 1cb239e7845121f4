"""The form, the alert and its notices: what rules R3 to R6 ask is refused at the door."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from tests.material.alerts import ALERT, EXPIRED, FORM, ISSUED, SAID, SIGNED, WITHDRAWN

from atalaya.findings.alerts.blank import blank_form
from atalaya.findings.alerts.form import POINTS, AlertForm
from atalaya.findings.alerts.history import lives
from atalaya.findings.alerts.record import Notice, withdrawn
from atalaya.findings.alerts.scales import Credibility, Likelihood, Reliability, Rung
from atalaya.findings.states import Action, Decision
from atalaya.model.errors import BadInput


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"advice": " "}, "what to do"),
        ({"signed_by": ""}, "nobody signed"),
        ({"expires": date(2026, 11, 19)}, "before it was signed"),
    ],
)
def test_an_alert_that_is_no_promise_is_refused(change, says):
    with pytest.raises(BadInput, match=says):
        replace(ALERT, **change)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"confidence": "certain"}, "confidence is 'certain'"),
        ({"sources": 0}, "no independent source"),
        ({"unknown": ""}, "what is not known"),
        ({"mode": "maybe"}, "mode"),
        ({"territory": "territory:US-CT-new-haven"}, "too fine"),
        ({"territory": "place:clinic-12"}, "too fine"),
        ({"since": "soon"}, "not a period"),
    ],
)
def test_an_alert_says_how_sure_it_is_from_how_many_and_what_is_not_known(change, says):
    with pytest.raises(BadInput, match=says):
        replace(SAID, **change)


def test_a_withdrawal_says_why():
    with pytest.raises(BadInput, match="without a reason"):
        withdrawn(ALERT, SIGNED, " ")


def test_the_form_has_the_ten_fields_of_the_article_in_order():
    assert "".join(POINTS.values()) == "abcdefghij"
    assert list(FORM.texts) == list(POINTS)


def test_a_form_read_back_is_the_form_that_was_stored():
    assert AlertForm.parse(FORM.content()) == FORM
    assert AlertForm.parse({}).content() == {"severity": "Unknown", "urgency": "Unknown"}


def test_the_blank_form_is_a_form_in_which_nothing_is_known():
    import tomllib

    blank = AlertForm.parse(tomllib.loads(blank_form("signal:0123456789abcdef")))
    assert blank == AlertForm(language="en")


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"exposur": "x"}, "did you mean 'exposure'"),
        ({"likelihood": "probably"}, "words: almost-no-chance"),
        ({"risk": 3}, "no text"),
        ({"risk": "x" * 501}, "501 characters"),
        ({"risk": "a\x00b"}, "control characters"),
        ({"language": "fr"}, "language 'fr'"),
    ],
)
def test_a_form_that_cannot_be_read_says_what_is_wrong(said, says):
    with pytest.raises(BadInput) as refused:
        AlertForm.parse(said)
    assert says in str(refused.value)


def test_the_scales_are_those_of_their_sources():
    assert [rung.step for rung in Rung] == [1, 2, 3, 4, 5, 6, 7]
    assert "".join(Reliability) + "".join(Credibility) == "ABCDEF123456"
    ends = [word.range for word in Likelihood]
    assert ends[0] == (1, 5)
    assert ends[-1] == (95, 99)
    assert all(one[1] == next_[0] for one, next_ in pairwise(ends))


def test_no_scale_can_stand_in_for_another():
    for wrong in ({"reliability": "1"}, {"credibility": "A"}, {"evidence": "likely"}):
        with pytest.raises(BadInput, match="no word of the scale"):
            AlertForm.parse(wrong)


def test_a_notice_keeps_its_name_and_each_kind_has_its_own():
    again = Notice(ALERT, "issued", datetime(2027, 1, 1, tzinfo=UTC))
    assert again.id == ISSUED.id
    assert len({ISSUED.id, EXPIRED.id, WITHDRAWN.id}) == 3


def _decision(action: Action, day: int, **more: object) -> Decision:
    return Decision(
        signal="signal:0123456789abcdef",
        action=action,
        reviewer="reviewer:ada",
        reason="because",
        decided_at=datetime(2026, 11, day, 12, tzinfo=UTC),
        verdict="verdict:0123456789abcdef",
        **more,
    )


def _signed(day: int, last: date) -> Decision:
    return _decision(Action.SIGN, day, advice="check", expires=last)


def test_an_alert_stands_expires_or_is_withdrawn_and_a_second_one_is_another():
    first = _signed(1, date(2026, 11, 5))
    second = _signed(10, date(2026, 12, 1))
    taken = [first, _decision(Action.TRIAGE, 9), second, _decision(Action.WITHDRAW, 12)]
    found = [(one.kind, one.at.day, one.because) for one in lives(taken, date(2026, 11, 20))]
    assert found == [("expired", 5, ""), ("withdrawn", 12, "because")]
    assert [one.kind for one in lives([second], date(2026, 12, 1))] == ["issued"]
    assert [one.kind for one in lives([second], date(2026, 12, 2))] == ["expired"]
