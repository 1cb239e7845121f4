"""Texts of open sources, from a feed to stories on a verified release, and no private person."""

import csv
from pathlib import Path

import pytest
from tests.material.commands import Done, atalaya
from tests.material.listed_house import FREE_HEAD, ListedHouse, rss
from tests.material.loopback_server import serving

SEIZURE = (
    "SALTA (EFE) - La Policía Federal incautó 12,5 kg de cocaína en Orán, Salta, Argentina, el "
    "lunes, informó la ministra de Seguridad, Patricia Gómez. Rogelio Quispe Mamani, de 34 años, "
    "fue detenido en su domicilio. No se encontró fentanilo. La droga iba a ser llevada a Chile."
)
ALERT = (
    "The Ministry of Health of Uruguay warns that tablets sold as oxycodone in Montevideo "
    "contained protonitazene. One person, Melina Zubizarreta, died. "
    "Carry naloxone and never use alone."
)
SALE = "Best fentanyl in town, DM me: telegram @whitebird77, stealth shipping, 40 euros a gram."
BUDGET = "The council of Montevideo discussed the budget for roads, schools and buses until late."
PRIVATE = ("Quispe", "Zubizarreta", "whitebird77")


def page(title: str, text: str, day: str) -> bytes:
    return (
        "<!doctype html><html><head><meta charset='utf-8'>"
        f"<meta property='article:published_time' content='{day}T10:00:00Z'><title>{title}</title>"
        f"</head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
    ).encode()


PAGES = {
    "/a/1": page("Incautan 12,5 kg de cocaína en Salta", SEIZURE, "2026-10-05"),
    "/a/2": page("Council debates budget", BUDGET, "2026-10-06"),
    "/b/1": page("Incautan 12,5 kg de cocaína en Salta", SEIZURE, "2026-10-06"),
    "/b/2": page("Tablets hold protonitazene", ALERT, "2026-11-02"),
    "/b/3": page("Offer", SALE, "2026-11-03"),
}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    """An observatory of two papers, one of which may be passed on, that was run once."""
    root = tmp_path_factory.mktemp("open")
    folder = root / "observatory"
    assert atalaya("init", "observatory", "--empty", cwd=root).code == 0
    with serving({}) as server:
        for path, body in PAGES.items():
            server.routes[path] = lambda exchange, body=body: exchange.reply(
                200, body, Content_Type="text/html; charset=utf-8"
            )
        for paper in "ab":
            paths = [path for path in PAGES if path.startswith(f"/{paper}/")]
            server.routes[f"/{paper}.xml"] = lambda exchange, paths=paths: exchange.reply(
                200, undated(server.home, paths), Content_Type="application/rss+xml"
            )
        house = ListedHouse(folder, server)
        house.declare("free", {"kind": "feed", "address": "{home}/a.xml"}, head=FREE_HEAD)
        bound = FREE_HEAD.replace("redistribute = true", "redistribute = false")
        house.declare("bound", {"kind": "feed", "address": "{home}/b.xml"}, head=bound)
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("ATALAYA_FETCHING_PAUSE_SECONDS", "0")
            patched.setenv("ATALAYA_FETCHING_RETRIES", "0")
            done = atalaya("run", "observatory", "--no-serve", cwd=root)
    return folder, done


def undated(home: str, paths: list[str]) -> bytes:
    dated = b"<pubDate>Tue, 24 Nov 2026 09:30:00 GMT</pubDate>"
    return rss(home, *paths).replace(dated, b"")


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    path = folder / "releases" / "latest" / "data" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_copies_of_one_report_are_one_story_of_one_origin(published):
    folder, done = published
    assert done.code == 0, done.err
    told = {row["substances"]: row for row in rows(folder, "stories")}
    seizure = told["substance:cocaine"]
    assert (seizure["texts"], seizure["sources"], seizure["origins"]) == ("2", "2", "1")
    assert seizure["territory"].startswith("territory:AR")
    assert seizure["because"]
    assert (seizure["first_day"], seizure["last_day"]) == ("2026-10-05", "2026-10-06")
    warned = next(row for row in rows(folder, "stories") if row is not seizure)
    assert "substance:protonitazene" in warned["substances"]
    assert "oxycodone" not in warned["substances"]  # it was expected, and was not there


def test_of_a_paper_that_may_only_be_linked_no_word_is_published(published):
    folder, _ = published
    bound = [row for row in rows(folder, "texts") if row["source"] == "bound"]
    assert len(bound) == 3
    assert {row["title"] for row in bound} == {""}
    assert {row["source"] for row in rows(folder, "claims")} == {"free"}


def test_what_was_withheld_is_counted_by_its_reason(published):
    folder, _ = published
    told = {row["address"].rpartition("/")[2]: row["withheld"] for row in rows(folder, "texts")}
    assert sorted(told.values()) != [""] * len(told)
    assert any("name 1" in why for why in told.values())
    assert any("market" in why for why in told.values())


def test_what_is_about_something_else_is_no_story(published):
    folder, _ = published
    off = [row for row in rows(folder, "texts") if row["relevant"] == "false"]
    assert "Council debates budget" in {row["title"] for row in off}
    assert {row["story"] for row in off}.isdisjoint(row["id"] for row in rows(folder, "stories"))


def test_mentions_stand_beside_the_documents_that_were_read(published):
    folder, _ = published
    counted = {
        (row["subject"], row["period"]): (row["count"], row["population"])
        for row in rows(folder, "series")
        if row["predicate"] == "mentions" and row["source"] == "free"
    }
    assert counted["substance:cocaine", "2026-10"] == ("1", "2")


def test_no_private_name_is_anywhere_but_in_the_sealed_original(published):
    folder, _ = published
    keys = folder / "keys"
    kept = [path for path in folder.rglob("*") if path.is_file() and keys not in path.parents]
    for name in PRIVATE:
        word = name.encode()
        assert [str(path) for path in kept if word in path.read_bytes()] == []


def test_a_story_is_walked_to_its_words_and_all_is_verified(published):
    folder, _ = published
    number = 1 + [row["substances"] for row in rows(folder, "stories")].index("substance:cocaine")
    walked = atalaya("why", f"stories.csv:{number}:substances", cwd=folder)
    assert walked.code == 0, walked.err
    assert "12,5 kg de cocaína" in walked.out
    assert '"bytes_checked": "yes"' in walked.out
    verified = atalaya("verify", str(folder), cwd=folder.parent)
    assert verified.code == 0, verified.err
