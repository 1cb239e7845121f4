"""Documents that may name private persons: sealed whole, under names that name nobody (R2)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.material.fetching_visits import in_turn
from tests.material.listed_house import ListedHouse, feed, html
from tests.material.loopback_server import replies, serving

from atalaya.evidence.fetched import Fetched
from atalaya.model.declarations import SourceDeclaration
from atalaya.model.errors import LookAtThis
from atalaya.model.settings import Folder, Settings
from atalaya.pipeline.intake import Named
from atalaya.pipeline.listed.naming import Naming, names_nobody
from atalaya.pipeline.originals import Observatory, true_address
from atalaya.pipeline.tabulating import sealed_issues
from atalaya.reading.analysis.part import MEDIA_TYPE

FEED = {"kind": "feed", "address": "{home}/feed.xml"}
STORY = b"<html><body><p>Jane Roe, 34, was arrested with fentanyl.</p></body></html>"
PATH = "/news/jane-roe-arrested"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[ListedHouse]:
    with serving({}) as server:
        server.routes = {"/feed.xml": feed(PATH, "/news/2026/17.html"), PATH: html(STORY)}
        server.routes["/news/2026/17.html"] = html(STORY.replace(b"34", b"35"))
        yield ListedHouse(tmp_path, server)


def test_a_listing_is_sealed_unless_it_says_otherwise_and_no_name_is_stored_beside(
    house: ListedHouse,
) -> None:
    house.declare("paper", FEED)
    house.run()
    assert all(one.sealed for one in house.store.all())
    kept = house.everything()
    assert [word for word in (b"Jane", b"jane", b"Roe") if word in kept] == []
    assert {one.dated for one in house.captures()} == {"2026-11-24T09:30:00Z"}
    assert house.problems() == ()


def test_an_address_that_names_nobody_is_kept_and_any_other_lies_with_the_key(
    house: ListedHouse,
) -> None:
    house.declare("paper", FEED)
    house.run()
    named, plain = (one.address for one in house.captures())
    assert plain == house.server.home + "/news/2026/17.html"
    assert named.startswith(house.server.home + "/~")
    key = house.vault.key(house.captures()[0].sha256)
    assert key is not None
    assert key.address == house.server.home + PATH
    assert key.opens(house.store.payload(house.captures()[0])) == STORY


def test_no_header_of_a_sealed_document_tells_where_else_it_is(house: ListedHouse) -> None:
    told = {"Link": "</jane-roe>; rel=canonical", "Content_Location": "/jane-roe"}
    house.server.routes["/news/2026/17.html"] = replies(STORY, Content_Type="text/html", **told)
    house.declare("paper", FEED)
    house.run()
    assert len(house.captures()) == 2
    assert b"jane" not in house.everything().lower()


def test_what_is_sealed_is_not_asked_for_again(house: ListedHouse) -> None:
    house.declare("paper", FEED)
    assert len(house.run()) == 3
    assert house.run() == ["/feed.xml"]
    assert len(house.captures()) == 2


def test_a_reader_sees_the_plain_bytes_once_and_what_it_gives_is_all_that_leaves(
    house: ListedHouse,
) -> None:
    seen: list[tuple[str, str, bytes]] = []

    def reads(said: SourceDeclaration, named: Named, fetched: Fetched) -> bytes | None:
        assert named.item is not None
        seen.append((named.item.title, fetched.address, fetched.payload))
        return b'{"text": "[person], was arrested with fentanyl."}'

    house.reads = reads
    house.declare("paper", FEED)
    house.run()
    house.run()
    assert [(title, payload) for title, _, payload in seen] == [
        (f"About {PATH}", STORY),
        ("About /news/2026/17.html", STORY.replace(b"34", b"35")),
    ]
    assert seen[0][1] == house.server.home + PATH
    left = [one for one in house.captures() if one.made_from]
    assert {one.media_type for one in left} == {MEDIA_TYPE}
    assert {one.made_from for one in left} == {one.sha256 for one in house.captures() if one.sealed}
    assert {one.listing for one in left} == {house.server.home + "/feed.xml"}
    assert b"Jane" not in house.everything()
    assert house.problems() == ()


def test_a_document_that_its_reader_cannot_read_is_sealed_all_the_same_and_an_issue(
    house: ListedHouse,
) -> None:
    def reads(said: SourceDeclaration, named: Named, fetched: Fetched) -> bytes | None:
        raise LookAtThis("Jane Roe cannot be read")

    house.reads = reads
    house.declare("paper", FEED)
    house.run()
    assert [one.sealed for one in house.captures()] == [True, True]
    assert house.failures() == ()
    issues = list(sealed_issues(house.store.all()))
    assert len(issues) == 2
    assert all("no text could be read" in one.says for one in issues)
    assert b"Jane" not in house.everything()


def test_a_failure_of_a_sealed_item_names_nobody(house: ListedHouse) -> None:
    house.server.routes["/feed.xml"] = feed("/gone/jane-roe", PATH)
    house.server.routes[PATH] = in_turn(lambda exchange: exchange.reply(503))
    house.declare("paper", FEED)
    house.run()
    assert sorted(one.later for one in house.failures()) == [False, True]
    assert b"jane" not in house.everything().lower()


def test_a_folder_of_files_is_sealed_by_default_with_the_names_of_its_files(
    house: ListedHouse,
) -> None:
    house.declare(
        "desk", {"kind": "folder", "address": "folder:inbox", "item_types": ["text/plain"]}
    )
    inbox = house.root / "sources" / "desk" / "inbox"
    inbox.mkdir()
    (inbox / "letter of jane roe.txt").write_text("Jane Roe writes.")
    house.run()
    evidence = b"".join(path.read_bytes() for path in (house.root / "evidence").glob("*.warc"))
    assert b"jane" not in evidence.lower()
    assert len(house.captures()) == 1


def test_stand_ins_are_the_same_each_time_and_differ_between_observatories() -> None:
    address = "https://paper.example/news/jane-roe"
    ours, theirs = Naming(b"1" * 32), Naming(b"2" * 32)
    assert ours.name(address, sealed=True) == ours.name(address, sealed=True)
    assert ours.name(address, sealed=True) != theirs.name(address, sealed=True)
    assert ours.name(address, sealed=False) == address


@pytest.mark.parametrize(
    "address",
    [
        "https://paper.example/j%61ne-roe",
        "https://paper.example/news?q=roe",
        "https://paper.example/ROE",
        "https://paper.example/news#roe",
        "folder:desk/1.txt",
    ],
)
def test_an_address_with_any_other_word_may_name_somebody(address: str) -> None:
    assert not names_nobody(address)


def test_where_an_original_came_from_is_told_with_it_and_gone_with_its_key(
    house: ListedHouse,
) -> None:
    house.declare("paper", FEED)
    house.run()
    named = house.captures()[0].sha256
    keeps = Observatory(Folder(house.root), Settings())
    assert true_address(keeps, named[:12]) == house.server.home + PATH
    house.vault.destroy(named)
    assert true_address(keeps, named[:12]) == ""
