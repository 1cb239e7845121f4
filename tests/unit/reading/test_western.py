"""Which encoding a file without a declared one is in: the likely one of the people who use this."""

import pytest

from atalaya.reading.western import likely, western

ROWS = {
    "es": "serie,período,recuento\ncocaína en Bogotá,2019-03,4\nmarihuana en España,2019-04,5\n",
    "es, one letter": "series,period,count\ncocaína,2019-03,4\n",
    "es, capitals": "SERIE,PERÍODO\nCOCAÍNA,2019-03\n",
    "pt": "série,período\nSão Paulo,2019-03\nmaconha em Goiás e Ceará,2019-04\n",
    "fr": "série,période\nhéroïne à Genève,2019-03\ncocaïne,2019-04\n",
}


@pytest.mark.parametrize("text", ROWS.values(), ids=ROWS)
def test_latin_american_text_is_guessed_as_what_its_machines_write(text):
    payload = text.encode("latin-1")
    at = next(at for at, byte in enumerate(payload) if byte > 127)
    assert likely(payload, at) == "cp1252"


def test_text_of_central_europe_and_cyrillic_is_not_claimed():
    assert western("Łódź, Čapek, Žižka, Dvořák".encode("cp1250")) is None
    russian = ("героин и кокаин в Москве и Санкт-Петербурге\n" * 5).encode("cp1251")
    assert western(russian) is None
    assert likely(russian, 0) == "cp1251"


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman"])
def test_old_machines_are_told_apart(encoding):
    assert western(ROWS["es"].encode(encoding)) == encoding


def test_a_long_file_is_judged_by_the_bytes_around_the_first_that_does_not_fit():
    payload = b"series,period,count\n" * 20_000 + "cocaína,2019-03,4\n".encode("cp1252")
    assert likely(payload, payload.index(0xED)) == "cp1252"
