"""Everything the project says in its own voice is person-first, in every language (R8)."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from atalaya.publishing.words import wordings

_ROOT = Path(__file__).resolve().parents[2]
_SOURCE = _ROOT / "src" / "atalaya"
_WRITTEN = [
    *sorted(_ROOT.glob("*.md")),
    *sorted((_ROOT / "docs").rglob("*.md")),
    *sorted(_SOURCE.rglob("*.html")),
    *sorted(path for path in _SOURCE.rglob("*.py") if path.name != "words.py"),
    *sorted((_SOURCE / "publishing").rglob("*.csv")),
]


def _said(path: Path) -> list[str]:
    text = path.read_text("utf-8")
    if path.suffix in {".py", ".csv", ".html"}:  # there quotation marks are the language's own
        text = text.replace('"', " ")
    return [str(found) for found in wordings(text)]


def test_documents_templates_and_messages_in_code_keep_to_our_words():
    assert len(_WRITTEN) > 200
    found = {path.relative_to(_ROOT).as_posix(): _said(path) for path in _WRITTEN}
    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.parametrize("path", sorted(_SOURCE.rglob("*.po")), ids=lambda path: path.parts[-3])
def test_every_message_and_its_translation_keep_to_our_words(path):
    with path.open("rb") as lines:
        catalogue = read_po(lines)
    said = [
        text
        for message in catalogue
        if message.id
        for text in (*_texts(message.id), *_texts(message.string))
    ]
    assert len(said) > 500
    assert [str(found) for text in said for found in wordings(text)] == []


# What a text about making, hiding, dosing or selling would have to name (R5); none of it has a
# place in what we publish ourselves, in the starter's facts or in the registers.
_HOW_TO = re.compile(
    r"\b(?:how to (?:make|cook|extract|hide|smuggle|inject)|synthesis route|reflux|"
    r"recrystalli[sz]e|stash|per gram|por gramo|street price|precio en la calle|"
    r"dose for|dosis para|vendor|"
    r"[a-z2-7]{16,56}\.onion)\b",
    re.IGNORECASE,
)
_PUBLISHED = [
    *sorted(path for path in _SOURCE.rglob("*.html") if "publishing" in path.parts),
    *sorted(_SOURCE.rglob("*.po")),
    *sorted(path for path in (_SOURCE / "starter").rglob("*") if path.suffix in {".csv", ".toml"}),
    *sorted((_SOURCE / "registers" / "data").glob("*.csv")),
]


def test_nothing_we_publish_explains_how_to_make_hide_or_sell():
    assert _HOW_TO.search("How to extract it: reflux, then 40 USD per gram")
    assert len(_PUBLISHED) > 40
    found = {
        path.relative_to(_ROOT).as_posix(): _HOW_TO.findall(path.read_text("utf-8"))
        for path in _PUBLISHED
    }
    assert {name: said for name, said in found.items() if said} == {}


def _texts(said: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)


def test_the_same_words_in_a_template_of_ours_would_be_found():
    """The gate sees what it is for: a heading, a message in code, a translated one."""
    for text in ("<h1>Drug users</h1>", '_("drug users in care")', "los drogadictos"):
        assert list(wordings(re.sub('"', " ", text)))
