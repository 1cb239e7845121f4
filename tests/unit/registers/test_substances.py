"""The register of substances: what is in it, and what a name is found as."""

import csv
from importlib.resources import files

import pytest
from rdkit import Chem
from tests.material.register_scripts import register_script
from tests.material.shared_data import shared

from atalaya.model.errors import BadInput
from atalaya.registers import substances
from atalaya.registers.rows import rows, shipped

REGISTER = substances.load()


@pytest.mark.parametrize(
    ("text", "identifier", "how"),
    [
        ("Fentanyl", "substance:fentanyl", "exact"),
        ("acetyl fentanyl", "substance:acetylfentanyl", "exact"),
        ("PCP", "substance:phencyclidine", "alias"),
        ("4-methylmethcathinone", "substance:mephedrone", "alias"),
        ("3-MMC", "substance:3-methylmethcathinone", "alias"),
        ("cocaine hcl", "substance:cocaine", "alias"),
        ("xylazine hydrochloride", "substance:xylazine", "alias"),
        ("bromazelam", "substance:bromazolam", "misspelling"),
        ("fentanil", "substance:fentanyl", "misspelling"),
        ("protonitazine", "substance:protonitazene", "misspelling"),
        ("ofprotonitazene", "substance:protonitazene", "misspelling"),
        ("any nitazene", "substance:nitazenes-any", "alias"),
        ("gabappentin", "substance:gabapentin", "fuzzy"),
    ],
)
def test_a_name_is_found_and_says_how(text: str, identifier: str, how: str) -> None:
    found = REGISTER.look_up(text)
    assert found is not None
    assert (found.entry.id, found.how) == (identifier, how)
    assert (found.score < 1) == (how == "fuzzy")


@pytest.mark.parametrize(
    "text",
    ["4-QMC", "5-MMC", "U-47701", "MDPX", "JWH-017", "", "  ", "meperidone", "ephedrane"],
)
def test_nothing_is_guessed_for_a_code_or_another_ending(text: str) -> None:
    assert REGISTER.look_up(text) is None


def test_a_fuzzy_match_is_never_checked_so_that_it_feeds_no_signal() -> None:
    found = REGISTER.look_up("gabappentin")
    assert found is not None
    assert not found.checked


def test_an_unknown_identifier_is_refused_with_the_nearest() -> None:
    with pytest.raises(BadInput, match="did you mean 'substance:xylazine'"):
        REGISTER.get("substance:xylazin")


def test_suggestions_come_best_first_and_once_each() -> None:
    found = REGISTER.nearest("isotonitasene", limit=3)
    assert found[0].entry.name == "isotonitazene"
    assert len({match.entry.id for match in found}) == len(found) == 3
    assert [m.score for m in found] == sorted((m.score for m in found), reverse=True)


def test_a_name_like_no_other_is_given_no_suggestion() -> None:
    assert REGISTER.nearest("blarghamine") == ()
    with pytest.raises(BadInput) as refused:
        REGISTER.get("substance:qqqq-qqqq")
    assert "did you mean" not in str(refused.value)


def test_a_family_gives_its_members_and_an_unknown_one_is_refused() -> None:
    names = {entry.name for entry in REGISTER.family("nitazenes")}
    assert {"isotonitazene", "metonitazene", "protonitazene"} <= names
    with pytest.raises(BadInput, match="no family"):
        REGISTER.family("nitazene")


def test_schedules_carry_convention_year_and_source() -> None:
    listed = REGISTER.get("substance:isotonitazene").schedules
    assert [(s.convention, s.schedule, s.year, s.verified) for s in listed] == [
        ("1961", "I", 2021, True)
    ]
    assert listed[0].sources


def test_schedules_are_what_their_statements_compile_to() -> None:
    compiler = register_script("compile_schedules")
    with (shipped() / "schedules.csv").open(encoding="utf-8", newline="") as held:
        kept = [tuple(row.values()) for row in csv.DictReader(held)]
    assert list(compiler.rows()) == kept
    assert sum(row[4] == "verified" for row in kept) >= 160


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("heroin", [("1961", "I"), ("1961", "IV")]),
        ("flunitrazepam", [("1971", "III")]),  # moved from IV
        ("ephedrine", [("1988", "I")]),
        ("ketamine", []),  # only a State's law lists it
        ("furanylfentanyl", [("1961", "I")]),
        ("PMMA", [("1971", "I")]),
        ("3-CMC", [("1971", "II")]),
        ("para-fluorofentanyl", [("1961", "I"), ("1961", "IV")]),
        ("bromazolam", [("1971", "IV")]),
        ("norephedrine", [("1988", "I")]),
    ],
)
def test_a_schedule_is_the_one_that_holds_now(name: str, listed: list[tuple[str, str]]) -> None:
    found = REGISTER.look_up(name)
    assert found is not None
    assert [(s.convention, s.schedule) for s in found.entry.schedules] == listed


def test_encyclopedias_that_copy_one_another_do_not_check_a_schedule() -> None:
    compiler = register_script("compile_schedules")

    def said(source: str, says: str, schedule: str = "II") -> object:
        return compiler.Said(source, 2025, says, "1971", schedule, "", "substance:none")

    told = [said("wikipedia-pages", "report"), said("psychonautwiki-pages", "report")]
    assert compiler.stated(told) == "unverified"
    assert compiler.stated([*told, said("es-rd-2829-2021", "national")]) == "verified"
    assert compiler.stated([told[0], said("federal-register", "treaty", "")]) == "verified"
    papers = [said("lss-2016-12", "recommendation"), said("federal-register", "treaty", "")]
    assert compiler.stated(papers) == "unverified"


def test_every_source_named_is_described() -> None:
    known = {r["source"] for r in rows(shipped(), "sources.csv", SOURCE_COLUMNS)}
    named = set()
    for entry in REGISTER.entries:
        for fact in filter(None, (entry.cas, entry.inchikey)):
            named.update(fact.sources)
        for said in (*entry.aliases, *entry.schedules):
            named.update(said.sources)
    assert named <= known


SOURCE_COLUMNS = ("source", "title", "address", "licence")


def test_a_verified_number_or_structure_has_two_sources() -> None:
    facts = [f for e in REGISTER.entries for f in (e.cas, e.inchikey) if f is not None]
    assert all(len(fact.sources) >= 2 for fact in facts if fact.verified)
    assert sum(fact.verified for fact in facts) > 600


def test_every_name_of_the_published_series_is_found_or_named_as_no_substance() -> None:
    folder = shared("data/monthly-counts")
    names: set[str] = set()
    for file in ("monthly_substance_counts.csv", "death_text_lexicon.csv", "emergence_gold.csv"):
        with (folder / file).open(encoding="utf-8", newline="") as found:
            names |= {row["substance"] for row in csv.DictReader(found)}
    names.discard("")
    without = substances.labels_without_substance()
    lost = sorted(n for n in names if REGISTER.look_up(n) is None and n not in without)
    assert lost == []
    assert len(names) > 600


@pytest.mark.parametrize(
    ("file", "column"),
    [
        ("ct-deaths/data/monthly.csv", "substance"),
        ("ct-deaths/data/monthly_groups.csv", "substance"),
        ("cnd68/data/scheduling.csv", "subject"),
    ],
)
def test_every_name_of_the_starter_is_found(file: str, column: str) -> None:
    text = (files("atalaya") / "starter" / "sources" / file).read_text(encoding="utf-8")
    names = {row[column] for row in csv.DictReader(text.splitlines())}
    assert names
    assert sorted(name for name in names if REGISTER.find(name) is None) == []


def test_find_gives_an_identifier_and_never_a_guess() -> None:
    assert REGISTER.find("bromazelam") == "substance:bromazolam"
    assert REGISTER.find("gabappentin") is None


def test_no_name_of_the_published_series_is_only_guessed() -> None:
    folder = shared("data/monthly-counts")
    with (folder / "monthly_substance_counts.csv").open(encoding="utf-8", newline="") as found:
        matches = {
            row["substance"]: REGISTER.look_up(row["substance"]) for row in csv.DictReader(found)
        }
    assert [n for n, m in matches.items() if m is not None and m.how == "fuzzy"] == []


def test_every_inchikey_is_what_rdkit_computes_from_the_structure() -> None:
    drawn = [e for e in REGISTER.entries if e.smiles and e.inchikey]
    keys = {e.id: Chem.MolToInchiKey(Chem.MolFromSmiles(e.smiles)) for e in drawn}
    assert [e.id for e in drawn if e.inchikey and keys[e.id] != e.inchikey.value] == []
    assert len(drawn) > 400


def test_an_entry_that_one_source_knows_is_not_checked_and_feeds_no_signal() -> None:
    single = [e for e in REGISTER.entries if not e.checked]
    assert 0 < len(single) < len(REGISTER.entries) / 4
    for entry in single:
        found = REGISTER.look_up(entry.name)
        assert found is not None
        assert not found.checked, entry.name
        facts = (entry.cas, entry.inchikey, *entry.schedules)
        assert not any(fact.verified for fact in facts if fact is not None), entry.name


def test_names_a_slip_apart_are_known_and_never_guessed() -> None:
    for name in ("clonazolam", "cloxazolam", "mephedrone", "methedrone"):
        found = REGISTER.look_up(name)
        assert found is not None
        assert found.how == "exact"
    assert REGISTER.look_up("clobazolam") is None


@pytest.mark.parametrize(
    ("name", "unii"),
    # Read in the FDA's list of names.
    [("xylazine", "2KFG9TP5V8"), ("fentanyl", "UF599785JZ"), ("norfentanyl", "2MK6D8JV6J")],
)
def test_an_entry_carries_its_unii(name: str, unii: str) -> None:
    found = REGISTER.look_up(name)
    assert found is not None
    assert found.entry.unii is not None
    assert found.entry.unii.value == unii


def test_a_short_name_that_stands_for_another_substance_too_takes_no_unii_from_it() -> None:
    # The FDA's list gives the name EDDP to edifenphos, a fungicide.
    found = REGISTER.look_up("EDDP")
    assert found is not None
    assert found.entry.unii is None or found.entry.unii.value != "770M9U0F8Q"


@pytest.mark.parametrize(
    ("written", "meant"), [("buproprion", "bupropion"), ("cyclobenzapine", "cyclobenzaprine")]
)
def test_a_misspelling_of_a_medicine_is_not_given_to_what_it_becomes_in_the_body(
    written: str, meant: str
) -> None:
    found = REGISTER.look_up(written)
    assert found is not None
    assert (found.entry.name, found.how) == (meant, "misspelling")
