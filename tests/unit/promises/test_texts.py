"""What the report of a meeting states: of States and of bodies, each its own."""

from atalaya.model.declarations import Text
from atalaya.promises.texts.reading import read

REPORT = """Notes from Lima

The fifth session of the Example Forum (EXF 5) was held in Lima from 3 to 5 June 2025.

Side events

Care first
Organised by the Example House, and co-hosted by:
1. Peru
2. Test Union (Chile)
3. Ministry of Health of Ghana

Meetings

We held three meetings with Norway, House of Bread (Chile) and the Kenya Weavers on access.
"""


def _said(predicate):
    declared = Text(address="https://body.example/a", reads="report", subject="session:exf5")
    stated = read(REPORT, declared).stated
    return {(one.value, one.territory) for one in stated if one.predicate == predicate}


def test_a_host_that_only_gives_its_country_is_not_that_state():
    assert _said("co-host") == {
        ("Peru", "territory:PER"),
        ("Test Union (Chile)", None),
        ("Ministry of Health of Ghana", None),
    }


def test_to_meet_a_body_of_a_country_is_not_to_meet_its_government():
    assert _said("met-government-of") == {("Norway", "territory:NOR")}
    assert _said("met-body") == {("House of Bread (Chile)", None), ("Kenya Weavers", None)}
