"""One visit to one listing: its pages, then the items that are new, newest first.

It fetches and reads; what it finds it gives on, event by event, and stores nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from atalaya.evidence.addresses import parse_address
from atalaya.evidence.fetched import Fetched, Validators
from atalaya.evidence.fetching import Fetcher, ListedBy
from atalaya.evidence.listings import (
    Found,
    Listed,
    ListingPage,
    chosen,
    read_folder,
    read_listing,
)
from atalaya.model.declarations import Expectation, Fetch, SourceDeclaration
from atalaya.model.errors import AtalayaError, LookAtThis, Place, StopEverything, TryLater
from atalaya.model.listings import Listing
from atalaya.model.sentences import sentence
from atalaya.pipeline.failures import Failure, failed, failed_item
from atalaya.pipeline.listed.known import Known
from atalaya.pipeline.listed.naming import Naming

_LIST = Expectation(max_bytes=20_000_000)  # of one page of a listing; seldom is one a megabyte
_PATIENCE = 3  # items that fail for now, one after another, after which the rest wait for a run
_OLDEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Answer:
    """A document, or a page of the listing where ``item`` is None.

    Args:
        item: What the listing says of it.
        name: The address under which it is kept.
        fetched: Its bytes, with the true address.
    """

    item: Listed | None
    name: str
    fetched: Fetched


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of a visit.

    Args:
        whole: Whether nothing is left to ask.
        listed: Names of all items it lists now; None where its list was not read to the end.
    """

    whole: bool
    listed: frozenset[str] | None


Event = Answer | Failure | Ending


@dataclass(frozen=True, slots=True)
class Desk:
    """What every visit works with.

    Args:
        fetcher: Asks addresses.
        known: What is known.
        naming: Names items.
        homes: The folder of sources.
        kept: Gives the validators and, where it is open, the payload of the page kept of an
            address; an empty payload where there is none.
        now: The present moment, UTC.
    """

    fetcher: Fetcher
    known: Known
    naming: Naming
    homes: Path
    kept: dict[tuple[str, str], tuple[Validators | None, bytes]]
    now: datetime


class Visit:
    """Visits one listing.

    Args:
        said: The source.
        listing: Its listing.
        desk: What it works with.
    """

    def __init__(self, said: SourceDeclaration, listing: Listing, desk: Desk) -> None:
        self.said, self.listing, self._desk = said, listing, desk
        self.sealed = listing.sealed or said.private_persons
        self._places: dict[str, Path] = {}
        self._read = True  # whether the list was read to its end
        self._left = False  # whether something is left to ask

    def events(self) -> Iterator[Event]:
        """Ask the list, then the items that are wanted; always ends with an ``Ending``.

        Raises:
            StopEverything: Proof is at stake.
        """
        items: dict[str, tuple[Listed, Fetched | None]] = {}
        for event, found, page in self._pages():
            yield from event
            for item in chosen(self.listing, found.items):
                items.setdefault(self._name(item), (item, page))
        wanted = [(name, *said) for name, said in items.items() if self._wants(name, said[0])]
        wanted.sort(key=lambda one: one[1].dated or _OLDEST, reverse=True)
        self._left = self._left or len(wanted) > self.listing.max_items
        yield from self._items(wanted[: self.listing.max_items])
        listed = frozenset(items) if self._read else None
        yield Ending(whole=self._read and not self._left, listed=listed)

    def _name(self, item: Listed) -> str:
        return self._desk.naming.name(item.address, sealed=self.sealed)

    def _wants(self, name: str, item: Listed) -> bool:
        return self._desk.known.wants(self.said, self.listing, item, name, self._desk.now)

    def _pages(self) -> Iterator[tuple[list[Event], Found, Fetched | None]]:
        if self.listing.kind == "folder":
            yield self._folder()
            return
        waiting, seen = [self.listing.address], set[str]()
        while waiting and len(seen) < self.listing.max_pages:
            address = waiting.pop(0)
            if address in seen:
                continue
            seen.add(address)
            events, found, page = self._page(address)
            yield events, found, page
            if self._anything_new(found):
                waiting += found.further
        if any(address not in seen for address in waiting):
            self._read = False

    def _anything_new(self, found: Found) -> bool:
        """Whether it is worth turning the page: where all was asked before, what is old follows."""
        ended = (self.said.slug, self.listing.address) in self._desk.known.ended
        if not ended or self.listing.kind == "sitemap":
            return True
        items = chosen(self.listing, found.items)
        return any(self._wants(self._name(one), one) for one in items)

    def _page(self, address: str) -> tuple[list[Event], Found, Fetched | None]:
        found = Found(())
        events: list[Event] = []
        known, before = self._desk.kept.get((self.said.slug, address), (None, b""))
        try:
            page = self._desk.fetcher.fetch(
                Fetch(address=address, media_type=self.listing.listed_as[0], expect=_LIST),
                known,
                listed=ListedBy(self.listing.address, self.listing.listed_as),
            )
            events.append(Answer(None, address, page))
            if page.not_modified and not before:
                return events, found, page
            whole = replace(page, payload=before) if page.not_modified else page
            found = read_listing(self.listing, ListingPage.of(whole))
            events += self._left_out(found, address)
            if found.fault:
                raise LookAtThis(
                    found.fault,
                    why="what stands after the break is not asked for",
                    do=sentence("tell the publisher; what stands before the break was asked for"),
                    where=Place(address),
                )
        except StopEverything:
            raise
        except AtalayaError as error:
            self._read = False
            events.append(failed(self.said.slug, address, error, listing=self.listing.address))
            return events, found, events[0].fetched if isinstance(events[0], Answer) else None
        return events, found, whole

    def _left_out(self, found: Found, address: str) -> Iterator[Failure]:
        """Say how many items nothing can be made of; a page has links to all sorts of things."""
        if found.left_out and self.listing.kind != "pages":
            error = LookAtThis(
                sentence(
                    "{number} of {whole} items have no address, or no date where they need one",
                    number=str(found.left_out),
                    whole=str(found.left_out + len(found.items)),
                ),
                do=sentence("look at the listing; correct keys in source.toml if they are wrong"),
                where=Place(address),
            )
            yield failed(self.said.slug, address, error, listing=self.listing.address)

    def _folder(self) -> tuple[list[Event], Found, Fetched | None]:
        try:
            found, self._places = read_folder(self.listing, self._desk.homes / self.said.slug)
        except LookAtThis as error:
            self._read = False
            gone = failed(self.said.slug, self.listing.address, error, listing=self.listing.address)
            return [gone], Found(()), None
        return [], found, None

    def _items(self, wanted: list[tuple[str, Listed, Fetched | None]]) -> Iterator[Event]:
        failing = 0
        for name, item, page in wanted:
            try:
                fetched = self._fetched(item, page)
            except StopEverything:
                raise
            except AtalayaError as error:
                failing = failing + 1 if isinstance(error, TryLater) else 0
                self._left = self._left or isinstance(error, TryLater)
                make = failed_item if self.sealed else failed
                yield make(self.said.slug, name, error, listing=self.listing.address)
                if failing >= _PATIENCE:
                    self._left = True
                    return
                continue
            failing = 0
            yield Answer(item, name, fetched)

    def _fetched(self, item: Listed, page: Fetched | None) -> Fetched:
        """Fetch an item, or take it from where it is: the listing itself, or a folder."""
        if item.address in self._places:
            return self._file(item)
        if self.listing.item == "entry" and page is not None:
            return replace(
                page,
                address=item.address,
                url=item.address,
                media_type=item.entry_type,
                headers=(),
                payload=item.entry,
                via="listing",
                asked=(),
            )
        parse_address(item.address)
        return self._desk.fetcher.fetch(
            Fetch(
                address=item.address,
                media_type=self.listing.item_types[0],
                expect=self.listing.expect,
            ),
            listed=ListedBy(self.listing.address, self.listing.item_types),
        )

    def _file(self, item: Listed) -> Fetched:
        path, most = self._places[item.address], self.listing.expect.max_bytes
        try:
            with path.open("rb") as file:
                payload = file.read(most + 1)
        except OSError as error:
            raise LookAtThis(
                sentence("the file cannot be read: {fault}", fault=error.strerror or str(error)),
                do=sentence("make it readable"),
                where=Place(item.address),
            ) from error
        if len(payload) > most or not payload.strip():
            raise LookAtThis(
                sentence("the file is empty, or has more than {most} bytes", most=str(most)),
                do=sentence("check the file; raise expect.max_bytes in source.toml if it is right"),
                where=Place(item.address),
            )
        return Fetched(
            address=item.address,
            url=item.address,
            status=200,
            media_type=item.entry_type,
            headers=(),
            payload=payload,
            fetched_at=self._desk.now.astimezone(UTC).replace(microsecond=0),
            via="folder",
        )
