"""What a source says of itself in its ``source.toml``, checked field by field.

Declarations are read at the edge, so they are pydantic models: unknown keys are refused, and each
error names the key. Reading the file itself is ``evidence.sources``' work.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, field_validator, model_validator

from atalaya.model.catalogued import Catalogued, Seen
from atalaya.model.declaring import Declared, Expectation, Slug, Title, Words
from atalaya.model.listings import FOLDER, Keys, Listing

__all__ = [
    "Catalogued",
    "Column",
    "Compiled",
    "Declared",
    "Defect",
    "Expectation",
    "Fetch",
    "Keys",
    "Licence",
    "Listing",
    "Reporting",
    "Seen",
    "Slug",
    "SourceDeclaration",
    "Table",
    "Text",
    "Title",
    "Words",
]


class Licence(Declared):
    """Under what terms the source may be used.

    ``redistribute = false`` means a release links to the source and bundles none of its rows.
    """

    name: Words
    address: str | None = None
    redistribute: bool
    attribution: Words


class Compiled(Declared):
    """How figures were compiled when they do not come from the publisher in this form."""

    how: Words
    script: str | None = None


class Fetch(Declared):
    """One address of the source.

    ``package:`` addresses name files that ship with Atalaya; others are ``https:`` or ``http:``.
    """

    address: Words
    media_type: Words
    expect: Expectation = Expectation()


class Column(Declared):
    """Where a field of a claim comes from: a column of the table or a fixed value.

    Args:
        column: Heading of the column.
        value: The fixed value, for every row.
        register_name: Register in which a name is looked up: substance or territory.
        kind: Kind of identifier a text becomes (``kind:slug``) when there is no register.
    """

    column: str | None = None
    value: str | None = None
    register_name: Literal["substance", "territory"] | None = Field(default=None, alias="register")
    kind: str | None = None


class Table(Declared):
    """How rows of one address become claims.

    ``record = "counts"`` makes series of the claims; ``"facts"`` does not. A facts table says one
    claim a row (``predicate`` and ``value``/``text``) or several (``facts``: predicate -> column).
    ``notes`` (name -> column) adds what the row says beside that, as claims of the predicate with
    ``@`` and the name: ``es`` for the words in Spanish, ``disputed`` where another row contradicts
    it. ``checked`` is ``unverified`` unless a column or a fixed value says more. ``prose`` says who
    read its columns of free text, when, and that they name nobody.
    """

    address: Words
    record: Literal["counts", "facts"]
    subject: Column
    predicate: Column
    value: Column | None = None
    text: Column | None = None
    facts: dict[str, str] = Field(default={})
    unit: str | None = None
    may_be_negative: bool = False
    """Whether a value of a counts table may lie below zero, as money that was paid back does."""
    unit_column: str | None = None
    period: Column | None = None
    territory: Column | None = None
    population: Column | None = None
    quote: Column | None = None
    cites: Column | None = None
    checked: Column | None = None
    how_checked: Column | None = None
    prose: Words | None = None
    notes: dict[Slug, str] = Field(default={})
    tested_from: dict[str, str] = Field(default={})
    """Subject -> first period in which the publisher tested for it; before it, gaps."""


class Text(Declared):
    """How a document of one address, no table but a text, becomes claims of the record.

    ``reads`` says what it is: a ``report`` of a meeting, a record of ``votes``, or a resolution
    whose paragraphs are split into ``asks``. What a machine read is never ``verified``.

    Args:
        address: The fetch it reads.
        reads: What is read.
        subject: ``session:...`` of a report, ``draft:...`` of votes and asks.
        period: Day, month or year of what is said, such as the day of the vote.
    """

    address: Words
    reads: Literal["report", "votes", "asks"]
    subject: Annotated[str, StringConstraints(pattern=r"^(session|draft):[a-z0-9]+(-[a-z0-9]+)*$")]
    period: str | None = None


class Reporting(Declared):
    """How late reports arrive.

    Args:
        lag_days: Periods that ended fewer days than this before the capture are incomplete.
        live_days: Evidence older than this when captured is history, shown in replay.
        known: Share of a period's reports, 0..1, that is known when it ended 0, 1, 2 ... whole
            periods ago; used while too few dated versions are kept to tell it.
    """

    lag_days: int = 0
    live_days: int = 366
    known: tuple[Annotated[float, Field(gt=0, le=1)], ...] = ()

    @field_validator("known")
    @classmethod
    def _grows(cls, known: tuple[float, ...]) -> tuple[float, ...]:
        if any(later < earlier for earlier, later in pairwise(known)):
            raise ValueError("known must not fall: of an older period at least as much is known")
        return known


class Defect(Declared):
    """Something known to be wrong with the figures; published as an issue with every release.

    With a ``subject`` it is a change in what was tested or reported: alarms of that subject from
    ``since`` to ``through`` say that they may come of it.
    """

    kind: Slug
    says: Title | Words
    do: Title | Words
    address: str | None = None
    subject: str | None = None
    since: str | None = None
    through: str | None = None


class SourceDeclaration(Declared):
    """A source: who publishes it, under what licence, where it is fetched, how it is read."""

    schema_version: Literal[1] = Field(alias="schema")
    slug: Slug
    title: Title
    publisher: Words
    homepage: str
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
    cadence: Literal["daily", "weekly", "monthly", "quarterly", "yearly", "once", "irregular"]
    territory: str | None = None
    about_people: bool
    private_persons: bool = False
    """Its files may name private persons: they are sealed, and only declared columns are read.

    A source about people must say it (``evidence.sources``): nothing sealed too late stays private.
    """
    as_of: date
    retrieved: str
    licence: Licence
    compiled: Compiled | None = None
    reporting: Reporting = Reporting()
    copies: str | None = None
    """Slug of the source this one copies: copies count once."""
    published_cells: str | None = None
    """Address where the official publisher itself publishes the same cells (exception of R3)."""
    published_records: str | None = None
    """Address where the official publisher itself publishes the record of every case.

    Counts from 1 to 9 stay hidden all the same; alarms, which say less than the records, need not
    be held back.
    """
    fetch: tuple[Fetch, ...] = ()
    listing: tuple[Listing, ...] = ()
    table: tuple[Table, ...] = ()
    text: tuple[Text, ...] = ()
    defect: tuple[Defect, ...] = ()
    catalogue: Catalogued | None = None

    @model_validator(mode="after")
    def _has_an_address(self) -> Self:
        if not self.fetch and not self.listing:
            raise ValueError("it has neither a [[fetch]] nor a [[listing]], so nothing to ask")
        return self

    @property
    def addresses(self) -> tuple[Fetch, ...]:
        """What stands under one address for good: each ``[[fetch]]``, each file in versions."""
        files = (one for one in self.listing if one.kind == "versions")
        return (
            *self.fetch,
            *(
                Fetch(address=one.file, media_type=one.item_types[0], expect=one.expect)
                for one in files
            ),
        )

    @property
    def asked(self) -> tuple[str, ...]:
        """The addresses that every run asks: of each ``[[fetch]]`` and each ``[[listing]]``."""
        return (*(one.address for one in self.fetch), *(one.address for one in self.listing))

    def folder_of(self, address: str) -> Listing | None:
        """Give the listing of the folder that a file lies in, or None."""
        for one in self.listing:
            path = one.address.removeprefix(FOLDER)
            if one.kind == "folder" and address.startswith(f"{FOLDER}{self.slug}/{path}/"):
                return one
        return None

    def tables_of(self, address: str) -> tuple[Table, ...]:
        """Give the tables that are read of an address: its own, and those of its folder."""
        folder = self.folder_of(address)
        here = {address, folder.address} if folder else {address}
        return tuple(one for one in self.table if one.address in here)
