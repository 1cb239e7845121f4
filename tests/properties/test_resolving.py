"""Whatever a list holds, every line gets its row and its reason, and the same one each time."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from atalaya.reading.organisations.resolving import resolve
from atalaya.registers.organisations import OrganisationRegister

pieces = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["Red Cross", "Cruz Roja", " - ", " / ", "(", ")", "UNODC", "Kenya", ", ", "de", "\x00\x1b"]
    ),
)
lines = st.lists(pieces, max_size=5).map("".join)


@settings(max_examples=40, deadline=None)  # each starts a database
@given(st.lists(lines, max_size=8))
@example(["୦"])  # a digit of which no ASCII letter is left for an identifier
@example(["୦", "୦୧", "US ୦", "٣٤"])
def test_every_line_gets_a_row_and_equal_lines_one_body(names):
    register = OrganisationRegister(())
    found = resolve(names, register)
    assert [one.name for one in found] == names
    assert all(one.because for one in found)
    assert all(one.confidence is None or 0 <= one.confidence <= 1 for one in found)
    bodies = {}
    for one in found:
        assert bodies.setdefault(one.name, one.entity) == one.entity
    assert resolve(names, register) == found
