"""The interface for programs: tables, signals as of a date, and the tree of any cell, as JSON."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from atalaya.model.clock import Clock
from atalaya.publishing.site.rendering import plain
from atalaya.publishing.site.views.signals import signals_list
from atalaya.web.desk import Desk
from atalaya.web.pages import visit
from atalaya.web.shelf import Shelf

MOST_ROWS = 10_000
AsOf = Annotated[
    str,
    Query(
        pattern=r"^([1-9][0-9]{3}(-(0[1-9]|1[0-2]))?)?$",
        description="Month (2019-06) or year (2019) up to which evidence is looked at.",
    ),
]
TableName = Annotated[str, Path(pattern=r"^[a-z_]{1,40}$", description="Name of a table.")]


class Problem(BaseModel):
    """Why a request could not be answered, and what to do."""

    what: str
    why: str
    do: str


class Released(BaseModel):
    """The latest release."""

    release: str
    first: str = Field(description="First month with judged evidence.")
    last: str = Field(description="Last month with judged evidence.")
    tables: list[str]
    files: dict[str, Any]


class Rows(BaseModel):
    """Rows of a table; small counts of people read ``1-9``."""

    table: str
    total: int
    offset: int
    rows: list[dict[str, Any]]


class Signals(BaseModel):
    """Signals as known at a date."""

    model_config = ConfigDict(populate_by_name=True)

    as_of: str
    today: date
    standing: list[dict[str, Any]]
    past: list[dict[str, Any]]


class Why(BaseModel):
    """The tree of a cell."""

    reference: str
    tree: Any


_PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "The request cannot be read."},
    404: {"model": Problem, "description": "There is no such thing."},
}


def api_routes(shelf: Shelf, clock: Clock, desk: Desk) -> APIRouter:
    """Make the routes of the interface."""
    routes = APIRouter(prefix="/api", tags=["release"], responses=_PROBLEMS)

    @routes.get("/release")
    def release() -> Released:
        """Say which release is served."""
        edition = shelf.site().edition
        files = edition.release.manifest["files"]
        tables = [name[5:-4] for name in files if name.startswith("data/") and name[-4:] == ".csv"]
        first, last = edition.months
        listed = {path: said for path, said in files.items() if not path.startswith("site/")}
        return Released(
            release=edition.release.name,
            first=str(first),
            last=str(last),
            tables=tables,
            files=listed,
        )

    @routes.get("/tables/{name}")
    def table(
        name: TableName,
        offset: Annotated[int, Query(ge=0, le=2**31)] = 0,
        limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = 100,
    ) -> Rows:
        """Give rows of a published table, in order; row 1 is the first."""
        found = shelf.site().edition.release.table(name)
        rows = found.slice(min(offset, found.num_rows), limit).to_pylist()
        return Rows(table=name, total=found.num_rows, offset=offset, rows=rows)

    @routes.get("/signals")
    def signals(as_of: AsOf = "") -> Signals:
        """Give the signals as they were known at a date, with where they stand today."""
        site = shelf.site()
        who = visit(site, "en", "signals", {"as_of": as_of}, clock, desk)
        view = signals_list(site.edition, who, "")
        return Signals(
            as_of=str(who.as_of or site.edition.months[1]),
            today=who.today,
            standing=plain(view.standing),
            past=plain(view.past),
        )

    @routes.get("/why")
    def why(
        ref: Annotated[str, Query(max_length=200, description="Such as signals.csv:1:observed.")],
    ) -> Why:
        """Walk from a published cell to the quoted words, the archived bytes and the log."""
        return Why(reference=ref, tree=plain(shelf.site().explain(ref)))

    return routes
