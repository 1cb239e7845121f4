"""The site answers under its own names only: a rebound name reads and steers nothing."""

import pytest
from tests.material.web_house import House

from atalaya.model.settings import ServingSettings


def _status(host: str, serving: ServingSettings, path: str = "/en/") -> int:
    return House(serving=serving).client().get(path, headers={"host": host}).status_code


NAMED = ServingSettings(host="192.0.2.7", hosts=("Data.Example.org",))
EVERYWHERE = ServingSettings(host="0.0.0.0")


@pytest.mark.parametrize(
    ("host", "serving"),
    [
        ("127.0.0.1:8420", ServingSettings()),
        ("localhost:8420", ServingSettings()),
        ("LOCALHOST", ServingSettings()),
        ("[::1]:8420", ServingSettings()),
        ("192.0.2.7:8420", NAMED),
        ("data.example.org", NAMED),
        ("data.example.org.:443", NAMED),
        ("192.0.2.9:8420", EVERYWHERE),
        ("[2001:db8::9]:8420", EVERYWHERE),
    ],
)
def test_its_own_names_are_answered(host, serving):
    assert _status(host, serving) == 200


@pytest.mark.parametrize(
    ("host", "serving"),
    [
        ("attacker.example:8420", ServingSettings()),
        ("127.0.0.1.attacker.example", ServingSettings()),
        ("localhost.attacker.example", ServingSettings()),
        ("192.0.2.7", ServingSettings()),
        ("", ServingSettings()),
        ("[::1", NAMED),
        ("attacker.example", EVERYWHERE),
    ],
)
@pytest.mark.parametrize("path", ["/en/", "/api/openapi.json", "/review"])
def test_any_other_name_is_refused_everywhere(host, serving, path):
    assert _status(host, serving, path) == 421


def test_a_refusal_says_what_an_operator_can_do_and_is_guarded_like_any_answer():
    client = House(serving=ServingSettings()).client()
    answer = client.get("/en/", headers={"host": "attacker.example"})
    assert "[serving] hosts" in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-type"].startswith("text/plain")
