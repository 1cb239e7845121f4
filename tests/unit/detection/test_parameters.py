from dataclasses import dataclass

import pytest

from atalaya.detection.parameters import configured, describe_parameters, parameter
from atalaya.model.errors import WrongUse


@dataclass(frozen=True)
class Wanted:
    limit54: tuple[float, ...] | None = parameter((5.0, 4.0), "Limit.", minimum=0)
    trend: bool = parameter(True, "Trend.")
    weeks: int | None = parameter(None, "Weeks.", name="pastWeeksNotIncluded", minimum=0)
    power: str = parameter("2/3", "Power.")


@pytest.mark.parametrize(
    ("key", "text", "field", "value"),
    [
        ("limit54", "5,4", "limit54", (5.0, 4.0)),
        ("limit54", "none", "limit54", None),
        ("trend", "false", "trend", False),
        ("trend", "TRUE", "trend", True),
        ("pastWeeksNotIncluded", "26", "weeks", 26),
        ("pastWeeksNotIncluded", "NULL", "weeks", None),
        ("power", "none", "power", "none"),
    ],
)
def test_text_becomes_the_value_of_its_kind(key, text, field, value):
    assert getattr(configured(Wanted(), {key: text}, "d"), field) == value


@pytest.mark.parametrize(
    ("key", "text", "says"),
    [
        ("trend", "yes", "is not true or false"),
        ("limit54", "5;4", "is not a list such as 5,4 or none"),
        ("limit54", "5,-4", "out of range"),
        ("pastWeeksNotIncluded", "2.5", "is not a whole number or none"),
    ],
)
def test_text_of_another_kind_is_refused(key, text, says):
    with pytest.raises(WrongUse, match=says):
        configured(Wanted(), {key: text}, "d")


def test_parameters_print_as_they_are_typed():
    rows = describe_parameters(Wanted())
    assert [(row.name, row.value) for row in rows] == [
        ("limit54", "5.0,4.0"),
        ("trend", "true"),
        ("pastWeeksNotIncluded", "none"),
        ("power", "2/3"),
    ]
