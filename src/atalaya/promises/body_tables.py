"""The rows of the release tables ``organisations``, ``organisation_names`` and ``cohosting``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from atalaya.model.identifiers import record_id
from atalaya.model.sentences import content_of, sentence
from atalaya.promises.alliances import Body, Pair, bodies, pairs
from atalaya.promises.named import Mention, mentions
from atalaya.promises.sessions import Session

_text, _whole = pa.string(), pa.int64()
_CLAIMS = pa.field("claims", pa.list_(_text), nullable=False)
_BY_ITS_CODE = sentence("the record gives its code in the register of territories")


def _counts(*names: str) -> list[pa.Field]:
    return [pa.field(name, _whole, nullable=False) for name in names]


# ``held`` counts the events it organised or co-hosted, of ``on_record`` events altogether.
# ``country``: code of the country that a name itself, or the register, says; null where none does.
# ``confidence`` is that of its least sure name, null for a State, which no resolver was asked for.
ORGANISATIONS = pa.schema(
    [
        pa.field("id", _text, nullable=False),
        pa.field("name", _text, nullable=False),
        pa.field("kind", _text, nullable=False),
        pa.field("country", _text),
        pa.field("names", _text, nullable=False),
        *_counts("held", "on_record", "as_organiser", "as_cohost", "sponsored", "met"),
        pa.field("events", pa.list_(_text), nullable=False),
        pa.field("confidence", pa.float64()),
        pa.field("because", _text, nullable=False),
        _CLAIMS,
    ]
)
# One row a name as printed: ``because`` says why it is its body's, ``parameters`` of what that
# sentence is made, to say it in other languages.
ORGANISATION_NAMES = pa.schema(
    [
        pa.field("id", _text, nullable=False),
        pa.field("organisation", _text, nullable=False),
        pa.field("name", _text, nullable=False),
        *_counts("times"),
        pa.field("confidence", pa.float64()),
        pa.field("because", _text, nullable=False),
        pa.field("parameters", _text),
        _CLAIMS,
    ]
)
# ``of`` counts the events that at least one of the two organised or co-hosted.
COHOSTING = pa.schema(
    [
        pa.field("id", _text, nullable=False),
        pa.field("one", _text, nullable=False),
        pa.field("other", _text, nullable=False),
        *_counts("together", "of", "on_record"),
        pa.field("events", pa.list_(_text), nullable=False),
        _CLAIMS,
    ]
)


@dataclass(frozen=True, slots=True)
class Known:
    """Which body a printed name is.

    Args:
        name: As printed.
        body: Identifier of the body.
        canonical: What the body is called.
        country: Code of its country, ISO 3166 in three letters, or None.
        confidence: That the name is this body's and no other's on record, from 0 to 1.
        because: Why, in an English sentence.
        parameters: What the sentence is made of, JSON, or None.
    """

    name: str
    body: str
    canonical: str
    country: str | None
    confidence: float
    because: str
    parameters: str | None


@dataclass(frozen=True, slots=True)
class BodyTables:
    """The three tables, with the schemas of the same names."""

    organisations: pa.Table
    organisation_names: pa.Table
    cohosting: pa.Table


def body_tables(
    sessions: Sequence[Session], known: Mapping[str, Known], states: Mapping[str, str]
) -> BodyTables:
    """Give the release tables of bodies.

    A State stands in them where it held an event; every other body wherever it is named.

    Args:
        sessions: From ``promises.record``.
        known: Name as printed -> its body; what is not in it names nobody.
        states: Register identifier of a State -> its name.
    """
    events = sum(len(session.events) for session in sessions)
    every = bodies(mentions(sessions), lambda one: who(one, known))
    found = tuple(one for one in every if one.events or one.territory is None)
    named = [row for one in found for row in _name_rows(one, known)]
    organisations = [_row(one, known, states, events) for one in found]
    together = [_pair_row(one, events) for one in pairs(found)]
    return BodyTables(
        pa.Table.from_pylist(organisations, schema=ORGANISATIONS),
        pa.Table.from_pylist(named, schema=ORGANISATION_NAMES),
        pa.Table.from_pylist(together, schema=COHOSTING),
    )


def made_of(text: str) -> str | None:
    """Give what a sentence is made of as JSON, or None where it does not remember."""
    content = content_of(text)
    return None if content is None else json.dumps(content, ensure_ascii=False, sort_keys=True)


def who(mention: Mention, known: Mapping[str, Known]) -> str | None:
    """Give the identifier of the State or body that a mention names, or None."""
    if mention.territory:
        return mention.territory
    found = known.get(mention.name)
    return found.body if found else None


def _row(
    body: Body, known: Mapping[str, Known], states: Mapping[str, str], events: int
) -> dict[str, object]:
    if body.territory:
        about = _state(body.territory, states)
    else:
        about = _organisation([known[name] for name in body.names])
    return {
        "id": body.id,
        **about,
        "names": "; ".join(body.names),
        "held": len(body.events),
        "on_record": events,
        "as_organiser": len(body.organised),
        "as_cohost": len(body.co_hosted),
        "sponsored": len(body.drafts),
        "met": len(body.met),
        "events": list(body.events),
        "claims": list(body.claims()),
    }


def _state(territory: str, states: Mapping[str, str]) -> dict[str, object]:
    code = territory.partition(":")[2]
    return {
        "name": states.get(territory, code),
        "kind": "state",
        "country": code,
        "confidence": None,
        "because": str(_BY_ITS_CODE),
    }


def _organisation(names: Sequence[Known]) -> dict[str, object]:
    first = names[0]
    several = (f"{one.name}: {one.because}" for one in names)
    return {
        "name": first.canonical,
        "kind": "organisation",
        "country": first.country,
        "confidence": min(one.confidence for one in names),
        "because": first.because if len(names) == 1 else "; ".join(several),
    }


def _name_rows(body: Body, known: Mapping[str, Known]) -> Iterator[dict[str, object]]:
    for name in body.names:
        said = [one for one in body.mentions if one.name == name]
        told = None if body.territory else known[name]
        row: dict[str, object] = {
            "organisation": body.id,
            "name": name,
            "times": len(said),
            "confidence": told.confidence if told else None,
            "because": told.because if told else str(_BY_ITS_CODE),
            "parameters": told.parameters if told else made_of(_BY_ITS_CODE),
            "claims": _claims(said),
        }
        yield {"id": record_id("organisation-name", row), **row}


def _claims(said: Iterable[Mention]) -> list[str]:
    return sorted({claim for one in said for claim in one.said.claims})


def _pair_row(pair: Pair, events: int) -> dict[str, object]:
    row: dict[str, object] = {
        "one": pair.one,
        "other": pair.other,
        "together": pair.together,
        "of": pair.of,
        "on_record": events,
        "events": list(pair.events),
        "claims": list(pair.claims),
    }
    return {"id": record_id("cohosting", row), **row}
