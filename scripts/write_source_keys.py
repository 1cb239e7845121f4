"""Write the tables of keys in docs/sources.md from the model that reads source.toml."""

import types
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from atalaya.model import declarations

PAGE = Path(__file__).parents[1] / "docs" / "sources.md"
BEGIN, END = "<!-- keys: written by scripts/write_source_keys.py -->", "<!-- end of keys -->"

MEANINGS = {
    "SourceDeclaration": {
        "schema": "Version of this form.",
        "slug": "Name of the source: lower case, digits, hyphens; the folder has the same.",
        "title": "What it is, in the languages pages are shown in.",
        "publisher": "Who publishes it.",
        "homepage": "The publisher's page about it.",
        "language": "Language of its texts, ISO 639.",
        "cadence": "How often the publisher adds to it.",
        "territory": "Identifier of the place it is about, where it is one.",
        "about_people": "Whether its counts are of people, so that small ones are hidden (R3).",
        "private_persons": "Whether its files may name private persons: they are sealed, and only "
        "declared columns leave them (R2, `docs/evidence.md`). A source about people must say it.",
        "as_of": "The date up to which it speaks.",
        "retrieved": "When the figures were taken from the publisher.",
        "licence": "Under what terms it may be used.",
        "compiled": "How figures were compiled that do not come from the publisher in this form.",
        "reporting": "How late reports arrive.",
        "copies": "Slug of the source this one copies: copies count once.",
        "published_cells": "Page where the official publisher itself publishes the same cells.",
        "published_records": "Page where the official publisher publishes the record of each case.",
        "fetch": "Its addresses, one `[[fetch]]` each; it has at least one of these or a listing.",
        "listing": "Addresses that list documents, one `[[listing]]` each.",
        "table": "How rows of an address become claims, one `[[table]]` each.",
        "text": "How the text of an address is read, one `[[text]]` each.",
        "defect": "What is known to be wrong with the figures, one `[[defect]]` each.",
        "catalogue": "Its entry in the catalogue: what it gives, and where its facts were seen.",
    },
    "Title": {"en": "In English.", "es": "In Spanish."},
    "Licence": {
        "name": "Its name, SPDX where there is one.",
        "address": "Page with its text.",
        "redistribute": "`false`: a release links to the source and holds none of its rows.",
        "attribution": "The words to name the source by.",
    },
    "Compiled": {
        "how": "What was done, so that somebody else could do it again.",
        "script": "The script that did it.",
    },
    "Reporting": {
        "lag_days": "Periods that ended fewer days than this before the capture are incomplete.",
        "live_days": "Evidence older than this when captured is history, shown in replay.",
        "known": "Share of a period's reports, 0 to 1, that is known when it ended 0, 1, 2 ... "
        "whole periods ago; used while too few dated versions are kept to tell it.",
    },
    "Fetch": {
        "address": "`https:`, `http:` or `package:<slug>/<path>`.",
        "media_type": "What the address answers with; anything else is refused.",
        "expect": "What must hold of the answer.",
    },
    "Listing": {
        "kind": "How the list is written.",
        "address": "Where the list is; `folder:NAME` for files in the source's own folder.",
        "item_types": "Media types that items may have; for an `entry`, what it is kept as.",
        "item": "`page`: what an item's address answers; `entry`: what the list says of it.",
        "item_address": "Address of an item, `{version}` in it, where the list gives none.",
        "file": "What `versions` are versions of: the address that a `[[table]]` names.",
        "keys": "Where an `api` or `versions` list says what.",
        "within": "XPath of the parts of a page that hold the links; else all of it.",
        "links": "Patterns of item addresses, `*` for anything; else any address.",
        "skip": "Patterns of item addresses that are left out.",
        "since": "Items dated earlier are left out.",
        "max_pages": "Most pages of the list, or sitemaps of an index, asked in a run.",
        "max_items": "Most items asked in a run; the next run goes on with the others.",
        "private_persons": "Whether items may name private persons, so that they are sealed (R2); "
        "where nothing is said, all but `versions` are.",
        "expect": "What must hold of an item.",
    },
    "Keys": {
        "items": "The list of items; else the answer itself is the list.",
        "address": "Address of an item, in it.",
        "version": "What stands for `{version}` in `item_address`.",
        "title": "Its title.",
        "date": "When it was published.",
        "next": "Address of the next page; a `Link` header that says so needs no key.",
    },
    "Expectation": {
        "min_rows": "A table with fewer rows is refused.",
        "max_bytes": "A longer answer is refused while it is still arriving, or unpacking.",
        "max_broken": "Largest share of rows left out as broken; with more, all is refused.",
    },
    "Table": {
        "address": "The `[[fetch]]` or `[[listing]]` it reads.",
        "record": "`counts` become series; `facts` do not.",
        "subject": "What a row is about.",
        "predicate": "What it says of it.",
        "value": "The number it says.",
        "text": "The words it says, where it is not a number.",
        "facts": "Several claims a row: predicate -> column.",
        "unit": "Unit of the value, for all rows.",
        "may_be_negative": "Whether a count may lie below zero, as money that was paid back does.",
        "unit_column": "Column that holds the unit.",
        "period": "The period it speaks of.",
        "territory": "The place it speaks of.",
        "population": "The denominator of the value.",
        "quote": "Column with the exact words quoted; else the row itself is.",
        "cites": "Column with the page that the row itself names as its source.",
        "checked": "Whether the fact was checked: `verified` or `unverified`.",
        "how_checked": "How it was checked, in words.",
        "prose": "Who read its columns of free text, when, and that they name no private person.",
        "notes": "Name -> column: what the row says beside; `es` in Spanish, `disputed` if so.",
        "tested_from": "Subject -> first period in which it was tested for; before it, gaps.",
    },
    "Text": {
        "address": "The `[[fetch]]` it reads, which no `[[table]]` reads.",
        "reads": "What it is; a resolution is split into `asks`.",
        "subject": "`session:...` of a report, `draft:...` of votes and asks.",
        "period": "Day, month or year of what it says, such as the day of the vote.",
    },
    "Defect": {
        "kind": "Short slug, such as `testing-change` or `broken-link`.",
        "says": "One sentence, with the values.",
        "do": "What a reader should do about it.",
        "address": "The `[[fetch]]` it is in.",
        "subject": "Identifier whose series it touches: their alarms say that they may come of it.",
        "since": "First period it touches; goes with `subject`.",
        "through": "Last period it touches; `since` where there is none.",
    },
    "Catalogued": {
        "group": "What kind of source it is.",
        "official": "Whether a public authority publishes it.",
        "gives": "What it gives, in a few words.",
        "seen": "Where each fact was seen, one `[[catalogue.seen]]` each; every fact once.",
    },
    "Seen": {
        "facts": "The facts that were seen there.",
        "where": (
            "Pages; files as `owner/name: path`, or `public code, file N`, of no known repository."
        ),
        "checked": "`verified` where a saved page or two independent files show it.",
        "how": "What was read, and what speaks against it.",
        "searched": "What was looked for; required where it is `unverified`.",
        "on": "The day of looking.",
    },
    "Column": {
        "column": "Heading of the column it comes from.",
        "value": "Or a fixed value, the same in every row.",
        "register": "Register in which the name is looked up.",
        "kind": "Kind of identifier the text becomes where there is no register.",
    },
}
PLAIN = {
    str: "text",
    bool: "`true`, `false`",
    int: "whole number",
    float: "number",
    date: "date",
    dict: "table of texts",
}
HEADINGS = {
    "SourceDeclaration": "The source",
    "Title": "`title`",
    "Licence": "`[licence]`",
    "Compiled": "`[compiled]`",
    "Reporting": "`[reporting]`",
    "Fetch": "`[[fetch]]`",
    "Listing": "`[[listing]]`",
    "Keys": "`keys` in `[[listing]]`: a key inside another after a dot",
    "Expectation": "`expect` in `[[fetch]]` and `[[listing]]`",
    "Table": "`[[table]]`",
    "Text": "`[[text]]`",
    "Defect": "`[[defect]]`",
    "Catalogued": "`[catalogue]`",
    "Seen": "`[[catalogue.seen]]`",
    "Column": "A field in `[[table]]`: a column or a fixed value",
}


def tables() -> str:
    """Give the tables of keys: one a model, in the order of HEADINGS."""
    lines: list[str] = []
    for name, heading in HEADINGS.items():
        lines += [f"### {heading}", "", "| key | value | default | meaning |", "|---|---|---|---|"]
        lines += [*rows(name), ""]
    return "\n".join(lines)


def rows(name: str) -> Iterator[str]:
    """Give the rows of one model's table."""
    model: type[BaseModel] = getattr(declarations, name)
    for field_name, field in model.model_fields.items():
        key = field.alias or field_name
        default = "**required**" if field.is_required() else shown(field.default)
        kind = words(field.annotation).replace("|", "\\|")
        yield f"| `{key}` | {kind} | {default} | {MEANINGS[name][key]} |"


def shown(default: Any) -> str:
    """Print a default as TOML, or a dash where there is none to print."""
    if default is None or isinstance(default, BaseModel) or default in ({}, ()):
        return "-"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def words(annotation: Any) -> str:
    """Say in words what a value may be."""
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return words(inside[0])
    if origin is Literal:
        return ", ".join(f"`{value!r}`".replace("'", '"') for value in inside)
    if origin in {Union, types.UnionType}:
        return words(next(part for part in inside if part is not type(None)))
    if origin is tuple:
        return f"{words(inside[0])}, repeated"
    return PLAIN.get(origin or annotation, "table")


def page(text: str) -> str:
    """Put the tables between their marks in the page's text."""
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}\n\n{tables()}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"wrote {PAGE.name}")
