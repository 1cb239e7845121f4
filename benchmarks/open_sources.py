"""How fast texts of open sources are read end to end, beside a plain chain of the best parts.

Articles of about 600 words in five languages, made of sentences written for it with names drawn
from the registers, are read from a file of JSON lines to a file of JSON lines: language, mentions,
place, relevance, redaction and story. The plain chain names languages with py3langid and matches
the same names of substances and places with spaCy's PhraseMatcher, and does no more than that.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from atalaya.pipeline.progress import Silent
from atalaya.pipeline.reading_files import read_file
from atalaya.registers import substances, territories

DOCUMENTS, WORDS, WORKERS, SEED = 12_000, 600, 2, 5
PEER = 2_000

TOLD = {
    "en": (
        "Customs officers in {place} seized {number} kg of {drug} in a lorry on Tuesday.",
        "The ministry of health of {country} found {drug} in samples sold as {other}.",
        "A spokesperson said that none of the {number} samples held {other}.",
        "The shipment came from {country} and was bound for {place}, investigators believe.",
    ),
    "es": (
        "La policía incautó {number} kilos de {drug} en {place}, según informó el Ministerio.",
        "El informe señala que en {country} se detectó {drug} en pastillas vendidas como {other}.",
        "No se encontró {other} en ninguna de las {number} muestras analizadas.",
    ),
    "fr": (
        "Les douaniers ont saisi {number} kg de {drug} à {place} dans la nuit de lundi à mardi.",
        "Le ministère de la Santé de {country} alerte sur la présence de {drug}.",
        "Aucune trace de {other} n'a été trouvée dans les {number} échantillons.",
    ),
    "pt": (
        "A polícia apreendeu {number} kg de {drug} em {place} na madrugada desta terça-feira.",
        "O relatório do governo de {country} aponta aumento do uso de {drug} e {other}.",
        "Nenhuma das {number} amostras continha {other}, disse o laboratório.",
    ),
    "de": (
        "Der Zoll hat in {place} {number} kg {drug} in einem Lastwagen sichergestellt.",
        "Das Gesundheitsministerium von {country} warnt vor {drug} in Tabletten.",
        "In keiner der {number} Proben wurde {other} nachgewiesen.",
    ),
}
AROUND = {
    "en": (
        "The council discussed the budget for roads, schools and buses until the evening.",
        "Neighbours complained about the noise, and the mayor promised to look into the matter.",
        "According to the report, more people asked for treatment last year than the year before.",
        "The hearing goes on next week, and a decision is expected before the summer.",
        "Doctors and teachers had asked for more time with those who come to them for help.",
        "It was not clear who would pay for the work, which began late because of the rain.",
    ),
    "es": (
        "El Congreso debatirá la próxima semana la reforma de la ley y sus efectos en el país.",
        "Los vecinos pidieron más alumbrado y el arreglo de las calles del centro.",
        "El precio de los alimentos subió en el último año más que los salarios.",
        "La audiencia seguirá la semana próxima y la decisión se espera antes del verano.",
        "Médicos y maestros habían pedido más tiempo para quienes acuden a ellos.",
    ),
    "fr": (
        "Le conseil municipal a voté le budget des écoles et des transports.",
        "La saison des pluies a retardé les travaux sur la route nationale.",
        "Les habitants demandent depuis des mois un meilleur éclairage des rues.",
        "L'audience reprendra la semaine prochaine, et la décision est attendue avant l'été.",
    ),
    "pt": (
        "A câmara municipal aprovou o orçamento para escolas e transportes públicos.",
        "Os moradores pedem há meses melhor iluminação nas ruas do bairro.",
        "A audiência continua na próxima semana e a decisão é esperada antes do verão.",
        "Médicos e professores pediram mais tempo para quem os procura.",
    ),
    "de": (
        "Der Stadtrat beriet bis in den Abend über den Haushalt für Schulen und Straßen.",
        "Anwohner beklagten den Lärm, und die Verwaltung versprach, sich darum zu kümmern.",
        "Die Verhandlung wird in der nächsten Woche fortgesetzt.",
        "Wer die Arbeiten bezahlen soll, die wegen des Regens spät begannen, blieb offen.",
    ),
}
# As in news of seizures and alerts: one sentence in three names what, where or how much.
SHARE = 1 / 3


@cache
def names() -> tuple[list[str], list[str], list[str]]:
    """Give names of drugs, places and countries to draw from."""
    known = list(territories.load().entries)
    return (
        [one.name for one in substances.load().entries],
        [one.name for one in known if one.level not in {"country", "region", "world"}],
        [one.name for one in known if one.level == "country"],
    )


def articles(count: int) -> Iterator[dict[str, Any]]:
    """Write articles of about 600 words, the same ones each time."""
    drawn = random.Random(SEED)
    drugs, places, countries = names()
    for number in range(count):
        language = drawn.choice(sorted(TOLD))
        words, parts = 0, []
        while words < WORDS:
            kind = TOLD if drawn.random() < SHARE else AROUND
            sentence = drawn.choice(kind[language]).format(
                place=drawn.choice(places),
                country=drawn.choice(countries),
                drug=drawn.choice(drugs),
                other=drawn.choice(drugs),
                number=drawn.randint(2, 900),
            )
            words += sentence.count(" ") + 1
            parts.append(sentence)
        yield {
            "id": str(number),
            "title": parts[0],
            "text": " ".join(parts[1:]),
            "published": f"2025-{drawn.randint(1, 12):02d}-{drawn.randint(1, 28):02d}",
        }


@cache
def matcher() -> Any:
    """Make spaCy's matcher of the names of substances and places."""
    import spacy
    from spacy.matcher import PhraseMatcher

    blank = spacy.blank("xx")
    found = PhraseMatcher(blank.vocab, attr="LOWER")
    drugs, places, countries = names()
    found.add("NAME", list(blank.tokenizer.pipe([*drugs, *places, *countries])))
    return blank, found


def plain(texts: list[str]) -> int:
    """Do what the plain chain does; give how many names it matched."""
    import py3langid

    blank, found = matcher()
    matched = 0
    for text in texts:
        py3langid.classify(text)
        matched += len(found(blank.make_doc(text)))
    return matched


def chain(texts: list[str]) -> float:
    """Time the plain chain on two processes, its matchers ready."""
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        list(pool.map(plain, [texts[:1]] * (WORKERS * 2)))
        parts = [texts[start : start + 100] for start in range(0, len(texts), 100)]
        begin = time.perf_counter()
        list(pool.map(plain, parts))
        return time.perf_counter() - begin


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source, output = Path(folder) / "documents.jsonl", Path(folder) / "mentions.jsonl"
        with source.open("w", encoding="utf-8") as file:
            for one in articles(count):
                file.write(json.dumps(one, ensure_ascii=False) + "\n")
        small = Path(folder) / "small.jsonl"
        small.write_text("".join(source.open(encoding="utf-8").readlines()[:50]), encoding="utf-8")
        begin = time.perf_counter()
        read_file(small, output, Silent(), workers=1)
        ready = time.perf_counter() - begin
        begin = time.perf_counter()
        done = read_file(source, output, Silent(), workers=WORKERS)
        seconds = time.perf_counter() - begin
    peak = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    texts = [one["text"] for one in articles(min(count, PEER))]
    beside = chain(texts)
    print("| what | documents | seconds | documents/s | |")
    print("|---|---:|---:|---:|---|")
    print(
        f"| end to end, {WORKERS} processes, loading included | {count:,} | {seconds:.2f} "
        f"| {count / seconds:,.0f} | {done.mentions:,} mentions, peak {peak >> 10:,} MiB each |"
    )
    print(f"| loading and 50 documents, one process | 50 | {ready:.2f} | | |")
    print(
        f"| py3langid and spaCy's PhraseMatcher alone | {len(texts):,} | {beside:.2f} "
        f"| {len(texts) / beside:,.0f} | |"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS)
