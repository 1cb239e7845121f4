"""What declarations are made of: strict records, slugs, words, what is expected of bytes."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Declared(BaseModel):
    """Strict and frozen: a misspelt key is an error, not a silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Expectation(Declared):
    """What must hold of a capture before anything is made from it.

    Args:
        min_rows: A table with fewer rows is refused.
        max_bytes: A longer payload is refused while it is still arriving.
        max_broken: Largest share of rows that may be left out as broken; with more, the whole
            document is refused.
    """

    min_rows: int = 1
    max_bytes: int = 100_000_000
    max_broken: float = Field(default=0.05, ge=0, le=1)


class Title(Declared):
    """A title in the languages pages are shown in."""

    en: Words
    es: Words
