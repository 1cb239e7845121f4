"""Reviewing: a key signs in, a form decides, and nobody else can."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.material.clocks import NOW
from tests.material.html_reading import Page
from tests.material.review_bench import KEY, OURS, Bench, opened
from tests.material.web_house import ORIGIN, House, StoreDesk

from atalaya.findings import sessions as sign_ins
from atalaya.findings.reviewers import ReviewerKey
from atalaya.model.records import SignalState
from atalaya.web.sessions import COOKIE


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    yield from opened(tmp_path)


def test_a_reviewer_signs_in_with_a_key_that_stays_at_home(bench: Bench) -> None:
    assert bench.sign_in().status_code == 303
    assert "Signed in as Ada Reviewer." in bench.client.get("/en/review").text


def test_the_cookie_is_closed_to_scripts_and_to_other_sites(bench: Bench) -> None:
    cookie = bench.client.get("/en/review").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Path=/" in cookie


def test_signing_in_changes_the_session_s_name(bench: Bench) -> None:
    bench.client.get("/en/review")
    before = bench.client.cookies[COOKIE]
    bench.sign_in()
    assert bench.client.cookies[COOKIE] != before


def test_a_stranger_s_key_signs_nobody_in(bench: Bench) -> None:
    answer = bench.sign_in(ReviewerKey.create("reviewer:ada-reviewer"))
    assert answer.status_code == 400
    assert "Paste its answer" in bench.client.get("/en/review").text


@pytest.mark.parametrize("answer", ["", "nonsense", "e30=", "\u00f1", "A" * 3999, "W1tb" * 999])
def test_an_answer_that_is_none_is_refused_plainly(bench: Bench, answer: str) -> None:
    token = bench.token()
    fields = {"token": token, "answer": answer}
    refused = bench.client.post("/en/review/sign-in", data=fields, headers=OURS)
    assert refused.status_code == 400
    assert "Traceback" not in refused.text


def test_an_answer_to_another_browser_is_refused(bench: Bench) -> None:
    text = House(desk=StoreDesk(bench.store)).client().get("/en/review").text
    line = re.search(r"atalaya-sign-in-1 \S+ [0-9TZ:-]+", text.replace("&#43;", "+"))
    assert line
    fields = {"token": bench.token(), "answer": sign_ins.answer(line.group(), bench.key)}
    refused = bench.client.post("/en/review/sign-in", data=fields, headers=OURS)
    assert refused.status_code == 400
    assert "another sign-in" in refused.text


def test_a_signal_goes_from_triage_to_a_signed_alert_and_back(bench: Bench) -> None:
    bench.sign_in()
    for action, state in (("triage", SignalState.TRIAGED), ("confirm", SignalState.CONFIRMED)):
        assert bench.decide(action).status_code == 303
        assert bench.state() is state
    last = (NOW + timedelta(days=30)).date().isoformat()
    assert bench.decide("sign", advice="carry naloxone", expires=last).status_code == 303
    page = bench.client.get(f"/en/signals/{KEY}").text
    assert "alert, signed by a person" in page
    assert "Signed by Ada Reviewer. Holds until December 23, 2026." in page
    bench.clock.at += timedelta(days=31)
    assert "expired alert" in bench.client.get(f"/en/signals/{KEY}").text


def test_a_withdrawn_alert_is_gone_at_the_next_reading(bench: Bench) -> None:
    bench.sign_in()
    for action in ("triage", "confirm"):
        bench.decide(action)
    bench.decide("sign", advice="carry naloxone", expires="2026-12-01")
    assert "carry naloxone" in bench.client.get(f"/en/signals/{KEY}").text
    bench.decide("withdraw")
    assert "carry naloxone" not in bench.client.get(f"/en/signals/{KEY}").text


def test_the_form_offers_only_what_the_state_allows(bench: Bench) -> None:
    bench.sign_in()
    page = Page(bench.client.get(f"/en/review/{KEY}").text)
    offered = [found["value"] for found in page.all("button") if found.get("name") == "action"]
    assert offered == ["triage", "dismiss"]
    assert page.wrong == []


@pytest.mark.parametrize(
    ("action", "more"),
    [
        ("confirm", {}),
        ("nonsense", {}),
        ("triage", {"reason": " "}),
        ("sign", {"advice": "x", "expires": "soon"}),
    ],
)
def test_a_step_that_is_not_possible_is_refused_and_stores_nothing(
    bench: Bench, action: str, more: dict[str, str]
) -> None:
    bench.sign_in()
    assert bench.decide(action, **more).status_code == 400
    assert bench.store.decisions() == ()


FOREIGN = [
    {"Origin": "https://elsewhere.example"},
    {"Origin": "null"},
    {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Accept": "text/html"},
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_form_from_elsewhere_decides_nothing(bench: Bench, headers: dict[str, str]) -> None:
    bench.sign_in()
    refused = bench.decide("triage", headers=headers)
    assert refused.status_code == 403
    assert bench.store.decisions() == ()


def test_a_form_without_its_token_decides_nothing(bench: Bench) -> None:
    bench.sign_in()
    for token in ("", "wrong", "ñ"):
        assert bench.decide("triage", token=token).status_code == 403
    assert bench.store.decisions() == ()


def test_who_has_not_signed_in_sees_no_form_and_decides_nothing(bench: Bench) -> None:
    assert bench.client.get(f"/en/review/{KEY}").headers["location"] == "/en/review"
    assert bench.decide("triage").status_code == 403
    assert bench.store.decisions() == ()


def test_a_session_ends_after_its_hours(bench: Bench) -> None:
    bench.sign_in()
    bench.clock.at += timedelta(hours=8, seconds=1)
    assert "Paste its answer" in bench.client.get("/en/review").text


def test_signing_out_ends_the_session_everywhere(bench: Bench) -> None:
    bench.sign_in()
    cookie = bench.client.cookies[COOKIE]
    bench.client.post("/en/review/sign-out", data={"token": bench.token()}, headers=OURS)
    bench.client.cookies.set(COOKIE, cookie)
    assert "Paste its answer" in bench.client.get("/en/review").text


def test_a_forged_cookie_is_nobody(bench: Bench) -> None:
    for forged in ("x", "x.y", ".", "\x7f"):
        bench.client.cookies.clear()
        bench.client.cookies.set(COOKIE, forged)
        assert "Paste its answer" in bench.client.get("/en/review").text


def test_review_pages_are_never_kept_by_a_cache(bench: Bench) -> None:
    assert bench.client.get("/en/review").headers["cache-control"] == "no-store"


def test_sign_ins_that_nobody_finishes_do_not_fill_the_memory(bench: Bench) -> None:
    first = bench.client.get("/en/review").cookies[COOKIE]
    for _ in range(205):
        bench.client.cookies.clear()
        bench.client.get("/en/review")
    bench.client.cookies.clear()
    bench.client.cookies.set(COOKIE, first)
    token = bench.client.get("/en/review")
    assert token.headers["set-cookie"].split(";")[0] != f"{COOKIE}={first}"


def test_a_signal_that_is_not_published_cannot_be_decided_on(bench: Bench) -> None:
    bench.sign_in()
    fields = {"token": bench.token(), "action": "triage", "reason": "x"}
    refused = bench.client.post("/en/review/0000", data=fields, headers=OURS)
    assert refused.status_code == 404
