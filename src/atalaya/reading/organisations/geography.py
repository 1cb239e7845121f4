"""Places in names: countries in six languages, and the adjectives made of them.

Codes are those of the register of territories; names in German and Italian come from CLDR.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from atalaya.registers import territories

_ADJECTIVES = """
a e o i n s an as es os en er na no ne nas nos ana ano ena eno ola ol oles olas ian ians iana
iano ien ienne iens iennes ese esa es eses ense enses ish ic ica ico ina ino ine ini eira erisch
erische erischer erisches eiro ais aise aises ois oise isch ische ischer isches ischen ani ane
"""
_ENDINGS = frozenset(_ADJECTIVES.split())
# Adjectives that no ending makes of the country's name.
_IRREGULAR = {
    "ARG": "argentine argentinisch",
    "AUT": "austriaca austriaco autrichien autrichienne osterreichisch osterreichische",
    "BEL": "belgian belga belgas belge belgisch belgische",
    "BRA": "brazilian bresilien bresilienne brasiliana brasilianische",
    "CHE": "swiss suizo suiza suisse svizzero svizzera schweizer schweizerische suico suica",
    "CHN": "chinese chino china chinois chinoise cinese",
    "CZE": "czech checo checa tcheque ceco ceca tschechische",
    "DEU": "german germans aleman alemana allemand allemande alemao alema tedesco tedesca deutsch "
    "deutsche deutscher deutsches deutschen",
    "DNK": "danish danes danesa danois danoise danese danische dansk",
    "ECU": "ecuatoriana ecuatoriano ecuadorian equatoriana equatoriano",
    "ESP": "spanish espanol espanola espanhol espanhola espagnol espagnole spagnolo spagnola "
    "spanische",
    "FIN": "finnish finlandesa finlandes finnische",
    "FRA": "french frances francesa francais francaise francese franzosische",
    "GBR": "british britanico britanica britannique britannico uk",
    "GRC": "greek hellenic griego griega grec grecque grega greco greca griechische",
    "GTM": "guatemalteca guatemalteco",
    "HND": "hondurena hondureno",
    "IRL": "irish irlandesa irlandes irlandais irlandese irische",
    "ITA": "italian italiana italiano italien italienne italienische",
    "MAR": "moroccan marroqui marocain marocaine",
    "MEX": "mexican mexicana mexicano mexicain mexicaine messicana",
    "NLD": "dutch holandesa neerlandesa neerlandais olandese niederlandische holland nederlandse",
    "NOR": "norwegian noruega noruego norvegien norvegienne norvegese norwegische norsk",
    "PER": "peruvian peruana peruano peruvien peruvienne",
    "POL": "polish polaca polaco polonais polonaise polacca polnische polska polski",
    "PRT": "portuguese portugues portuguesa portugais portugaise portoghese portugiesische",
    "ROU": "romanian rumana rumano roumain roumaine rumeno",
    "SLV": "salvadorena salvadoreno salvadoran",
    "SWE": "swedish sueca sueco suedois suedoise svedese schwedische svenska",
    "THA": "thai tailandesa",
    "TUR": "turkish turca turco turc turque turkische turkiye",
    "USA": "usa us estadounidense estadunidense",
    "ZAF": "sudafricana sudafricano",
}
_SHORTEST = 4  # letters of a country's name that an ending is put to
_DROPPED = ("us", "ia", "ya", "land", "a", "e", "i", "o", "u", "y", "s")


def place_names(fold: Callable[[str], str]) -> dict[str, str]:
    """Give the folded names of all countries, each with its identifier."""
    from babel import Locale

    found: dict[str, str] = {}
    for entry in territories.load().entries:
        if entry.level != "country":
            continue
        for language in ("en", "es", "fr", "pt"):
            found.setdefault(_plain(entry.name_in(language), fold), entry.id)
        for usage in territories.load().usages(entry.id):
            found.setdefault(_plain(usage.name, fold), entry.id)
        for language in ("de", "it"):
            name = Locale(language).territories.get(entry.alpha2 or "")
            if name:
                found.setdefault(_plain(name, fold), entry.id)
    for code, adjectives in _IRREGULAR.items():
        for adjective in adjectives.split():
            found[adjective] = f"territory:{code}"
    return {name: place for name, place in found.items() if len(name) > 1}


def _plain(name: str, fold: Callable[[str], str]) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(name)).split())


@cache
def _stems(fold: Callable[[str], str]) -> dict[str, tuple[str, int]]:
    """Give the beginnings of adjectives, with the letters an ending must have at least.

    Where two letters of the country's name are gone, one letter is too little: Colombo is no
    adjective of Colombia.
    """
    found: dict[str, tuple[str, int]] = {}
    for name, place in place_names(fold).items():
        if " " in name or len(name) < _SHORTEST:
            continue
        found[name] = (place, 1)
        for ending in _DROPPED:
            if name.endswith(ending) and len(name) - len(ending) >= _SHORTEST:
                found.setdefault(name[: -len(ending)], (place, len(ending)))
    return found


def demonym(form: str, fold: Callable[[str], str]) -> str | None:
    """Give the country a folded adjective is made of, or None.

    The longest beginning counts: *nigerian* is Nigeria's and not Niger's.
    """
    stems = _stems(fold)
    for end in range(len(form), _SHORTEST - 1, -1):
        place, least = stems.get(form[:end], ("", 0))
        if place and form[end:] in _ENDINGS and len(form) - end >= least:
            return place
    return None
