"""No question brings out a hidden count: answers rest on what is published, and on nothing else.

The attacker asks the page of claims for every count from 1 to 9, for sums, for rises and falls. Two
worlds that differ only in hidden counts give the same answers to all of it.
"""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.material.publishing_house import TODAY, house, payload_of, sheet

from atalaya.promises.claims import Record, Verdict, check, held
from atalaya.publishing.releases import build

MONTHS = ("January", "May", "September")
BOUNDS = ("", "more than ", "fewer than ", "about ", "no more than ")
SMALL = st.integers(1, 9)
SHOWN = st.one_of(st.just(0), st.integers(10, 60))
PATTERN = st.lists(st.one_of(SHOWN, st.just(True)), min_size=24, max_size=24)


def _record(folder, counts):
    made = house(folder, rows=payload_of(sheet({"xylazine": counts})))
    release = build(made.inputs(), folder / "releases", TODAY).release
    return Record((), held(*(release.table(name) for name in ("claims", "series", "sources"))))


def _questions():
    for month in MONTHS:
        for bound in BOUNDS:
            for number in range(12):
                yield f"Xylazine: {bound}{number} deaths in Connecticut in {month} 2019."
    for number in range(0, 240, 24):
        yield f"Xylazine was named in {number} deaths in Connecticut in 2019."
        yield f"Deaths with xylazine in Connecticut were not {number} in 2020."
    for verb in ("rose", "fell", "doubled", "more than tripled", "halved", "rose by 20 %"):
        yield f"Deaths with xylazine in Connecticut {verb} between 2019 and 2020."
    yield "Deaths with xylazine in Connecticut: 3 in January 2019 and 4 in February 2019."


def _answers(record):
    return [
        [(str(one.verdict), one.found, str(one.says), str(one.safe), one.sources) for one in found]
        for found in (check(question, record) for question in _questions())
    ]


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(PATTERN, st.data())
def test_worlds_that_differ_in_hidden_counts_give_the_same_answers(tmp_path_factory, pattern, data):
    worlds = [[data.draw(SMALL) if value is True else value for value in pattern] for _ in range(2)]
    answers = [_answers(_record(tmp_path_factory.mktemp("world"), world)) for world in worlds]
    assert answers[0] == answers[1]
    assert any(answers[0]), "questions are answered, or the attack shows nothing"


def test_a_hidden_count_is_neither_confirmed_nor_denied_for_any_number_it_can_have(tmp_path):
    record = _record(tmp_path, [3, *[0] * 11, *[12] * 12])
    said = set()
    for number in range(1, 10):
        text = f"Xylazine was named in {number} deaths in Connecticut in January 2019."
        (one,) = check(text, record)
        assert one.verdict is Verdict.CANNOT_TELL
        assert one.found == "1-9"
        assert "not published" in one.says
        said.add((one.says, one.safe))
    assert len(said) == 1, "the answer is the same whatever is asked"


def test_what_is_published_still_answers_beside_a_hidden_count(tmp_path):
    record = _record(tmp_path, [3, *[0] * 11, *[12] * 12])
    texts = {
        "Deaths with xylazine in Connecticut rose from 2019 to 2020.": Verdict.AGREES,
        "Xylazine was named in 144 deaths in Connecticut in 2020.": Verdict.AGREES,
        "Xylazine was named in 40 deaths in Connecticut in 2019.": Verdict.DIFFERS,
        "Xylazine was named in 4 deaths in Connecticut in 2019.": Verdict.CANNOT_TELL,
        "Xylazine was named in 12 deaths in Connecticut in January 2019.": Verdict.DIFFERS,
    }
    for text, verdict in texts.items():
        (one,) = check(text, record)
        assert one.verdict is verdict, text
