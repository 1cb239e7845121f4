"""Says things in English, Spanish or Portuguese: sentences, names, places, periods and numbers."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Final

from atalaya.model.errors import WrongUse
from atalaya.model.periods import Period, PeriodKind
from atalaya.registers.substances import SubstanceRegister
from atalaya.registers.territories import TerritoryRegister
from atalaya.series.sheet_counts import Key, Level

LANGUAGES: Final = ("en", "es", "pt")


@cache
def words() -> dict[str, dict[str, str]]:
    """Give every sentence, by key and language."""
    text = (files("atalaya.publishing.watch") / "words.csv").read_text("utf-8")
    return {
        row["key"]: {code: row[code] for code in LANGUAGES}
        for row in csv.DictReader(text.splitlines())
    }


class Voice:
    """One language, with the registers that name things in it.

    Args:
        language: ``en``, ``es`` or ``pt``.
        substances: Names substances.
        territories: Names places.

    Raises:
        WrongUse: The answer is not written in that language.
    """

    __slots__ = ("_substances", "_territories", "language")

    def __init__(
        self, language: str, substances: SubstanceRegister, territories: TerritoryRegister
    ) -> None:
        if language not in LANGUAGES:
            raise WrongUse(
                f"the answer is not written in {language!r}",
                near={"english": "en", "spanish": "es", "portuguese": "pt"}.get(language.lower()),
                do=f"the languages are {', '.join(LANGUAGES)}",
            )
        self.language = language
        self._substances, self._territories = substances, territories

    def say(self, key: str, **values: str | int) -> str:
        """Say a sentence; numbers are written as the language does."""
        written = {name: self._written(value) for name, value in values.items()}
        return words()[key][self.language].format(**written)

    def knows(self, key: str) -> bool:
        """Whether there is such a sentence."""
        return key in words()

    def _written(self, value: str | int) -> str:
        return value if isinstance(value, str) else self.number(value)

    def number(self, value: float) -> str:
        """Write a whole number as the language does."""
        from babel.numbers import format_decimal

        return str(format_decimal(value, format="#,##0", locale=self.language))

    def percent(self, share: float) -> str:
        """Write a share from 0 to 1."""
        from babel.numbers import format_percent

        return str(format_percent(share, locale=self.language))

    def period(self, period: Period) -> str:
        """Write a period in words: a month by its name."""
        if period.kind is not PeriodKind.MONTH:
            return str(period)
        from babel.dates import format_date

        return str(format_date(period.start, "MMMM y", locale=self.language))

    def substance(self, identifier: str) -> str:
        """Name a substance, or a name nobody knows as it is."""
        kind, _, slug = identifier.partition(":")
        if kind == "substance":
            return self._substances.get(identifier).name_in(self.language)
        return f"“{slug.replace('-', ' ')}”"

    def family(self, slug: str) -> str:
        """Name a family of substances."""
        key = f"family.{slug}"
        return self.say(key) if self.knows(key) else slug

    def family_of(self, identifier: str) -> str:
        """Name the family of a substance, or of the family itself."""
        if not identifier.startswith("substance:"):
            return self.family(identifier)
        return self.family(self._substances.get(identifier).family)

    def place(self, identifier: str) -> str:
        """Name a territory."""
        return self._territories.get(identifier).name_in(self.language)

    def key(self, key: Key) -> str:
        """Name what a series is of."""
        if key.level is Level.FAMILY:
            return self.say("family", what=self.family(key.subject))
        name = self.substance(key.subject)
        if key.within is None:
            return name
        if key.level is Level.PLACE:
            return self.say("in_place", what=name, place=self.place(key.within))
        return self.say("at_source", what=name, place=key.within)

    def each(self, keys: Iterable[str], prefix: str) -> str:
        """Say several short sentences as one list."""
        return "; ".join(self.say(f"{prefix}.{key}") for key in keys)
