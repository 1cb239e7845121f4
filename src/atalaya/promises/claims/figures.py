"""Claims about published figures: how many, how much, and whether it rose or fell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from atalaya.promises.claims import words
from atalaya.promises.claims.amounts import Amount, amounts, months, years
from atalaya.promises.claims.answering import Figures, no_figure, of_amount, of_trend
from atalaya.promises.claims.answers import Answer, Stated
from atalaya.promises.claims.held import Held
from atalaya.promises.claims.stance import Sentence, negated
from atalaya.promises.claims.telling import Names, Told, clauses, meant, names_of, told, widened
from atalaya.promises.claims.trends import Trend, trend
from atalaya.reading.reports.spans import Span

_AFTER, _CUT = 5, 12  # how much farther a year before an amount, or beyond a comma, seems
# Units of figures that only a table of this field could bear out.
_UNITS = frozenset({"hectares", "tonnes", "kilograms", "deaths", "USD", "EUR"})
_LARGE = 1000  # a smaller number without a unit may count anything
_CONTEXT = ("substances", "places", "organisations", "measures")


@dataclass(frozen=True, slots=True)
class _Context:
    """What the sentences before named last."""

    told: Told = Told()  # noqa: RUF009 - frozen
    year: str | None = None


def of_figures(text: str, said: Sequence[Sentence], held: Sequence[Held]) -> Iterator[Answer]:
    """Answer for the figures that a text states.

    Args:
        text: The text.
        said: Its sentences, see ``stance.read``.
        held: The published figures, see ``published.held``.
    """
    if not held:
        return
    names, before = names_of(held), _Context()
    for one in said:
        if not _numeric(text, one.span):
            continue
        whole = told(text, one.span, names)
        if one.claims:
            yield from _Reader(text, one.span, whole, before, held, names).answers()
        before = _later(before, whole, years(text, one.span))


def _numeric(text: str, span: Span) -> bool:
    """Whether a sentence may state a figure or name what one is of: most of a report does not."""
    return (
        any(letter.isdigit() for letter in span.of(text))
        or trend(text, span) is not None
        or bool(amounts(text, span))
    )


def _bare(amount: Amount, unit: str | None) -> bool:
    """Whether a number without a unit may be a table's: whole, and large unless of people."""
    whole = amount.value == int(amount.value)
    return whole and (unit in ("persons", "deaths") or amount.value >= _LARGE)


def _later(before: _Context, whole: Told, named: Sequence[tuple[int, Span]]) -> _Context:
    kept = {name: getattr(whole, name) or getattr(before.told, name) for name in _CONTEXT}
    return _Context(replace(Told(), **kept), str(named[-1][0]) if named else before.year)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the claims of one sentence."""

    text: str
    span: Span
    whole: Told
    before: _Context
    held: Sequence[Held]
    names: Names

    def answers(self) -> Iterator[Answer]:
        """Give an answer for a trend and for each amount."""
        stated = amounts(self.text, self.span)
        found = trend(self.text, self.span)
        if found is not None:
            yield from self._trend(found)
        unit: str | None = None
        for at, one in enumerate(stated):
            if found is not None and found.by is not None and one.span == found.by.span:
                continue
            amount = one if one.unit else replace(one, unit=unit)
            unit = amount.unit
            yield from self._amount(amount, self._period(at, stated, found))

    def _trend(self, found: Trend) -> Iterator[Answer]:
        said = widened(self._clause(found.span), self.whole, self.before.told)
        tables = [one for one in meant(said, self.held) if one.unit != "percent"]
        if not tables:
            if self._about_something():
                yield no_figure("trend", Stated(self.text, found.span))
            return
        first, last = found.periods or self._alone(found, tables[0])
        denied = negated(self.text, found.span, self.span.start)
        yield of_trend(Figures(self.text, tuple(tables)), found, (first, last), denied)

    def _alone(self, found: Trend, table: Held) -> tuple[str | None, str | None]:
        """A trend with one year: since it, or against the year before."""
        named = years(self.text, self.span)
        year = str(named[-1][0]) if named else self.before.year
        if year is None:
            return None, None
        if found.since:
            return year, table.last
        return str(int(year) - 1), year

    def _amount(self, amount: Amount, period: str | None) -> Iterator[Answer]:
        said = widened(self._clause(amount.span), self.whole, self.before.told)
        tables = tuple(one for one in meant(said, self._of_unit(amount)))
        if tables:
            denied = negated(self.text, amount.span, self.span.start)
            yield of_amount(Figures(self.text, tables), amount, period, denied)
        elif amount.unit in _UNITS and self._about_something():
            yield no_figure("figure", Stated(self.text, amount.span))

    def _of_unit(self, amount: Amount) -> list[Held]:
        people = {"persons", "deaths"}
        return [
            one
            for one in self.held
            if one.unit == amount.unit
            or (one.unit == "deaths" and amount.unit in people)
            or (amount.unit is None and one.unit != "percent" and _bare(amount, one.unit))
        ]

    def _about_something(self) -> bool:
        """Whether a sentence states a figure of this field, of which nothing is published."""
        own = self.whole
        drugs = words.phrase("figures", "drugs").search(self.text, *self.span)
        if drugs is not None and "deaths" in own.measures and own.places:
            return True
        subject = own.substances or own.organisations or own.concepts & self.names.topics
        measured = own.measures - ({"giving"} if not own.organisations else set())
        dated = own.places or "world" in own.concepts or years(self.text, self.span)
        return bool(subject and measured and dated)

    def _clause(self, span: Span) -> Told:
        found = next(
            (one for one in clauses(self.text, self.span) if one.start <= span.start < one.end),
            self.span,
        )
        return told(self.text, found, self.names)

    def _period(self, at: int, stated: Sequence[Amount], found: Trend | None) -> str | None:
        """Give the period of an amount: the month or year nearest to it."""
        named = self._named()
        earlier = words.phrase("figures", "earlier").search(self.text, *self.span)
        if earlier is not None and len(named) == 1 and named[0][0].isdigit():
            before = (str(int(named[0][0]) - 1), Span(*earlier.span()))
            named.append(before)
        if not named:
            return self.before.year
        if words.phrase("figures", "range").search(self.text, *self.span):
            return self._in_range(at, stated, found)
        return min(named, key=lambda pair: self._far(stated[at].span, pair[1]))[0]

    def _in_range(self, at: int, stated: Sequence[Amount], found: Trend | None) -> str | None:
        """Of two years "from 2021 to 2023", the first amount is the first's; else it is a sum."""
        if found is None or found.periods is None:
            return ""
        plain = [one for one in stated if found.by is None or one.span != found.by.span]
        place = plain.index(stated[at])
        if len(plain) == 1:
            return found.periods[1]
        return found.periods[place] if place < len(found.periods) else None

    def _named(self) -> list[tuple[str, Span]]:
        of_months = months(self.text, self.span)
        inside = [span for _, span in of_months]
        of_years = [
            (str(year), span)
            for year, span in years(self.text, self.span)
            if not any(one.start <= span.start < one.end for one in inside)
        ]
        return [*of_months, *of_years]

    def _far(self, amount: Span, period: Span) -> int:
        before = period.end <= amount.start
        gap = (period.end, amount.start) if before else (amount.end, period.start)
        between = self.text[gap[0] : gap[1]]
        cuts = sum(between.count(mark) for mark in ",;")
        return len(between) + (_AFTER if before else 0) + _CUT * cuts
