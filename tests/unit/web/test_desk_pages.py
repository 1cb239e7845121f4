"""The desk's pages: the week's board, all of one signal, and a form that loses nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.material.html_reading import Page
from tests.material.review_bench import KEY, OURS, SIGNAL, Bench, opened
from tests.material.web_house import reviewer

from atalaya.findings.states import Action
from atalaya.model.records import SignalState

FORM = {
    "advice": "Carry naloxone.",
    "expires": "2026-12-31",
    "reason": "two laboratories agree",
    "exposure": "Smoked.\r\nAlso injected.",
    "language": "es",
    "evidence": "biological-sample",
    "reliability": "B",
    "credibility": "2",
    "likelihood": "likely",
}


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    for made in opened(tmp_path):
        made.sign_in()
        yield made


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Bench]:
    for made in opened(tmp_path, two_persons=True):
        made.sign_in()
        yield made


def _assess(bench: Bench) -> None:
    for action in ("triage", "monitor", "confirm"):
        assert bench.decide(action).status_code == 303


def _page(bench: Bench, code: str = "en") -> str:
    return bench.client.get(f"/{code}/review/{KEY}").text


def test_the_first_page_is_the_week_s_board_with_what_each_rank_is_made_of(bench: Bench) -> None:
    page = bench.client.get("/en/review").text
    week = page[page.index('id="week"') : page.index('id="queue"')]
    assert "5 left of the budget" in week
    assert week.count("What its rank is made of") == 5
    assert "9 observed, 0 expected" in week
    assert "first ever" in week
    queue = page[page.index('id="queue"') : page.index('id="lately"')]
    assert "late case" in queue
    assert "0.35 – 0.75" in queue
    assert Page(page).wrong == []


def test_what_was_decided_is_on_the_board_with_who_when_and_why(bench: Bench) -> None:
    bench.decide("triage", reason="a <b>first</b> look")
    page = bench.client.get("/en/review").text
    lately = page[page.index('id="lately"') :]
    assert "a &lt;b&gt;first&lt;/b&gt; look" in lately
    assert "Ada Reviewer" in lately
    assert "November 23, 2026 12:00 UTC" in lately
    assert "Decided on, with nothing new since" in lately


def test_a_signed_alert_uses_the_week_s_budget_up(bench: Bench) -> None:
    _assess(bench)
    assert bench.decide("sign", **FORM).status_code == 303
    page = bench.client.get("/en/review").text
    assert "4 left of the budget" in page


def test_nobody_sees_the_board_without_signing_in(bench: Bench) -> None:
    bench.client.cookies.clear()
    page = bench.client.get("/en/review").text
    assert 'id="week"' not in page
    assert KEY not in page


@pytest.mark.parametrize("code", ["en", "es"])
def test_a_signal_s_page_shows_all_of_it(bench: Bench, code: str) -> None:
    page = _page(bench, code)
    parts = ("stands", "evidence-heading", "chart", "chain", "past", "decide", "table")
    places = [page.index(f'id="{name}"') for name in parts]
    assert places == sorted(places)
    assert {"en": "What each source says", "es": "Qué dice cada fuente"}[code] in page
    assert ("likely (55–80 %)" in page) is False  # only who may sign grades
    assert Page(page).wrong == []


def test_past_signals_stand_with_their_ground_and_what_became_of_them(bench: Bench) -> None:
    page = _page(bench)
    past = page[page.index('id="past"') : page.index('id="decide"')]
    assert "same kind of start" in past
    assert "counted in more months than in the year before" in past
    assert "not reviewed by a person" in past


def test_the_steps_are_named_and_every_decision_is_shown(bench: Bench) -> None:
    _assess(bench)
    page = _page(bench)
    assert 'aria-current="step">Assessed<' in page
    stands = page[page.index('id="stands"') : page.index('id="evidence-heading"')]
    newest_first = [stands.index(step) for step in ("Confirm<", "Keep in sight", "Take up for")]
    assert newest_first == sorted(newest_first)
    assert stands.count("looked at it") == 3


@pytest.mark.parametrize(
    ("code", "words"), [("en", "DRAFT"), ("es", "BORRADOR"), ("pt", "RASCUNHO")]
)
def test_the_draft_is_written_in_three_languages(bench: Bench, code: str, words: str) -> None:
    _assess(bench)
    page = bench.client.get(f"/en/review/{KEY}?draft={code}").text
    assert words in page
    assert page.count("<textarea") == 13  # why, advice, ten fields, why


def test_the_form_is_signed_with_what_the_release_says(bench: Bench) -> None:
    _assess(bench)
    assert bench.decide("sign", **FORM).status_code == 303
    signed = bench.store.decisions(SIGNAL)[-1].decision
    assert signed.action is Action.SIGN
    assert signed.alert is not None
    assert signed.alert["form"]["exposure"] == "Smoked. Also injected."
    assert signed.alert["form"]["evidence"] == "biological-sample"
    assert signed.alert["said"]["observed"] == "9"
    graded = _page(bench)
    assert graded.count('class="chosen" aria-current="true"') == 4  # each scale by itself


REFUSED = [
    ("advice", "Three people died."),
    ("advice", " "),
    ("expires", "soon"),
    ("expires", "2020-01-01"),
    ("health_risks", "x" * 501),
    ("other", "Ask at somebody@example.org"),
    ("likelihood", "perhaps"),
    ("reason", ""),
]


@pytest.mark.parametrize("code", ["en", "es"])
@pytest.mark.parametrize(("name", "text"), REFUSED)
def test_what_is_refused_comes_back_marked_and_nothing_is_lost(
    bench: Bench, code: str, name: str, text: str
) -> None:
    _assess(bench)
    before = bench.store.decisions()
    sent = {"token": bench.token(), "action": "sign"} | FORM | {name: text}
    back = bench.client.post(f"/{code}/review/{KEY}", data=sent, headers=OURS)
    assert back.status_code == 400
    assert bench.store.decisions() == before
    assert f'id="problem-{name}"' in back.text
    assert f'href="#{name}"' in back.text
    assert f'aria-describedby="problem-{name}' in back.text or name == "likelihood"
    kept = {"advice": "Carry naloxone.", "reason": "two laboratories agree", "exposure": "Also inj"}
    assert [
        words for field, words in kept.items() if field != name and words not in back.text
    ] == []
    assert 'value="biological-sample" checked' in back.text
    assert 'value="B" checked' in back.text
    assert Page(back.text).wrong == []


def test_an_impossible_step_is_said_in_the_page_s_language(bench: Bench) -> None:
    sent = {"token": bench.token(), "action": "confirm", "reason": "porque sí"}
    back = bench.client.post(f"/es/review/{KEY}", data=sent, headers=OURS)
    assert back.status_code == 400
    assert "no puede dar el paso confirm" in back.text
    assert "porque sí" in back.text


def test_words_are_kept_when_the_database_is_busy(bench: Bench, tmp_path: Path) -> None:
    _assess(bench)
    engine = bench.store._engine
    sa.event.listen(engine, "begin", lambda one: one.exec_driver_sql("PRAGMA busy_timeout=0"))
    other = sqlite3.connect(tmp_path / "decisions.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    busy = bench.decide("sign", **FORM)
    other.execute("ROLLBACK")
    other.close()
    assert busy.status_code == 503
    assert "Carry naloxone." in busy.text
    assert bench.decide("sign", **FORM).status_code == 303


def test_a_preview_stores_nothing_and_keeps_every_word(bench: Bench) -> None:
    _assess(bench)
    before = bench.store.decisions()
    back = bench.decide("preview", **FORM | {"language": "pt"})
    assert back.status_code == 200
    assert bench.store.decisions() == before
    assert "Smoked. Also injected." in back.text
    assert "degrau 6 de 7" in back.text


def test_words_written_in_a_session_that_is_over_are_given_back(bench: Bench) -> None:
    token = bench.token()
    bench.client.cookies.clear()
    sent = {"token": token, "action": "sign"} | FORM
    back = bench.client.post(f"/en/review/{KEY}", data=sent, headers=OURS)
    assert (back.status_code, bench.store.decisions()) == (403, ())
    assert "Carry naloxone." in back.text
    foreign = {"Origin": "https://elsewhere.example"}
    away = bench.client.post(f"/en/review/{KEY}", data=sent, headers=foreign)
    assert (away.status_code, "Carry naloxone." in away.text) == (403, False)


def test_two_people_sign_in_the_browser_and_until_then_it_waits(two: Bench) -> None:
    _assess(two)
    assert two.decide("sign", **FORM).status_code == 303
    assert two.state() is SignalState.WAITING
    first = two.store.decisions(SIGNAL)[-1].decision
    public = two.client.get(f"/en/signals/{KEY}").text
    assert "signed by one person, waiting for a second" in public
    assert "Carry naloxone." not in public
    assert 'value="countersign"' not in _page(two)  # Ada has signed already
    assert two.decide("countersign", of=first.id).status_code == 400

    two.client.cookies.clear()
    two.sign_in(reviewer(two.store, "Ben Second"))
    assert "Waiting for a second person" in two.client.get("/en/review").text
    assert "Qué hacer: Carry naloxone." in _page(two)
    assert two.decide("countersign", of="decision:0000").status_code == 400
    assert two.state() is SignalState.WAITING
    assert two.decide("countersign", of=first.id).status_code == 303
    assert two.state() is SignalState.ALERT
    assert "Signed by Ada Reviewer, Ben Second." in two.client.get(f"/en/signals/{KEY}").text


def test_the_second_person_can_send_it_back_with_a_reason(two: Bench) -> None:
    _assess(two)
    two.decide("sign", **FORM)
    first = two.store.decisions(SIGNAL)[-1].decision
    two.client.cookies.clear()
    two.sign_in(reviewer(two.store, "Ben Second"))
    assert two.decide("return", of=first.id, reason="name the route").status_code == 303
    assert two.state() is SignalState.CONFIRMED
    assert "name the route" in _page(two)
