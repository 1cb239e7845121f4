"""The command that places a structure among the substances of the register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from atalaya.cli import console

if TYPE_CHECKING:
    from atalaya.registers.chemistry.placing import Near, Placement


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command()(place)


def place(
    structure: Annotated[str, typer.Argument(help="SMILES, or InChI as a source prints it.")],
    *,
    limit: Annotated[int, typer.Option(min=1, max=50, help="How many neighbours.")] = 3,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON line.")] = False,
) -> None:
    """Place a structure in its family and beside its nearest scheduled substances."""
    from atalaya.registers.chemistry import placing

    found = placing.place(structure, limit)
    if as_json:
        console.show([_row(found)], as_json=True)
        return
    console.say(*_lines(found))
    console.show(map(_near, found.nearest), as_json=False, title="nearest scheduled substances")


def _lines(found: Placement) -> list[str]:
    from atalaya.registers.chemistry.placing import NOTE

    known = f"{found.known.name} ({found.known.id})" if found.known else "not in the register"
    family = f"{found.family}: {found.because}" if found.family else "no family's core is held"
    return [f"{found.inchikey}: {known}", family, NOTE]


def _row(found: Placement) -> dict[str, Any]:
    from atalaya.registers.chemistry.placing import NOTE

    return {
        "inchikey": found.inchikey,
        "id": found.known.id if found.known else None,
        "name": found.known.name if found.known else None,
        "family": found.family,
        "because": found.because or None,
        "nearest": [_near(one) for one in found.nearest],
        "note": NOTE,
    }


def _near(one: Near) -> dict[str, Any]:
    listed = [
        f"{s.convention} {s.schedule}" + (f" ({s.year})" if s.year else "")
        for s in one.entry.schedules
    ]
    return {
        "similarity": round(one.similarity, 3),
        "id": one.entry.id,
        "name": one.entry.name,
        "family": one.entry.family,
        "schedules": "; ".join(listed),
    }
