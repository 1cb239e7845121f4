"""Our log read by a client that nobody here wrote: Go's ``golang.org/x/mod/sumdb``."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.material.logs import KEY, ORIGIN, a_log
from tests.material.programs import absent

from atalaya.evidence.log import SigningKey
from atalaya.evidence.log.checkpoints import open_checkpoint

pytestmark = pytest.mark.go

# Where Debian's golang-golang-x-mod-dev puts its sources; Go then needs no network.
DEBIAN_SOURCES = "/usr/share/gocode"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the Go client; where Go is missing skip (in CI fail)."""
    present = shutil.which("go") and Path(DEBIAN_SOURCES, "src/golang.org/x/mod/sumdb").is_dir()
    if not present:
        absent("Debian's golang-go and golang-golang-x-mod-dev are not installed")
    built = tmp_path_factory.mktemp("go")
    settings = {"GO111MODULE": "off", "GOPATH": DEBIAN_SOURCES, "GOFLAGS": ""}
    subprocess.run(
        ["go", "build", "-o", built / "logclient", "."],
        cwd=Path(__file__).parents[1] / "go/logclient",
        env={**os.environ, **settings, "GOCACHE": str(built / "cache")},
        check=True,
    )
    return built / "logclient"


def run(client: Path, folder: Path, proofs: list[str], *vkeys: str) -> dict[str, Any]:
    (folder.parent / "proofs").write_text("".join(proofs), encoding="utf-8")
    done = subprocess.run(
        [client, folder, folder.parent / "proofs", *vkeys],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("size", [1, 255, 256, 257, 700])
def test_go_opens_our_checkpoint_and_believes_every_record_tree_and_proof(
    client: Path, tmp_path: Path, size: int
) -> None:
    reader = a_log(tmp_path / "log", size, batch=97).reader()
    proofs = [reader.inclusion_proof(index).json() for index in range(0, size, 3)]
    proofs += [reader.inclusion_proof(old - 1, old).json() for old in range(1, size + 1, 5)]
    grown = [reader.consistency_proof(old).json() for old in range(1, size + 1, 3)]
    said = run(client, tmp_path / "log", proofs + grown, KEY.vkey)
    assert (said["size"], said["records"], said["trees"]) == (size, size, size)
    assert (said["inclusions"], said["consistency"]) == (len(proofs), len(grown))


def test_go_believes_a_checkpoint_that_two_keys_signed_at_a_key_change(
    client: Path, tmp_path: Path
) -> None:
    log, new = a_log(tmp_path / "log", 3), SigningKey(ORIGIN, b"n" * 32)
    log.rotate(new)
    assert run(client, tmp_path / "log", [], KEY.vkey, new.vkey)["signatures"] == 2
    log.append([b"on"])
    assert run(client, tmp_path / "log", [], new.vkey)["signatures"] == 1


def test_we_read_keys_and_notes_that_go_makes(client: Path, tmp_path: Path) -> None:
    a_log(tmp_path / "log", 1)
    said = run(client, tmp_path / "log", [], KEY.vkey)
    theirs = SigningKey.parse(said["signing_key"])
    assert theirs.vkey == said["verifier_key"]
    assert open_checkpoint(said["signed_by_them"], theirs.verifier).origin == "go.example/log"


def test_go_refuses_a_log_with_one_bit_changed(client: Path, tmp_path: Path) -> None:
    a_log(tmp_path / "log", 300)
    tile = tmp_path / "log/tile/0/000"
    tile.write_bytes(bytes([tile.read_bytes()[0] ^ 1]) + tile.read_bytes()[1:])
    with pytest.raises(AssertionError, match=r"invalid transparency proof|inconsistent tile"):
        run(client, tmp_path / "log", [], KEY.vkey)
