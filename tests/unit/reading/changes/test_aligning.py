"""Long sequences are cut at what stands once, and what repeats too often is one gap."""

import random

from atalaya.reading.changes.aligning import Gap, gaps


def test_long_sequences_are_compared_part_by_part_and_lead_to_each_other():
    drawn = random.Random(7)
    old = [drawn.randrange(4000) for _ in range(20_000)]
    new = list(old)
    for at in range(0, 20_000, 100):
        new[at] = -1
    found = gaps(old, new)
    assert found == [Gap(at, at + 1, at, at + 1) for at in range(0, 20_000, 100)]


def test_what_stands_nowhere_once_is_one_gap_and_not_a_day_of_work():
    old, new = [0, 1] * 50_000, [1, 0, 0] * 40_000
    (gap,) = gaps(old, new)
    made = [*old[: gap.a], *new[gap.c : gap.d], *old[gap.b :]]
    assert made == new
