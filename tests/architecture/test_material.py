"""What tests start from stands on the product alone, and in an order a reader can follow."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

_TESTS = Path(__file__).resolve().parents[1]
_MATERIAL = "tests.material"


def _from_tests(path: Path) -> set[str]:
    """Give the modules of the tests that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return {name for name in found if name.split(".")[0] == "tests"}


def test_no_file_of_the_tests_imports_a_test():
    for path in _TESTS.rglob("*.py"):
        others = {name for name in _from_tests(path) if not name.startswith(_MATERIAL)}
        assert others == set(), path.relative_to(_TESTS)


def test_material_is_made_from_material_below_it():
    graph = {f"{_MATERIAL}.{path.stem}": _from_tests(path) for path in _TESTS.glob("material/*.py")}
    assert len(graph) > 10
    TopologicalSorter(graph).prepare()  # raises where two modules need each other
