"""How long documents take to be grouped into stories, and in how much memory; beside two peers.

Stories have one to three reports of 60 words, copies with one word in twenty changed; each report
has a country, a place, a substance, an amount and a day. The peers, rensa's and datasketch's LSH
over 128 slots in 32 bands, find candidates by the words alone; datasketch is no part of the project
and its row is left out where it is not installed.

    python -m benchmarks grouping            # 20,000 and 200,000 documents
    python -m benchmarks.grouping atalaya 1000000
"""

from __future__ import annotations

import importlib.util
import random
import sys
import time
from collections.abc import Iterator

from benchmarks._apart import answer, measured

SEED = 20_261_126
WORDS = [f"w{number:x}" for number in range(20_000)]
SIZES = (20_000, 200_000)
PEERS = 20_000


def texts(size: int) -> Iterator[tuple[int, str, int]]:
    """Draw folded texts, each with its story's number and a day."""
    draw = random.Random(SEED)
    made = story = 0
    while made < size:
        story += 1
        words, day = draw.choices(WORDS, k=60), draw.randint(738_000, 738_365)
        for _ in range(draw.choice((1, 1, 2, 3))):
            copy = [draw.choice(WORDS) if draw.random() < 0.05 else word for word in words]
            yield story, f" {' '.join(copy)} ", day
            made += 1
            if made == size:
                return


def atalaya(size: int) -> float:
    """Sketch, add and group; give the seconds without the drawing."""
    from atalaya.reading.stories.facts import Kind, amount, hashed, kept
    from atalaya.reading.stories.features import StoryFeatures
    from atalaya.reading.stories.grouping import Grouping
    from atalaya.reading.stories.sketches import sketch

    grouping, seconds = Grouping(), 0.0
    warm = Grouping()
    warm.add(StoryFeatures(0, sketch(" a b c d "), kept([1]), 1))
    warm.keys()
    for number, (story, text, day) in enumerate(texts(size)):
        facts = kept(
            {
                hashed(Kind.COUNTRY, str(story % 190)),
                hashed(Kind.PLACE, str(story % 5_000)),
                hashed(Kind.SUBSTANCE, str(story % 12)),
                amount(Kind.AMOUNT, 1 + story % 997, "g"),
            }
        )
        began = time.process_time()
        grouping.add(StoryFeatures(number, sketch(text), facts, day))
        seconds += time.process_time() - began
    began = time.process_time()
    keys = grouping.keys()
    seconds += time.process_time() - began
    print(f"{len(set(keys)):,} stories of {size:,} documents", file=sys.stderr)
    return seconds


def rensa(size: int) -> float:
    """Sketch and look up with rensa; give the seconds."""
    from rensa import RMinHash, RMinHashLSH

    index, seconds = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32), 0.0
    for number, (_, text, _) in enumerate(texts(size)):
        began = time.process_time()
        words = text.split()
        sketch = RMinHash(num_perm=128, seed=42)
        sketch.update([" ".join(words[at : at + 3]) for at in range(len(words) - 2)])
        index.query(sketch)
        index.insert(number, sketch)
        seconds += time.process_time() - began
    return seconds


def datasketch(size: int) -> float:
    """Sketch and look up with datasketch; give the seconds."""
    from datasketch import MinHash, MinHashLSH

    index, seconds = MinHashLSH(num_perm=128, params=(32, 4)), 0.0
    for number, (_, text, _) in enumerate(texts(size)):
        began = time.process_time()
        words = text.split()
        sketch = MinHash(num_perm=128)
        sketch.update_batch([" ".join(words[at : at + 3]).encode() for at in range(len(words) - 2)])
        index.query(sketch)
        index.insert(number, sketch)
        seconds += time.process_time() - began
    return seconds


JOBS = {"atalaya": atalaya, "rensa": rensa, "datasketch": datasketch}


def main() -> None:
    """Print the table."""
    rows = [("atalaya", size) for size in SIZES] + [("rensa", PEERS)]
    if importlib.util.find_spec("datasketch"):
        rows.append(("datasketch", PEERS))
    print("| what | documents | processor seconds | documents/s | peak MiB |")
    print("|---|---:|---:|---:|---:|")
    for what, size in rows:
        row = measured(__file__, what, size)
        rate = size / row["seconds"]
        print(f"| {what} | {size:,} | {row['seconds']:.1f} | {rate:,.0f} | {row['peak']:,.0f} |")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        answer(JOBS, *sys.argv[1:])
    else:
        main()
