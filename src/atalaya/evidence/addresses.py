"""Addresses a source may declare: the web's, files that ship with Atalaya, folders of its own.

Pure: nothing is opened here. One place decides what an address may look like, so that a declared
address, a redirect's target and a path in a mirror are all judged by the same rules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

from atalaya.model.errors import BadInput, Place
from atalaya.model.sentences import sentence

_LONGEST = 2_000  # an entry of the log holds 65,535 bytes; two addresses and the rest must fit
_ALLOWED = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")  # RFC 3986, section 2
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9\-_.]*[A-Za-z0-9])?\.?|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*")
_PACKAGE = re.compile(r"package:([a-z0-9]+(?:-[a-z0-9]+)*)/(.+)")
_SEGMENT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._\-]*")


@dataclass(frozen=True, slots=True)
class PackageAddress:
    """A file that ships with Atalaya.

    Args:
        text: The address as declared.
        slug: Source in whose folder the file lies.
        path: Path in that folder, with forward slashes.
    """

    text: str
    slug: str
    path: str


@dataclass(frozen=True, slots=True)
class FolderAddress:
    """A folder in a source's own folder, whose files are listed.

    Args:
        text: The address as declared.
        path: Path in the source's folder, with forward slashes.
    """

    text: str
    path: str


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An ``http:`` or ``https:`` address without user, password or fragment.

    Args:
        text: The address as declared.
        scheme: ``http`` or ``https``.
        host: Host name or literal address, lower case, without brackets.
        port: The port, the scheme's own when none is written.
        path: Path, still percent-encoded, ``/`` when none is written.
        query: Query, still percent-encoded, without the question mark.
    """

    text: str
    scheme: str
    host: str
    port: int
    path: str
    query: str

    @property
    def authority(self) -> str:
        """Scheme, host and port: what a robots.txt speaks for."""
        return f"{self.scheme}://{self.netloc}"

    @property
    def netloc(self) -> str:
        """Host, in brackets where it is IPv6, with the port where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


Address = PackageAddress | WebAddress
_PORTS = {"http": 80, "https": 443}


def parse_address(text: str, where: Place | None = None) -> Address:
    """Read an address and refuse what may not be fetched.

    Args:
        text: ``https://...``, ``http://...`` or ``package:<slug>/<path>``.
        where: Where it was written, for the error.

    Returns:
        The address in its parts.

    Raises:
        BadInput: It is another scheme, has a user name, a fragment, dot segments, characters
            outside RFC 3986, or is too long.

    Source: RFC 3986, sections 2 and 3.

    >>> parse_address("package:ct-deaths/data/monthly.csv").path
    'data/monthly.csv'
    >>> parse_address("https://Example.org/a.csv?year=2024").host
    'example.org'
    """
    fault = _spelling_fault(text)
    if fault:
        raise _refused(text, fault, where)
    if text.startswith("package:"):
        return _package(text, where)
    return parse_web(text, where)


def parse_folder(text: str, where: Place | None = None) -> FolderAddress:
    """Read the address of a folder in a source's own folder.

    Raises:
        BadInput: It is no ``folder:`` address, or its path could lead out of the source's folder.

    >>> parse_folder("folder:inbox/2026").path
    'inbox/2026'
    """
    path = text.removeprefix("folder:")
    fault = _spelling_fault(text)
    if not fault and not (
        text.startswith("folder:") and all(_SEGMENT.fullmatch(one) for one in path.split("/"))
    ):
        fault = sentence("it is not folder:<path in the source's own folder>")
    if fault:
        raise _refused(text, fault, where)
    return FolderAddress(text, path)


def parse_web(text: str, where: Place | None = None) -> WebAddress:
    """Read a web address; ``package:`` ones are refused too (a redirect never leads to a file)."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise _refused(
            text, sentence("it cannot be read: {fault}", fault=str(error)), where
        ) from error
    fault = _spelling_fault(text) or _web_fault(parts)
    if fault:
        raise _refused(text, fault, where)
    return WebAddress(
        text=text,
        scheme=parts.scheme,
        host=(parts.hostname or "").rstrip("."),
        port=_PORTS[parts.scheme] if port is None else port,
        path=parts.path or "/",
        query=parts.query,
    )


def _spelling_fault(text: str) -> str:
    if len(text) > _LONGEST:
        return sentence(
            "it is {length} characters long, more than {most}", length=len(text), most=_LONGEST
        )
    odd = next((letter for letter in text if not _ALLOWED.fullmatch(letter)), None)
    if odd is not None:
        return sentence("it holds {odd!r}; write it percent-encoded", odd=odd)
    return "" if text else sentence("it is empty")


def _web_fault(parts: SplitResult) -> str:
    if parts.scheme not in _PORTS:
        return sentence(
            "its scheme is {scheme!r}, not https, http or package",
            scheme=parts.scheme or "missing",
        )
    if parts.username is not None or parts.password is not None:
        return sentence("it carries a user name or password, and only public pages are fetched")
    if not parts.hostname or not _HOST.fullmatch(parts.hostname):
        return sentence("{host!r} is not a host name", host=parts.hostname or "")
    if parts.fragment:
        return sentence("it has a fragment (#...), which no server is ever sent")
    if any(unquote(segment) in {".", ".."} for segment in parts.path.split("/")):
        return sentence("its path has '.' or '..' segments")
    return ""


def _package(text: str, where: Place | None) -> PackageAddress:
    found = _PACKAGE.fullmatch(text)
    if found is None:
        raise _refused(text, sentence("it is not package:<slug>/<path>"), where)
    slug, path = found.groups()
    if not all(_SEGMENT.fullmatch(segment) for segment in path.split("/")):
        raise _refused(
            text, sentence("its path has empty, hidden or dot segments or odd characters"), where
        )
    return PackageAddress(text, slug, path)


def _refused(text: str, fault: str, where: Place | None) -> BadInput:
    return BadInput(
        sentence(
            "the address {address!r} cannot be used: {fault}", address=text[:200], fault=fault
        ),
        why="only public web addresses and files that ship with Atalaya are fetched",
        do=sentence("write https://host/path, http://host/path or package:<slug>/<path>"),
        where=where,
    )
