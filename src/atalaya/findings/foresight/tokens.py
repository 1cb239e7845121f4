"""Tokens of what was seen where and when, under a key that two systems share and nobody else has.

Two systems that saw the same substance in the same region in the same month hold the same token,
and can see that without telling each other anything else. Substances, regions and months are few:
whoever has the key can try them all. So the key is shared by the two and kept from all others.

Source: RFC 2104, HMAC, with SHA-256; the label before the content keeps tokens, and the check of
the key, apart from every other use of the key.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from secrets import token_hex
from typing import Any, NamedTuple

from atalaya.findings.foresight.shapes import Refused, exactly, hex_bytes, moment
from atalaya.model.identifiers import canonical_json, sha256_hex

FILE, LEAF = "sighting-tokens", "sealed-tokens"
_SIGHTING = b"atalaya sighting token v1\x00"
_SIZE = 32  # bytes of a token
_KEY = b"atalaya sighting key check v1\x00"


class Sighting(NamedTuple):
    """A substance, a region or country, and a month."""

    subject: str
    territory: str
    month: str


def token(key: bytes, sighting: Sighting) -> str:
    """Give the token of a sighting: 64 hex digits that say nothing without the key.

    >>> seen = Sighting("substance:xylazine", "territory:US-CT", "2019-03")
    >>> token(bytes(32), seen) == token(bytes(32), seen) != token(b"k" * 32, seen)
    True
    """
    return _mac(key, _SIGHTING + canonical_json(list(sighting)))


def _mac(key: bytes, message: bytes) -> str:
    return hmac.new(key, message, hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class TokenFile:
    """What is given to the other system.

    Args:
        made_at: When, UTC, as text.
        key_check: Tells whether two files were made with one key.
        tokens: Tokens, sorted: their order says nothing.
    """

    made_at: str
    key_check: str
    tokens: tuple[str, ...]

    @classmethod
    def make(cls, key: bytes, seen: Iterable[Sighting], made_at: str) -> TokenFile:
        """Make the file of what was seen; of nothing, it holds one token drawn at random.

        The log has the hash of the file: that of an empty one could be tried by whoever saw another
        file under the key, and would tell that nothing was seen.
        """
        made = {token(key, one) for one in seen} or {token_hex(_SIZE)}
        return cls(made_at, _mac(key, _KEY), tuple(sorted(made)))

    def content(self) -> dict[str, Any]:
        """Give the file as JSON values."""
        return {
            "type": FILE,
            "schema": 1,
            "made_at": self.made_at,
            "key_check": self.key_check,
            "tokens": list(self.tokens),
        }

    @property
    def entry(self) -> bytes:
        """The log entry that dates the file, so that no token can be added after the other's."""
        digest = sha256_hex(canonical_json(self.content()))
        return canonical_json(
            {"type": LEAF, "schema": 1, "made_at": self.made_at, "sha256": digest}
        )

    @classmethod
    def parse(cls, content: object) -> TokenFile:
        """Read a file of tokens.

        Raises:
            Refused: It is none; the message names the field.
        """
        said = exactly(content, "tokens", {
            "type": (str,), "schema": (int,), "made_at": (str,), "key_check": (str,),
            "tokens": (list,),
        })  # fmt: skip
        if (said["type"], said["schema"]) != (FILE, 1):
            raise Refused(f"type: it is not {FILE}, schema 1")
        moment(said["made_at"], "made_at")
        hex_bytes(said["key_check"], "key_check")
        for each in said["tokens"]:
            hex_bytes(each if isinstance(each, str) else "", "tokens")
        found = tuple(said["tokens"])
        if list(found) != sorted(set(found)):
            raise Refused("tokens: they are not sorted, or one stands twice")
        return cls(said["made_at"], said["key_check"], found)


def common(one: TokenFile, other: TokenFile) -> tuple[str, ...]:
    """Give the tokens that stand in both files, sorted.

    Raises:
        Refused: They were made with different keys, so that nothing could be in both.
    """
    if one.key_check != other.key_check:
        raise Refused("the two files were made with different keys")
    return tuple(sorted(set(one.tokens) & set(other.tokens)))
