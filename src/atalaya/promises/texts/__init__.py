"""Texts of the record - reports, votes, resolutions - as statements that claims are made of.

Enters: a document's text and what its source declares of it. Leaves: ``Stated``, each with its
place, in the words of ``promises.sessions``; doubts. Writes nothing. What a machine read is marked
so and never verified.
"""

from atalaya.promises.texts.reading import Found, read
from atalaya.promises.texts.stated import Stated

__all__ = ["Found", "Stated", "read"]
