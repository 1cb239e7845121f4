"""The two-person rule: two people, two keys, the same words, in time - or no alert."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from tests.material.alerts import FORM, SAID

from atalaya.findings.alerts.history import lives
from atalaya.findings.auditing import alone, forgeries
from atalaya.findings.decisions import DecisionStore
from atalaya.findings.reviewers import Reviewer, ReviewerKey, sign_decision
from atalaya.findings.states import Action, Decision, Standing
from atalaya.model.errors import BadInput
from atalaya.model.records import SignalState

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY, LAST = NOW.date(), date(2026, 12, 1)
SIGNAL = "signal:0123456789abcdef"
CONTENT = {"said": SAID.content(), "form": FORM.content()}
NAMES = ("Ada Roe", "Ben Poe")
KEYS = {name: ReviewerKey.create(Reviewer(name, "", NOW).id) for name in NAMES}


@dataclass
class Bench:
    """A store under the rule, two reviewers, and a clock that moves a minute a decision."""

    store: DecisionStore
    at: datetime = NOW

    def take(self, who: str, action: Action, **more: Any) -> Decision:
        self.at += timedelta(minutes=1)
        key = KEYS[who]
        taken = Decision(SIGNAL, action, key.reviewer, "looked", self.at, "verdict:1", **more)
        self.store.record(sign_decision(taken, key))
        return taken

    def assess(self) -> None:
        for action in (Action.TRIAGE, Action.MONITOR, Action.CONFIRM):
            self.take("Ada Roe", action)

    def sign(self, persons: int = 2, advice: str = "Carry naloxone.") -> Decision:
        said = {"advice": advice, "expires": LAST, "alert": CONTENT}
        return self.take("Ada Roe", Action.SIGN, persons=persons, **said)

    def now(self, day: date = TODAY) -> Standing:
        return self.store.standing(SIGNAL, day)


def _open(path: Path, *, two_persons: bool) -> DecisionStore:
    return DecisionStore.at(path / "decisions.db", two_persons=two_persons)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with _open(tmp_path, two_persons=True) as store:
        for name, key in KEYS.items():
            store.add_reviewer(Reviewer(name, key.public, NOW - timedelta(days=1)))
        made = Bench(store)
        made.assess()
        yield made


def _lives(store: DecisionStore, *, two_persons: bool = True) -> list[tuple[str, bool]]:
    found = lives((one.decision for one in store.decisions()), TODAY, two_persons=two_persons)
    return [(one.kind, one.complete) for one in found]


def test_one_signature_waits_and_the_second_person_s_makes_the_alert(bench: Bench):
    first = bench.sign()
    assert (bench.now().state, bench.now().signed) == (SignalState.WAITING, None)
    assert _lives(bench.store) == [("issued", False)]
    bench.take("Ben Poe", Action.COUNTERSIGN, of=first.id)
    now = bench.now()
    assert (now.state, now.signed) == (SignalState.ALERT, first)
    assert now.signers == ("reviewer:ada-roe", "reviewer:ben-poe")
    assert _lives(bench.store) == [("issued", True)]
    assert [*forgeries(bench.store.reviewers(), bench.store.decisions())] == []


def test_the_same_person_cannot_be_the_second(bench: Bench):
    first = bench.sign()
    with pytest.raises(BadInput, match="cannot be the second person"):
        bench.take("Ada Roe", Action.COUNTERSIGN, of=first.id)
    assert bench.now().state is SignalState.WAITING


def test_one_key_under_two_names_is_one_person(bench: Bench):
    first = bench.sign()
    again = Reviewer("Ada Again", KEYS["Ada Roe"].public, NOW - timedelta(days=1))
    bench.store.add_reviewer(again)
    taken = Decision(
        *(SIGNAL, Action.COUNTERSIGN, again.id, "me too", bench.at, "verdict:1"), of=first.id
    )
    hand = ReviewerKey(again.id, KEYS["Ada Roe"].private)
    with pytest.raises(BadInput, match="one hand signed twice"):
        bench.store.record(sign_decision(taken, hand))


def test_a_signature_on_other_words_than_those_that_wait_is_refused(bench: Bench):
    first = bench.sign()
    changed = replace(first, advice="Do nothing.")
    with pytest.raises(BadInput, match="is not what waits"):
        bench.take("Ben Poe", Action.COUNTERSIGN, of=changed.id)
    bench.take("Ben Poe", Action.RETURN, of=first.id)
    bench.sign(advice="Carry naloxone and stay together.")
    with pytest.raises(BadInput, match="is not what waits"):
        bench.take("Ben Poe", Action.COUNTERSIGN, of=first.id)
    assert bench.now().state is SignalState.WAITING


def test_words_that_were_changed_in_the_database_are_named(bench: Bench, tmp_path: Path):
    first = bench.sign()
    bench.take("Ben Poe", Action.COUNTERSIGN, of=first.id)
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'decisions.db'}")
    with engine.begin() as connection:
        connection.execute(sa.text("DROP TRIGGER decisions_no_update"))
        swap = "UPDATE decisions SET content = replace(content, 'Carry', 'Drop') WHERE id = :id"
        connection.execute(sa.text(swap), {"id": first.id})
    engine.dispose()
    said = [*forgeries(bench.store.reviewers(), bench.store.decisions())]
    assert any("signature is not Ada Roe's" in one for one in said)
    assert any("is not what waits" in one for one in said)


@pytest.mark.parametrize("name", NAMES)
def test_neither_of_the_two_may_have_been_removed_meanwhile(bench: Bench, name: str):
    first = bench.sign()
    known = next(one for one in bench.store.reviewers() if one.name == name)
    bench.store.add_reviewer(replace(known, removed_at=bench.at))
    with pytest.raises(BadInput, match="was no reviewer"):
        bench.take("Ben Poe", Action.COUNTERSIGN, of=first.id)
    assert bench.now().state is SignalState.WAITING


def test_what_expired_meanwhile_cannot_be_countersigned(bench: Bench):
    first = bench.sign()
    bench.at = datetime(2026, 12, 2, tzinfo=UTC)
    assert bench.now(bench.at.date()).state is SignalState.EXPIRED
    with pytest.raises(BadInput, match="expired cannot take the step countersign"):
        bench.take("Ben Poe", Action.COUNTERSIGN, of=first.id)
    bench.take("Ada Roe", Action.TRIAGE)
    assert bench.now(bench.at.date()).state is SignalState.TRIAGED


def test_what_is_sent_back_never_was_an_alert_and_may_be_signed_anew(bench: Bench):
    first = bench.sign()
    bench.take("Ben Poe", Action.RETURN, of=first.id)
    assert (bench.now().state, _lives(bench.store)) == (SignalState.CONFIRMED, [])
    second = bench.sign(advice="Carry naloxone and stay together.")
    bench.take("Ben Poe", Action.COUNTERSIGN, of=second.id)
    assert bench.now().signed == second


def test_a_lone_signature_is_refused_and_one_from_before_the_rule_waits(tmp_path: Path):
    with _open(tmp_path, two_persons=False) as store:
        for name, key in KEYS.items():
            store.add_reviewer(Reviewer(name, key.public, NOW - timedelta(days=1)))
        before = Bench(store)
        before.assess()
        first = before.sign(persons=1)
        assert before.now().state is SignalState.ALERT
        assert [*alone(store, TODAY)] == []
    with _open(tmp_path, two_persons=True) as store:
        after = Bench(store, before.at)
        assert after.now().state is SignalState.WAITING
        assert [first.id in one for one in alone(store, TODAY)] == [True]
        assert _lives(store) == [("issued", False)]
        with pytest.raises(BadInput, match="withdraw it so that every channel"):
            after.take("Ben Poe", Action.RETURN, of=first.id)
        after.take("Ben Poe", Action.COUNTERSIGN, of=first.id)
        assert (after.now().state, [*alone(store, TODAY)]) == (SignalState.ALERT, [])
        after.take("Ben Poe", Action.WITHDRAW)
        assert [*forgeries(store.reviewers(), store.decisions())] == []


def test_under_the_rule_nobody_signs_alone_and_without_it_a_two_person_alert_still_waits(
    bench: Bench, tmp_path: Path
):
    with pytest.raises(BadInput, match="by one person alone"):
        bench.sign(persons=1)
    bench.sign()
    with _open(tmp_path, two_persons=False) as store:
        assert store.standing(SIGNAL, TODAY).state is SignalState.WAITING
        assert _lives(store, two_persons=False) == [("issued", False)]


def test_a_third_signature_finds_nothing_that_waits(bench: Bench):
    first = bench.sign()
    bench.take("Ben Poe", Action.COUNTERSIGN, of=first.id)
    with pytest.raises(BadInput, match="no signature on"):
        bench.take("Ben Poe", Action.COUNTERSIGN, of=first.id)


@pytest.mark.parametrize(
    ("action", "more"),
    [
        (Action.COUNTERSIGN, {}),
        (Action.TRIAGE, {"of": "decision:1"}),
        (Action.TRIAGE, {"persons": 2}),
        (Action.SIGN, {"persons": 3, "advice": "x", "expires": LAST}),
    ],
)
def test_a_decision_that_says_half_of_it_is_refused(action: Action, more: dict[str, Any]):
    with pytest.raises(BadInput):
        Decision(SIGNAL, action, "reviewer:ada-roe", "looked", NOW, "verdict:1", **more)
