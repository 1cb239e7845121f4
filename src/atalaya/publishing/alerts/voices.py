"""Says an alert's sentences in English, Spanish or Portuguese."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from importlib.resources import files

from atalaya.model.errors import BadInput
from atalaya.publishing.watch.voices import LANGUAGES, Voice, words
from atalaya.registers import substances, territories

__all__ = ["LANGUAGES", "AlertVoice", "voice"]


@cache
def _sentences() -> dict[str, dict[str, str]]:
    text = (files("atalaya.publishing.alerts") / "words.csv").read_text("utf-8")
    return {
        row["key"]: {code: row[code] for code in LANGUAGES}
        for row in csv.DictReader(text.splitlines())
    }


class AlertVoice(Voice):
    """One language with the sentences of alerts; names, numbers and periods as elsewhere."""

    __slots__ = ()

    def say(self, key: str, **values: str | int) -> str:
        """Say a sentence; numbers are written as the language does."""
        written = {name: self._written(value) for name, value in values.items()}
        return _sentences()[key][self.language].format(**written)

    def named(self, identifier: str) -> str:
        """Name a substance; what no register holds yet keeps the source's word."""
        try:
            return self.substance(identifier)
        except BadInput:
            kind, _, slug = identifier.partition(":")
            if kind == "family" and slug in self._substances.families:
                return self.family(slug)
            return slug.replace("-", " ")

    def family_name(self, identifier: str) -> str | None:
        """Name the family of a substance, or None where the register knows none."""
        try:
            slug = self._substances.get(identifier).family
        except BadInput:
            return None
        known = words().get(f"family.{slug}")  # the register knows no Portuguese
        return known[self.language] if known else self._substances.families[slug].name

    def decimal(self, value: float) -> str:
        """Write a number with one decimal, where it has any."""
        from babel.numbers import format_decimal

        return str(format_decimal(value, format="#,##0.#", locale=self.language))

    def day(self, day: date) -> str:
        """Write a day in words."""
        from babel.dates import format_date

        return str(format_date(day, "long", locale=self.language))


@cache
def voice(language: str) -> AlertVoice:
    """Give the voice of a language.

    Raises:
        WrongUse: Alerts are not written in it.
    """
    return AlertVoice(language, substances.load(), territories.load())
