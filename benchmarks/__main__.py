"""Runs every benchmark, one after the other, each in a process of its own."""

import importlib.metadata
import os
import platform
import subprocess
import sys
from pathlib import Path


def machine() -> str:
    """Name the machine a figure was measured on."""
    pages = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return (
        f"{platform.machine()}, {len(os.sched_getaffinity(0))} cores, {pages >> 30} GiB, "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}, "
        f"atalaya {importlib.metadata.version('atalaya')}"
    )


def main() -> int:
    """Print every table; a benchmark that fails fails the whole."""
    print(f"machine: {machine()}", flush=True)
    here = Path(__file__).parent
    asked = sys.argv[1:] or sorted(
        path.stem for path in here.glob("*.py") if not path.stem.startswith("_")
    )
    failed = 0
    for name in asked:
        print(f"\n== {name}", flush=True)
        failed |= subprocess.run(
            [sys.executable, "-m", f"benchmarks.{name}"], check=False
        ).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
