"""Every example runs: docstrings in ``src``, Python and console blocks in the documentation.

A ``console`` block's ``$ `` lines run in one scratch folder a document, in order; what stands under
a command must be what it prints, ``...`` standing for anything.
"""

import doctest
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sybil import Example, Sybil
from sybil.document import PythonDocStringDocument
from sybil.integration.pytest import SybilItem
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser

# The first example pays for imports, and these machines are shared: time says nothing here.
# CI tries the same examples every time, so that a red run can be run again; at home they are new.
settings.register_profile("atalaya", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "atalaya")

_ROOT = Path(__file__).parent
_MINUTES = 5
_SCRATCH = "scratch folder of the console blocks"  # no Python name, so no example can take it


@pytest.fixture(scope="session", autouse=True)
def _temporary_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let what tests start, commands too, leave its temporary files in the folder of this run."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("TMPDIR", str(tmp_path_factory.mktemp("temporary")))
        patched.setattr(tempfile, "tempdir", None)  # asked for anew, and so found there
        yield


class ConsoleBlockParser(CodeBlockParser):
    """Runs the commands of a console block and compares what they print."""

    language = "console"

    def evaluate(self, example: Example) -> str | None:
        """Run each command; give the first difference, or None."""
        folder = example.namespace[_SCRATCH]
        for command, expected in _commands(example.parsed):
            done = subprocess.run(
                command,
                shell=True,
                cwd=folder.name,
                env=_environment(),
                capture_output=True,
                text=True,
                timeout=60 * _MINUTES,
                check=False,
            )
            if done.returncode:
                return f"{command!r} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
            if expected and not _matches(expected, done.stdout + done.stderr):
                return f"{command!r} printed\n{done.stdout}{done.stderr}\nand not\n{expected}"
        return None


def _commands(block: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for line in str(block).splitlines():
        if line.startswith("$ "):
            found.append((line[2:], ""))
        elif found:
            command, expected = found[-1]
            found[-1] = (command, f"{expected}{line}\n")
    return found


def _matches(expected: str, printed: str) -> bool:
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    return doctest.OutputChecker().check_output(expected, printed, flags)


def _environment() -> dict[str, str]:
    paths = [str(Path(sys.executable).parent), os.environ["PATH"]]
    source = str(_ROOT / "src")
    return os.environ | {"PATH": os.pathsep.join(paths), "PYTHONPATH": source, "COLUMNS": "120"}


def _open_folder(namespace: dict[str, Any]) -> None:
    namespace[_SCRATCH] = tempfile.TemporaryDirectory()


def _close_folder(namespace: dict[str, Any]) -> None:
    namespace[_SCRATCH].cleanup()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the examples of one document together and in order: they share one folder and names."""
    documents: dict[Path, list[pytest.Item]] = {}
    for item in items:
        if isinstance(item, SybilItem):
            documents.setdefault(item.path, []).append(item)
    kept: list[pytest.Item] = []
    for item in items:
        if not isinstance(item, SybilItem):
            kept.append(item)
        elif item.path in documents:
            examples = documents.pop(item.path)
            kept += sorted(examples, key=lambda one: one.location[1] or 0)
    items[:] = kept


pytest_collect_file = (
    Sybil(
        parsers=[ConsoleBlockParser(), PythonCodeBlockParser(), SkipParser()],
        patterns=["*.md"],
        setup=_open_folder,
        teardown=_close_folder,
    )
    + Sybil(
        parsers=[DocTestParser(optionflags=doctest.ELLIPSIS)],
        pattern="*.py",
        path=str(_ROOT / "src"),
        document_types={".py": PythonDocStringDocument},
    )
).pytest()
