"""Whatever a document holds, reading it never fails, and nothing is said that it does not say."""

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from atalaya.reading.reports import read_report

REPORTS = Path(__file__).parents[1] / "material" / "reports"
TEXTS = [one.read_text() for one in sorted(REPORTS.iterdir()) if one.suffix in (".txt", ".md")]
LINES = sorted({line for text in TEXTS for line in text.splitlines() if line.strip()})
pieces = st.one_of(
    st.sampled_from(LINES),
    st.text(max_size=60),
    st.sampled_from(
        ["| a | b |", "1. ", "•", "Organised by ", "40 persons", "(", "“", "\u00a0", "\t", "- - -"]
    ),
)


def _leaves(one):
    if isinstance(one, dict):
        if set(one) == {"value", "span"}:
            yield one
        else:
            for said in one.values():
                yield from _leaves(said)
    elif isinstance(one, list):
        for each in one:
            yield from _leaves(each)


@given(st.lists(pieces, max_size=25), st.sampled_from(["\n", "\n\n", " ", "\r\n"]))
def test_any_text_is_read_and_every_value_is_quoted_from_it(parts, between):
    text = between.join(parts)
    record = read_report(text).content()
    json.dumps(record)
    record["document"].pop("language")  # told from the whole text, not quoted
    for leaf in _leaves(record):
        span = leaf["span"]
        assert 0 <= span["start"] < span["end"] <= len(text)
        assert text[span["start"] : span["end"]] == span["quote"]
        hyphens = {"-", "\u00ad", "‐"} & {*span["quote"], *str(leaf["value"])}
        if isinstance(leaf["value"], str) and not hyphens:
            words = set(leaf["value"].split())
            assert words <= set(span["quote"].split())


@given(st.integers(0, len(TEXTS) - 1), st.integers(0, 4000), st.text(max_size=12))
def test_a_report_cut_or_scribbled_on_is_still_read(which, at, scribble):
    text = TEXTS[which]
    at = min(at, len(text))
    for changed in (text[:at], text[at:], text[:at] + scribble + text[at:]):
        record = read_report(changed).content()
        assert set(record) >= {"document", "session", "resolutions", "events", "issues"}
