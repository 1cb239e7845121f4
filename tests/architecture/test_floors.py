"""What import-linter cannot say, and that the plan on paper is the plan in the contract."""

import ast
import re
import tomllib
from graphlib import TopologicalSorter
from pathlib import Path

from grimp import build_graph

_ROOT = Path(__file__).resolve().parents[2]
_SOURCE = _ROOT / "src" / "atalaya"


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _modules() -> list[Path]:
    return sorted(_SOURCE.rglob("*.py"))


def test_only_fetching_and_sending_can_open_outgoing_connections():
    talking = {"httpx", "urllib.request", "http.client", "socket", "smtplib", "ftplib", "requests"}
    rooms = {_SOURCE / "evidence" / "fetching", _SOURCE / "evidence" / "sending"}
    found = [path for path in _modules() if path.parent not in rooms and _imports(path) & talking]
    assert found == []


def test_one_module_reads_the_clock_and_one_the_environment():
    clock = re.compile(r"datetime\.now\(|date\.today\(|time\.time\(|time\.monotonic\(|utcnow\(")
    environment = re.compile(r"os\.environ|os\.getenv")
    text = {path.relative_to(_SOURCE).as_posix(): path.read_text("utf-8") for path in _modules()}
    assert [name for name, code in text.items() if clock.search(code)] == ["cli/clock.py"]
    assert [name for name, code in text.items() if environment.search(code)] == [
        "cli/configuration.py"
    ]


def test_the_checker_shares_nothing_with_what_it_checks():
    for path in (_SOURCE / "evidence" / "checking").glob("*.py"):
        ours = {name for name in _imports(path) if name.startswith("atalaya.evidence")}
        assert all(name.startswith("atalaya.evidence.checking") for name in ours), path.name


def test_the_floors_on_paper_are_the_floors_of_the_contract():
    settings = tomllib.loads((_ROOT / "pyproject.toml").read_text("utf-8"))
    (contract,) = [
        one for one in settings["tool"]["importlinter"]["contracts"] if one["type"] == "layers"
    ]
    planned = [
        set(re.findall(r"`([a-z]+)`", row.split("|")[1]))
        for row in (_ROOT / "docs" / "floors.md").read_text("utf-8").splitlines()
        if row.startswith("| `")
    ]
    assert planned == [set(re.findall(r"[a-z]+", layer)) for layer in contract["layers"][1:]]


def test_no_module_has_a_name_that_says_nothing():
    empty = {"utils", "util", "helpers", "common", "misc", "base", "manager", "process", "handle"}
    assert [path for path in _modules() if path.stem in empty] == []


def test_no_files_import_each_other_in_a_circle():
    graph = build_graph("atalaya", cache_dir=None)
    imports = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    ordered = list(TopologicalSorter(imports).static_order())  # CycleError names the circle
    assert set(ordered) == graph.modules


def test_no_file_names_a_machine_or_a_package_registry():
    hosts = ("pypi" + r"\.org", "pythonhosted" + r"\.org", "registry" + r"\.npmjs")
    homes = (f"/{name}/" for name in ("home", "root", "work"))
    files = [*_modules(), *_ROOT.glob("*.txt"), *_ROOT.glob("*.toml"), *_ROOT.glob("docs/*.md")]
    named = re.compile("|".join((*hosts, *homes)))
    assert [path.name for path in files if named.search(path.read_text("utf-8"))] == []


def test_no_module_is_longer_than_a_reader_can_hold():
    long = {
        path.name: count for path in _modules() if (count := path.read_text().count("\n")) > 300
    }
    assert long == {}
