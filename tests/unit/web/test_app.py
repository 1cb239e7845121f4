"""Served pages: the reader's language, the date asked for, strict headers, plain errors."""

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pyarrow as pa
import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.material.clocks import StillClock
from tests.material.html_reading import Page
from tests.material.small_release import HOSTILE, MaterialNames, StandInRelease, explain, release
from tests.material.web_house import House

from atalaya.evidence.heartbeat import Heartbeat
from atalaya.model.errors import StopEverything, WrongUse
from atalaya.web.app import application
from atalaya.web.desk import ReadingDesk
from atalaya.web.headers import HEADERS
from atalaya.web.shelf import Shelf

CLIENT = House().client()


def test_the_first_address_leads_to_the_reader_s_language() -> None:
    answer = CLIENT.get("/", headers={"Accept-Language": "es-CO,es;q=0.9"})
    assert (answer.status_code, answer.headers["location"]) == (307, "/es/")
    assert answer.headers["vary"] == "Accept-Language"


@pytest.mark.parametrize(
    "address",
    ["/", "/en/", "/en/nothing", "/assets/atalaya.css", "/api/release", "/api/nothing", "/en.json"],
)
def test_every_answer_carries_the_strict_headers(address: str) -> None:
    answer = CLIENT.get(address)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_a_page_moves_with_its_date() -> None:
    text = CLIENT.get("/en/", params={"as_of": "2019-06"}).text
    assert "As of" in text
    assert "June 2019" in text
    assert "xylazine" in text
    assert "xylazine" not in CLIENT.get("/en/", params={"as_of": "2018-12"}).text


@pytest.mark.parametrize("as_of", ["soon", HOSTILE, "2019-13", "2019-W01"])
def test_a_date_that_cannot_be_read_gets_a_page_that_says_what_to_do(as_of: str) -> None:
    answer = CLIENT.get("/es/", params={"as_of": as_of})
    assert answer.status_code == 400
    assert "Esto no se puede leer" in answer.text
    assert HOSTILE not in answer.text
    assert Page(answer.text).wrong == []


@pytest.mark.parametrize("as_of", ["1999", "2031-01"])
def test_a_date_the_record_does_not_reach_says_how_far_it_goes(as_of: str) -> None:
    answer = CLIENT.get("/en/", params={"as_of": as_of})
    assert answer.status_code == 404
    assert "the record reaches from 2012-01 to 2024-12" in answer.text


def test_a_page_that_is_not_there_says_so_in_the_reader_s_language() -> None:
    answer = CLIENT.get("/es/nada")
    assert answer.status_code == 404
    assert "No existe esa página" in answer.text
    assert "Puede que la dirección esté mal escrita" in answer.text
    assert 'class="dial"' in answer.text
    assert CLIENT.get("/xx/").status_code == 404


def test_the_twin_is_at_the_same_address_or_by_asking_for_json() -> None:
    by_name = CLIENT.get("/en/signals.json", params={"as_of": "2019-06"})
    by_wish = CLIENT.get(
        "/en/signals", params={"as_of": "2019-06"}, headers={"Accept": "application/json"}
    )
    assert by_name.headers["content-type"] == "application/json"
    assert by_name.json() == by_wish.json()
    assert by_name.json()["as_of"] == "2019-06"
    assert CLIENT.get("/en/signals").headers["vary"] == "Accept"


def test_the_twin_of_a_page_that_is_not_there_is_json_too() -> None:
    answer = CLIENT.get("/en/nothing.json")
    assert (answer.status_code, set(answer.json())) == (404, {"what", "why", "do"})


def test_a_search_is_answered_on_the_server() -> None:
    text = CLIENT.get("/es/countries", params={"q": "peru"}).text
    assert "Perú" in text
    assert "Colombia" not in Page(text).text.partition("resultados")[2]


def test_a_figure_opens_its_tree() -> None:
    text = CLIENT.get("/en/why", params={"ref": "signals.csv:1:observed"}).text
    assert "claim:0000000000000001" in text


@pytest.mark.parametrize("name", ["atalaya.css", "atalaya.js", "icon.svg"])
def test_assets_come_from_this_machine(name: str) -> None:
    answer = CLIENT.get(f"/assets/{name}")
    assert answer.status_code == 200
    assert not re.findall(r"(?:src|href|url\(|from|import)\W{1,3}https?:", answer.text)


def test_an_asset_that_is_not_listed_is_not_served() -> None:
    assert CLIENT.get("/assets/../app.py").status_code == 404
    assert CLIENT.get("/assets/other.js").status_code == 404


def test_the_chart_script_is_served_locally() -> None:
    answer = CLIENT.get("/assets/vega.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "vegaEmbed" in answer.text


@pytest.fixture
def on_disk(tmp_path: Path) -> StandInRelease:
    content = b"id,observed\nsignal:1,1-9\n"
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "signals.csv").write_bytes(content)
    (tmp_path / "secret.txt").write_bytes(b"not listed")
    return StandInRelease(
        release().tables, path=tmp_path, files={"data/signals.csv": content, "site/en/x": b""}
    )


def test_a_listed_file_is_given_out_whole_as_a_download(on_disk: StandInRelease) -> None:
    answer = House(released=on_disk).client().get("/release/data/signals.csv")
    assert answer.content == b"id,observed\nsignal:1,1-9\n"
    assert answer.headers["content-disposition"] == 'attachment; filename="signals.csv"'


def test_the_manifest_and_its_proof_are_given_out_beside_what_they_prove(
    tmp_path: Path, on_disk: StandInRelease
) -> None:
    folder = tmp_path / on_disk.name
    folder.mkdir()
    (folder / "manifest.json").write_bytes(b'{"schema": 1}')
    (tmp_path / f"{on_disk.name}.tlog-proof").write_bytes(b"c2sp.org/tlog-proof@v1")
    client = House(released=replace(on_disk, path=folder)).client()
    assert client.get("/release/manifest.json").json() == {"schema": 1}
    assert client.get(f"/release/{on_disk.name}.tlog-proof").content == b"c2sp.org/tlog-proof@v1"


@pytest.mark.parametrize(
    "path", ["secret.txt", "site/en/x", "../keys/log.key", "data/../secret.txt", "%2e%2e/x", "data"]
)
def test_a_file_that_is_not_listed_is_not_given_out(on_disk: StandInRelease, path: str) -> None:
    answer = House(released=on_disk).client().get(f"/release/{path}")
    assert answer.status_code == 404
    assert b"not listed" not in answer.content


def test_a_changed_file_is_not_given_out(on_disk: StandInRelease) -> None:
    (on_disk.path / "data" / "signals.csv").write_bytes(b"id,observed\nsignal:1,7\n")
    answer = House(released=on_disk).client().get("/release/data/signals.csv")
    assert answer.status_code == 500
    assert "not the file that was published" in answer.text
    assert "signal:1,7" not in answer.text


def test_a_newer_release_is_picked_up_without_a_restart() -> None:
    house = House()
    client = house.client()
    assert "2026-11-23-1" in client.get("/en/").text
    house.released = replace(house.released, name="2026-11-24-1")
    assert "2026-11-24-1" in client.get("/en/").text


def test_without_a_release_the_answer_says_what_to_do() -> None:
    def none_yet() -> StandInRelease:
        raise WrongUse("nothing has been released yet", do="run `atalaya run`")

    shelf = Shelf("x", lambda: "none", none_yet, MaterialNames(), lambda _release: explain)
    client = TestClient(application(shelf, StillClock(), ReadingDesk()))
    answer = client.get("/en/")
    assert answer.status_code == 404
    assert "run `atalaya run`" in answer.text
    assert Page(answer.text).wrong == []
    assert "Aquí aún no hay nada publicado" in client.get("/es/").text


def test_a_release_that_is_not_what_was_published_is_never_shown() -> None:
    class Changed(StandInRelease):
        def table(self, name: str) -> pa.Table:
            raise StopEverything(f"data/{name}.parquet is not the file that was published")

    shelf = Shelf(
        "x", lambda: "2026-11-23-1", lambda: Changed({}), MaterialNames(), lambda _release: explain
    )
    client = TestClient(application(shelf, StillClock(), ReadingDesk()))
    answer = client.get("/es/")
    assert answer.status_code == 500
    assert "no es fiable" in answer.text
    assert "is not the file that was published" in client.get("/en/index.json").json()["what"]


@pytest.mark.parametrize("address", ["/en/", "/en/why", "/assets/atalaya.css", "/en/no-such-page"])
def test_head_says_what_get_says_without_the_body(address: str) -> None:
    whole, head = CLIENT.get(address), CLIENT.head(address)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    for name in ("content-type", "content-length", "content-security-policy"):
        assert head.headers[name] == whole.headers[name]


def test_a_method_a_page_does_not_know_is_refused_plainly() -> None:
    answer = CLIENT.post("/en/signals")
    assert answer.status_code == 405
    assert "script-src 'self'" in answer.headers["content-security-policy"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.text(max_size=40), st.dictionaries(st.sampled_from(["as_of", "q", "ref"]), st.text()))
def test_no_address_breaks_the_server(path: str, asked: dict[str, str]) -> None:
    answer = CLIENT.get(f"/en/{quote(path, safe='')}", params=asked)
    assert answer.status_code in {200, 307, 400, 404}
    assert "Traceback" not in answer.text


def test_the_interface_is_described_and_loads_no_page_from_elsewhere() -> None:
    described = CLIENT.get("/api/openapi.json").json()
    assert set(described["paths"]) == {
        "/api/release", "/api/tables/{name}", "/api/signals", "/api/why",
    }  # fmt: skip
    assert CLIENT.get("/docs").status_code == 404


ENDED = "2026-11-20T06:00:00+00:00"


@pytest.mark.parametrize(
    ("last_run", "said"),
    [
        (None, False),
        (Heartbeat(ENDED, None), False),
        (Heartbeat(ENDED, 30 * 86_400), False),
        (Heartbeat(ENDED, 6 * 3_600), True),
        (Heartbeat(ENDED, 30 * 86_400, "the disk is full <blink>"), True),
    ],
)
def test_a_page_says_when_runs_have_stopped(last_run: Heartbeat | None, said: bool) -> None:
    text = House(last_run=last_run).client().get("/en/").text
    assert ("The last run ended on November 20, 2026." in text) is said
    assert "<blink>" not in text


def test_what_stopped_a_run_is_not_told_to_readers() -> None:
    """It may quote a hidden count, an address of the operator's network or an account's name."""
    words = "count holds '4', which its column does not allow"
    client = House(last_run=Heartbeat(ENDED, None, words)).client()
    for address in ("/en/", "/es/", "/en.json", "/en/signals.json"):
        assert "holds '4'" not in client.get(address).text
    assert "A problem stopped it" in client.get("/en/").text
    assert "Un problema la detuvo" in client.get("/es/").text


def test_an_answer_is_asked_about_before_it_is_shown_again() -> None:
    for address in ("/en/", "/en/signals.json", "/en/nothing", "/api/signals"):
        assert CLIENT.get(address).headers["cache-control"] == "no-cache"
    assert CLIENT.get("/assets/atalaya.css").headers["cache-control"] == "max-age=3600"
