from pathlib import Path

from atalaya.detection import DETECTORS, describe

PAGE = Path(__file__).parents[3] / "docs" / "detectors.md"


def test_the_page_about_detectors_is_current():
    assert PAGE.read_text(encoding="utf-8") == describe(DETECTORS), (
        "write it again: python scripts/write_detectors_page.py"
    )


def test_every_parameter_and_source_is_on_the_page():
    text = describe(DETECTORS)
    for wanted in ("minSigma", "beforeLeast", "Fricker", "Przyborowski", "`ears_c3`"):
        assert wanted in text
