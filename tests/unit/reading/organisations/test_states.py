"""Which names are a State's, with and without the code that a source gives beside them."""

import pytest

from atalaya.reading.organisations.states import state


@pytest.mark.parametrize(
    ("name", "code", "found"),
    [
        ("Kenya", None, "KEN"),
        ("Republic of Kenya", None, "KEN"),
        ("Perú", None, "PER"),
        ("Côte d’Ivoire", None, "CIV"),
        ("the Netherlands", None, "NLD"),
        ("Iran (Islamic Republic of)", None, "IRN"),
        ("Gobierno de Colombia", None, "COL"),
        ("Permanent Mission of Lebanon", "LBN", "LBN"),
        ("USA", "USA", "USA"),
        ("Korea", "KOR", "KOR"),
        ("Congo", "COD", "COD"),
        ("Korea", None, None),
        ("CHE", None, None),
        ("PER", None, None),
        ("Lima", None, None),
        ("Africa", None, None),
        ("European Union", None, None),
        ("Kenya Weavers", "KEN", None),
        ("Weavers of Kenya", "KEN", None),
        ("Fondation Lumo (Belgique)", "BEL", None),
        ("Ministerio de Salud de Colombia", "COL", None),
        ("Kenya and Peru", None, None),
        ("Lumo", "KEN", None),
        ("***", "KEN", None),
        ("", "KEN", None),
    ],
)
def test_a_state_is_known_by_its_whole_name(name, code, found):
    assert state(name, code and f"territory:{code}") == (found and f"territory:{found}")
