"""A release taken away on purpose: ``verify`` says withdrawn, and no run brings it back."""

from pathlib import Path

from tests.material.commands import atalaya


def test_a_withdrawn_release_is_a_note_of_verify_and_no_run_publishes_it_again(observatory: Path):
    cwd, name = observatory.parent, (observatory / "releases" / "latest").readlink().name
    step = atalaya("release", observatory, cwd=cwd)
    assert (step.code, step.rows()[0]["release"]) == (0, name)
    withdraw = ("release", "withdraw", name, "--dir", observatory, "--reason")
    refused = atalaya(*withdraw, "It sold for $20 per gram.", cwd=cwd)
    assert (refused.code, "a price of the illicit market" in refused.err) == (4, True)
    done = atalaya(*withdraw, "It named the wrong place.", cwd=cwd)
    assert (done.code, "was withdrawn on" in done.err) == (0, True)
    checked = atalaya("verify", observatory, cwd=cwd)
    notes = [row["says"] for row in checked.rows() if row["result"] == "note"]
    assert (checked.code, [name in says for says in notes]) == (0, [True])
    again = atalaya("run", "--no-serve", observatory, cwd=cwd)
    assert (again.code, "is what was withdrawn" in again.err) == (4, True)
