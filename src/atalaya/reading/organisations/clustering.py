"""Pairs to bodies, without chaining: a name joins a body when it fits the body and not one name.

The surest pairs come first. Two groups become one when nothing rules any pair across them out and
at least half of those pairs agree by themselves, so that A like B and B like C do not make A and C
one. A name that fits two bodies which exclude each other (a bare *Green Crescent* beside two
national ones, an acronym two names spell) joins neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from atalaya.reading.organisations.linking import Link
from atalaya.reading.organisations.profiles import Profile

SURE = 0.5  # probability from which two names are taken for one body
DECIDED = 1.0  # what a person decided, or the register holds, is not weighed
_CLOSE = 0.04  # two readings of an acronym nearer than this are both possible
_SURER = 5.0  # times the odds of another body that leave no doubt which one is meant
_CROSS = 60  # pairs looked at across two groups: larger groups are of one wording many times


@dataclass
class Clusters:
    """Groups of positions, and the links that made them.

    Args:
        of: Group of each position.
        members: Positions of each group.
        joined: Links that joined two groups, in order.
        doubtful: Position -> positions that exclude each other and that it fits all of.
    """

    of: list[int]
    members: dict[int, list[int]]
    joined: list[Link] = field(default_factory=list)
    doubtful: dict[int, tuple[int, int]] = field(default_factory=dict)


def clusters(
    profiles: Sequence[Profile],
    links: Iterable[Link],
    excluded: Callable[[int, int], bool],
) -> Clusters:
    """Make groups of positions from links.

    Args:
        profiles: One a position.
        links: Pairs weighed; those that are excluded, or not sure, join nothing.
        excluded: Whether two positions cannot be one body.

    Returns:
        The groups; a position without a link is a group by itself.
    """
    found = Clusters(list(range(len(profiles))), {at: [at] for at in range(len(profiles))})
    sure = {
        (link.one, link.other): link
        for link in links
        if link.probability >= SURE and not excluded(link.one, link.other)
    }
    found.doubtful = _doubtful(profiles, sure, excluded)
    full: list[Link] = []
    short: list[Link] = []
    for (one, other), link in sure.items():
        if one in found.doubtful or other in found.doubtful:
            continue
        (short if profiles[one].alone or profiles[other].alone else full).append(link)
    for link in sorted(full, key=_surest):
        _join(found, profiles, link, sure, excluded)
    for link in sorted(_unambiguous(found, profiles, short), key=_surest):
        _join(found, profiles, link, sure, excluded)
    return found


def _surest(link: Link) -> tuple[float, int, int]:
    return (-link.probability, link.one, link.other)


def _doubtful(
    profiles: Sequence[Profile],
    sure: dict[tuple[int, int], Link],
    excluded: Callable[[int, int], bool],
) -> dict[int, tuple[int, int]]:
    """Give the full names that fit two others which exclude each other."""
    near: dict[int, list[int]] = defaultdict(list)
    for one, other in sure:
        if not (profiles[one].alone or profiles[other].alone):
            near[one].append(other)
            near[other].append(one)
    found: dict[int, tuple[int, int]] = {}
    for at, others in near.items():
        some = others[:_CROSS]
        pair = next(
            (
                (one, other)
                for number, one in enumerate(some)
                for other in some[number + 1 :]
                if excluded(one, other) and (min(one, other), max(one, other)) not in sure
            ),
            None,
        )
        if pair is not None and not _said_outright(at, others, sure, excluded):
            found[at] = pair
    return found


def _said_outright(
    at: int,
    others: list[int],
    sure: dict[tuple[int, int], Link],
    excluded: Callable[[int, int], bool],
) -> bool:
    """Tell whether the surest neighbour is so much surer than those it excludes: no doubt."""

    def odds(one: int) -> float:
        likely = sure[min(at, one), max(at, one)].probability
        return likely / max(1 - likely, 1e-9)

    best = max(others, key=odds)
    rivals = [odds(one) for one in others if one != best and excluded(best, one)]
    return odds(best) >= _SURER * max(rivals, default=0.0)


def _unambiguous(found: Clusters, profiles: Sequence[Profile], short: list[Link]) -> list[Link]:
    """Keep the links of acronyms that fit one body alone; the others are in doubt."""
    kept: dict[str, list[tuple[Link, int, int]]] = defaultdict(list)
    for link in short:
        at = link.one if profiles[link.one].alone else link.other
        other = link.other if at == link.one else link.one
        code = min(profiles[at].acronyms)
        kept[code].append((link, at, other))
    good: list[Link] = []
    for fits in kept.values():
        best = max(link.probability for link, _, other in fits)
        least = best if best >= DECIDED else best - _CLOSE
        near = [one for one in fits if one[0].probability >= least]
        stated = [one for one in near if profiles[one[1]].acronyms & profiles[one[2]].acronyms]
        near = stated if any(not profiles[other].alone for _, _, other in stated) else near
        bodies = {found.of[other] for _, _, other in near if not profiles[other].alone}
        if len(bodies) <= 1:
            good.extend(link for link, _, _ in near)
            continue
        pair = sorted(min(found.members[body]) for body in bodies)[:2]
        for _, at, _ in fits:
            found.doubtful[at] = (pair[0], pair[1])
        good.extend(link for link, _, other in fits if profiles[other].alone)
    return good


def _join(
    found: Clusters,
    profiles: Sequence[Profile],
    link: Link,
    sure: dict[tuple[int, int], Link],
    excluded: Callable[[int, int], bool],
) -> None:
    left, right = found.of[link.one], found.of[link.other]
    if left == right:
        return
    if link.probability < DECIDED and not _fits(
        profiles, found.members[left], found.members[right], sure, excluded
    ):
        return
    if len(found.members[left]) < len(found.members[right]):
        left, right = right, left
    for at in found.members[right]:
        found.of[at] = left
    found.members[left].extend(found.members.pop(right))
    found.joined.append(link)


def _fits(
    profiles: Sequence[Profile],
    ones: list[int],
    others: list[int],
    sure: dict[tuple[int, int], Link],
    excluded: Callable[[int, int], bool],
) -> bool:
    """Tell whether two groups may be one: full names against full names, where both hold some."""
    short = any(all(profiles[at].alone for at in group) for group in (ones, others))
    ones, others = (
        [at for at in group if not (profiles[at].alone or profiles[at].branch)] or group
        for group in (ones, others)
    )
    pairs = [(min(one, other), max(one, other)) for one in ones for other in others][:_CROSS]
    if any(excluded(*pair) for pair in pairs):
        return False
    agree = sum(pair in sure for pair in pairs)
    return agree > 0 if short else 2 * agree >= len(pairs)
