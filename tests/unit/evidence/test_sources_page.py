import re
from pathlib import Path
from typing import get_args

import pytest
from scripts.write_source_keys import HEADINGS, MEANINGS, PAGE, page
from tests.material.clocks import StoppedClock
from tests.material.declarations import declare

from atalaya.evidence.addresses import parse_address
from atalaya.evidence.fetching import Fetcher
from atalaya.evidence.fetching.mirror import mirror_paths
from atalaya.evidence.sources import load_sources
from atalaya.model import declarations
from atalaya.model.declarations import Fetch
from atalaya.model.listings import Kind
from atalaya.model.settings import FetchingSettings

TEXT = PAGE.read_text(encoding="utf-8")
STARTER = Path(declarations.__file__).parents[1] / "starter" / "sources"


@pytest.mark.parametrize("name", HEADINGS)
def test_every_key_of_the_model_has_its_meaning_said(name: str) -> None:
    fields = getattr(declarations, name).model_fields
    keys = {field.alias or key for key, field in fields.items()}
    assert set(MEANINGS[name]) == keys, "say what the key means in scripts/write_source_keys.py"


def test_the_page_shows_every_key_of_the_model() -> None:
    assert page(TEXT) == TEXT, "run scripts/write_source_keys.py"


EXAMPLES = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)


def test_the_example_on_the_page_is_a_source(tmp_path: Path) -> None:
    declare(tmp_path, EXAMPLES[0], "river-city-lab")
    (source,) = load_sources(tmp_path)
    assert source.fetch[0].expect.max_bytes == 5_000_000


@pytest.mark.parametrize("example", EXAMPLES[1:])
def test_each_example_of_a_list_is_declared_as_it_stands(tmp_path: Path, example: str) -> None:
    declare(tmp_path, EXAMPLES[0] + "\n" + example, "river-city-lab")
    (source,) = load_sources(tmp_path)
    assert len(source.listing) == 1


def test_the_page_shows_every_kind_of_list() -> None:
    shown = {kind for one in EXAMPLES for kind in re.findall(r'kind = "(\w+)"', one)}
    assert shown == set(get_args(Kind))


def test_the_mirror_lies_where_the_page_says() -> None:
    rows = re.findall(r"\| `((?:https|package):\S+)` \| `(.+)` \|", TEXT)
    assert len(rows) == 6
    assert [mirror_paths(parse_address(address))[0] for address, _ in rows] == [p for _, p in rows]


STARTER_FILES = [fetch for source in load_sources(STARTER) for fetch in source.fetch]


@pytest.mark.parametrize("wanted", STARTER_FILES, ids=lambda wanted: wanted.address)
def test_every_file_the_starter_declares_can_be_fetched(wanted: Fetch) -> None:
    got = Fetcher(FetchingSettings(), StoppedClock()).fetch(wanted)
    assert (got.via, len(got.payload) > 100) == ("package", True)
