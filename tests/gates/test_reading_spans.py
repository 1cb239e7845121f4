"""What the rules of spans find of our own sentences, and what the tagger finds of held-out ones."""

from tests.material import span_scoring
from tests.material.span_scoring import Span, Tally

from atalaya.reading.mentions.page import Page

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
        print(f"own sentences, {part}: F1 {total.f1:.3f} ({said})")
        assert total.f1 >= _FLOOR
        assert min(each.f1 for each in tallies.values()) >= _LABEL_FLOOR


def test_the_corpus_speaks_five_languages_of_seven_labels_in_two_parts() -> None:
    read = span_scoring.sentences()
    labels = {span[2] for one in read for span in one.spans}
    assert len(read) >= 120
    assert {one.language for one in read} == {"en", "es", "fr", "pt", "de"}
    assert len(labels) == 7
    assert {one.part for one in read} == {"developing", "measuring"}
