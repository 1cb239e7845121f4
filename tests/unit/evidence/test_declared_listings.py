"""Listings in source.toml: what is taken, and what is refused with a place and a remedy."""

from pathlib import Path

import pytest
from tests.material.declarations import SOURCE, declare

from atalaya.evidence.sources import load_sources
from atalaya.model.declarations import SourceDeclaration
from atalaya.model.errors import BadInput

HEAD = SOURCE.split("[[fetch]]", maxsplit=1)[0]
FEED = '[[listing]]\nkind = "feed"\naddress = "https://example.org/news.xml"\n'
VERSIONS = """\
[[listing]]
kind = "versions"
address = "https://api.example.org/commits?path=table.csv"
item_types = ["text/csv"]
item_address = "https://raw.example.org/{version}/table.csv"
file = "https://raw.example.org/main/table.csv"
keys = { version = "sha", date = "commit.committer.date" }
"""
FOLDER = '[[listing]]\nkind = "folder"\naddress = "folder:inbox"\nitem_types = ["text/csv"]\n'
TABLE = SOURCE[SOURCE.index("[[table]]") :].replace(
    "https://example.org/counts.csv", "folder:inbox"
)


def load(folder: Path, listings: str) -> SourceDeclaration:
    declare(folder, HEAD + listings)
    (source,) = load_sources(folder)
    return source


def test_a_source_may_have_listings_alone_and_they_are_sealed_unless_it_says_otherwise(
    tmp_path: Path,
) -> None:
    source = load(tmp_path, FEED + FEED.replace("news", "more") + "private_persons = false\n")
    assert [one.sealed for one in source.listing] == [True, False]
    assert source.addresses == ()


def test_the_file_that_versions_are_of_is_an_address_a_table_may_read(tmp_path: Path) -> None:
    table = SOURCE[SOURCE.index("[[table]]") :].replace(
        "https://example.org/counts.csv", "https://raw.example.org/main/table.csv"
    )
    source = load(tmp_path, VERSIONS + table)
    assert [one.address for one in source.addresses] == ["https://raw.example.org/main/table.csv"]
    assert source.addresses[0].media_type == "text/csv"
    assert not source.listing[0].sealed


@pytest.mark.parametrize(
    ("listings", "words"),
    [
        ("", "neither a [[fetch]] nor a [[listing]]"),
        (FEED + FEED, "declared twice"),
        (FEED.replace("feed", "feeds"), "listing[1].kind"),
        (FEED.replace("https", "ftp"), "its scheme is 'ftp'"),
        (FEED + 'within = "//main"\n', "within says nothing of a listing of kind 'feed'"),
        (FEED.replace("feed", "pages") + 'within = "//["\n', "it is no XPath"),
        (FEED.replace("feed", "sitemap") + 'item = "entry"\n', "says no more of an item"),
        (FEED.replace("feed", "api"), "needs either keys.address or item_address"),
        (VERSIONS.replace('version = "sha", ', ""), "keys.version and keys.date"),
        (VERSIONS.replace("{version}", "main"), "item_address with {version}"),
        (FEED.replace("feed", "folder"), "it is not folder:<path"),
        ('[[listing]]\nkind = "folder"\naddress = "folder:../keys"\n', "folder:<path"),
        (FOLDER + TABLE, "reads files that are sealed"),
        (FEED + TABLE.replace("folder:inbox", "https://example.org/news.xml"), "no [[fetch]] or"),
        (FEED + "max_items = 0\n", "greater than or equal to 1"),
    ],
)
def test_what_would_be_read_of_nothing_is_refused_with_its_place(
    tmp_path: Path, listings: str, words: str
) -> None:
    with pytest.raises(BadInput) as refused:
        load(tmp_path, listings)
    assert words in str(refused.value)
    assert refused.value.do
    assert refused.value.where is not None
    assert refused.value.where.name.endswith("source.toml")


def test_a_source_that_may_name_persons_has_no_listing_that_says_otherwise(
    tmp_path: Path,
) -> None:
    private = HEAD.replace("private_persons = false", "private_persons = true")
    declare(tmp_path, private + FEED + "private_persons = false\n")
    with pytest.raises(BadInput, match=r"say the same of both \(R2\)"):
        load_sources(tmp_path)
