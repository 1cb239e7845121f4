"""One mistake a case in a register's file, and the words its error must hold."""

from pathlib import Path

import pytest

from atalaya.model.errors import BadInput
from atalaya.registers import substances, territories, treaties
from atalaya.registers.rows import shipped

FILES = {
    "substances.csv": (
        "id,name,name_checked,name_sources,family,kind,cas,cas_checked,cas_sources,"
        "unii,unii_checked,unii_sources,inchikey,inchikey_checked,inchikey_sources,smiles,note\n"
        "substance:fentanyl,fentanyl,verified,a b,fentanyls,substance,437-38-7,verified,a b,"
        "UF599785JZ,verified,a b,PJMPHNIQZUBGLI-UHFFFAOYSA-N,verified,a b,,\n"
    ),
    "aliases.csv": (
        "alias,substance,kind,language,checked,sources\n"
        "fentanilo,substance:fentanyl,synonym,es,verified,a b\n"
    ),
    "families.csv": "family,name,name_es,meaning\nfentanyls,fentanyls,fentanilos,all of them\n",
    "schedules.csv": (
        "substance,convention,schedule,year,checked,sources\n"
        "substance:fentanyl,1961,I,,verified,a\n"
    ),
}

MISTAKES = {
    "a wrong check digit": ("substances.csv", "437-38-7", "437-38-8", "line 2, column cas"),
    "a broken InChIKey": ("substances.csv", "PJMPHNIQZUBGLI", "PJMPHNIQ", "column inchikey"),
    "an identifier in capitals": ("substances.csv", "substance:fentanyl,", "F,", "not in"),
    "an unknown family": ("substances.csv", ",fentanyls,", ",fentanils,", "column family"),
    "an unknown kind": ("substances.csv", ",substance,4", ",chemical,4", "column kind"),
    "a fact without a source": ("substances.csv", "verified,a b,UF", "verified,,UF", "cas_sources"),
    "a broken UNII": ("substances.csv", "UF599785JZ", "UF599785J", "column unii"),
    "an unknown word for checked": ("aliases.csv", "verified", "sure", "column checked"),
    "an alias of nothing": ("aliases.csv", "substance:fentanyl", "substance:x", "not in"),
    "a language nobody speaks": ("aliases.csv", ",es,", ",xx,", "column language"),
    "a year of two digits": ("schedules.csv", "I,,", "I,61,", "not a year"),
    "a convention that is none": ("schedules.csv", "1961", "1962", "column convention"),
    "a heading misspelt": ("aliases.csv", "alias,sub", "alais,sub", "line 1"),
    "a cell too many": ("aliases.csv", "fentanilo,", "fentanilo,x,", "7 cells"),
    "a quotation mark left open": ("aliases.csv", "fentanilo", '"fentanilo', "close the quotes"),
    "a family without a name": ("families.csv", ",fentanilos,", ",,", "is empty"),
}


def folder_of(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_sample_itself_is_sound(tmp_path: Path) -> None:
    assert (
        substances.read(folder_of(tmp_path)).get("substance:fentanyl").name_in("es") == "fentanilo"
    )


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_refused_with_its_place_and_remedy(tmp_path: Path, mistake: str) -> None:
    name, right, wrong, words = MISTAKES[mistake]
    file = folder_of(tmp_path) / name
    assert right in file.read_text(encoding="utf-8")
    file.write_text(file.read_text(encoding="utf-8").replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        substances.read(tmp_path)
    assert words in str(caught.value)
    assert caught.value.do
    assert caught.value.where is not None


def test_the_same_number_on_two_rows_is_refused_with_both_lines(tmp_path: Path) -> None:
    file = folder_of(tmp_path) / "substances.csv"
    row = FILES["substances.csv"].splitlines()[1].replace("fentanyl,fentanyl", "other,other", 1)
    file.write_text(FILES["substances.csv"] + row + "\n", encoding="utf-8")
    with pytest.raises(BadInput, match="stands on line 2 too") as caught:
        substances.read(tmp_path)
    assert caught.value.where is not None
    assert caught.value.where.line == 3


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    (folder_of(tmp_path) / "aliases.csv").unlink()
    with pytest.raises(BadInput, match=r"no register file aliases\.csv"):
        substances.read(tmp_path)


def test_a_file_that_is_not_utf_8_is_refused_with_its_line(tmp_path: Path) -> None:
    text = FILES["aliases.csv"].replace("fentanilo", "fentánilo")
    (folder_of(tmp_path) / "aliases.csv").write_bytes(text.encode("latin-1"))
    with pytest.raises(BadInput, match=r"aliases\.csv, line 2: not UTF-8"):
        substances.read(tmp_path)


TERRITORY_MISTAKES = {
    "a parent that is not there": ("territories.csv", ",territory:M49-005,", ",territory:M49-999,"),
    "a name of nothing": ("territory_names.csv", "territory:BOL", "territory:QQQ"),
    "an unknown status": ("territories.csv", ",state,", ",kingdom,"),
    "a division of nothing": ("subdivisions.csv", "territory:ARG", "territory:QQQ"),
    "a division with a country's code": ("subdivisions.csv", "territory:AR-B", "territory:ARB"),
    "a name of no division": ("territory_names.csv", "territory:UA-43", "territory:UA-99"),
    "a contested country that is none": ("contested.csv", "territory:FLK", "territory:QQQ"),
    "a contested division that is none": ("contested.csv", "territory:UA-43", "territory:UA-99"),
    "a contested place without sources": ("contested.csv", "un-maps country-codes", ""),
}


TERRITORY_FILES = ("territories.csv", "territory_names.csv", "subdivisions.csv", "contested.csv")


@pytest.mark.parametrize("mistake", TERRITORY_MISTAKES)
def test_a_mistake_in_a_territory_is_refused_with_its_place(tmp_path: Path, mistake: str) -> None:
    name, right, wrong = TERRITORY_MISTAKES[mistake]
    for each in TERRITORY_FILES:
        (tmp_path / each).write_bytes((shipped() / each).read_bytes())
    text = (tmp_path / name).read_text(encoding="utf-8")
    (tmp_path / name).write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        territories.read(tmp_path).look_up("Sevastopol")
    assert caught.value.where is not None
    assert caught.value.where.name == name
    assert caught.value.where.line is not None
    assert caught.value.do


def test_an_empty_list_of_conventions_is_refused(tmp_path: Path) -> None:
    text = (shipped() / "conventions.csv").read_text(encoding="utf-8")
    (tmp_path / "conventions.csv").write_text(text.splitlines()[0] + "\n", encoding="utf-8")
    with pytest.raises(BadInput, match="no convention"):
        treaties.read(tmp_path)
