"""All listings visited side by side; what they give is archived and logged in small batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from queue import Empty, Full, Queue
from threading import Event as Flag

from atalaya.evidence.archiving import archive
from atalaya.evidence.captures import CaptureStore, Received
from atalaya.evidence.fetched import Validators
from atalaya.evidence.fetching import Fetcher
from atalaya.evidence.log import Log
from atalaya.model.declarations import SourceDeclaration
from atalaya.model.errors import LookAtThis
from atalaya.model.settings import Folder
from atalaya.pipeline.failures import Failure, failed, failed_item, failures_in
from atalaya.pipeline.intake import Intake, Named
from atalaya.pipeline.listed.known import Ended, Known, dated
from atalaya.pipeline.listed.naming import Naming
from atalaya.pipeline.listed.visiting import Answer, Desk, Ending, Event, Visit
from atalaya.pipeline.progress import Progress

_AT_ONCE = 8  # listings visited side by side; a host is asked one request at a time all the same
_BATCH = 10  # captures kept at once: what a run that is killed fetches a second time, at most
_WAITING = 32  # answers that wait to be kept, so that a slow disk slows the visits
_TURN = 0.2  # seconds after which a waiting visit looks whether the run is over


@dataclass
class Collected:
    """What came of the visits.

    Args:
        asked: Pages and items that were asked for, by source.
        failures: What failed.
        answered: Source and address of what answered, or is not listed any more.
    """

    asked: dict[str, int] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    answered: set[tuple[str, str]] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Said:
    """An event, and whose it is."""

    visit: Visit
    event: Event


def collect_listings(
    declarations: Sequence[SourceDeclaration],
    fetcher: Fetcher,
    intake: Intake,
    log: Log,
    progress: Progress,
    now: datetime,
) -> Collected:
    """Visit every listing; archive and log what is new.

    Args:
        declarations: The sources.
        fetcher: Asks addresses.
        intake: Takes answers in, with the store they are kept in.
        log: Where they are logged.
        progress: Is told of each listing that was visited.
        now: The present moment, UTC.

    Returns:
        What was asked, what failed and what answered; failures are not logged yet.

    Raises:
        StopEverything: Archive and log disagree.
        TryLater: The disk refuses, or another run holds archive or log.
    """
    if not any(one.listing for one in declarations):
        return Collected()
    folder = Folder(intake.store.folder.parent)
    ended = Ended(folder.tables)
    failures = failures_in(log.reader().entries())
    known = Known.of(intake.store.all(), failures, frozenset(ended.listings))
    desk = Desk(
        fetcher=fetcher,
        known=known,
        naming=Naming.of(intake.vault),
        homes=folder.sources,
        kept=_kept(declarations, intake.store, known),
        now=now,
    )
    visits = [Visit(one, listing, desk) for one in declarations for listing in one.listing]
    keeping = _Keeping(intake, log, failures)
    with _told(visits) as events:
        for said in events:
            keeping.take(said.visit, said.event)
            if isinstance(said.event, Ending):
                keeping.keep()
                where = said.visit.said.slug, said.visit.listing.address
                ended.note(*where, whole=said.event.whole)
                progress.advance(said.visit.listing.address)
    return keeping.collected


def _kept(
    declarations: Sequence[SourceDeclaration], store: CaptureStore, known: Known
) -> dict[tuple[str, str], tuple[Validators | None, bytes]]:
    """Give what is kept of pages of listings, where a server may be asked whether they changed.

    A page that is sealed cannot be read again, so a server is only asked that way where nothing
    that it lists was left to ask for.
    """
    kept: dict[tuple[str, str], tuple[Validators | None, bytes]] = {}
    for source in declarations:
        for listing in source.listing:
            where = source.slug, listing.address
            capture = known.captures.get(where)
            if capture is None or (capture.sealed and where not in known.ended):
                continue
            payload = b"" if capture.sealed else store.payload(capture)
            kept[where] = (store.validators(*where), payload)
    return kept


class _Keeping:
    """Takes events in, and keeps what they bring in batches."""

    def __init__(self, intake: Intake, log: Log, standing: Sequence[Failure]) -> None:
        self.collected = Collected()
        self._intake, self._log = intake, log
        self._standing = standing
        self._batch: list[Received] = []

    def take(self, visit: Visit, event: Event) -> None:
        """Take one event of a visit in."""
        slug = visit.said.slug
        if isinstance(event, Ending):
            self._unlisted(visit, event)
            return
        self.collected.asked[slug] = self.collected.asked.get(slug, 0) + 1
        if isinstance(event, Failure):
            self.collected.failures.append(event)
            return
        try:
            self._batch += self._intake.take_listed(visit.said, _named(visit, event), event.fetched)
        except LookAtThis as refused:
            make = failed_item if event.item is not None and visit.sealed else failed
            failure = make(slug, event.name, refused, listing=visit.listing.address)
            self.collected.failures.append(failure)
            return
        self.collected.answered.add((slug, event.name))
        if len(self._batch) >= _BATCH:
            self.keep()

    def keep(self) -> None:
        """Archive and log what waits."""
        if self._batch:
            archive(self._intake.store, self._log, self._batch)
        self._batch = []

    def _unlisted(self, visit: Visit, ending: Ending) -> None:
        """An item that failed and is not listed any more is no issue any more."""
        for one in self._standing if ending.listed is not None else ():
            mine = one.source == visit.said.slug and one.listing == visit.listing.address
            if mine and one.address not in (ending.listed or ()):
                self.collected.answered.add((one.source, one.address))


def _named(visit: Visit, answer: Answer) -> Named:
    if answer.item is None:
        return Named(visit.listing, None, answer.name, "")
    versions = visit.listing.kind == "versions"
    name = visit.listing.file if versions else answer.name
    return Named(visit.listing, answer.item, name, dated(answer.item))


@contextmanager
def _told(visits: Sequence[Visit]) -> Iterator[Iterator[_Said]]:
    """Run visits in threads of their own and give what they tell, as they tell it."""
    queue: Queue[_Said] = Queue(_WAITING)
    over = Flag()

    def tell(said: _Said) -> None:
        while not over.is_set():
            try:
                queue.put(said, timeout=_TURN)
            except Full:
                continue  # the disk is slower than the network: wait for it
            return

    def run(visit: Visit) -> None:
        for event in visit.events():
            tell(_Said(visit, event))
            if over.is_set():
                return

    pool = ThreadPoolExecutor(_AT_ONCE)
    try:
        yield _events(queue, [pool.submit(run, visit) for visit in visits])
    finally:
        over.set()
        pool.shutdown(wait=True, cancel_futures=True)


def _events(queue: Queue[_Said], running: Sequence[Future[None]]) -> Iterator[_Said]:
    while True:
        finished = all(one.done() for one in running)
        for one in running:
            if one.done():
                one.result()  # raises what ended the visit
        try:
            yield queue.get(timeout=_TURN if not finished else 0)
        except Empty:
            if finished:
                return
