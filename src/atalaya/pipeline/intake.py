"""Takes an answer in: as it is, or - where it may name private persons - sealed.

Beside the sealed original stand its declared columns, as a capture of their own that is made from
it: that is all any later step sees.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from atalaya.evidence.captures import CaptureStore, Received
from atalaya.evidence.fetched import Fetched
from atalaya.evidence.fetching.agent import TOOL
from atalaya.evidence.sealing import Vault, seal
from atalaya.model.declarations import SourceDeclaration
from atalaya.model.errors import BadInput, LookAtThis, Place
from atalaya.model.identifiers import sha256_hex
from atalaya.model.records import Capture
from atalaya.model.sentences import sentence

# They would tell, or let somebody test, what the plain bytes were after their key is destroyed.
_TELL = frozenset({"etag", "content-length", "content-disposition"})


@dataclass(frozen=True, slots=True)
class Intake:
    """How answers are taken in.

    Args:
        store: What was captured before.
        vault: Where the keys of originals lie.
        erased: Originals that were erased -> entry of the log that says so.
    """

    store: CaptureStore
    vault: Vault
    erased: Mapping[str, int]

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

    def _sealed(
        self, said: SourceDeclaration, fetched: Fetched, part: bytes | None
    ) -> Iterator[Received]:
        sealed = seal(fetched.payload)
        name = sha256_hex(sealed.payload)
        self.vault.keep(name, sealed.key)
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
