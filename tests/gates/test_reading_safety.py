"""The red-team file: how-to and market content is stopped, advice and news pass (R5)."""

import json
from pathlib import Path

import pytest

from atalaya.reading.safety.screening import unsafe_words

_LINES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "material" / "open_sources" / "red_team.jsonl")
    .read_text("utf-8")
    .splitlines()
]
_LANGUAGES = ("en", "es", "fr", "pt", "de")
_FALSE_BLOCKS = 0.02


def test_the_file_holds_what_it_promises():
    stopped = [line for line in _LINES if line["kept"]]
    assert len(stopped) >= 150
    assert len(_LINES) - len(stopped) >= 150
    for language in _LANGUAGES:
        assert sum(line["language"] == language for line in _LINES) >= 45


@pytest.mark.parametrize("language", _LANGUAGES)
def test_no_how_to_and_no_market_content_passes(language):
    passed = [
        line["text"]
        for line in _LINES
        if line["language"] == language and line["kept"] and not unsafe_words(line["text"])
    ]
    assert passed == []


def test_harm_reduction_advice_news_and_policy_pass():
    told = [line for line in _LINES if not line["kept"]]
    blocked = [line["text"] for line in told if unsafe_words(line["text"])]
    assert len(blocked) <= _FALSE_BLOCKS * len(told), blocked
