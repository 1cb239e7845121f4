"""The form of the page of claims: own pages only, a limited size, nothing kept, no script."""

import logging

import pytest
from tests.material.html_reading import Page
from tests.material.web_house import ORIGIN, House

from atalaya.publishing.site.views.claims import LONGEST

OURS = {"Origin": ORIGIN}
TEXT = "Kenya abstained on L.6. Will Peru vote against it?"


@pytest.fixture
def client():
    return House().client()


def _post(client, text, code="en", headers=OURS):
    return client.post(f"/{code}/claims", data={"text": text}, headers=headers)


def test_the_form_is_plain_html_and_its_answer_needs_no_script(client):
    shown = client.get("/en/claims")
    assert Page(shown.text).wrong == []
    assert '<form method="post" action="/en/claims#answers"' in shown.text
    answer = _post(client, TEXT)
    assert answer.status_code == 200
    assert "Kenya: abstained" in answer.text
    assert answer.text.count("<strong>agrees</strong>") == 1, "a question is no claim"


def test_the_answer_is_in_the_language_of_the_page(client):
    answer = _post(client, TEXT, "es").text
    assert "coincide" in answer
    assert "sobre 68/6 las fuentes anotan: Kenia: abstención" in answer
    assert "letras" in answer


def test_a_pasted_text_is_shown_back_as_text(client):
    answer = _post(client, "<script>alert(1)</script> Kenya abstained on L.6.")
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_a_longer_text_is_refused_on_the_page_and_not_read(client):
    answer = _post(client, "Kenya abstained on L.6. " * (LONGEST // 10))
    assert answer.status_code == 413
    assert "longer than 20,000 letters" in answer.text
    assert "Kenya" not in answer.text
    assert "más de 20.000 letras" in _post(client, "x" * (LONGEST + 1), "es").text
    assert _post(client, "é" * LONGEST).status_code == 200


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://elsewhere.example"}])
def test_a_form_of_another_site_is_refused(client, headers):
    assert _post(client, TEXT, headers=headers).status_code == 403


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"text=%FF%FE", "application/x-www-form-urlencoded"),
        ("text=é".encode(), "application/x-www-form-urlencoded"),
        (b"a=1&b=2&c=3&d=4&e=5&f=6", "application/x-www-form-urlencoded"),
        (b'{"text": "x"}', "application/json"),
        (b"text=x", "multipart/form-data; boundary=x"),
    ],
)
def test_what_is_no_such_form_is_refused(client, content, kind):
    answer = client.post("/en/claims", content=content, headers=OURS | {"Content-Type": kind})
    assert answer.status_code == 400


def test_an_unknown_language_has_no_form(client):
    assert _post(client, TEXT, "xx").status_code == 404


def test_nothing_of_a_text_is_kept_logged_or_cached(client, caplog, capfd):
    with caplog.at_level(logging.DEBUG):
        answer = _post(client, "Zanahoria abstained on L.6.")
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    assert "Zanahoria" not in caplog.text
    assert "Zanahoria" not in "".join(capfd.readouterr())
    assert "Zanahoria" not in client.get("/en/claims").text
    assert "Zanahoria" not in client.get("/en/claims?pasted=Zanahoria&text=Zanahoria").text


def test_the_form_can_be_sent_empty(client):
    answer = _post(client, "")
    assert answer.status_code == 200
    assert "What the record says of it" not in answer.text
