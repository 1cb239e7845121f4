"""The same decisions in a real PostgreSQL, started for the test."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.material.loopback_server import free_port
from tests.material.programs import absent

from atalaya.findings.auditing import audit
from atalaya.findings.decisions import DecisionStore
from atalaya.findings.reviewers import Reviewer, ReviewerKey, sign_decision
from atalaya.findings.states import Action, Decision
from atalaya.model.records import SignalState

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
KEY = ReviewerKey.create("reviewer:ada-roe")


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    programs = _programs()
    if programs is None:
        absent("Debian's postgresql is not installed")
    folder = tmp_path_factory.mktemp("postgresql")
    as_user: dict[str, object] = {}
    if os.geteuid() == 0:  # the server refuses to run as root
        user = pwd.getpwnam("postgres" if _known("postgres") else "nobody")
        own = [one for one in (folder, *folder.parents) if "pytest-of-" in str(one)]
        for path in own:
            path.chmod(0o755)
        os.chown(folder, user.pw_uid, user.pw_gid)
        as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    data, port = folder / "data", free_port()
    quiet = {"capture_output": True, "cwd": folder, **as_user}
    subprocess.run(
        [programs / "initdb", "-D", data, "-U", "atalaya", "-A", "trust"], check=True, **quiet
    )
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    start = [programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"]
    subprocess.run(start, check=True, stdout=subprocess.DEVNULL, cwd=folder, **as_user)
    yield f"postgresql+psycopg://atalaya@127.0.0.1:{port}/postgres"
    subprocess.run(
        [programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"], check=True, **quiet
    )


def _known(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def test_decisions_are_kept_refused_and_protected_alike_in_postgresql(address, tmp_path):
    ada = Reviewer("Ada Roe", KEY.public, NOW - timedelta(days=1))
    decision = Decision(
        signal="signal:0123456789abcdef",
        action=Action.TRIAGE,
        reviewer=ada.id,
        reason="seen twice",
        decided_at=NOW,
        verdict="verdict:0123456789abcdef",
    )
    with DecisionStore(address) as store:
        store.add_reviewer(ada)
        store.record(sign_decision(decision, KEY))
        standing = store.standing(decision.signal, date(2026, 11, 24))
        assert standing.state is SignalState.TRIAGED
        with DecisionStore.at(tmp_path / "copy.db") as copy:
            assert store.copy_to(copy) == 2
            assert copy.decisions() == store.decisions()
    engine = sa.create_engine(address)
    with engine.begin() as direct, pytest.raises(sa.exc.DatabaseError, match="append-only"):
        direct.execute(sa.text("DELETE FROM decisions"))
    with engine.begin() as direct:  # an INSERT is no change: only the signature tells
        direct.execute(
            sa.text(
                "INSERT INTO decisions (id, signal, content, signature) SELECT "
                "'decision:0000000000000000', signal, replace(content, 'triage', 'dismiss'), "
                "signature FROM decisions"
            )
        )
    with DecisionStore(address) as store:
        (problem,) = audit(store, [])
        assert "signature is not Ada Roe's" in problem
    engine.dispose()
