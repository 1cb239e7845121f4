"""Which signals a release says that evidence was retracted under."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.points import Row

_SIGNAL = re.compile(r"signal:[0-9a-f]+")


@lru_cache(maxsize=4)  # as many editions as a site shows at once
def retracted(edition: Edition) -> Mapping[str, list[Row]]:
    """Give signal -> the issues that say its evidence, or an alert's on it, was retracted."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in edition.rows("issues"):
        if row["kind"] == "evidence-retracted":
            for word in dict.fromkeys(_SIGNAL.findall(row["says"])):
                found[word].append(row)
    return found
