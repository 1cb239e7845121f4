"""The page of rules names tests that exist, and a rule without a test says what is not built."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]
_NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
_ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (_ROOT / "docs" / "rules.md").read_text("utf-8").splitlines()
    if line.startswith("| R")
]


@cache
def _functions(path: str) -> frozenset[str]:
    tree = ast.parse((_ROOT / path).read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_the_page_holds_every_rule_once_and_in_order():
    assert [row[0] for row in _ROWS] == [f"R{number}" for number in range(1, 16)]


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row[0])
def test_a_rule_names_tests_that_exist_or_says_what_is_not_built(row):
    _, _, kept_by, tests, not_built = row
    named = _NAMED.findall(tests)
    assert kept_by
    assert named or not_built
    assert tests == ", ".join(f"`{path}::{test}`" for path, test in named)
    assert [test for path, test in named if test not in _functions(path)] == []
