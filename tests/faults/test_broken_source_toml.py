"""One mistake a case, and the words its error must hold."""

from pathlib import Path

import pytest
from tests.material.declarations import SOURCE, declare

from atalaya.evidence.sources import load_sources
from atalaya.model.errors import BadInput

HEAD = SOURCE[SOURCE.index("publisher") : SOURCE.index("redistribute")]
DEFECT = '[[defect]]\nkind = "gap"\nsays = "It lacks May."\ndo = "wait"\n'
MISTAKES = {
    "a table says nothing": (
        'value = { column = "deaths" }\n',
        "",
        ["line 26", "neither value, text nor facts"],
    ),
    "a table says its facts twice": (
        'value = { column = "deaths" }\n',
        'value = { column = "deaths" }\nfacts = { deaths = "deaths" }\n',
        ["line 32", "would be read over"],
    ),
    "a field has both a column and a fixed value": (
        'value = { column = "deaths" }\n',
        'value = { column = "deaths", value = "1" }\n',
        ["line 31", "value needs a column or a fixed value, and not both"],
    ),
    "a source about people says nothing of private persons": (
        "private_persons = false\n",
        "",
        ["line 8", "may name private persons", "add private_persons = true"],
    ),
    "a quotation mark is left open": ('"An office"\nhomepage', '"An office\nhomepage', ["line 4"]),
    "a key is said twice": ('language = "en"', 'language = "en"\nlanguage = "es"', ["line 7"]),
    "the file breaks off": (
        'value = { column = "deaths" }\n',
        "value = {",
        ["source.toml, line 31"],
    ),
    "a key is misspelt": (
        'publisher = "An office"',
        'publsher = "An office"',
        ["line 4", "publsher is not a key", "did you mean 'publisher'?", "publisher is missing"],
    ),
    "a key deep in a repeated table is misspelt": (
        'address = "package:counts/data/more.csv"',
        'adress = "package:counts/data/more.csv"',
        ["line 23", "fetch[2].adress", "did you mean 'address'?"],
    ),
    "a key of an inline table is misspelt": (
        'register = "substance"',
        'regster = "substance"',
        ["line 29", "table[1].subject.regster", "did you mean 'register'?"],
    ),
    "a defect is of an address that is not fetched": (
        "[[fetch]]",
        DEFECT + 'address = "package:counts/data/mor.csv"\n\n[[fetch]]',
        ["line 22", "no [[fetch]] declares"],
    ),
    "a defect's first period is a word": (
        "[[fetch]]",
        DEFECT + 'subject = "substance:x"\nsince = "spring"\n\n[[fetch]]',
        ["line 23", "'spring' is no period", "2019-04"],
    ),
    "a defect names a subject and no period": (
        "[[fetch]]",
        DEFECT + 'subject = "substance:x"\n\n[[fetch]]',
        ["subject and since go together", "give both, or neither"],
    ),
    "a key is missing": ('cadence = "monthly"\n', "", ["the key cadence is missing"]),
    "a value is not one of those allowed": (
        '"monthly"',
        '"montly"',
        ["line 7", "cadence = 'montly'", "'monthly'"],
    ),
    "a date is a word": ("2024-12-31", '"last year"', ["line 10", "as_of = 'last year'"]),
    "a number is a word": (
        'media_type = "text/csv"\n\n[[table]]',
        'media_type = "text/csv"\nexpect = { max_bytes = "big" }\n\n[[table]]',
        ["line 25", "fetch[2].expect.max_bytes"],
    ),
    "the schema is from the future": ("schema = 1", "schema = 2", ["line 1", "schema = 2"]),
    "nothing is fetched": (
        SOURCE[SOURCE.index("[[fetch]]") : SOURCE.index("[[table]]")],
        "",
        ["neither a [[fetch]] nor a [[listing]]"],
    ),
    "the slug is not the folder's": (
        'slug = "counts"',
        'slug = "count"',
        ["line 2", "'count'", "'counts'", "same name"],
    ),
    "the slug has capitals": ('slug = "counts"', 'slug = "Counts"', ["line 2", "slug = 'Counts'"]),
    "an address is declared twice": (
        "package:counts/data/more.csv",
        "https://example.org/counts.csv",
        ["line 23", "declared twice"],
    ),
    "a table names an address nobody fetches": (
        'address = "https://example.org/counts.csv"\nrecord',
        'address = "https://example.org/count.csv"\nrecord',
        ["line 27", "no [[fetch]]", "did you mean 'https://example.org/counts.csv'?"],
    ),
    "an address is a local file": (
        "package:counts/data/more.csv",
        "file:///etc/passwd",
        ["line 23", "its scheme is 'file'"],
    ),
    "an address climbs out of the package": (
        "package:counts/data/more.csv",
        "package:counts/../../secret",
        ["line 23", "dot segments"],
    ),
    "an address carries a password": (
        "package:counts/data/more.csv",
        "https://me:secret@example.org/x",
        ["line 23", "user name or password"],
    ),
    "an address holds a space": (
        "package:counts/data/more.csv",
        "https://example.org/a b.csv",
        ["line 23", "percent-encoded"],
    ),
    "the homepage is a file": (
        "https://example.org/about",
        "package:counts/about.html",
        ["line 5", "not a page on the web"],
    ),
    "a text of several lines looks like the key that is wrong": (
        HEAD,
        HEAD.replace('"An office"', '"""\n[licence]\nnme = 3\n"""').replace("\nname", "\nnme"),
        ["line 17: licence.nme is not a key", "did you mean 'name'?"],
    ),
    "it copies a source that is not there": (
        'language = "en"',
        'language = "en"\ncopies = "nobody"',
        ["line 7", "'nobody'", "not another source"],
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_broken_declaration_is_refused_with_file_line_and_remedy(
    tmp_path: Path, mistake: str
) -> None:
    right, wrong, words = MISTAKES[mistake]
    assert SOURCE.count(right) >= 1
    declare(tmp_path, SOURCE.replace(right, wrong, 1))
    with pytest.raises(BadInput) as refused:
        load_sources(tmp_path)
    said = str(refused.value)
    assert [word for word in ["counts/source.toml", "What to do", *words] if word not in said] == []


def test_a_source_that_copies_itself_is_refused(tmp_path: Path) -> None:
    declare(tmp_path, SOURCE.replace("as_of", 'copies = "counts"\nas_of'))
    with pytest.raises(BadInput, match="not another source"):
        load_sources(tmp_path)


def test_a_folder_without_a_declaration_is_refused(tmp_path: Path) -> None:
    (tmp_path / "counts").mkdir()
    with pytest.raises(BadInput, match="cannot be read: No such file"):
        load_sources(tmp_path)


def test_a_declaration_that_is_not_utf_8_is_refused_with_its_line(tmp_path: Path) -> None:
    declare(tmp_path).write_bytes(SOURCE.replace("An office", "Estadística").encode("latin-1"))
    with pytest.raises(BadInput, match=r"line 4: the file is not UTF-8: byte 0xed"):
        load_sources(tmp_path)


def test_a_number_too_long_to_be_read_is_refused_with_its_file(tmp_path: Path) -> None:
    file = declare(tmp_path, SOURCE + f"\nlength = {'9' * 5_000}\n")
    with pytest.raises(BadInput, match="this is not TOML") as caught:
        load_sources(tmp_path)
    assert str(file) in str(caught.value)


def test_a_huge_file_in_place_of_a_declaration_is_refused(tmp_path: Path) -> None:
    declare(tmp_path).write_bytes(b"#" * 1_000_002)
    with pytest.raises(BadInput, match="larger than"):
        load_sources(tmp_path)
