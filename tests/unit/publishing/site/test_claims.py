from dataclasses import replace

from tests.material.promised import said, session
from tests.material.small_release import edition, site, visit

from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.views.claims import claims


def page(language, query):
    asked = visit("claims", language, pasted=query)
    return site().html(site().show("claims", asked))


def test_a_pasted_claim_is_answered_in_the_pages_language_with_its_sources():
    text = (
        "The resolution (E/CN.7/2025/L.6/Rev.1) was adopted by 30 votes to 3, with 12 abstentions."
    )
    assert "sources declare 30-3-18" in page("en", text)
    spanish = page("es", text)
    assert "difiere" in spanish
    assert "las fuentes declaran 30-3-18" in spanish
    assert 'rel="external nofollow"' in spanish


def test_what_is_pasted_is_shown_as_text_and_never_run():
    assert "<script>alert" not in page("en", "<script>alert(1)</script> L.6")


def test_an_answer_leads_to_the_rows_it_rests_on():
    text = "Kenya abstained on L.6 and Argentina voted against it."
    assert page("en", text).count("/en/why?ref=claim%3A") >= 2
    assert "/es/why?ref=claim%3A" in page("es", text)


def test_a_text_in_the_address_is_not_read():
    asked = visit("claims", "en", q="Kenya abstained on L.6.")
    assert site().show("claims", asked).view.answers == ()


def test_the_report_of_the_session_stands_with_what_differs_after_what_agrees():
    shown = site().show("claims", visit("claims")).view
    assert shown.report is not None
    assert shown.agrees
    differs = {one.fact.predicate for one in shown.differs}
    assert differs >= {"sponsor", "effect", "how-resolutions-were-adopted"}
    assert all(one.fact.cites == shown.report for one in (*shown.agrees, *shown.differs))
    differing = next(one for one in shown.differs if one.fact.predicate == "sponsor")
    assert differing.others


def test_what_only_the_report_says_does_not_agree_with_itself():
    shown = site().show("claims", visit("claims")).view
    assert all("http" in one.fact.how_checked or one.others for one in shown.agrees)
    assert any("no second file" in one.fact.how_checked for one in shown.untold)


def test_what_is_said_of_another_session_is_not_held_against_the_report():
    known = edition()
    together = Edition(known.release, known.names)
    facts = (said("35th session of a forum", predicate="name"),)
    together.sessions = (*known.sessions, replace(session(), facts=facts))
    shown = claims(together, visit("claims"), "")
    every = [*shown.agrees, *shown.differs, *shown.untold]
    (name,) = [one for one in every if one.fact.predicate == "name"]
    assert name.others == ()
    assert len(every) == len(report_alone(known))


def report_alone(known):
    shown = claims(known, visit("claims"), "")
    return [*shown.agrees, *shown.differs, *shown.untold]


def test_each_draft_number_stands_beside_its_text_with_what_was_looked_for_under_it():
    shown = site().show("claims", visit("claims")).view
    numbers = {one.about.key: one for one in shown.numbers}
    assert list(numbers) == [f"cnd68-l{n}" for n in range(2, 8)]
    five = numbers["cnd68-l5"]
    assert [fact.text for fact in five.drafts] == ["E/CN.7/2025/L.5"]
    assert five.topic.text.startswith("safety of the officers")
    assert not five.differs
    (search,) = five.looked
    assert search.period == "2026-11-25"
    assert "names no page" in search.text
    spanish = site().html(site().show("claims", visit("claims", "es")))
    assert "Números de proyecto" in spanish
    assert "seguridad de los agentes" in spanish
