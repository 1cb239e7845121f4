"""The form of the page of claims: answered in the page's language, kept nowhere, bounded."""

import pytest
from tests.material.web_house import House

from atalaya.publishing.site.views.claims import LONGEST

CLIENT = House().client()
HERE = {"sec-fetch-site": "same-origin"}
SENTENCE = "Resolution 68/6 was adopted by 30 votes to 3, with 18 abstentions."


def post(text, code="en", headers=HERE, **more):
    return CLIENT.post(f"/{code}/claims", data={"text": text}, headers=headers, **more)


def test_a_pasted_sentence_is_answered_and_no_cache_keeps_it():
    answer = post(SENTENCE)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "68/6" in answer.text
    assert "30 votes to 3" in answer.text


def test_the_answer_is_in_the_language_of_the_page():
    assert '<html lang="es">' in post(SENTENCE, "es").text
    assert post(SENTENCE, "es").text != post(SENTENCE).text


def test_the_page_works_without_a_script_and_sends_the_text_in_its_body():
    page = CLIENT.get("/en/claims").text
    form = page[page.index('method="post"') - 200 :]
    assert 'name="text"' in form


def test_a_text_that_is_too_long_is_refused_before_it_is_read_whole():
    assert post("word " * LONGEST).status_code == 413


def test_what_is_pasted_is_shown_as_text_and_never_as_markup():
    page = post("<script>alert(1)</script> Kenya abstained on resolution 68/6.").text
    assert "<script>alert(1)" not in page


@pytest.mark.parametrize("headers", [{}, {"sec-fetch-site": "cross-site"}, {"origin": "https://x"}])
def test_a_form_from_elsewhere_is_refused(headers):
    assert post(SENTENCE, headers=headers).status_code in {400, 403}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"text=%ff%fe", "application/x-www-form-urlencoded"),
        (b"&".join([b"a=1"] * 99), "application/x-www-form-urlencoded"),
        (b'{"text": "x"}', "application/json"),
    ],
)
def test_a_body_that_is_no_form_of_ours_is_refused_with_a_remedy(body, kind):
    answer = CLIENT.post("/en/claims", content=body, headers=HERE | {"content-type": kind})
    assert answer.status_code == 400
    assert "paste the text" in answer.text
