"""What ships in the package is bundled whatever a release does, so its licence must allow it."""

from tests.material.starter_files import SOURCES

from atalaya.evidence.sources import load_sources


def test_what_ships_in_the_package_may_be_passed_on() -> None:
    shipped = [
        one
        for one in load_sources(SOURCES)
        if any(fetch.address.startswith("package:") for fetch in one.fetch)
    ]
    assert shipped
    assert [one.slug for one in shipped if not one.licence.redistribute] == []
