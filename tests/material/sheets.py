"""Makes sheets as people keep them: three languages, messy cells, and what is planted in them.

Everything is drawn from a seeded generator, so that a test can say what must be found. Sixty
months of 2019-01..2023-12 by default; `PLANTED` begins in the 52nd month.
"""

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass
from datetime import date, timedelta

import openpyxl

PLANTED = "protonitazene"
UNKNOWN = "bretazolam"
FIRST, MONTHS = date(2019, 1, 1), 60
PLANTED_FROM, PANEL_CHANGE = 51, 30  # months from the first


@dataclass(frozen=True)
class Tongue:
    """How a sheet of one language is written."""

    headings: tuple[str, ...]
    places: tuple[str, ...]
    common: tuple[str, ...]
    joined: str
    nothing: str
    date: str
    labs: tuple[str, str]
    methods: tuple[str, str]
    sold: str
    planted: str


TONGUES = {
    "en": Tongue(
        (
            "Sample ID",
            "Date received",
            "Place",
            "Sold as",
            "Found",
            "Method",
            "Laboratory",
            "Client name",
            "Notes",
        ),
        ("England", "Scotland", "Wales", "Northern Ireland"),
        ("Cocaine", "MDMA 84%", "ketamine", "heroin", "caffeine", "Cocaine (72 %)", "LSD"),
        " and ",
        "Nothing detected",
        "%d/%m/%Y",
        ("City Lab", "North Lab"),
        ("FTIR", "LC-MS"),
        "oxycodone",
        PLANTED,
    ),
    "es": Tongue(
        (
            "Código de muestra",
            "Fecha de recogida",
            "Provincia",
            "Vendido como",
            "Sustancia encontrada",
            "Método",
            "Laboratorio",
            "Nombre y apellidos",
            "Observaciones",
        ),
        ("Antioquia", "Bogotá", "Caldas", "Risaralda"),
        ("cocaína", "MDMA 84 %", "ketamina", "heroína", "cafeína", "Cocaína (72,5 %)", "LSD"),
        " y ",
        "No se detecta",
        "%d-%m-%y",
        ("Laboratorio A", "Laboratorio B"),
        ("CCF", "LC-MS"),
        "oxicodona",
        "protonitaceno",
    ),
    "pt": Tongue(
        (
            "Amostra n.º",
            "Data da recolha",
            "Distrito",
            "Vendido como",
            "Substância detetada",
            "Método",
            "Laboratório",
            "Nome",
            "Observações",
        ),
        ("Lisboa", "Porto", "Faro", "Braga"),
        ("cocaína", "MDMA 84 %", "ketamina", "heroína", "cafeína", "Cocaína; levamisol", "LSD"),
        " e ",
        "Nada detetado",
        "%Y-%m-%d",
        ("Laboratório A", "Laboratório B"),
        ("TLC", "LC-MS"),
        "oxicodona",
        "protonitazeno",
    ),
}
NEW_PANEL = ("xylazine", "medetomidine", "gabapentin", "levamisole", "phenacetin")


def line_list(language="en", rows=5000, seed=7, months=MONTHS, start=0, number_from=1):
    """Give the heading and rows of a line list, cells as text.

    Args:
        language: ``en``, ``es`` or ``pt``.
        rows: How many rows.
        seed: Of the generator.
        months: Length of the history.
        start: First month written.
        number_from: Number of the first sample.
    """
    rng, tongue = random.Random(seed + start), TONGUES[language]
    out = []
    for number in range(rows):
        month = start + number * (months - start) // rows
        day = _day(month, rng)
        lab = 1 if month >= PANEL_CHANGE and rng.random() < 0.4 else 0
        found = rng.choice(tongue.common)
        sold = rng.choice(("cocaine", "MDMA", "ketamine", "tusi"))
        if rng.random() < 0.15:
            found += tongue.joined + "caffeine"
        if lab == 1 and rng.random() < 0.3:
            found += "; " + rng.choice(NEW_PANEL)
        if rng.random() < 0.03:
            found = tongue.nothing
        if month >= PLANTED_FROM and number % 40 == 3:
            found, sold = f"{tongue.planted} + caffeine", tongue.sold
        if month >= PLANTED_FROM + 3 and number % 97 == 5:
            found = UNKNOWN
        out.append(
            [
                f"S{number + number_from:06d}",
                day.strftime(tongue.date),
                rng.choice(tongue.places),
                sold,
                found,
                tongue.methods[lab],
                tongue.labs[lab],
                "Jane Roe",
                "",
            ]
        )
    return list(tongue.headings), out


def _day(month, rng):
    year, index = divmod(month, 12)
    first = date(FIRST.year + year, index + 1, 1)
    return first + timedelta(days=rng.randrange(28))


def as_csv(heading, rows, delimiter=",", encoding="utf-8", above=()):
    """Write a sheet as CSV bytes."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([*above, heading, *rows])
    return text.getvalue().encode(encoding)


def as_xlsx(heading, rows, title="Samples", more=(), change=None):
    """Write a sheet as a workbook's bytes; ``change(workbook, sheet)`` spoils it."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = title
    for row in [*more, heading, *rows]:
        sheet.append(row)
    if change is not None:
        change(workbook, sheet)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()
