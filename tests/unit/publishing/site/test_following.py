"""Feeds and the calendar: well-formed, dated, in both languages, and stable for who follows."""

import json
from datetime import date
from xml.etree.ElementTree import fromstring

import pytest
from icalendar import Calendar
from tests.material.html_reading import Page
from tests.material.session_record import session_claims
from tests.material.small_release import edition, explain, site, visit

from atalaya.model.errors import WrongUse
from atalaya.promises import record
from atalaya.publishing.site import Edition, Site
from atalaya.publishing.site.drawing import Drawings
from atalaya.publishing.site.following import calendar
from atalaya.publishing.site.following.calendar import Day
from atalaya.publishing.site.languages import language
from atalaya.publishing.site.terms import term

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(path, language="en", as_of=None):
    return fromstring(site().form(site().show(path, visit(path, language, as_of)), "atom"))


def ids(found):
    return [one.findtext(f"{ATOM}id") for one in found.findall(f"{ATOM}entry")]


@pytest.mark.parametrize(
    "path", ["promises", "promises/cnd68-l6", "sessions/cnd68", "countries/KEN", "asks"]
)
def test_a_feed_has_an_entry_for_each_dated_fact_newest_first(path):
    found = feed(path)
    days = [one.findtext(f"{ATOM}updated") for one in found.findall(f"{ATOM}entry")]
    assert days
    assert days == sorted(days, reverse=True)
    assert found.findtext(f"{ATOM}updated") == days[0]
    assert len(set(ids(found))) == len(days)


def test_the_entries_of_a_feed_are_named_alike_in_both_languages_and_say_it_in_each():
    assert ids(feed("sessions/cnd68")) == ids(feed("sessions/cnd68", "es"))
    english, spanish = feed("promises/cnd68-l6"), feed("promises/cnd68-l6", "es")
    assert ids(english) == ids(spanish)
    words = [one.findtext(f"{ATOM}content") for one in spanish.findall(f"{ATOM}entry")]
    assert any("la presidencia de la Comisión" in text for text in words)


def test_a_feed_of_a_resolution_tells_its_follow_up_and_not_each_members_vote():
    titles = [one.findtext(f"{ATOM}title") for one in feed("promises/cnd68-l6")[5:]]
    assert "68/6: appointed" in titles
    assert "68/6: vote" not in titles


@pytest.mark.parametrize(
    ("code", "nothing"),
    [("en", "Nothing published since"), ("es", "No se halló nada con fecha de")],
)
def test_a_search_in_a_feed_says_what_came_of_it_and_not_only_its_words(code, nothing):
    said = [
        one.findtext(f"{ATOM}content")
        for one in feed("promises/cnd68-l6", code).findall(f"{ATOM}entry")
        if one.findtext(f"{ATOM}title") in {"68/6: looked for", "68/6: buscado"}
    ]
    assert said
    assert any(one.startswith(nothing) for one in said)
    assert all(one.startswith((nothing, "Searched for", "Se buscó")) for one in said)


def test_an_entry_on_a_session_leads_to_its_page():
    links = [
        link.get("href")
        for link in feed("sessions/cnd68").iter(f"{ATOM}link")
        if link.get("rel") == "alternate"
    ]
    assert links.count("/en/sessions/cnd68") > 1, "the feed's own, and those of its entries"


def test_the_days_of_a_session_are_named_where_they_are_its_evidence():
    text = Page(site().html(site().show("sessions/cnd68", visit("sessions/cnd68")))).text
    became = " ".join(text.partition("What became of it as a whole")[2].split())
    assert "opened on March 10, 2025" in became


def test_a_body_that_sponsors_is_called_by_its_own_name_in_the_page_s_language():
    for path in ("promises", "promises/cnd68-l5"):
        assert "Unión Europea" in Page(site().html(site().show(path, visit(path, "es")))).text


def test_a_state_s_feed_tells_its_votes():
    titles = [one.findtext(f"{ATOM}title") for one in feed("countries/KEN").findall(f"{ATOM}entry")]
    assert "68/6: vote" in titles


def test_a_page_without_news_has_no_feed():
    with pytest.raises(WrongUse, match="cannot be had as atom"):
        site().form(site().show("about", visit("about")), "atom")


@pytest.mark.parametrize("code", ["en", "es"])
def test_the_calendar_holds_the_days_of_the_session(code):
    made = Calendar.from_ical(site().form(site().show("asks", visit("asks", code)), "ics"))
    days = [one for one in made.walk("VEVENT") if one["DTSTART"].dt == date(2025, 3, 10)]
    (session,) = days
    assert session["DTEND"].dt == date(2025, 3, 15)


@pytest.mark.parametrize(
    ("code", "under"), [("en", "Due under 68/6: "), ("es", "Vence según 68/6: ")]
)
def test_the_calendar_names_the_text_and_holds_nothing_that_is_disputed(code, under):
    made = Calendar.from_ical(site().form(site().show("asks", visit("asks", code)), "ics"))
    due = [str(one["SUMMARY"]) for one in made.walk("VEVENT") if "68/6" in str(one["SUMMARY"])]
    assert due
    assert all(one.startswith(under) for one in due)
    cards = site().show("asks", visit("asks", code)).view.asks
    disputed = [one.asks.own_words or one.asks.text for one in cards if one.asks.disputed]
    assert disputed
    assert not [one for one in due if one.removeprefix(under) in disputed]


def test_the_list_calls_a_session_by_its_name_and_not_by_its_key():
    shown = site().show("asks", visit("asks", "es"))
    (whole,) = [one for one in shown.view.wholes if one.kind == "session"]
    assert (
        whole.name
        == "68.º período de sesiones de la Comisión de Estupefacientes de las Naciones Unidas"
    )
    assert f">{whole.name}</a>" in site().html(shown)


@pytest.mark.parametrize(("code", "draft"), [("en", "(draft)"), ("es", "(proyecto)")])
def test_a_draft_is_called_one_in_the_language_of_the_page(code, draft):
    for path in ("asks", "countries/CHL", "claims"):
        page = Page(site().html(site().show(path, visit(path, code)))).text
        assert draft in page, path
        assert code == "en" or "(draft)" not in page, path


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("Office of the High Commissioner for Human Rights", "Oficina del Alto Comisionado"),
        ("Human Rights Council", "Consejo de Derechos Humanos"),
        ("human rights mechanisms", "mecanismos de derechos humanos"),
        ("if-available", "si hay recursos"),
    ],
)
def test_who_is_asked_and_with_what_money_is_said_in_spanish(slug, words):
    assert term(slug, language("es")).startswith(words)


def test_the_calendar_keeps_names_dates_and_texts_that_need_escaping():
    day = Day(
        "ask-1", date(2027, 3, 31), date(2027, 3, 31), "Due: a, b; c\\d", "line 1\nline 2 " * 9
    )
    made = Calendar.from_ical(calendar("Ours", [day], visit("asks"), language("en")))
    (event,) = made.walk("VEVENT")
    assert str(event["SUMMARY"]) == day.title
    assert str(event["DESCRIPTION"]) == day.says
    again = Calendar.from_ical(calendar("Ours", [day], visit("asks", "es"), language("es")))
    assert again.walk("VEVENT")[0]["UID"] == event["UID"]


def test_an_ask_s_page_says_its_status_and_what_that_rests_on():
    view = json.loads(site().twin(site().show("asks/cnd68-l6-1", visit("asks/cnd68-l6-1"))))["view"]
    assert view["card"]["about"]["key"] == "cnd68-l6"
    assert view["card"]["status"] in {"done", "under way", "nothing found", "unknown"}
    with pytest.raises(WrongUse, match="no ask"):
        site().show("asks/cnd68-l6-99", visit("asks/cnd68-l6-99"))


def test_the_session_s_page_counts_how_the_states_that_were_met_voted():
    view = site().show("sessions/cnd68", visit("sessions/cnd68")).view
    ((about, ways),) = view.advocacy.counted
    assert about.symbol == "68/6"
    assert dict(ways) == {"in favour": 5, "against": 1, "abstained": 1}
    assert len(view.advocacy.cards) == 7


def test_a_search_says_where_it_was_made_in_the_pages_language():
    for code, where, other in (
        ("en", "stored public pages", "páginas públicas guardadas"),
        ("es", "páginas públicas guardadas", "stored public pages"),
    ):
        page = site().html(site().show("asks/cnd68-l6-1", visit("asks/cnd68-l6-1", code)))
        assert where in page
        assert other not in page


def test_an_ask_on_which_pages_differ_is_one_page_with_both_dates_and_in_no_calendar():
    known = edition()
    together = Edition(known.release, known.names)
    together.sessions = (*known.sessions, *record(session_claims("hrc60")))
    pages = Site(together, "Both", explain, Drawings())
    cards = {one.key: one for one in pages.show("asks", visit("asks")).view.asks}
    assert [one for one in cards if one.startswith("hrc60")] == [
        f"hrc60-l31-{n}" for n in range(1, 5)
    ]
    card = cards["hrc60-l31-1"]
    assert card.by is None
    assert [(side.by, side.fact.disputed) for side in card.sides] == [
        ("2026-09", True),
        ("2027", True),
    ]
    assert len({side.fact.cites for side in card.sides}) == 2
    at = "asks/hrc60-l31-1"
    page = pages.html(pages.show(at, visit(at, "es")))
    assert "Las páginas discrepan" in page
    assert '<time datetime="2026-09">' in page
    assert '<time datetime="2027">' in page
    calendar_page = pages.form(pages.show("asks", visit("asks")), "ics")
    assert "hrc60-l31-1" not in str(calendar_page)
