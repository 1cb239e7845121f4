"""States named by their form of government: "República Islâmica do Irão", "Irán, República de".

A register holds the official names of some languages; a record of votes may write the form in any,
with another preposition, shortened, or behind the name. What stands behind the form must be a name
the register knows, and no other State may bear that name with a form of its own: "República do
Congo" and "República Democrática do Congo" are two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from atalaya.registers import territories
from atalaya.registers.spelling import key

# Words of the forms of government of the United Nations' members, in English, Spanish, French and
# Portuguese. A bare "State of" is none: States of federations are called so (State of Georgia).
_NOUN = (
    "republic|república|republica|république|rep|rép|kingdom|reino|royaume|principality|"
    "principado|principauté|grand duchy|gran ducado|grand-duché|grão-ducado|grã-ducado|"
    "sultanate|sultanato|sultanat"
)
# Words by which bodies are called too: they make a name of a State whose register says so.
_RARE = {
    "union": "union|unión|união",
    "federation": "federation|federación|federação|fédération",
    "confederation": "confederation|confederación|confederação|confédération",
    "commonwealth": "commonwealth|comunidade|mancomunidad|communauté",
}
_STATE = "states?|estados?|états?"
_KIND = (
    "islamic|islámica|islâmica|islamique|federal|federativa|fédérale|fédérative|federated|"
    "federados|fédérés|democratic|democrática|démocratique|dem|dém|people's|people’s|popular|"
    "populaire|socialist|socialista|socialiste|arab|árabe|arabe|bolivarian|bolivariana|"
    "bolivarienne|plurinational|plurinacional|eastern|oriental|orientale|united|unida|unie|"
    "hashemite|hachemita|hachemí|hachémite|co-operative|cooperative|cooperativa|coopérative|"
    "independent|independiente|independente|indépendant|constitutional|federative|hashemí"
)
_CASE = re.IGNORECASE
_OF = (
    r"(?:of(?: the)?|de(?: l(?:a|as|os)| el)?|del|d[aeo]s?|du|des)(?=\s|$)|"
    r"(?:de )?l['’]|d['’]"
)
_KINDS = rf"(?:(?:{_KIND})\.?(?:\s+(?:and|y|e|et))?\s+)"
_FORM = re.compile(
    rf"(?:{_KINDS}*(?:{_NOUN}|{'|'.join(_RARE.values())})\.?(?:\s+(?:(?:{_KIND})\.?|e|y|et|and))*|"
    rf"{_KINDS}+(?:{_STATE})|(?:{_STATE})(?:\s+(?:{_KIND}))+)\s+(?:{_OF})",
    _CASE,
)
# Words that tables shorten, spelt out language by language, for the whole name may be known.
_SHORTENED = (
    {
        "rep": "Republic",
        "dem": "Democratic",
        "fed": "Federal",
        "isl": "Islamic",
        "soc": "Socialist",
    },
    {"rep": "República", "dem": "Democrática", "pop": "Popular", "fed": "Federal"}
    | {"isl": "Islámica", "est": "Estado", "fedn": "Federación", "plur": "Plurinacional"},
    {"rép": "République", "rep": "République", "dém": "démocratique", "dem": "démocratique"}
    | {"pop": "populaire", "féd": "fédérale", "isl": "islamique"},
)
_STOPPED = re.compile(r"(?P<word>[^\W\d_]{3,4})\.")
# Which China is meant is told by the whole form, which the register holds.
_WHOLE = frozenset({"china", "chine"})
_JOINING = 3  # letters of the longest word that joins a form to a name: "del", "the"
_BEHIND = re.compile(r"(?P<name>[^,()]+?),\s*(?P<form>[^,]+?)")


def bare(name: str) -> str | None:
    """Give what stands behind a form of government, or None where no form begins a name.

    >>> bare("República Islâmica do Irão"), bare("Rép. islamique d’Iran"), bare("State of Georgia")
    ('Irão', 'Iran', None)
    """
    found = _FORM.match(name)
    rest = name[found.end() :].strip() if found else ""
    return rest or None


def in_order(name: str) -> str | None:
    """Put a form of government that stands behind a comma before the name, or give None.

    >>> in_order("Bolivia, Estado Plurinacional de"), in_order("Iran, Iraq")
    ('Estado Plurinacional de Bolivia', None)
    """
    found = _BEHIND.fullmatch(name)
    if found is None:
        return None
    if _FORM.fullmatch(found["form"]) is None:
        return None
    joint = "" if found["form"].endswith(("'", "’")) else " "
    return f"{found['form']}{joint}{found['name']}"


def spelt_out(name: str) -> Iterator[str]:
    """Give a name with its shortened words spelt out, language by language; nothing without any.

    >>> [*spelt_out("Dem. Rep. of the Congo")][0]
    'Democratic Republic of the Congo'
    """
    if _STOPPED.search(name) is None:
        return
    for words in _SHORTENED:
        yield _STOPPED.sub(lambda found: words.get(found["word"].lower(), found[0]), name)  # noqa: B023


class Forms:
    """Finds States by names with a form of government.

    Args:
        names: Name of a State -> its code.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        ordered = {one: code for name, code in names.items() if (one := in_order(name))}
        names = ordered | dict(names)
        self._known = {key(name): code for name, code in names.items()}
        self._shared = _WHOLE.union(_shared(names, self._known))
        self._own = {(code, _form(name)) for name, code in names.items()}
        self._rare = {(code, word) for name, code in names.items() for word in _rare(name)}

    def find(self, name: str) -> str | None:
        """Give the code of a State named with a form of government, or None.

        A form behind a comma may be the next name's beginning ("Central African Republic,
        Democratic People's Republic of"): there it must be the State's own, as the register has it.
        """
        turned = in_order(name)
        found = self._whole(turned or name)
        if found is not None:
            return found
        code = self._bare(turned or name)
        return code if turned is None or (code, _form(turned)) in self._own else None

    def _whole(self, name: str) -> str | None:
        known = (self._known.get(key(one)) for one in (name, *spelt_out(name)))
        return next((code for code in known if code is not None), None)

    def _bare(self, name: str) -> str | None:
        rest = bare(name)
        if rest is None or key(rest) in self._shared:
            return None
        code = self._known.get(key(rest))
        form = name[: -len(rest)]
        return code if all((code, word) in self._rare for word in _rare(form)) else None


@cache
def load() -> Forms:
    """Give the forms of the countries of the register that ships with the package."""
    register = territories.load()
    countries = (entry for entry in register.entries if entry.level == "country")
    return Forms({one.name: each.code for each in countries for one in register.usages(each.id)})


def _form(name: str) -> frozenset[str]:
    """Give the words of a name's form of government, without those that join it to the name."""
    rest = bare(name)
    form = "" if rest is None else name[: -len(rest)]
    return frozenset(key(word) for word in form.split() if len(word) > _JOINING)


def _rare(name: str) -> list[str]:
    return [word for word, said in _RARE.items() if re.search(rf"\b(?:{said})\b", name, _CASE)]


def _shared(names: Mapping[str, str], known: Mapping[str, str]) -> Iterator[str]:
    """Give the names that a second State bears behind a form of government."""
    for name, code in names.items():
        rest = bare(name)
        if rest is not None and known.get(key(rest), code) != code:
            yield key(rest)
