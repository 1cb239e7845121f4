"""Names that the register does not hold and that look like a new substance's: for a human to judge.

A stem of a family of drugs (``-nitazene``, ``-zolam``, ``-fentanyl``) or a code in the manner of
synthetic drugs (``4-F-MDMB-BINACA``, ``3-CMC``) is no knowledge of what it stands for, so a
candidate has no identifier. It is never a name of the register and never an ordinary word.

Source of the stems: WHO, "The use of stems in the selection of International Nonproprietary Names
(INN)" (2018): -azolam, -azepam, -fentanil, -caine; codes as the EMCDDA and UNODC print them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

from atalaya.reading.mentions.lexicon import Entry, Hit
from atalaya.reading.mentions.mention import Mention
from atalaya.reading.mentions.page import Page
from atalaya.reading.mentions.substances_names import KIND, Naming, forms
from atalaya.reading.mentions.substances_slips import ordinary
from atalaya.reading.mentions.words_read import words
from atalaya.registers import substances
from atalaya.registers.spacing import RADICALS

CORE = "candidate-core"
RULE = "substances.candidate/1"
CONFIDENCE = 0.5
# Stems that nothing but drugs ends in, whatever the text is about ...
_STEM = re.compile(
    r"[a-z]*(?:nita[zc]en[eoa]?|nitazep(?:y|i|ip|yr)n[eoa]?|(?<=[a-z]{3})(?:fentanyl[eo]?|fentanil[oa]?)|(?<=[a-z]{2})azolam)s?"
)
# ... and stems of other words too, which count in a text about drugs only.
_WEAK = re.compile(
    r"[a-z]{2,}(?:azepam|azolan|(?:hex|pent|but|prop|phed|meph|meth|eth|flef|brep|clep)edron[ea]?|"
    r"(?:but|pent|hex|hept|prop|eth|meth)ylon[ea]?|methcathinon[ea]?|cathinon[ea]?|amfetamin[ea]?|"
    r"amphetamin[ea]?|ketamin[ea]?|tryptamin[ea]?|toninitazene|binaca|pinaca|butinaca|chminaca|"
    r"fubinaca|nbome|nboh|iracetam|medetomidine)s?"
)
_PART = (
    r"(?:\d(?:[',]?\d)*|[FN]|[1-6]?[FC][lA]?|Cl|Br|Me|MeO|EtO|PrO|iPr|HO|AcO|AB|ADB|MDMB|MMB|EMB|EDMB|"
    r"AMB|CUMYL|THJ|STS|Et|Bu|PB|ALD|P|B|Fluoro|fluoro|chloro|bromo|methyl|methoxy|ethyl|hydroxy|"
    r"N|desethyl|pyrrolidino|piperidinyl|piperidino|des?[Cc]hloro|alpha|beta|para|ortho|meta|α|β)"
)
_BEFORE = re.compile(rf"(?<![\w-])((?:{_PART}[-– ,']{{1,2}})+)$")
_LOCANT = re.compile(
    r"\d|MDMB|ADB|MMB|AB-|CUMYL|pyrrolidino|piperidin|desethyl|[A-Za-z]luoro|hloro|romo"
)
_LONGEST = 40
_RADICALS = frozenset(RADICALS - {"meta", "para", "alpha", "beta", "di", "iso"})
_SHORT = {"methoxy": "meo", "ethoxy": "eto", "hydroxy": "ho", "acetoxy": "aco", "fluoro": "f"}
# A known drug with one of these before it is what the body makes of it, not a new substance.
_METABOLITE = re.compile(
    r"(?:alpha)?(?:nor|hydroxy|amino|desmethyl|desalkyl|desethyl|despropionyl)"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name for a human to judge.

    Args:
        text: As the document writes it.
        start: Offset in the text.
        sentence: The sentence it stands in, as evidence.
        near: Preferred names of the most similar entries, best first; often none.
    """

    text: str
    start: int
    sentence: str
    near: tuple[str, ...]


def entries() -> Iterator[Entry]:
    """Give the last words of codes, of kind ``candidate-core``."""
    for core in words("glued_words", "core"):
        yield Entry(core, CORE)


@lru_cache(maxsize=1 << 17)
def looks_new(word: str, about_drugs: bool) -> bool:
    """Tell whether a folded word has the look of a new substance's name.

    >>> looks_new("fluetonitazepynitazene", False), looks_new("magazine", True)
    (True, False)
    """
    shape = _STEM.fullmatch(word) or (about_drugs and _WEAK.fullmatch(word))
    if not shape or word in ordinary():
        return False
    own = (word, word.removesuffix("s"), _METABOLITE.sub("", word, count=1))
    return all(f" {form} " not in forms() for form in own)


def codes(page: Page) -> Iterator[tuple[int, int, int, int, Naming | None]]:
    """Find codes and names with radicals that the register does not hold.

    Yields:
        Start and end in the text and in its folded form, and what the code stands for where the
        register holds it with its radicals written short ("3-methoxy-PCP", "3-MeO-PCP").
    """
    for hit in (*page.found(CORE), *filter(partial(_changed, page), page.found(KIND))):
        found = _BEFORE.search(page.text, max(0, hit.start - _LONGEST), hit.start)
        if found is None or not _LOCANT.search(found[1]):
            continue
        at = hit.at
        while at > 0 and page.folded.offsets[at] >= found.start():
            at -= 1
        form = page.folded.text[at : hit.to + 1]
        if form not in forms():
            yield found.start(), hit.end, at, hit.to, forms().get(_short(form))


def _changed(page: Page, hit: Hit) -> bool:
    """Tell whether a radical stands right before a name ("N-desethyl butonitazene")."""
    text = page.folded.text
    before = text[text.rfind(" ", 0, hit.at) + 1 : hit.at]
    return before in _RADICALS or (len(before) == 1 and before in "fn")


def _short(form: str) -> str:
    for long, short in _SHORT.items():
        form = form.replace(f" {long} ", f" {short} ")
    return form


def raised(page: Page, mentions: list[Mention]) -> list[Candidate]:
    """Give what a human should look at, each name once, in order of the text.

    Args:
        page: The page that was read.
        mentions: What was found on it.
    """
    found: dict[str, Candidate] = {}
    for mention in mentions:
        if mention.rule == RULE:
            text = page.text[mention.start : mention.end]
            start, end = page.sentence_of(mention.start)
            near = tuple(match.entry.name for match in substances.load().nearest(text))
            candidate = Candidate(text, mention.start, page.text[start:end].strip(), near)
            found.setdefault(text.casefold(), candidate)
    return list(found.values())
