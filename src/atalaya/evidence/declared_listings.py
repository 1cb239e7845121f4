"""What is wrong with a ``[[listing]]``, beyond what its model says field by field."""

from __future__ import annotations

from collections.abc import Iterator

from atalaya.evidence.addresses import parse_address, parse_folder
from atalaya.evidence.toml_files import TomlFile
from atalaya.model.declarations import SourceDeclaration
from atalaya.model.errors import Place
from atalaya.model.listings import Listing

Fault = tuple[Place, str, str]
_VERSION = "{version}"
_LONGEST_XPATH = 500
# Which keys say something of which kind; elsewhere they would be read over.
_OF_KIND = {
    "item_address": {"api", "versions"},
    "file": {"versions"},
    "within": {"pages"},
    "keys": {"api", "versions"},
}


def listing_faults(declaration: SourceDeclaration, file: TomlFile) -> Iterator[Fault]:
    """Say which listings would be read of nothing, otherwise than meant, or against R2.

    Args:
        declaration: The source.
        file: The file it was read from.

    Yields:
        Place, fault and remedy.
    """
    taken = {fetch.address for fetch in declaration.fetch}
    for number, listing in enumerate(declaration.listing):
        here = ("listing", number)
        _check_address(listing, file.place((*here, "address")))
        for name, address in (("address", listing.address), ("file", listing.file)):
            if address in taken:
                fault = f"{address!r} is declared twice"
                yield file.place((*here, name)), fault, "give each address one [[fetch]] or listing"
        taken |= {listing.address, listing.file} - {""}
        for name, fault, remedy in _field_faults(declaration, listing):
            yield file.place((*here, *name.split("."))), fault, remedy


def _check_address(listing: Listing, place: Place) -> None:
    if listing.kind == "folder":
        parse_folder(listing.address, place)
    else:
        parse_address(listing.address, place)
    if listing.item_address:
        parse_address(listing.item_address.replace(_VERSION, "0"), place)
    if listing.file:
        parse_address(listing.file, place)


def _field_faults(
    declaration: SourceDeclaration, listing: Listing
) -> Iterator[tuple[str, str, str]]:
    for name, kinds in _OF_KIND.items():
        default = Listing.model_fields[name].default
        if getattr(listing, name) != default and listing.kind not in kinds:
            fault = f"{name} says nothing of a listing of kind {listing.kind!r}"
            yield name, fault, f"leave it out; it is for {' and '.join(sorted(kinds))}"
    yield from _address_faults(listing)
    if listing.within and (fault := _xpath_fault(listing.within)):
        yield "within", fault, "write an XPath such as //main or //div[@id='news']"
    if listing.item == "entry" and listing.kind not in {"feed", "api"}:
        fault = f"a listing of kind {listing.kind!r} says no more of an item than its address"
        yield "item", fault, 'write item = "page"'
    read = any(table.address == listing.address for table in declaration.table)
    if read and listing.kind == "folder" and listing.sealed:
        fault = "a [[table]] reads files that are sealed, since they may name private persons"
        yield "private_persons", fault, "write private_persons = false if they name nobody (R2)"
    if declaration.private_persons and not listing.sealed and listing.kind != "versions":
        fault = "the source says that its files may name private persons, this listing that none do"
        yield "private_persons", fault, "say the same of both (R2)"


def _address_faults(listing: Listing) -> Iterator[tuple[str, str, str]]:
    keys = listing.keys
    if listing.kind == "versions" and not (listing.file and _VERSION in listing.item_address):
        fault = "versions need file (what they are of) and item_address with {version} in it"
        yield "file", fault, 'write file = "https://.../table.csv" and item_address = "https://..."'
    if listing.kind == "versions" and not (keys.version and keys.date):
        fault = "versions need keys.version and keys.date: which one, and when it was put out"
        yield "keys", fault, 'write keys = { version = "sha", date = "commit.committer.date" }'
    said = bool(keys.address) + (_VERSION in listing.item_address)
    if listing.kind == "api" and listing.item == "page" and said != 1:
        fault = "where an item is needs either keys.address or item_address with {version}"
        yield "keys", fault, 'write keys = { address = "html_url" }'
    if _VERSION in listing.item_address and not keys.version:
        yield "keys", "nothing says what {version} stands for", 'write keys = { version = "id" }'


def _xpath_fault(path: str) -> str:
    from lxml import etree

    if len(path) > _LONGEST_XPATH:
        return f"it is longer than {_LONGEST_XPATH} characters"
    try:
        etree.XPath(path)
    except etree.XPathError as error:
        return f"it is no XPath: {error}"
    return ""
