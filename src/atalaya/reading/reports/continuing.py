"""Sentences that go on about the text told before them: "It asks States ..."."""

from __future__ import annotations

import re

from atalaya.reading.reports.spans import Span

IT = re.compile(
    r"(?:it|this|(?:the|this) (?:text|resolution|decision|draft|declaration|opinion)|elle|il|"
    r"ce texte|"
    r"(?:le|ce) texte|(?:la|cette) (?:résolution|décision|déclaration)|ella|(?:el|este) texto|"
    r"(?:la|esta) (?:resolución|decisión|declaración))(?=[ \u00a0])",
    re.IGNORECASE,
)
# In Spanish the verb alone begins what a text does: "Pide a los Estados ...".
_ASKS = re.compile(
    r"(?:Pide|Insta|Exhorta|Alienta|Anima|Invita|Recomienda|Solicita|Encarga|Reconoce|Crea|Establece|"
    r"Fija|Exige|Promueve|Propone|Refuerza|Amplía|Aprueba|Reafirma|Subraya|Llama|Decide|Obliga|"
    r"Actualiza|Condena|Prohíbe|Permite|Adopta|Incorpora)[ \u00a0]"
)
_WAS = re.compile(
    r"[ \u00a0](?:was|were|is|are|has|had|will|did|fue|ha|se|está|quedó|es|a|est|sera|n['’]|"
    r"s['’])(?!\w)",
    re.IGNORECASE,
)


def goes_on(text: str, span: Span) -> bool:
    """Whether a sentence says what the text before it does: "It asks States ..."."""
    if _ASKS.match(text, *span):
        return True
    found = IT.match(text, *span)
    return found is not None and _WAS.match(text, found.end(), span.end) is None
