from tests.material.declared import ADDRESS, COUNTS, FACTS, document, read, sheet, source

from atalaya.model.records import Claim

ROWS = [f"2019-{month:02d},fentanyl,{month},40" for month in range(1, 13)]
MANY = [f"{year}-{month:02d},xylazine,1,40" for year in range(2010, 2015) for month in range(1, 13)]


def test_each_row_becomes_a_claim_that_quotes_it():
    claims = read(sheet(*ROWS)).claims.to_pylist()
    assert [claim["quote"] for claim in claims] == ROWS
    assert claims[2] | {"id": "", "document": ""} == {
        "id": "",
        "document": "",
        "source": "lab",
        "subject": "substance:fentanyl",
        "predicate": "deaths",
        "value": 3.0,
        "text": None,
        "unit": "deaths",
        "territory": "territory:US-CT",
        "period": "2019-03",
        "population": 40.0,
        "quote": "2019-03,fentanyl,3,40",
        "start": 75,
        "end": 96,
        "line": 4,
        "checked": "verified",
        "how_checked": "",
        "cites": None,
    }


def test_the_identifier_of_a_claim_is_that_of_its_record():
    for row in read(sheet(*ROWS)).claims.to_pylist():
        named = row.pop("id")
        assert Claim(**row).id == named


def test_a_quoted_line_end_belongs_to_its_row_and_moves_the_lines_below():
    text = 'subject,predicate,value,text\r\na:b,says,,"one\r\ntwo ""2"""\r\na:c,says,,three\r\n'
    reading = read(text, source(FACTS))
    first, second = reading.claims.to_pylist()
    assert first["text"] == 'one\r\ntwo "2"'
    assert first["quote"] == 'a:b,says,,"one\r\ntwo ""2"""'
    assert (first["line"], second["line"]) == (2, 4)


def test_a_byte_order_mark_is_not_part_of_the_first_heading():
    payload = b"\xef\xbb\xbf" + sheet(*ROWS).encode()
    reading = read(payload)
    claim = reading.claims.to_pylist()[0]
    assert payload[claim["start"] : claim["end"]].decode() == claim["quote"] == ROWS[0]


def test_a_delimiter_that_was_found_and_not_declared_is_said():
    reading = read(sheet(*ROWS).replace(",", ";"))
    assert reading.claims.num_rows == len(ROWS)
    assert [issue.kind for issue in reading.issues] == ["delimiter"]
    assert "';'" in reading.issues[0].says


def test_a_declared_encoding_is_read_and_its_spans_are_bytes_of_the_payload():
    declared = source(FACTS, media_type="text/csv; charset=windows-1252")
    payload = "subject,predicate,value,text\na:b,says,,Perú\na:c,says,,Côte\n".encode("cp1252")
    for claim in read(payload, declared).claims.to_pylist():
        assert payload[claim["start"] : claim["end"]].decode("cp1252") == claim["quote"]


def test_an_unknown_substance_is_kept_said_and_given_the_nearest_name():
    reading = read(sheet(*ROWS, "2020-01,fentanal,2,40", "2020-02,fentanal,2,40"))
    assert reading.claims.to_pylist()[-1]["subject"] == "unresolved:fentanal"
    (issue,) = reading.issues
    assert issue.kind == "unknown-substance"
    assert (issue.where.line, issue.where.column) == (14, "substance")
    assert "Did you mean 'fentanyl'?" in issue.do


def test_a_name_that_is_only_guessed_makes_an_unverified_claim_and_is_said():
    reading = read(sheet(*ROWS, "2020-01,fentanol,2,40"))
    last = reading.claims.to_pylist()[-1]
    assert (last["subject"], last["checked"]) == ("substance:fentanyl", "unverified")
    assert reading.claims["checked"].to_pylist()[0] == "verified"
    (issue,) = reading.issues
    assert issue.kind == "doubtful-substance"
    assert "'fentanol' was taken for substance:fentanyl" in issue.says


def test_an_unknown_territory_is_kept_and_said():
    table = COUNTS | {"territory": {"column": "substance", "register": "territory"}}
    table |= {"subject": {"value": "crop:coca-bush"}}
    reading = read(sheet("2019-01,Colombia,1,2", "2019-01,Atlantis,1,2"), source(table))
    assert reading.claims["territory"].to_pylist() == ["territory:COL", "unresolved:atlantis"]
    assert [issue.kind for issue in reading.issues] == ["unknown-territory"]


def test_an_empty_count_is_no_claim_and_not_a_zero():
    reading = read(sheet(*ROWS, "2020-01,fentanyl,,40", "2020-02,fentanyl,0,40"))
    assert reading.claims["value"].to_pylist()[-1] == 0
    assert (reading.rows, reading.claims.num_rows, reading.empty) == (14, 13, 1)
    assert "2020-01" not in reading.claims["period"].to_pylist()


def test_rows_that_repeat_a_figure_are_used_once_and_rows_that_contradict_it_not_at_all():
    reading = read(
        sheet(
            *MANY,
            "2019-01,fentanyl,4,40",
            "2019-01,fentanilo,4,40",
            "2019-02,fentanyl,4,40",
            "2019-02,fentanyl,5,40",
        )
    )
    kept = [claim["period"] for claim in reading.claims.to_pylist() if "fent" in claim["subject"]]
    assert kept == ["2019-01"]
    says = [issue.says for issue in reading.issues]
    assert any("says again what line 62 says" in one for one in says)
    assert sum("another figure for the same" in one for one in says) == 2


def test_facts_that_contradict_each_other_are_both_kept():
    text = "subject,predicate,value,text\nd:l3,sponsor,,USA\nd:l3,sponsor,,Norway\n"
    assert read(text, source(FACTS)).claims["text"].to_pylist() == ["USA", "Norway"]


def test_a_row_without_a_declared_check_is_unverified():
    table = {name: value for name, value in COUNTS.items() if name != "checked"}
    assert set(read(sheet(*ROWS), source(table)).claims["checked"].to_pylist()) == {"unverified"}


def test_notes_are_claims_of_their_own_on_the_same_row():
    text = "subject,predicate,value,text,es,but\na:b,topic,,health,salud,yes\na:b,topic,,laws,,\n"
    reading = read(text, source(FACTS | {"notes": {"es": "es", "disputed": "but"}}))
    said = {
        (claim["line"], claim["predicate"], claim["text"]) for claim in reading.claims.to_pylist()
    }
    assert said == {
        (2, "topic", "health"),
        (2, "topic@es", "salud"),
        (2, "topic@disputed", "yes"),
        (3, "topic", "laws"),
    }


def test_one_row_can_say_several_facts():
    table = {name: FACTS[name] for name in ("address", "record", "subject")}
    table |= {"predicate": {"value": "unused"}, "facts": {"attendance": "value", "title": "text"}}
    text = "subject,predicate,value,text\ne:1,,40,Care\ne:2,,,Rights\n"
    said = {
        (claim["line"], claim["predicate"], claim["value"], claim["text"])
        for claim in read(text, source(table)).claims.to_pylist()
    }
    assert said == {
        (2, "attendance", 40.0, None),
        (2, "title", None, "Care"),
        (3, "title", None, "Rights"),
    }


def test_the_row_of_hxl_tags_is_read_over_and_said():
    reading = read(sheet("#date,#substance,#count,#total", *ROWS))
    assert reading.claims.num_rows == len(ROWS)
    assert [issue.kind for issue in reading.issues] == ["tag-row"]


def test_a_document_without_a_declared_table_gives_no_claim():
    reading = read("anything at all", source())
    assert (reading.rows, reading.claims.num_rows) == (0, 0)


def test_income_may_be_negative_because_money_is_paid_back():
    table = COUNTS | {"unit": "EUR", "may_be_negative": True}
    assert read(sheet("2019-01,fentanyl,-5,"), source(table)).claims["value"].to_pylist() == [-5.0]


def test_the_same_bytes_give_the_same_claims():
    assert read(sheet(*ROWS)).claims.equals(read(sheet(*ROWS)).claims)
    assert document(b"x").address == ADDRESS


def test_free_text_in_a_source_about_people_is_an_issue_and_elsewhere_it_is_none():
    table = {**COUNTS, "quote": {"column": "remarks"}}
    rows = [
        f"2019-{n:02d},fentanyl,1,9,seen with somebody at place number {n}" for n in range(1, 9)
    ]
    payload = "\n".join(["month,substance,count,examined,remarks", *rows, ""])
    (issue,) = read(payload, source(table)).issues
    assert (issue.kind, issue.where.line, issue.where.column) == ("free-text", 1, "remarks")
    assert read(payload, source(table, about_people=False)).issues == ()
    looked = {**table, "prose": "read by the office on 2026-11-24; names nobody"}
    assert read(payload, source(looked)).issues == ()
