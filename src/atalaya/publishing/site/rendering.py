"""From a view to a page: HTML by templates, JSON by the view's own fields."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from atalaya.model.errors import WrongUse
from atalaya.model.sentences import sentence
from atalaya.publishing.marking import _
from atalaya.publishing.site.cells import Cell
from atalaya.publishing.site.charts import Spec, series_chart
from atalaya.publishing.site.drawing import Drawings
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.environment import environment
from atalaya.publishing.site.following import calendar, feed
from atalaya.publishing.site.languages import LANGUAGES, language
from atalaya.publishing.site.pages import PAGES, Page, find_page
from atalaya.publishing.site.views import news
from atalaya.publishing.site.views.why import Explain, why
from atalaya.publishing.site.visits import Dial, Visit, dial

_AS_IT_IS = frozenset({str, int, float, bool, Spec})
CALENDAR = _("sessions and deadlines")
MENU = ("signals", "stories", "promises", "blind_spots", "countries", "why")
FOOT = (
    "series_list",
    "candidates",
    "organisations",
    "scorecard",
    "sources",
    "source_health",
    "catalogue",
    "changes",
    "issues",
    "downloads",
    "report",
    "about",
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A page that has been built and can be written in any form.

    Args:
        page: Which page.
        path: Its path below the language.
        view: What it says.
        visit: Who reads it, and as of when.
        dial: Moves it through time.
    """

    page: Page
    path: str
    view: Any
    visit: Visit
    dial: Dial


def forms(page: Page) -> tuple[str, ...]:
    """Give the forms that a page has beside HTML."""
    followed = ("atom",) if page.news else ()
    return ("json", *followed, *(("ics",) if page.name == "asks" else ()))


class Site:
    """The pages of one release.

    Args:
        edition: The release, indexed.
        name: Name of the observatory.
        explain: Makes the tree of a cell.
        drawings: Draws charts; None leaves charts to the reader's script and the table.
        templates: Packages whose ``templates`` folders are looked in after this one's.
    """

    def __init__(
        self,
        edition: Edition,
        name: str,
        explain: Explain,
        drawings: Drawings | None,
        templates: tuple[str, ...] = (),
    ) -> None:
        self.edition, self.name = edition, name
        self.explain, self._drawings = explain, drawings
        self._templates = templates

    def show(self, path: str, visit: Visit) -> Shown:
        """Build a page.

        Raises:
            WrongUse: There is no such page or thing.
            BadInput: What was asked for cannot be read.
        """
        page, key = find_page(path)
        if page.build is None:
            view: Any = why(self.edition, visit, self.explain)
        else:
            view = page.build(self.edition, visit, key)
        moves = dial(visit, path, self.edition.months, _begun_in(self.edition))
        return Shown(page, path, view, visit, moves)

    def html(self, shown: Shown, **more: Any) -> str:
        """Write a page as HTML."""
        return self.fill(f"{shown.page.name}.html", shown.visit, shown=shown, **more)

    def fill(self, template: str, visit: Visit, *, draw: bool = True, **more: Any) -> str:
        """Fill any template in the visit's language."""
        tongue = language(visit.language)
        drawings = self._drawings if draw else None
        return (
            environment(self._templates)
            .get_template(template)
            .render(
                site=self,
                edition=self.edition,
                visit=visit,
                links=visit.links,
                lang=tongue,
                others=[language(code) for code in LANGUAGES],
                menu=_titled(MENU),
                foot=_titled(FOOT),
                chart=lambda spec: Markup(drawings.svg(spec)) if drawings else "",  # noqa: S704 - stripped
                **more,
            )
        )

    def first_dial(self, visit: Visit) -> Dial:
        """Give the dial of the first page, for pages that say what went wrong."""
        return dial(visit, "", self.edition.months, _begun_in(self.edition))

    def draw_ahead(self) -> None:
        """Draw the chart of the strongest signal, which also starts the renderer (a second)."""
        strongest = next(iter(self.edition.published_signals.values()), None)
        if self._drawings and strongest is not None:
            points = self.edition.points(strongest["series"], strongest["detector"])
            self._drawings.svg(series_chart(points))

    def form(self, shown: Shown, form: str) -> bytes:
        """Write a page in another form than HTML.

        Args:
            shown: The page.
            form: One of ``forms(page)``.

        Raises:
            WrongUse: The page has no such form.
        """
        if form not in forms(shown.page):
            raise WrongUse(
                sentence("this page cannot be had as {form}", form=form),
                do=sentence("its forms: {forms}", forms=", ".join(forms(shown.page))),
            )
        if form == "json":
            return self.twin(shown)
        tongue = language(shown.visit.language)
        if form == "ics":
            days = news.days(self.edition, shown.visit)
            return calendar(f"{self.name}: {tongue.say(CALENDAR)}", days, shown.visit, tongue)
        page, key = find_page(shown.path)
        if page.news is None:
            raise WrongUse(sentence("this page cannot be had as {form}", form=form))
        told = page.news(self.edition, shown.visit, key)
        title = f"{self.name}: {told.title}"
        return feed(title, shown.path, told.facts, shown.visit, tongue)

    def twin(self, shown: Shown) -> bytes:
        """Write a page as JSON: the same view, with where it comes from."""
        visit = shown.visit
        content = {
            "page": shown.page.name,
            "language": visit.language,
            "as_of": shown.dial.shown,
            "latest": shown.dial.latest,
            "release": self.edition.release.name,
            "html": visit.links.page(shown.path),
            "view": plain(shown.view),
        }
        return json.dumps(content, ensure_ascii=False).encode()


@lru_cache(maxsize=4)  # as many editions as a site shows at once
def _begun_in(edition: Edition) -> Mapping[str, int]:
    """Give year -> how many signals began in it."""
    return Counter(row["since"][:4] for row in edition.rows("signals"))


def plain(value: Any) -> Any:
    """Give a view as JSON says it: a hidden count stays ``1-9``, what is unknown is null."""
    if value is None or type(value) in _AS_IT_IS:  # the common case, and much the quickest
        return value
    if isinstance(value, Cell):
        return value.plain()
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, set | frozenset):  # in an order that no run's hashing moves
        return sorted((plain(one) for one in value), key=str)
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    return _plain_record(value) if is_dataclass(value) else _plain_word(value)


def _plain_record(value: Any) -> dict[str, Any]:
    return {field.name: plain(getattr(value, field.name)) for field in fields(value)}


def _plain_word(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _titled(names: tuple[str, ...]) -> list[Page]:
    by_name = {page.name: page for page in PAGES}
    return [by_name[name] for name in names]
