"""What points at a person without a name: ages, addresses, plates, numbers, handles.

Numbers are met once; everything else is looked for only beside a word the scan has found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from atalaya.reading.mentions.lexicon import Entry
from atalaya.reading.mentions.page import Page

KIND = "person-particular"
"""The kind of this module's entries in the shared lexicon; an entry's value is a ``Reason``."""


class Reason(StrEnum):
    """Why words were removed."""

    NAME = "name"
    AGE = "age"
    ADDRESS = "address"
    PLATE = "plate"
    PHONE = "phone"
    HANDLE = "handle"
    ID = "id"
    BIRTH = "birth"


Found = tuple[int, int, Reason, float]
"""Start, end, reason, confidence."""

_CUES: dict[Reason, str] = {
    Reason.PLATE: "license plate,licence plate,number plate,registration plate,registration number,"
    "plate,plates,plate number,tag number,matricula,matriculas,patente,placa,placas,plaque,"
    "immatriculation,immatricule,immatriculee,kennzeichen,chapa,dominio",
    Reason.ID: "dni,nie,nif,curp,rfc,cpf,rg,rut,cedula,passport,pasaporte,passaporte,passeport,"
    "reisepass,personalausweis,ssn,social security,cuit,cuil,inmate,booking number,booking,"
    "case number,docket,badge,patient id,carte d identite,documento,identity card,id number,"
    "id card,matricula nacional,numero de identidad,expediente,nir,ausweisnummer,identidade",
    Reason.BIRTH: "born,born on,dob,d o b,date of birth,nacio,nacio el,nacido,nacida,nacido el,"
    "nacida el,fecha de nacimiento,nascido,nascida,nascido em,nascida em,nasceu em,"
    "data de nascimento,ne le,nee le,date de naissance,geboren,geboren am,geb,geburtsdatum",
    Reason.HANDLE: "wickr,telegram,snapchat,snap,session,threema,kik,signal,discord,instagram,"
    "insta,username,user name,usuario,pseudo,handle,screen name,whatsapp,jabber,tiktok",
    Reason.ADDRESS: "street,st,avenue,ave,road,rd,lane,ln,drive,dr,boulevard,blvd,court,ct,place,"
    "pl,terrace,way,close,crescent,circle,highway,hwy,rue,bd,impasse,allee,chemin,quai,calle,c,"
    "avenida,av,avda,carrera,cra,jr,jiron,pasaje,rua,travessa,alameda,estrada,praca",
}
_UNIT = re.compile(
    r"[- ]?(?:year|yr|month)s?[- ]old\b|-?jährig(?:e[rnsm]?)?\b"
    r"|\s(?:años|ans|anos|Jahre)\b(?!\s(?:de\s(?:cárcel|prisión|prision|pena|prisão|reclus|trabajo|"
    r"experiencia|existencia|vida|historia|réclusion|prison|cadeia|guerra)|"
    r"d[e’'](?:\s?prison|emprison|existence)|Haft|Gefängnis|Freiheitsstrafe|lang|später|después|"
    r"atrás|depois|plus tard|prison|ferme))"
)
_SECOND = re.compile(r"\s(?:and|y|et|e|und|or|o|ou|oder)\s(\d{1,3})\b")
_AGED = re.compile(
    r"(?:\b[Aa]ged?|\bedad(?: de)?|\bidade(?: de)?|\bâgée? de|\bim Alter von|\bage of)\s$"
)
# Ages of groups ("people aged 15-64", "under 30") say nothing of anybody; nor do spans of time.
_GROUP = re.compile(
    r"(?i)(?<!\w)(?:people|persons?|adults?|youths?|those|anyone|children|students|personas|adultos|jóvenes|"
    r"niñ[oa]s|menores|mayores|pessoas|crianças|jovens|personnes|adultes|jeunes|enfants|menschen|"
    r"personen|erwachsene|jugendliche|kinder|under|over|between|entre|hasta|desde|of all|más de|"
    r"menos de|mais de|plus de|moins de|über|unter|zwischen|until|from|to|durante|hace|il y a|há|"
    r"por|pendant|depuis|seit|vor|nach|after|for|every|cada|than|average|median|mean|últimos|"
    r"derniers|letzten|próximos|a|primeros|bis)\s(?:(?:aged?|de edad de|of|los|les|die|de|unos|"
    r"âgée?s de|im alter von)\s)?$"
)
_OF_AGE = (", ", "(", "de ", "con ", "aos ", "com ", "mit ", "tenía ", "tinha ", "a ")
# Years of something else than a life.
_TERM = re.compile(
    r"(?i)(?:penas?|condenas?|prisi[óo]n|peine|sentencia|r[ée]clusion|prison|cadeia|pris[ãa]o|reclus[ãa]o|"
    r"c[áa]rcel|plazo|contrato|historia|haft|durante|ferme|m[áa]s|menos|plus|moins|mais|condenad[oa]|"
    r"condenaron|sentenciad[oa]|condamn[ée]e?s?|verurteilt)\s(?:de|a|à)\s$"
)
_NUMBER = re.compile(r"[0-9]+(?:[ .()/-]{1,2}[0-9]+)*")
_MAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}")
_AT = re.compile(r"@[A-Za-z_][\w.]{2,29}\b")
_ELSEWHERE = re.compile(
    r"(?:\bu/|\bt\.me/|\b(?:instagram|facebook|twitter|x|tiktok|snapchat)\.com/@?)[\w.-]{3,40}"
)
_HELP = re.compile(
    r"(?i)(?:helpline|hotline|line|línea|ligne|linha|emergency|emergencia|poison|samaritans|notruf|"
    r"teléfono de ayuda|urgences)"
)
_AFTER: dict[object, re.Pattern[str]] = {
    Reason.PLATE: re.compile(
        r"(?:\s(?:plates?|number|no\.?|n[º°]|de|e|é|d[eo]s?|with|reading|la|numéro))*\s?[:#]?\s?"
        r"[\"“«]?((?=[A-Z\d -]*\d)(?=[\d -]*[A-ZÄÖÜ])[A-ZÄÖÜ\d]{1,4}(?:[ -]?[A-Z\d]{1,5}){1,3})"
        r"(?![\w-])"
    ),
    Reason.ID: re.compile(
        r"(?:\s(?:number|no|n|nº|número|de|identidad|identidade|ciudadanía|numéro|nummer|id|card))*"
        r"[.:#º°]*\s{0,2}([A-Z]{0,4}-?\d[\dA-Z./-]{4,20})"
    ),
    Reason.BIRTH: re.compile(
        r"\s?:?(?:\s(?:on|el|em|le|am))?\s{0,2}(\d{1,2}[./ -](?:de\s)?\w{1,12}[.,/ -]{1,2}(?:de\s)?"
        r"\d{2,4}|\w{3,9} \d{1,2},? \d{4}|\d{4}-\d{2}-\d{2}|(?:in|en)\s(?:19|20)\d\d)"
    ),
    Reason.HANDLE: re.compile(
        r"\s?(?:id|me|name|is|es|:|=)\s?(?:is|:)?\s{0,2}[\"“'«]?([A-Za-z0-9_.-]{4,30})"
    ),
}
_ADDRESS = re.compile(
    r"\b\d{1,5}[A-Za-z]?,?\s(?:(?:[NSEW]\.?|North|South|East|West)\s)?(?:[A-ZÀ-Ý0-9][\w’'.-]*\s){1,4}"
    r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Pl|Terrace|Way|"
    r"Close|Crescent|Circle|Highway|Hwy)\b\.?(?:,?\s(?:Apt|Apartment|Unit|Flat|#)\.?\s?\w+)?"
    r"|\b\d{1,4}\s?(?:bis|ter)?,?\s(?:rue|avenue|av\.|boulevard|bd|place|impasse|allée|chemin|quai)\s"
    r"(?:d[eu’']\s?|des\s|de\sla\s)*[\w’'-]+(?:\s[A-ZÀ-Ý][\w’'-]+){0,3}"
    r"|\b(?:[Cc]alle|C/|[Aa]venida|[Aa]v\.|[Aa]vda\.?|[Cc]arrera|[Cc]ra\.?|[Jj]r\.|[Jj]irón|[Pp]asaje|"
    r"[Rr]ua|[Tt]ravessa|[Aa]lameda|[Ee]strada|[Pp]raça)\s(?:\w+\.?\s){0,5}?\w+\.?,?\s"
    r"(?:n[.º°o]{0,2}\s?|número\s|núm\.?\s|#\s?|al\s)?\d{1,5}(?:\s?[-#]\s?\d{1,4}){0,2}\b"
)
_GERMAN = re.compile(r"(?:straße|strasse|str\.|weg|allee|platz|gasse)\s$")
_STREET_ENDS = frozenset("e.gz")
_LONGEST = 64  # characters of an account's name
_SITE = 14  # characters of a site's name before its stroke
_NEAR = 60  # characters around a word for a street
_LEAST, _MOST = 7, 15  # digits of a telephone number
_AGE_DIGITS = 3
_THOUSAND = 3  # digits of a group
_YEAR_OR_DAY = {2, 4}  # digits a date begins with
_DATE_PARTS = 3
_YOUNG, _OLD = 10, 105  # ages given without a word for years


def entries() -> Iterator[Entry]:
    """Give the words beside which particulars stand."""
    for reason, words in _CUES.items():
        for word in words.split(","):
            yield Entry(word, KIND, reason)


def particulars(page: Page) -> Iterator[Found]:
    """Find what points at a person; spans may overlap."""
    text = page.text
    yield from _handles(text)
    for hit in page.found(KIND):
        reason = hit.entry.value
        if reason == Reason.ADDRESS:
            begin = max(0, hit.start - _NEAR)
            for found in _ADDRESS.finditer(text, begin, hit.end + _NEAR):
                yield *found.span(), Reason.ADDRESS, 0.9
            continue
        after = _AFTER[reason].match(text, hit.end)
        if after and (reason != Reason.HANDLE or _is_handle(after[1])):
            yield *after.span(1), Reason(str(reason)), 0.9
    yield from _numbers(text)


def _handles(text: str) -> Iterator[Found]:
    """Find accounts and addresses at the marks they hold."""
    for at in _places(text, "@"):
        begin = max(0, at - _LONGEST)
        mail = _MAIL.search(text, begin, at + _LONGEST)
        if mail and mail.start() < at < mail.end():
            yield *mail.span(), Reason.HANDLE, 0.99
        elif (found := _AT.match(text, at)) and not text[max(0, at - 1) : at].isalnum():
            yield *found.span(), Reason.HANDLE, 0.95
    for at in _places(text, "/"):
        if found := _ELSEWHERE.search(text, max(0, at - _SITE), at + _LONGEST):
            yield *found.span(), Reason.HANDLE, 0.99


def _places(text: str, mark: str) -> Iterator[int]:
    at = text.find(mark)
    while at >= 0:
        yield at
        at = text.find(mark, at + 1)


def _is_handle(word: str) -> bool:
    """Whether a word is an account rather than a word of the sentence."""
    return any(mark in word for mark in "_.0123456789") and not word.replace(".", "").isalpha()


def _numbers(text: str) -> Iterator[Found]:
    for found in _NUMBER.finditer(text):
        start, end = found.span()
        if (begin := _street(text, start)) >= 0:
            yield begin, end, Reason.ADDRESS, 0.9
        elif end - start <= _AGE_DIGITS and found[0].isdigit():
            yield from _ages(text, start, end)
        elif _LEAST <= sum(map(str.isdigit, found[0])) <= _MOST and _is_phone(text, start, end):
            begin = start - (text[start - 1 : start] in {"+", "("})
            begin -= text[begin - 1 : begin] == "+"
            yield begin, end, Reason.PHONE, 0.8


def _street(text: str, number: int) -> int:
    """Give where a street in one word begins before its number ("Hauptstraße 12"), or -1."""
    if text[number - 1 : number] != " " or text[number - 2 : number - 1] not in _STREET_ENDS:
        return -1
    found = _GERMAN.search(text, max(0, number - 40), number)
    begin = text.rfind(" ", 0, found.start()) + 1 if found else number
    return begin if found and text[begin].isupper() else -1


def _ages(text: str, start: int, end: int) -> Iterator[Found]:
    """Find an age of one person at a number, with a second behind "and"."""
    before = text[max(0, start - 30) : start]
    if before[-1:] in {"-", "–", ".", ","}:
        return
    second = _SECOND.match(text, end)
    unit = _UNIT.match(text, second.end() if second else end) or _UNIT.match(text, end)
    if unit and (_GROUP.search(before) or not _is_aged(before, unit[0])):
        return
    if unit:
        yield start, unit.end(), Reason.AGE, 0.9
    elif aged := _AGED.search(before):
        begin = start - len(aged[0])
        if not _GROUP.search(before[: -len(aged[0])]):
            yield begin, second.end() if second else end, Reason.AGE, 0.9
    elif _YOUNG <= int(text[start:end]) < _OLD and _is_bare_age(text, before, end):
        yield start, end, Reason.AGE, 0.8


def _is_aged(before: str, unit: str) -> bool:
    """Whether years are an age: "de 12 años", ", 12 ans"; not a sentence of twelve years.

    >>> _is_aged("Ana Roe, de ", " años"), _is_aged("pena de ", " años")
    (True, False)
    """
    if unit.lstrip(" -").lower().startswith(("year", "yr", "month", "jähr")):
        return True
    near = before.endswith(
        (", ", "(", "de ", "con ", "aos ", "com ", "mit ", "tenía ", "tinha ", "a ")
    )
    return near and not _TERM.search(before)


def _is_bare_age(text: str, before: str, end: int) -> bool:
    """Whether a number stands between commas or in brackets behind a word with a capital."""
    if not before.endswith((", ", " (")) or text[end : end + 1] not in {",", ")", "."}:
        return False
    word = before[:-2].rstrip(" ,\"”»'").rsplit(" ", 1)[-1]
    return word[:1].isupper() and not word.isupper()


def _is_phone(text: str, start: int, end: int) -> bool:
    """Whether digits are a telephone number, and not of a service that helps: people need those."""
    number = text[start:end]
    if (
        "/" in number
        or text[end : end + 1].isalnum()
        or _HELP.search(text, max(0, start - 60), start)
    ):
        return False
    if text[start - 1 : start] in {"+", "("}:
        return True
    groups = re.split(r"[ .()-]+", number)
    if "." in number and " " not in number and "-" not in number:
        return False  # 1.234.567 is an amount
    return bool(groups[2:]) and not _is_amount(groups, number)


def _is_amount(groups: list[str], number: str) -> bool:
    """Whether groups of digits are thousands, or a date."""
    thousands = len(groups[0]) <= _THOUSAND and all(len(group) == _THOUSAND for group in groups[1:])
    dated = "-" in number and len(groups) == _DATE_PARTS and len(groups[1]) < _THOUSAND
    dated = dated and len(groups[0]) in _YEAR_OR_DAY
    return (thousands and " " in number) or dated
