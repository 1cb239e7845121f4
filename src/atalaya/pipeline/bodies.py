"""The resolve step: which body each name printed in the record is, as far as it may be passed on.

The resolver looks at all names at once, so that it is asked again only where the names, the lists
in which they are printed, what people decided on them, or the register have changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from atalaya.model.declarations import SourceDeclaration
from atalaya.model.settings import Folder
from atalaya.model.tables import BODIES
from atalaya.pipeline import store as tables
from atalaya.pipeline.house import House
from atalaya.pipeline.progress import Progress
from atalaya.pipeline.steps import Steps, fingerprint
from atalaya.promises import record
from atalaya.promises.body_tables import Known, made_of
from atalaya.promises.named import mentions
from atalaya.promises.sessions import Session
from atalaya.registers import organisations

_TABLE, _STEP = "bodies", "resolve"
Decided = Mapping[frozenset[str], bool]


def recorded(claims: pa.Table, declarations: Iterable[SourceDeclaration]) -> tuple[Session, ...]:
    """Give the record that may be passed on: nothing of sources that may only be linked.

    Args:
        claims: Claims with the schema CLAIMS.
        declarations: Every source.
    """
    bound = [one.slug for one in declarations if not one.licence.redistribute]
    free = pc.invert(pc.is_in(claims["source"], pa.array(bound, pa.string())))
    return record(claims.filter(free))


def resolve_bodies(house: House, progress: Progress) -> bool:
    """Say which body each name is, and keep it in ``tables/``, unless nothing has changed.

    Args:
        house: The observatory, its claims up to date.
        progress: Is told what came of it.

    Returns:
        Whether the resolver was asked.

    Raises:
        BadInput: A decision on two names is none, or not provably its reviewer's.
    """
    progress.begin(_STEP)
    claims = tables.read_table(house.folder.tables, "claims")
    printed = printed_names(recorded(claims, house.declarations))
    decided = _decided(house, {name for name, _, _ in printed})
    register = organisations.load()
    inputs = fingerprint(
        _STEP,
        printed,
        sorted([*sorted(pair), same] for pair, same in decided.items()),
        [[one.name, one.alias, one.country, one.verified] for one in register.aliases],
    )
    steps = Steps.load(house.folder.tables)
    if steps.same(_STEP, inputs, tables.path_of(house.folder.tables, _TABLE)):
        progress.end("nothing new")
        return False
    rows = resolved(printed, decided, register)
    tables.write_table(house.folder.tables, _TABLE, pa.Table.from_pylist(rows, schema=BODIES))
    steps.remember(_STEP, inputs)
    progress.end(f"{len(rows)} names, {len({row['body'] for row in rows})} bodies")
    return True


def known_bodies(folder: Folder) -> dict[str, Known]:
    """Give what the resolve step found: name as printed -> its body."""
    rows = tables.read_table(folder.tables, _TABLE).to_pylist()
    return {row["name"]: Known(**row) for row in rows}


def printed_names(sessions: Sequence[Session]) -> list[list[str]]:
    """Give each name of a body, no State's, with what it is printed in and what code beside it.

    Returns:
        ``[name, event or other subject, territory or ""]``, ordered, none twice.
    """
    found = (
        (one.name, one.of, one.said.territory or "")
        for one in mentions(sessions)
        if one.territory is None and one.name
    )
    return [list(each) for each in sorted(set(found))]


def _decided(house: House, names: set[str]) -> Decided:
    """Give what people decided on two names that are both there."""
    if not house.folder.namings.exists():
        return {}
    from atalaya.pipeline.namings import read_namings

    every = read_namings(house.folder.namings, house.folder, house.settings)
    return {pair: same for pair, same in every.items() if pair <= names}


def resolved(
    printed: Sequence[Sequence[str]],
    decided: Decided,
    register: organisations.OrganisationRegister,
) -> list[dict[str, Any]]:
    """Give a row with the schema BODIES for each name that names somebody.

    Args:
        printed: From ``printed_names``.
        decided: What people decided on pairs of names.
        register: Known aliases.
    """
    from atalaya.reading.organisations.countries import country
    from atalaya.reading.organisations.resolving import resolve  # a second, where it is needed

    lists = {of: number for number, of in enumerate(sorted({of for _, of, _ in printed}))}
    told = resolve(
        [name for name, _, _ in printed], register, [lists[of] for _, of, _ in printed], decided
    )
    found = {one.name: one for one in told if one.entity}
    names: dict[str, list[str]] = {}
    for one in found.values():
        names.setdefault(one.entity, []).append(one.name)
    codes: dict[str, set[str]] = {}
    for name, _, code in printed:
        codes.setdefault(name, set()).add(code)
    countries = {
        body: country(each, register, {code for name in each for code in codes[name]})
        for body, each in names.items()
    }
    return [
        {
            "name": name,
            "body": one.entity,
            "canonical": one.canonical,
            "country": countries[one.entity],
            "confidence": one.confidence,
            "because": str(one.because),
            "parameters": made_of(one.because),
        }
        for name, one in found.items()
    ]
