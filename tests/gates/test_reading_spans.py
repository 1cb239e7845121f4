"""What the rules of spans find of our own sentences, and what the tagger finds of held-out ones."""

import sys

import pytest
from tests.material import span_scoring
from tests.material.shared_data import shared
from tests.material.span_scoring import Span, Tally

from atalaya.reading.mentions.page import Page
from atalaya.reading.mentions.tagger.model import load

_FLOOR = 0.95  # F1 over all labels, in either part
_LABEL_FLOOR = 0.85
_NAMED = frozenset(("QUANTITY", "MONEY", "DATE", "DOCUMENT", "CONCEALMENT"))


def test_spans_of_our_own_sentences_are_found_with_their_values() -> None:
    lexicon = span_scoring.lexicon()
    pairs: dict[str, list[tuple[frozenset[Span], set[Span]]]] = {}
    wrong = []
    for one in span_scoring.sentences():
        found = span_scoring.read(Page.of(one.text, lexicon), one.language, one.published)
        names = {(each.start, each.end, str(each.label)): each.name for each in found}
        pairs.setdefault(one.part, []).append((one.spans, set(names)))
        told = [span for span in one.spans & set(names) if span[2] in _NAMED]
        wrong += [(one.id, span) for span in told if names[span] != one.names[span]]
    assert not wrong
    for part, scored in pairs.items():
        tallies = span_scoring.tallies(scored)
        total = Tally(
            sum(each.right for each in tallies.values()),
            sum(each.invented for each in tallies.values()),
            sum(each.missed for each in tallies.values()),
        )
        said = ", ".join(f"{label} {each.f1:.3f}" for label, each in tallies.items())
        _say(f"own sentences, {part}: F1 {total.f1:.3f} ({said})")
        assert total.f1 >= _FLOOR
        assert min(each.f1 for each in tallies.values()) >= _LABEL_FLOOR


def test_the_corpus_speaks_five_languages_of_seven_labels_in_two_parts() -> None:
    read = span_scoring.sentences()
    labels = {span[2] for one in read for span in one.spans}
    assert len(read) >= 120
    assert {one.language for one in read} == {"en", "es", "fr", "pt", "de"}
    assert len(labels) == 7
    assert {one.part for one in read} == {"developing", "measuring"}


# Exact spans of the tenth of the labelled sentences that nothing was learnt from. The floors stand
# under what was measured by about half of its interval: they catch a broken model.
@pytest.mark.parametrize(
    ("genre", "path", "floors"),
    [
        (
            "news",
            "data/ner-unodc-seizures/train.jsonl",
            {"DRUG": 0.85, "QUANTITY": 0.8, "GPE": 0.7, "ORG": 0.55},
        ),
        ("forum", "data/ner-drugs-reddit/drugs_training.jsonl", {"DRUG": 0.7}),
    ],
)
def test_the_tagger_finds_the_spans_of_sentences_held_out(
    genre: str, path: str, floors: dict[str, float]
) -> None:
    tagger = load(genre)
    pairs = [
        (wanted, {(one.start, one.end, one.label) for one in tagger.spans(text)})
        for text, wanted in span_scoring.held_out(shared(path))
    ]
    tallies = span_scoring.tallies(pairs)
    for label, each in tallies.items():
        _say(f"{genre}, {len(pairs)} sentences held out: {label} F1 {each.f1:.3f}")
    assert {label for label, floor in floors.items() if tallies[label].f1 < floor} == set()


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
