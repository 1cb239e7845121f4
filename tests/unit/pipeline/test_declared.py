"""What a release was built from is told by what its files say, not by their bytes."""

from tests.material.publishing_house import MONITOR, declaration

from atalaya.model.declarations import SourceDeclaration
from atalaya.model.settings import Settings
from atalaya.pipeline.declared import changes, declared

BEFORE = declared(Settings(), [declaration()], [MONITOR])


def test_every_file_that_declares_something_is_named():
    assert set(BEFORE) == {
        "observatory.toml",
        "sources/deaths/source.toml",
        "monitors/emergence.toml",
    }


def test_where_nothing_that_counts_has_changed_nothing_is_said():
    served = Settings.model_validate({"serving": {"port": 9000}})
    assert not list(changes(BEFORE, declared(served, [declaration()], [MONITOR])))


def test_each_file_that_says_something_else_is_named():
    now = declared(
        Settings(name="Another"),
        [declaration(cadence="yearly"), declaration("other")],
        [],
    )
    assert list(changes(BEFORE, now)) == [
        "monitors/emergence.toml is gone",
        "observatory.toml says something else",
        "sources/deaths/source.toml says something else",
        "sources/other/source.toml is new",
    ]


def test_a_key_that_a_newer_version_knows_and_no_file_uses_changes_nothing():
    class Newer(SourceDeclaration):
        seen_from_space: bool = False

    said = declaration().model_dump(by_alias=True)
    newer = Newer.model_validate(said)
    assert not list(changes(BEFORE, declared(Settings(), [newer], [MONITOR])))
    used = Newer.model_validate(said | {"seen_from_space": True})
    assert list(changes(BEFORE, declared(Settings(), [used], [MONITOR]))) == [
        "sources/deaths/source.toml says something else"
    ]
