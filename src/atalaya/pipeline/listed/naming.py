"""Names for addresses that may themselves name a private person.

A newspaper's address often holds its headline, and a headline the name of who was arrested. Of an
item that is sealed only an address of digits and of words that name nobody is kept; any other is
replaced by a keyed hash of it, and lies with the key of the original.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from atalaya.evidence.sealing import Vault

_DIGITS = 20  # hex digits of a stand-in: 80 bits
_WORDS = re.compile(r"[^\W\d_]{2,}")
# Words that addresses are built of in many places, and that are nobody's name.
_NOBODYS = """
about actualidad actualite actualites alert alerta alertas alerts apr archive archives archivo
article articles articulo articulos aspx atom aug avis aviso avisos blog boletin bulletin
categoria category cfm cgi comunicado comunicados contenido content de dec default detail
details do doc docs document documento documentos documents download downloads droga drogas
drogue drogues drug drugs en entry es event events feb feed feeds file files fr gob gov health
htm html http https id index info item items jan jsp jul jun local mar may media medios meldung
meldungen nacional national news newsroom node nota notas notice notices noticia noticias
nouvelles nov oct page pages pdf php policia politica post posts prensa press presse
pressemitteilung pressemitteilungen print pt publicacion publicaciones publication publications
region release releases report reports rss salud sante saude seguridad sep show sites sociedad
stories story uploads view web world www xml
"""
_NOBODY = frozenset(_NOBODYS.split())


@dataclass(frozen=True, slots=True)
class Naming:
    """Names items of listings.

    Args:
        secret: Key of the stand-ins, the observatory's own.
    """

    secret: bytes

    @classmethod
    def of(cls, vault: Vault) -> Naming:
        """Name with the secret that lies with the keys of originals."""
        return cls(vault.secret("addresses"))

    def name(self, address: str, *, sealed: bool) -> str:
        """Give the address under which an item is kept.

        Args:
            address: Where it is.
            sealed: Whether it may name private persons.

        Returns:
            The address itself where the item is open or its words name nobody; else the host, a
            tilde and a hash of the address under the secret, always the same one.
        """
        if not sealed or names_nobody(address):
            return address
        parts = urlsplit(address)
        digest = hmac.digest(self.secret, address.encode(), "sha256").hex()[:_DIGITS]
        return f"{parts.scheme}://{parts.netloc}/~{digest}"


def names_nobody(address: str) -> bool:
    """Say whether every word after the host of an address is one that is nobody's name.

    >>> names_nobody("https://paper.example/news/2026/11/25/article-83121.html")
    True
    >>> names_nobody("https://paper.example/news/jane-roe-arrested-with-fentanyl")
    False
    """
    parts = urlsplit(address)
    if "%" in parts.path or "%" in parts.query:
        return False  # a name may be written in escapes
    rest = f"{parts.path} {parts.query} {parts.fragment}".lower()
    if parts.scheme == "folder":
        return False  # somebody named the file by hand
    return all(word in _NOBODY for word in _WORDS.findall(rest))
