"""What resolutions ask for, read from their text, and what has become of each ask.

Enters: the text of a resolution; evidence and searches, dated. Leaves: ``Ask``s with the place of
every part, and a ``Standing`` that says done, under way, nothing found, contradicted or unknown.
Writes nothing. The words are those of ``words.toml``.
"""

from atalaya.promises.asks.reading import Ask, Unclear, asks
from atalaya.promises.asks.standing import Evidence, Funding, Search, Standing, funding, standing

__all__ = [
    "Ask",
    "Evidence",
    "Funding",
    "Search",
    "Standing",
    "Unclear",
    "asks",
    "funding",
    "standing",
]
