"""The private persons of the labelled sentences, and a search for them in what is written."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from atalaya.reading.mentions.folding import fold

SENTENCES = Path(__file__).parent / "open_sources" / "sentences.jsonl"
_LEAST = 2  # words of a name that is looked for; one word may be anything


def labelled_names() -> list[str]:
    """Give labelled names of two words or more, and what else points at a person."""
    found = set()
    for line in SENTENCES.read_text("utf-8").splitlines():
        one = json.loads(line)
        found.update(one["text"][start:end] for start, end in one["persons"])
        found.update(one["text"][start:end] for start, end in one["particulars"])
    return sorted(name for name in found if len(fold(name).text.split()) >= _LEAST)


def named_in(folder: Path, names: Iterable[str]) -> Iterator[tuple[Path, str]]:
    """Find names in the files of a folder, in whatever case, accents and marks they stand there.

    Packed files (Parquet, SQLite, PDF) are searched for the bytes of the name itself.
    """
    looked_for = [(name, fold(name).text, name.encode()) for name in names]
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        held = path.read_bytes()
        text = fold(held.decode("utf-8", "replace")).text
        for name, form, raw in looked_for:
            if form in text or raw in held:
                yield path, name
