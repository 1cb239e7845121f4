"""Sentences that remember what they were made of, so that they can be said in another language.

A message is written once, in English, where it is raised. It stays an ordinary text - for a log, a
terminal, a table - and it also keeps its template and the values put into it. Whoever shows it in
another language looks the template up and puts the same values in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from atalaya.model.numbers import number_text

Value = str | int | float  # a str may be another Sentence


class Sentence(str):
    """An English sentence with what it was made of.

    Attributes:
        template: The message with named places, such as ``{count} of {rows} rows``; empty where
            somebody wrote the sentence out in each language, and for a word of the tables.
        values: What stands in the places: texts, numbers, or sentences of their own.
        versions: Language code -> the whole sentence, where it was written out.
    """

    __slots__ = ("template", "values", "versions")
    template: str
    values: Mapping[str, Value]
    versions: Mapping[str, str]

    def __str__(self) -> str:
        """Give the English text alone."""
        return "".join(self)

    def content(self) -> dict[str, Any]:
        """Give what it was made of as JSON values.

        >>> sentence("{count} rows", count=3).content()
        {'template': '{count} rows', 'values': {'count': 3}}
        """
        if self.versions:
            return dict(self.versions)
        if not self.template:
            return {"word": str(self)}
        values = {
            name: value.content() if isinstance(value, Sentence) else value
            for name, value in self.values.items()
        }
        return {"template": self.template, "values": values}


def sentence(template: str, /, **values: Value) -> Sentence:
    """Make a sentence of a template.

    Args:
        template: English, with named places such as ``{count}`` or ``{name!r}`` and nothing more in
            them; it is collected for translation, so it stands written out where this is called.
        values: One for each place; a number is written with every digit it has.

    Raises:
        KeyError: A place has no value.

    >>> sentence("{place} has {count} rows", place="the table", count=3)
    'the table has 3 rows'
    """
    plain = {
        name: number_text(value) if isinstance(value, float) else value
        for name, value in values.items()
    }
    return _made(template.format(**plain), template=template, values=values)


def versions(en: str, **others: str) -> Sentence:
    """Make a sentence that somebody wrote out in several languages.

    Args:
        en: The English one.
        others: Language code -> the same in that language.
    """
    return _made(en, versions={"en": en, **others})


def word(text: str) -> Sentence:
    """Mark a word or reason that tables hold: it is said as pages say it elsewhere.

    >>> word("no alarm").content()
    {'word': 'no alarm'}
    """
    return _made(text)


def content_of(text: str) -> dict[str, Any] | None:
    """Give what a text was made of as JSON values; None where it does not remember."""
    return text.content() if isinstance(text, Sentence) else None


def contents(**texts: str) -> dict[str, Any]:
    """Give what some texts were made of, those that remember, by their names."""
    made_of = {name: content_of(text) for name, text in texts.items()}
    return {name: content for name, content in made_of.items() if content is not None}


def sentence_of(text: str, content: Mapping[str, Any] | None) -> str:
    """Give a text back with what it was made of.

    Args:
        text: The English text, which stays as it is.
        content: As ``content_of`` gave it.

    >>> again = sentence_of("3 rows", sentence("{count} rows", count=3).content())
    >>> again, content_of(again)
    ('3 rows', {'template': '{count} rows', 'values': {'count': 3}})
    """
    if content is None:
        return text
    again = _again(content)
    return _made(text, template=again.template, values=again.values, versions=again.versions)


def _again(content: Mapping[str, Any]) -> Sentence:
    if "word" in content:
        return word(content["word"])
    if "template" not in content:
        return versions(**content)
    values = {
        name: _again(value) if isinstance(value, Mapping) else value
        for name, value in content["values"].items()
    }
    template = content["template"]
    return sentence(template, **values)


def _made(
    text: str,
    *,
    template: str = "",
    values: Mapping[str, Value] | None = None,
    versions: Mapping[str, str] | None = None,
) -> Sentence:
    made = Sentence(text)
    made.template, made.values, made.versions = template, values or {}, versions or {}
    return made
