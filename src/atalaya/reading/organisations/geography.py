"""Places in names: countries in ten languages, and the adjectives made of them.

Codes are those of the register of territories; names in German, Italian, Dutch and the languages
of Scandinavia come from CLDR.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from atalaya.registers import territories

_ADJECTIVES = """
a e o i n s an as es os en er na no ne nas nos ana ano ena eno ola ol oles olas ian ians iana
iano ien ienne iens iennes ese esa es eses ense enses ish ic ica ico ina ino ine ini eira erisch
erische erischer erisches eiro ais aise aises ois oise isch ische ischer isches ischen ani ane
enne een eenne
"""
_ENDINGS = frozenset(_ADJECTIVES.split())
# Adjectives that no ending makes of the country's name. Those that two countries share (Congolese,
# Korean) are left out. English and French ones were checked against the list of countries of
# https://github.com/mledoze/countries (commit 5e9f370).
_IRREGULAR = {
    "AFG": "afghan afghane afgano afgana afegao afega afghanisch afghanische",
    "ARE": "emirati emirien emirienne",
    "ARG": "argentine argentinisch argentin",
    "AUT": "austriaca austriaco autrichien autrichienne osterreichisch osterreichische",
    "BEL": "belgian belga belgas belge belgisch belgische",
    "BFA": "burkinabe burkinabee",
    "BGD": "bangladais bangladaise",
    "BGR": "bulgare bulgaro bulgara",
    "BHS": "bahamian bahamien bahamienne",
    "BRA": "brazilian bresilien bresilienne brasiliana brasilianische",
    "CHE": "swiss suizo suiza suisse svizzero svizzera schweizer schweizerische suico suica",
    "CHN": "chinese chino china chinois chinoise cinese",
    "CIV": "ivorian ivoirien ivoirienne marfileno marfilena",
    "CPV": "caboverdiano caboverdiana cape_verdian",
    "CRI": "costaricain costaricaine costarricense costa_rican",
    "CUB": "cubain",
    "CYP": "cypriot chypriote chipriota",
    "CZE": "czech checo checa tcheque ceco ceca tschechische",
    "DEU": "german germans aleman alemana allemand allemande alemao alema tedesco tedesca "
    "deutsch deutsche deutscher deutsches deutschen",
    "DNK": "danish danes danesa danois danoise danese danische dansk danmarks",
    "DOM": "dominican dominicain dominicaine dominicano dominicana",
    "ECU": "ecuatoriana ecuatoriano ecuadorian equatoriana equatoriano equatorien equatorienne",
    "ESP": "spanish espanol espanola espanhol espanhola espagnol espagnole spagnolo spagnola "
    "spanische",
    "FIN": "finnish finlandesa finlandes finnische",
    "FRA": "french frances francesa francais francaise francese franzosische",
    "GBR": "british britanico britanica britannique britannico uk",
    "GHA": "ghaneen ghaneenne",
    "GRC": "greek hellenic griego griega grec grecque grega greco greca griechische",
    "GTM": "guatemalteca guatemalteco guatemalteque",
    "HND": "hondurena hondureno hondurien hondurienne",
    "HRV": "croate croata kroatisch kroatische hrvatski hrvatska",
    "HUN": "hongrois hongroise hungaro hungara magyar ungarische",
    "IRL": "irish irlandesa irlandes irlandais irlandese irische",
    "ITA": "italian italiana italiano italien italienne italienische",
    "JAM": "jamaicain",
    "KAZ": "kazakh",
    "KGZ": "kyrgyz kirghiz kirghize",
    "KOR": "south_korean surcoreano surcoreana",
    "LAO": "lao laotian laotien laotienne",
    "LBN": "lebanese",
    "LKA": "sri_lankan",
    "LUX": "luxembourgeois luxembourgeoise",
    "LVA": "letton lettone lettische",
    "MAR": "moroccan marroqui marocain marocaine",
    "MDA": "moldave moldavo moldava",
    "MDG": "malagasy malgache",
    "MEX": "mexican mexicana mexicano mexicain mexicaine messicana",
    "MKD": "macedonian macedonien macedonienne",
    "MMR": "burmese birman birmane",
    "MNE": "montenegrin",
    "MNG": "mongol mongole",
    "MOZ": "mozambicain mozambicaine mocambicano mocambicana",
    "NER": "nigerien nigerienne nigerino nigerina",
    "NIC": "nicaraguayen nicaraguayenne nicaraguense",
    "NLD": "dutch holandesa neerlandesa neerlandais olandese niederlandische holland nederlandse",
    "NOR": "norwegian norges noruega noruego norvegien norvegienne norvegese norwegische norsk",
    "NZL": "new_zealander neozelandes neozelandesa",
    "PAN": "panamanian panameen panameenne",
    "PER": "peruvian peruana peruano peruvien peruvienne",
    "PHL": "filipino filipina philippin philippine",
    "POL": "polish polaca polaco polonais polonaise polacca polnische polska polski",
    "PRI": "portoricain portoricaine puertorriqueno puertorriquena puerto_rican",
    "PRK": "north_korean",
    "PRT": "portuguese portugues portuguesa portugais portugaise portoghese portugiesische",
    "ROU": "romanian rumana rumano roumain roumaine rumeno",
    "RUS": "russe ruso rusa russo russa",
    "SAU": "saudi saoudien saoudienne saudita saudi_arabian",
    "SDN": "sudanese soudanais soudanaise",
    "SLE": "sierra_leonean",
    "SLV": "salvadorena salvadoreno salvadoran",
    "SOM": "somali",
    "SRB": "serbe serbio srpski srpska",
    "SSD": "south_sudanese",
    "SVK": "slovak slovaque eslovaco eslovaca slowakische",
    "SVN": "slovene esloveno eslovena slowenische slovenska",
    "SWE": "swedish sueca sueco suedois suedoise svedese schwedische svenska sveriges",
    "SWZ": "swazi swazie",
    "TGO": "togolese togolais togolaise",
    "THA": "thai tailandesa",
    "TJK": "tajik tadjike tadzhik",
    "TKM": "turkmen turkmene",
    "TLS": "east_timorese",
    "TTO": "trinidadian trinidadien trinidadienne",
    "TUR": "turkish turca turco turc turque turkische turkiye turk",
    "UKR": "ukrainisch ukrainische",
    "USA": "usa us estadounidense estadunidense",
    "UZB": "uzbek ouzbeke",
    "VEN": "venezolano venezolana",
    "VNM": "vietnamita",
    "ZAF": "sudafricana sudafricano south_african",
}
_ALL = ("de", "it")
_LONG = ("nl", "sv", "da", "nb")  # of these no short name is taken: "Man" is an English word
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
        for language in (*_ALL, *_LONG):
            name = Locale(language).territories.get(entry.alpha2 or "")
            if name and (language in _ALL or len(name) >= _SHORTEST):
                found.setdefault(_plain(name, fold), entry.id)
    for code, adjectives in _IRREGULAR.items():
        for adjective in adjectives.split():
            found[adjective.replace("_", " ")] = f"territory:{code}"
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
