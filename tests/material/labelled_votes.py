"""Votes of the labelled records, as the gates compare them."""

from pathlib import Path

from atalaya.promises.votes import ballots, doubts
from atalaya.promises.votes.words import VOTES

RECORDS = Path(__file__).parent / "votes"
GOLD = sorted(RECORDS.glob("*.json"))


def read_votes(text):
    return [
        {
            "about": one.about.of(text) if one.about else None,
            "part": one.part.of(text) if one.part else None,
            "outcome": one.outcome,
            "declared": {v: [n for n, _ in one.totals(v)] for v in VOTES if one.totals(v)},
            "votes": {
                v: named
                for v in VOTES
                if (named := [n.iso3 for r in one.lists if r.vote == v for n in r.names])
            },
            "issues": sorted(each.kind for each in doubts(one)),
            "explained": [[e.who.iso3 if e.who else None, e.when] for e in one.explained],
            "notes": [[e.who.iso3 if e.who else None, e.vote] for e in one.notes],
        }
        for one in ballots(text)
    ]
