"""Takes an answer in: as it is, or - where it may name private persons - sealed.

Beside the sealed original stand its declared columns, as a capture of their own that is made from
it: that is all any later step sees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from atalaya.evidence.captures import CaptureStore, Received
from atalaya.evidence.fetched import Fetched
from atalaya.evidence.fetching.agent import TOOL
from atalaya.evidence.listings import Listed
from atalaya.evidence.sealing import Vault, seal
from atalaya.model.declarations import SourceDeclaration
from atalaya.model.errors import BadInput, LookAtThis, Place
from atalaya.model.identifiers import sha256_hex
from atalaya.model.listings import Listing
from atalaya.model.records import Capture
from atalaya.model.sentences import sentence
from atalaya.reading.analysis.part import MEDIA_TYPE

# They would tell, or let somebody test, what the plain bytes were after their key is destroyed.
_TELL_NOTHING = frozenset(
    {"content-type", "content-language", "content-encoding", "date", "last-modified"}
)
_TELL = frozenset({"etag", "content-length", "content-disposition"})


@dataclass(frozen=True, slots=True)
class Named:
    """What a listing says of a document.

    Args:
        listing: The listing, as declared.
        item: The document as it is listed; None for a page of the listing itself.
        name: The address under which it is kept, which names no private person.
        dated: When it was put out, or empty.
    """

    listing: Listing
    item: Listed | None
    name: str
    dated: str


Reads = Callable[[SourceDeclaration, Named, Fetched], bytes | None]
"""The door of the reading step: the plain bytes of a new document of a listing that is sealed, with
its true address and its title, in; what may leave the original out, as text in UTF-8 that names no
private person, or None for nothing. It is called once a document; where it fails nothing leaves."""


@dataclass(frozen=True, slots=True)
class Intake:
    """How answers are taken in.

    Args:
        store: What was captured before.
        vault: Where the keys of originals lie.
        erased: Originals that were erased -> entry of the log that says so.
        reads: Makes of the plain bytes of a listed document, before they are sealed, what may leave
            them; without it nothing does.
    """

    store: CaptureStore
    vault: Vault
    erased: Mapping[str, int]
    reads: Reads | None = None

    def take(self, said: SourceDeclaration, fetched: Fetched) -> Iterator[Received]:
        """Give what is to be archived of an answer.

        The key is kept before the answer is given on: no sealed bytes without their key.

        Raises:
            LookAtThis: It cannot be told whether this is what was erased.
        """
        if not said.private_persons:
            yield Received(said.slug, fetched, TOOL, guessable=said.about_people)
            return
        known = self.store.latest(said.slug, fetched.address, sealed=True)
        part = None if fetched.not_modified else _part(said, fetched)
        if known is not None and self._same(known, fetched, part):
            same = replace(fetched, payload=b"", not_modified=True)
            yield Received(said.slug, same, TOOL, guessable=True, plain=known.plain)
            return
        yield from self._sealed(said, fetched, part)

    def take_listed(
        self, said: SourceDeclaration, named: Named, fetched: Fetched
    ) -> Iterator[Received]:
        """Give what is to be archived of a document that a listing names, or of a page of it.

        Args:
            said: Its source.
            named: What the listing says of it.
            fetched: Its bytes, with their true address.

        Raises:
            LookAtThis: It cannot be told whether this is what was erased.
        """
        own = named.name if named.item is None else named.listing.address
        kept = replace(fetched, address=named.name)
        if named.listing.kind == "versions" and named.item is not None:
            taken = self.take(said, kept)
        elif not (named.listing.sealed or said.private_persons):
            taken = self._take_open(said, named, fetched, kept)
        else:
            taken = self._take_sealed(said, named, fetched)
        for one in taken:
            yield replace(one, dated=named.dated, listing=own)

    def _take_open(
        self, said: SourceDeclaration, named: Named, fetched: Fetched, kept: Fetched
    ) -> Iterator[Received]:
        """Give the original as it is, and beside it what is read of it."""
        yield Received(said.slug, kept, TOOL, guessable=said.about_people)
        if fetched.not_modified:
            return
        part = self._read(said, named, fetched)
        if part is not None:
            yield self._left(said, kept, part, sha256_hex(fetched.payload))

    def _left(
        self, said: SourceDeclaration, fetched: Fetched, part: bytes, made_from: str
    ) -> Received:
        left = replace(
            fetched, payload=part, media_type=MEDIA_TYPE, headers=(), via="intake", asked=()
        )
        return Received(said.slug, left, TOOL, guessable=said.about_people, made_from=made_from)

    def _take_sealed(
        self, said: SourceDeclaration, named: Named, fetched: Fetched
    ) -> Iterator[Received]:
        # The true address may name somebody: where it does, it lies with the key alone.
        hidden = fetched.address if named.name != fetched.address else ""
        url = named.name if hidden or fetched.url != fetched.address else fetched.url
        headers = tuple(one for one in fetched.headers if one[0].lower() in _TELL_NOTHING)
        kept = replace(fetched, address=named.name, url=url, headers=headers)
        known = self.store.latest(said.slug, named.name, sealed=True)
        if known is not None and self._same(known, kept, None):
            same = replace(kept, payload=b"", not_modified=True)
            yield Received(said.slug, same, TOOL, guessable=True, plain=known.plain)
            return
        part = self._read(said, named, fetched)
        for one in self._sealed(said, kept, part, address=hidden):
            left = replace(one.fetched, media_type=MEDIA_TYPE)
            yield replace(one, fetched=left) if one.made_from else one

    def _read(self, said: SourceDeclaration, named: Named, fetched: Fetched) -> bytes | None:
        """Read a document at intake; what cannot be read is kept all the same.

        The words of what went wrong may quote the document, so they are not passed on; that nothing
        was read of it is an issue of reading.
        """
        if self.reads is None or named.item is None:
            return None
        try:
            return self.reads(said, named, fetched)
        except (LookAtThis, ValueError, LookupError, RecursionError):
            return None

    def _sealed(
        self, said: SourceDeclaration, fetched: Fetched, part: bytes | None, address: str = ""
    ) -> Iterator[Received]:
        sealed = seal(fetched.payload)
        name = sha256_hex(sealed.payload)
        self.vault.keep(name, replace(sealed.key, address=address))
        headers = tuple(one for one in fetched.headers if one[0].lower() not in _TELL)
        kept = replace(fetched, payload=sealed.payload, headers=headers)
        yield Received(said.slug, kept, TOOL, guessable=True, plain=sealed.plain)
        if part is not None:
            left = replace(fetched, payload=part, headers=(), via="intake", asked=())
            yield Received(said.slug, left, TOOL, guessable=said.about_people, made_from=name)

    def _same(self, known: Capture, fetched: Fetched, part: bytes | None) -> bool:
        """Whether an answer is what was sealed last; after an erasure, judged by what was left."""
        if fetched.not_modified:
            return True
        key = self.vault.key(known.sha256)
        left = self.store.latest(known.source, known.address)
        same_part = part is None or (left is not None and left.sha256 == sha256_hex(part))
        if key is not None:  # with other declared columns, the same file is taken in again
            return same_part and key.sha256 == sha256_hex(fetched.payload)
        if known.sha256 not in self.erased:
            return False
        if part is None:
            raise LookAtThis(
                sentence(
                    "the original here was erased by decision {decision}, and it cannot be told "
                    "whether this is the same",
                    decision=str(self.erased[known.sha256]),
                ),
                why="what was erased must not come back by itself (R2)",
                do=sentence("take the address out of source.toml, or declare it under a new slug"),
                where=Place(fetched.address),
            )
        return same_part


def _part(said: SourceDeclaration, fetched: Fetched) -> bytes | None:
    """Nothing leaves a file that is not what was declared; reading says that nothing of it did."""
    from atalaya.reading.intake import declared_part  # brings numpy, which most runs do without

    try:
        return declared_part(said, fetched.address, fetched.payload)
    except BadInput:  # its words may quote the file, so they are not passed on
        return None
