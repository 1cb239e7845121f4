"""What may become a published issue is said by ``sentence``, so that pages can translate it."""

import ast
from pathlib import Path

import pytest
from tests.material.starter_files import PROJECT

ROOM = PROJECT / "src" / "atalaya"
# The modules whose errors a step turns into issues, and those that make issues.
MODULES = [
    *sorted((ROOM / "evidence" / "fetching").glob("*.py")),
    ROOM / "evidence" / "addresses.py",
    ROOM / "model" / "periods.py",
    *sorted((ROOM / "reading").glob("*.py")),
    ROOM / "series" / "changes.py",
    ROOM / "series" / "scope.py",
    ROOM / "pipeline" / "intake.py",
    ROOM / "pipeline" / "collecting.py",
    ROOM / "pipeline" / "tabulating.py",
]
# What a person hands over and what the installation holds is refused on the spot: no issue.
ELSEWHERE = {"agent.py", "missing.py", "readers.py", "strict_csv.py"}
MAKERS = {"Issue": 1, "BadInput": 0, "LookAtThis": 0, "TryLater": 0, "Unanswered": 0}


def _bare(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and bool(node.value)
    return isinstance(node, ast.JoinedStr | ast.BinOp)


def _bare_sentences(path: Path) -> list[int]:
    found = []
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name)):
            continue
        if call.func.id not in MAKERS:
            continue
        place = MAKERS[call.func.id]
        said = [*call.args[place : place + 1]]
        said += [one.value for one in call.keywords if one.arg in {"says", "do", "what"}]
        found += [one.lineno for one in said if _bare(one)]
    return found


@pytest.mark.parametrize("path", [one for one in MODULES if one.name not in ELSEWHERE], ids=str)
def test_no_issue_is_made_of_a_bare_text(path):
    assert _bare_sentences(path) == []


def test_a_bare_text_is_noticed(tmp_path):
    module = tmp_path / "module.py"
    module.write_text('Issue("kind", f"row {1}", "read", do="wait")\nBadInput(sentence("x"))\n')
    assert _bare_sentences(module) == [1, 1]
