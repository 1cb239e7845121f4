"""The templates' environment: one for all languages; what it says follows the page's language."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any, Final

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from atalaya.model.sentences import content_of
from atalaya.publishing.site.cells import Cell
from atalaya.publishing.site.languages import Language
from atalaya.publishing.site.phrases import in_words
from atalaya.publishing.site.sentences import in_language
from atalaya.publishing.site.terms import term

_OWN: Final = "atalaya.publishing.site"
_QUOTED: Final = re.compile(r"`([^`\n]+)`")


@lru_cache(maxsize=4)
def environment(packages: tuple[str, ...] = ()) -> Environment:
    """Open the templates.

    Args:
        packages: Packages whose ``templates`` folders are looked in after this one's.

    Returns:
        An environment that escapes everything, and whose every page needs ``lang`` (a
        ``Language``): messages, numbers and dates are said in it.
    """
    made = Environment(
        loader=ChoiceLoader([PackageLoader(name) for name in (_OWN, *packages)]),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.filters |= {name: _in_language(say) for name, say in _FILTERS.items()}
    return made


@pass_context
def _gettext(context: Context, message: str) -> str:
    return _tongue(context).messages.gettext(message)


@pass_context
def _ngettext(context: Context, one: str, many: str, count: int) -> str:
    return _tongue(context).messages.ngettext(one, many, count)


def _tongue(context: Context) -> Language:
    tongue: Language = context["lang"]
    return tongue


def _in_language(say: Callable[..., str]) -> Callable[..., str]:
    """Make a filter of a function that takes the language first."""

    @pass_context
    def said(context: Context, *args: Any, **more: Any) -> str:
        return say(_tongue(context), *args, **more)

    return said


def phrase(tongue: Language, text: str | None) -> Markup:
    """Say a sentence of the tables; one without translation is marked as English.

    >>> from atalaya.publishing.site.languages import language
    >>> phrase(language("es"), "a sentence nobody translated")
    Markup('<span lang="en">a sentence nobody translated</span>')
    """
    if not text:
        return Markup()
    said = in_words(text, tongue)
    if said is not None:
        return escape(said)
    return Markup('<span lang="en">{}</span>').format(text)


def _quoted_words(_tongue: Language, text: str) -> Markup:
    """Show what a text sets between backticks, names of files and columns, as code.

    >>> from atalaya.publishing.site.languages import language
    >>> _quoted_words(language("en"), "`a` < b")
    Markup('<code>a</code> &lt; b')
    """
    return Markup(_QUOTED.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped above


def told(tongue: Language, text: str | None) -> Markup:
    """Say a sentence that remembers what it was made of; any other is marked as English.

    >>> from atalaya.model.sentences import sentence
    >>> from atalaya.publishing.site.languages import language
    >>> told(language("es"), sentence("the body is empty"))
    Markup('la respuesta está vacía')
    """
    made_of = content_of(text or "")
    said = None if made_of is None else in_language(made_of, tongue)
    return phrase(tongue, text) if said is None or tongue.code == "en" else escape(said)


def _cell(tongue: Language, cell: Cell, places: int = 0) -> str:
    return tongue.cell(cell, places=places)


def _bytes(tongue: Language, length: int) -> str:
    return tongue.bytes(length)


def _day(tongue: Language, day: date | None) -> str:
    return tongue.day(day)


_FILTERS: Final[dict[str, Callable[..., str]]] = {
    "number": Language.number,
    "percent": Language.percent,
    "cell": _cell,
    "day": _day,
    "bytes": _bytes,
    "period": Language.period,
    "month_short": Language.month_short,
    "term": lambda tongue, slug: term(slug, tongue),
    "phrase": phrase,
    "quoted_words": _quoted_words,
    "told": told,
}
