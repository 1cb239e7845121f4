"""Write docs/detectors.md from the detectors themselves."""

from pathlib import Path

from atalaya.detection import DETECTORS, describe

PAGE = Path(__file__).parents[1] / "docs" / "detectors.md"

if __name__ == "__main__":
    PAGE.write_text(describe(DETECTORS), encoding="utf-8")
    print(f"wrote {PAGE.name}")
