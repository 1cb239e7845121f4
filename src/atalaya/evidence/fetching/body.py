"""Takes in a body piece by piece, never holding more than it may.

The cap holds for what is declared, for what arrives and for what that decompresses to, so that
neither a huge file nor a small one that unpacks to a huge one fills the memory or the disk.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from tempfile import SpooledTemporaryFile

from atalaya.model.errors import LookAtThis, Place, TryLater
from atalaya.model.sentences import sentence

_PIECE = 1 << 18  # decompress into at most 256 KiB at a time
_IN_MEMORY = 1 << 23  # up to 8 MiB a body waits in memory, above that in a temporary file


def take_in(
    pieces: Iterable[bytes],
    *,
    encoding: str,
    max_bytes: int,
    address: str,
    patience: Callable[[], None],
) -> bytes:
    """Take in a body under a cap.

    Args:
        pieces: The body as it arrives, still encoded.
        encoding: Its ``Content-Encoding``: empty, ``identity``, ``gzip``, ``deflate`` or ``br``.
        max_bytes: Most bytes it may have, arriving and decompressed.
        address: The address, for errors.
        patience: Called for every piece; raises when the whole takes too long.

    Returns:
        The decoded body.

    Raises:
        LookAtThis: It is too long, or encoded otherwise than asked for, or wrongly.
        TryLater: It breaks off.
    """
    arriving = _patient(_capped(pieces, max_bytes, address), patience)
    try:
        with SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
            length = 0
            for piece in _capped(_decoded(arriving, encoding, address), max_bytes, address):
                length += spool.write(piece)
            spool.seek(0)
            return spool.read(length)  # of a known length, it is held once and not twice
    except OSError as error:
        raise TryLater(
            sentence(
                "the body cannot be kept while it arrives: {fault}",
                fault=error.strerror or str(error),
            ),
            do=sentence("make room for temporary files"),
            where=Place(address),
        ) from error


def _patient(pieces: Iterable[bytes], patience: Callable[[], None]) -> Iterator[bytes]:
    for piece in pieces:
        patience()
        yield piece


def take_start(pieces: Iterable[bytes], encoding: str, longest: int, address: str) -> bytes:
    """Take in the start of a body and leave the rest; for files read up to a limit.

    Args:
        pieces: The body as it arrives, still encoded.
        encoding: Its ``Content-Encoding``.
        longest: Most bytes that are taken, decoded.
        address: The address, for errors.

    Returns:
        At most ``longest`` decoded bytes.
    """
    start = b""
    for piece in _decoded(pieces, encoding, address):
        start += piece
        if len(start) >= longest:
            break
    return start[:longest]


def too_long(length: str, max_bytes: int, address: str) -> LookAtThis:
    """Make the error for a body over the cap."""
    return LookAtThis(
        sentence(
            "the body has {length} bytes, and its source expects at most {most}",
            length=length,
            most=max_bytes,
        ),
        why="an answer far longer than expected is seldom what was declared, and could fill a disk",
        do=sentence(
            "check the address; raise expect.max_bytes in source.toml if the length is right"
        ),
        where=Place(address),
    )


def _capped(pieces: Iterable[bytes], max_bytes: int, address: str) -> Iterator[bytes]:
    arrived = 0
    for piece in pieces:
        arrived += len(piece)
        if arrived > max_bytes:
            raise too_long(sentence("more than {most}", most=max_bytes), max_bytes, address)
        yield piece


def _decoded(pieces: Iterable[bytes], encoding: str, address: str) -> Iterator[bytes]:
    encoding = encoding.strip().lower()
    if encoding in {"", "identity"}:
        return iter(pieces)
    if encoding in {"gzip", "x-gzip", "deflate"}:
        return _inflated(pieces, encoding, address)
    if encoding == "br":
        return _unbrotlied(pieces, address)
    raise LookAtThis(
        sentence(
            "the body is encoded as {encoding!r}, and only gzip, deflate and br were asked for",
            encoding=encoding,
        ),
        why="bytes that cannot be decoded cannot be read as evidence",
        do=sentence("tell the publisher; the server ignores Accept-Encoding"),
        where=Place(address),
    )


def _inflated(pieces: Iterable[bytes], encoding: str, address: str) -> Iterator[bytes]:
    """Decompress in bounded steps; gzip bodies may be several members one after the other."""
    inflater = None
    try:
        for piece in pieces:
            rest = piece
            while rest:
                if inflater is None:
                    inflater = zlib.decompressobj(_window(encoding, rest))
                yield inflater.decompress(rest, _PIECE)
                rest = inflater.unconsumed_tail
                if inflater.eof:
                    rest, inflater = inflater.unused_data, None
        if inflater is not None:
            yield inflater.flush()
            if not inflater.eof:
                raise broken_off(address)
    except zlib.error as error:
        raise _undecodable(encoding, str(error), address) from error


def _unbrotlied(pieces: Iterable[bytes], address: str) -> Iterator[bytes]:
    """Decompress Brotli in bounded steps (RFC 7932)."""
    import brotli

    decoder = brotli.Decompressor()
    try:
        for piece in pieces:
            out = decoder.process(piece, output_buffer_limit=_PIECE)
            while out or not decoder.can_accept_more_data():
                yield out
                out = decoder.process(b"", output_buffer_limit=_PIECE)
        if not decoder.is_finished():
            raise broken_off(address)
    except brotli.error as error:
        raise _undecodable("br", str(error), address) from error


def _undecodable(encoding: str, fault: str, address: str) -> LookAtThis:
    return LookAtThis(
        sentence(
            "the body says it is {encoding} but cannot be decompressed: {fault}",
            encoding=encoding,
            fault=fault,
        ),
        why="bytes that cannot be decoded cannot be read as evidence",
        do=sentence("open the address in a browser; if it is broken there too, tell the publisher"),
        where=Place(address),
    )


def _window(encoding: str, start: bytes) -> int:
    if encoding != "deflate":
        return zlib.MAX_WBITS | 16
    # RFC 9110, 8.4.1.2 means zlib by "deflate", yet some servers send the bare stream.
    return zlib.MAX_WBITS if start[0] & 0x0F == zlib.DEFLATED else -zlib.MAX_WBITS


def broken_off(address: str) -> TryLater:
    """Make the error for a body that ends before its end."""
    return TryLater(
        sentence("the connection ended before the body did"),
        why="half a file would be evidence of something nobody published",
        do=sentence("nothing now: the next run asks again"),
        where=Place(address),
    )
