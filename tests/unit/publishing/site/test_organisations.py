"""Bodies, events and who holds them with whom: figures from the claims, and nothing without why."""

from collections import Counter, defaultdict
from functools import cache
from itertools import combinations

import pytest
from tests.material.html_reading import Page
from tests.material.named_bodies import known_names
from tests.material.session_record import session_claims
from tests.material.small_release import StandInRelease, explain, release, site, visit

from atalaya.model.errors import WrongUse
from atalaya.promises import record
from atalaya.publishing.site import Edition, Site
from atalaya.publishing.site.bodies import bodies_of
from atalaya.publishing.site.names import RegisterNames
from atalaya.publishing.site.pages import PAGES, keys_of
from atalaya.publishing.site.ties import Tie, ties_chart
from atalaya.publishing.site.views.cohosting import _least

HOSTS = ("organiser", "co-host")
LANGUAGES = ("en", "es")


@cache
def _named() -> Site:
    """The same release with the names of the registers."""
    return Site(Edition(release(), RegisterNames()), "Test", explain, None)


@cache
def _rows():
    """Give event -> the claims that name its hosts, each with its body, counted from the claims."""
    known = known_names(record(session_claims()))
    found = defaultdict(list)
    for row in session_claims().to_pylist():
        if row["predicate"] in HOSTS:
            body = row["territory"] or known[row["text"]].body
            found[row["subject"]].append((body, row))
    return dict(found)


def _held():
    return Counter(body for rows in _rows().values() for body in {body for body, _ in rows})


def _page(path, language="en", shown=None, **query):
    pages = shown or site()
    return Page(pages.html(pages.show(path, visit(path, language, **query))))


def _view(path, **query):
    return site().show(path, visit(path, **query)).view


def test_the_list_holds_every_body_of_the_claims_once_with_its_events() -> None:
    view = _view("organisations")
    cards = (*view.organisations, *view.states)
    held = {card.facts.id: card.facts.held for card in cards if card.facts.held}
    assert held == dict(_held())
    assert {card.facts.on_record for card in cards} == {len(_rows())}
    assert len({card.link.key for card in cards}) == len(cards)
    assert all(card.facts.state == card.facts.id.startswith("territory:") for card in cards)


@pytest.mark.parametrize("asked", ["villa maraini", "VILLA", "croce rossa", "Misión", "mision"])
def test_a_body_is_found_by_any_of_its_names(asked: str) -> None:
    view = _view("organisations", q=asked)
    names = {name.text for card in view.organisations for name in card.facts.names}
    assert names
    assert len(view.organisations) < 5
    assert any(asked.casefold()[:4] in name.casefold() or "Misión" in name for name in names)
    assert 'name="q"' in site().html(site().show("organisations", visit("organisations")))


def test_a_search_in_vain_says_so_and_what_is_asked_is_shown_as_text() -> None:
    page = _page("organisations", q="<script>alert(1)</script>")
    assert "The record names nobody of that name." in page.text
    assert "alert(1)" not in "".join(str(found) for found in page.all("script"))


def test_every_body_has_a_page_that_says_its_names_and_why() -> None:
    edition = site().edition
    bodies = bodies_of(edition)
    (page,) = [page for page in PAGES if page.name == "organisation"]
    assert set(keys_of(page, edition)) == {one.key for one in bodies.found.values()}
    for body in bodies.found.values():
        view = _view(f"organisations/{body.key}")
        assert view.names
        assert all(name.because for name in view.names)
        assert [one.link.key for one in view.events] == [
            name.partition(":")[2] for name in body.events
        ]
        assert view.events or view.drafts or view.met


def test_the_page_of_a_body_of_several_names_tells_each_with_its_reason_in_both_languages() -> None:
    body = next(one for one in bodies_of(site().edition).found.values() if len(one.names) > 2)
    for language in LANGUAGES:
        text = _page(f"organisations/{body.key}", language).text
        assert all(name.text in text for name in body.names)
    english = body.names[0].because
    assert english in _page(f"organisations/{body.key}").text
    assert english not in _page(f"organisations/{body.key}", "es").text


def test_partners_and_the_matrix_are_counted_from_the_claims() -> None:
    shared: Counter[frozenset[str]] = Counter()
    for rows in _rows().values():
        for pair in combinations(sorted({body for body, _ in rows}), 2):
            shared[frozenset(pair)] += 1
    bodies = bodies_of(site().edition)
    found = {
        frozenset((one, partner.body)): partner.together
        for one, partners in bodies.partners.items()
        for partner in partners
    }
    assert found == dict(shared)
    view = _view("gatherings")
    for row, line in zip(view.matrix, view.often, strict=True):
        for cell, other in zip(row.cells, view.often, strict=True):
            if cell is None:
                assert line is other
            else:
                assert cell.together == shared[frozenset((line.facts.id, other.facts.id))]
    assert view.further + len(view.pairs) == len(shared)
    assert len(view.pairs) == sum(number >= view.shared for number in shared.values()) <= 40


def test_the_page_of_gatherings_keeps_ties_whole_and_shows_the_denominator() -> None:
    view, held = _view("gatherings"), _held()
    assert {line.facts.id for line in view.often} == {
        body for body, number in held.items() if number >= view.least
    }
    assert len(view.often) <= 20
    assert len(view.often) + len(view.rest) == view.bodies == len(held)
    assert sum(len(one.events) for one in view.sessions) == view.events == len(_rows())
    text = _page("gatherings").text
    most = max(held.values())
    assert f"{most} of {len(_rows())}" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_has_an_alternative_and_its_table(language: str) -> None:
    page = _page("gatherings", language)
    (plot,) = [found for found in page.all("div") if found.get("role") == "img"]
    first = _view("gatherings").pairs[0]
    said = plot["aria-label"] or ""
    assert first.one.name in said
    assert first.other.name in said
    assert any(found.get("href") == "#pairs" for found in page.all("a"))
    assert page.all("svg")


def test_every_figure_of_the_pages_opens_its_row() -> None:
    for path in ("gatherings", "organisations", "organisations/knowmad-institut"):
        figures = [
            str(found["href"]) for found in _page(path).all("a") if found.get("class") == "figure"
        ]
        assert figures
        assert all("/why?ref=" in link for link in figures)


def test_an_event_names_its_hosts_in_order_each_with_its_body_and_its_source() -> None:
    for name, rows in _rows().items():
        key = name.partition(":")[2]
        view = _view(f"events/{key}")
        printed = [row["text"] for _, row in rows if row["predicate"] == "co-host"]
        assert [one.fact.text for one in view.co_hosts] == printed
        bodies = bodies_of(site().edition)
        keys = [bodies.found[body].key for body, row in rows if row["predicate"] == "co-host"]
        assert [one.body and one.body.key for one in view.co_hosts] == keys
        claims = {row["id"] for _, row in rows}
        assert {one.fact.reference for one in (*view.organisers, *view.co_hosts)} == claims
        assert view.session == "cnd68"


def test_attendance_is_said_with_how_it_was_read_and_else_not_said() -> None:
    claims = session_claims().to_pylist()
    counted = {row["subject"]: row for row in claims if row["predicate"] == "attendance"}
    for name in _rows():
        page = _page(f"events/{name.partition(':')[2]}")
        if name in counted:
            assert f"{counted[name]['value']:g}" in page.text
            assert counted[name]["how_checked"] in page.text
        else:
            assert "not said" in page.text
    assert set(_rows()) - set(counted), "one event at least has no figure on record"


def test_a_body_named_twice_in_an_event_is_told_and_counted_once() -> None:
    twice = {
        name: [body for body, number in Counter(body for body, _ in rows).items() if number > 1]
        for name, rows in _rows().items()
    }
    for name, bodies in twice.items():
        view = _view(f"events/{name.partition(':')[2]}")
        known = bodies_of(site().edition).found
        assert [one.key for one in view.again] == [known[body].key for body in bodies]


def test_sponsors_and_meetings_stand_on_the_page_of_their_body() -> None:
    (union,) = _view("organisations", q="European Union").organisations
    drafts = _view(f"organisations/{union.link.key}").drafts
    assert [fact.about.key for fact in drafts if fact.about] == ["cnd68-l5"]
    met = _view("organisations/unodc").met
    assert {one.fact.predicate for one in met} == {"met-unit-of-unodc", "meetings-with-unodc"}
    text = _page("organisations/unodc").text
    assert "Research Unit" in text
    assert "knowmadinstitut.org" in text


def test_the_register_entry_stands_with_its_source_and_what_was_not_checked_says_so() -> None:
    page = _page("organisations/unodc", shown=_named())
    assert "Oficina de las Naciones Unidas contra la Droga y el Delito" in page.text
    links = [str(found.get("href")) for found in page.all("a")]
    assert any("unov.org" in link for link in links)
    assert "Escritório das Nações Unidas sobre Drogas e Crime" in page.text
    assert "unverified" in page.text
    interpol = _page("organisations/interpol", shown=_named())
    assert "International Criminal Police Organization" in interpol.text
    assert "unverified" not in interpol.text


def test_before_the_session_an_event_says_that_nothing_was_on_record_and_never_not_said() -> None:
    for language, said in (("en", "nothing of this side event"), ("es", "no constaba nada")):
        shown = site().show("events/cnd68-1", visit("events/cnd68-1", language, as_of="2024-06"))
        text = Page(site().html(shown)).text
        assert said in text
        assert "not said" not in text


@pytest.mark.parametrize(
    ("held", "least"),
    [
        ([7, 5, 3, 2, 2, 1, 1], 2),
        ([9, 9, *[3] * 20], 4),
        ([9, 1, 1], 0),
        ([2] * 40, 0),
        ([5, *[2] * 40], 0),
        ([1, 1, 1], 0),
        ([], 0),
    ],
)
def test_the_most_connected_are_few_and_no_tie_is_cut(held: list[int], least: int) -> None:
    assert _least(held, 20, fewest=2) == least


def test_what_is_not_on_record_is_refused_with_what_to_do() -> None:
    for path in ("organisations/nobody", "events/cnd68-99"):
        with pytest.raises(WrongUse) as refused:
            site().show(path, visit(path))
        assert refused.value.do


def test_a_release_from_before_these_tables_shows_its_events_without_bodies() -> None:
    names = ("organisations", "organisation_names", "cohosting")
    older = {name: rows for name, rows in release().tables.items() if name not in names}
    pages = Site(Edition(StandInRelease(older), RegisterNames()), "Test", explain, None)
    assert "names no organisation" in _page("organisations", shown=pages).text
    assert "holds no side events" in _page("gatherings", shown=pages).text
    view = pages.show("events/cnd68-1", visit("events/cnd68-1")).view
    assert view.co_hosts
    assert {one.body for one in view.co_hosts} == {None}


def test_the_arcs_of_the_picture_are_wider_and_reach_further_and_long_names_are_cut() -> None:
    chart = ties_chart(["A" * 80, "B", "C"], [Tie(0, 1, 2), Tie(0, 2, 5)])
    data = chart.named_data()
    assert data["bodies"][0]["name"].endswith("…")
    reach = {
        tie: max(point["x"] for point in data["arcs"] if point["tie"] == tie) for tie in (0, 1)
    }
    assert reach[0] < reach[1]
    for tie, ends in ((0, (0, 1)), (1, (0, 2))):
        points = [point["y"] for point in data["arcs"] if point["tie"] == tie]
        assert (points[0], points[-1]) == tuple(data["bodies"][at]["y"] for at in ends)
