"""The Merkle tree against vectors that nobody here wrote (transparency-dev/merkle, Apache-2.0)."""

import base64
import json

import pytest
from tests.material.shared_data import shared

from atalaya.evidence.log.merkle import extends, includes

pytestmark = pytest.mark.shared


def _vectors(kind: str) -> list[tuple[str, dict]]:
    folder = shared(f"conformance/merkle/testdata/{kind}")
    return [(str(file), json.loads(file.read_text("utf-8"))) for file in folder.rglob("*.json")]


def _proof(vector: dict) -> list[bytes]:
    return [base64.b64decode(each) for each in vector["proof"] or []]


def test_every_inclusion_vector_is_judged_as_its_authors_judge_it() -> None:
    vectors = _vectors("inclusion")
    wrong = [
        name
        for name, vector in vectors
        if includes(
            base64.b64decode(vector["root"]),
            vector["treeSize"],
            vector["leafIdx"],
            base64.b64decode(vector["leafHash"]),
            _proof(vector),
        )
        is vector["wantErr"]
    ]
    assert wrong == []
    assert len(vectors) > 90


def test_every_consistency_vector_is_judged_as_its_authors_judge_it() -> None:
    vectors = _vectors("consistency")
    wrong = [
        name
        for name, vector in vectors
        if extends(
            (vector["size1"], base64.b64decode(vector["root1"])),
            (vector["size2"], base64.b64decode(vector["root2"])),
            _proof(vector),
        )
        is vector["wantErr"]
    ]
    assert wrong == []
    assert len(vectors) > 90
