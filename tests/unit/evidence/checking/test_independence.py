"""The checker of the log shares no code with the log's writer."""

import ast
from pathlib import Path

from atalaya.evidence import checking


def test_the_log_checker_imports_nothing_of_atalaya_but_itself_and_the_model() -> None:
    allowed = ("atalaya.model", "atalaya.evidence.checking")
    for name in ("logs", "tree", "signatures", "report"):
        module = ast.parse(Path(checking.__path__[0], f"{name}.py").read_text("utf-8"))
        imported = [
            node.module or "" for node in ast.walk(module) if isinstance(node, ast.ImportFrom)
        ] + [
            alias.name
            for node in ast.walk(module)
            if isinstance(node, ast.Import)
            for alias in node.names
        ]
        assert imported
        ours = [each for each in imported if each.startswith("atalaya")]
        assert [each for each in ours if not each.startswith(allowed)] == []
