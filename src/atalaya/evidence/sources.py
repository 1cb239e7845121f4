"""Reads what sources say of themselves: ``sources/<slug>/source.toml``, one folder a source.

A declaration with any mistake stops the run before anything is fetched: a source that is half
understood would be evidence nobody declared.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from atalaya.evidence.addresses import WebAddress, parse_address
from atalaya.evidence.declared_listings import listing_faults
from atalaya.evidence.toml_files import TomlFile, read_toml, validated
from atalaya.model.declarations import Column, SourceDeclaration, Table
from atalaya.model.errors import BadInput, Place
from atalaya.model.periods import Period

FILE = "source.toml"


def load_sources(folder: Path) -> tuple[SourceDeclaration, ...]:
    """Read every source an observatory declares.

    Args:
        folder: The folder that holds one folder a source; hidden folders and plain files in it are
            left alone.

    Returns:
        The declarations, ordered by slug.

    Raises:
        BadInput: A file is absent or wrong: with file, line, key and remedy.
    """
    if not folder.is_dir():
        raise BadInput(
            "there is no such folder of sources",
            why="without sources there is nothing to observe",
            do="create it with one folder a source, each with a source.toml",
            where=Place(str(folder)),
        )
    loaded = {path: load_source(path) for path in _folders(folder)}
    slugs = {declaration.slug for declaration in loaded.values()}
    for path, declaration in loaded.items():
        _check_copies(path / FILE, declaration, slugs)
    return tuple(sorted(loaded.values(), key=lambda declaration: declaration.slug))


def load_source(folder: Path) -> SourceDeclaration:
    """Read one source's folder.

    Args:
        folder: The folder that holds its ``source.toml``; its name is the source's slug.

    Returns:
        The declaration.

    Raises:
        BadInput: The file is absent or wrong: with line, key and remedy.
    """
    file = read_toml(folder / FILE)
    declaration = validated(SourceDeclaration, file)
    for place, fault, remedy in _faults(folder.name, declaration, file):
        raise BadInput(fault, do=remedy, where=place)
    return declaration


def _folders(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.name.startswith((".", "__")):
            yield path


def _faults(
    name: str, declaration: SourceDeclaration, file: TomlFile
) -> Iterator[tuple[Place, str, str]]:
    """Say what the model cannot: how the parts of one declaration agree with each other."""
    if declaration.slug != name:
        fault = f"the slug is {declaration.slug!r} but the folder is called {name!r}"
        yield file.place(("slug",)), fault, "give both the same name"
    if declaration.about_people and "private_persons" not in declaration.model_fields_set:
        yield (
            file.place(("about_people",)),
            "it is about people and does not say whether its files may name private persons (R2); "
            "what is stored unsealed cannot be taken back",
            "add private_persons = true (every file is sealed) or private_persons = false",
        )
    addresses: list[str] = []
    for number, fetch in enumerate(declaration.fetch):
        place = file.place(("fetch", number, "address"))
        parse_address(fetch.address, place)
        if fetch.address in addresses:
            yield place, f"{fetch.address!r} is declared twice", "remove one [[fetch]]"
        addresses.append(fetch.address)
    yield from listing_faults(declaration, file)
    addresses = [fetch.address for fetch in declaration.addresses]
    addresses += [one.address for one in declaration.listing if one.kind == "folder"]
    for number, table in enumerate(declaration.table):
        if table.address not in addresses:
            near = get_close_matches(table.address, addresses, n=1)
            yield (
                file.place(("table", number, "address")),
                f"no [[fetch]] or [[listing]] declares {table.address!r}",
                f"did you mean {near[0]!r}?" if near else "add a [[fetch]] for it",
            )
        yield from _table_faults(table, ("table", number), file)
    yield from _text_faults(declaration, addresses, file)
    yield from _page_faults(declaration, file)
    yield from _defect_faults(declaration, addresses, file)


def _table_faults(
    table: Table, here: tuple[str, int], file: TomlFile
) -> Iterator[tuple[Place, str, str]]:
    """Say which parts of a table would be read over, or leave it without a claim."""
    if table.facts and (table.value is not None or table.text is not None):
        fault = "facts say the claims of a row, so value and text would be read over"
        yield file.place((*here, "facts")), fault, "give either facts, or value and text"
    if not table.facts and table.value is None and table.text is None:
        fault = "it has neither value, text nor facts, so that no row would say anything"
        yield file.place(here), fault, 'add value = {column = "HEADING"}'
    for name in Table.model_fields:
        field = getattr(table, name)
        if isinstance(field, Column) and (field.column is None) == (field.value is None):
            fault = f"{name} needs a column or a fixed value, and not both"
            yield file.place((*here, name)), fault, 'write {column = "..."} or {value = "..."}'


_ABOUT = {"report": "session", "votes": "draft", "asks": "draft"}


def _text_faults(
    declaration: SourceDeclaration, addresses: list[str], file: TomlFile
) -> Iterator[tuple[Place, str, str]]:
    """Say which texts would be read of nothing, as something else, or against R2."""
    tabled = {one.address for one in declaration.table}
    for number, text in enumerate(declaration.text):
        here = ("text", number)
        if text.address not in addresses:
            near = get_close_matches(text.address, addresses, n=1)
            yield (
                file.place((*here, "address")),
                f"no [[fetch]] declares {text.address!r}",
                f"did you mean {near[0]!r}?" if near else "add a [[fetch]] for it",
            )
        if text.address in tabled:
            fault = f"{text.address!r} is read as a [[table]] as well"
            yield file.place((*here, "address")), fault, "declare it once"
        kind = _ABOUT[text.reads]
        if not text.subject.startswith(f"{kind}:"):
            fault = f"{text.reads} are of a {kind}, and the subject is {text.subject!r}"
            yield file.place((*here, "subject")), fault, f'write subject = "{kind}:..."'
        if text.period is not None and not _is_period(text.period):
            fault = f"{text.period!r} is no period"
            yield file.place((*here, "period")), fault, "write 2019-04-01, 2019-04 or 2019"
        if declaration.about_people or declaration.private_persons:
            fault = "a text of a source about people would be quoted with the names in it (R2)"
            yield file.place(here), fault, "declare the columns of a [[table]] instead"


def _page_faults(
    declaration: SourceDeclaration, file: TomlFile
) -> Iterator[tuple[Place, str, str]]:
    pages = {
        ("homepage",): declaration.homepage,
        ("licence", "address"): declaration.licence.address,
        ("published_cells",): declaration.published_cells,
        ("published_records",): declaration.published_records,
    }
    for keys, page in pages.items():
        if page is not None and not isinstance(
            parse_address(page.split("#")[0], file.place(keys)), WebAddress
        ):
            yield file.place(keys), f"{page!r} is not a page on the web", "write https://..."


def _defect_faults(
    declaration: SourceDeclaration, addresses: list[str], file: TomlFile
) -> Iterator[tuple[Place, str, str]]:
    for number, defect in enumerate(declaration.defect):
        here = ("defect", number)
        if defect.address is not None and defect.address not in addresses:
            yield (
                file.place((*here, "address")),
                f"no [[fetch]] declares {defect.address!r}",
                "name one of its addresses, or leave the address out",
            )
        if (defect.subject is None) != (defect.since is None):
            yield file.place(here), "subject and since go together", "give both, or neither"
        for key, period in (("since", defect.since), ("through", defect.through)):
            if period is not None and not _is_period(period):
                yield file.place((*here, key)), f"{period!r} is no period", "write 2019 or 2019-04"


def _is_period(text: str) -> bool:
    try:
        Period.parse(text)
    except BadInput:
        return False
    return True


def _check_copies(path: Path, declaration: SourceDeclaration, slugs: set[str]) -> None:
    copied = declaration.copies
    if copied is None or (copied in slugs and copied != declaration.slug):
        return
    near = get_close_matches(copied, slugs - {declaration.slug}, n=1)
    raise BadInput(
        f"it says it copies {copied!r}, which is not another source here",
        why="copies of one source count once, so the original must be known",
        do=f"did you mean {near[0]!r}?" if near else "declare the original, or remove `copies`",
        where=read_toml(path).place(("copies",)),
    )
