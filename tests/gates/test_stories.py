"""Reports read by the whole reader are grouped: none is joined wrongly, most that belong meet."""

from datetime import date, timedelta

from tests.material.happenings import WRITTEN, Report, pairwise

from atalaya.reading.analysis.analyst import Analyst
from atalaya.reading.analysis.given import GivenText
from atalaya.reading.stories.grouping import Grouping


def test_what_the_reader_reads_is_enough_to_tell_happenings_apart():
    analyst, grouping, reports = Analyst(), Grouping(), []
    for number, line in enumerate(WRITTEN.read_text(encoding="utf-8").splitlines()):
        happening, _, _, day, _, title, text = line.split("|")
        published = date(2024, 3, 1) + timedelta(days=int(day))
        given = GivenText(str(number), text, title, published=published)
        reports.append(Report(happening, analyst.analyse(given).features))
        grouping.add(reports[-1].features)
    precision, recall = pairwise(grouping.keys(), reports)
    assert precision == 1.0
    assert recall >= 0.75
