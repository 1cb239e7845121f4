"""Which model a text asks for: news and notices write otherwise than people in forums.

What the two call a drug differs ("dose", "pills" and "drug" count in the forum's labels, amounts
are labelled in news only), so one model is chosen for a whole text, by its words.
"""

from __future__ import annotations

from itertools import repeat

from atalaya.reading.mentions.folding import fold

NEWS, FORUM = "news", "forum"
_LOOKED_AT = 4000  # characters: a genre shows early
# People speaking of themselves and to each other; "i'm" folds to "i m".
_TALK = (
    *("i", "im", "ive", "me", "my", "u", "ur", "you", "your", "lol", "lmao", "dont", "cant", "idk"),
    *("imo", "gonna", "wanna", "yeah", "dude", "guys", "shit", "fuck", "fucking", "fucked"),
    *("anyone", "thanks", "ya", "bro", "hey", "haha", "tbh"),
)
# Offices and courts, and what they do.
_REPORT = (
    *(
        "police",
        "officer",
        "officers",
        "customs",
        "seized",
        "seize",
        "seizure",
        "seizures",
        "seizing",
    ),
    *("arrest", "arrested", "arrests", "arresting", "authorities", "prosecutor", "prosecutors"),
    *(
        "prosecution",
        "suspect",
        "suspects",
        "court",
        "charged",
        "official",
        "officials",
        "ministry",
    ),
    *("agency", "agents", "said", "according", "federal", "district", "convicted", "accused"),
    *("reported", "investigation", "investigators", "detained", "trafficking", "traffickers"),
    *("smuggling", "smuggled", "kilogram", "kilograms", "tonne", "tonnes"),
)
# Small words that talk is full of, and words of hauls.
_SMALL = (
    *(
        "just",
        "like",
        "get",
        "got",
        "so",
        "what",
        "do",
        "it",
        "if",
        "good",
        "really",
        "too",
        "feel",
    ),
    *("try", "know", "think", "going", "am", "s", "t", "m", "not", "but", "some", "when", "then"),
    *("oh", "well", "yes", "no", "stuff", "thing", "anything", "something", "much", "never"),
    *("always", "people", "can", "how", "why"),
)
_HAUL = (
    *("kg", "kilos", "grammes", "worth", "pounds", "million", "including", "recovered", "tons"),
    *("county", "quantity", "hidden", "weighing", "total", "cartel", "border", "vehicle"),
    *("operation", "year", "shipment", "port", "container"),
)
# Set so that about as many news as forum sentences of those the models learn from are told right.
_WEIGHTS = (
    dict.fromkeys(_TALK, 2)
    | dict.fromkeys(_SMALL, 1)
    | dict.fromkeys(_REPORT, -4)
    | dict.fromkeys(_HAUL, -3)
)


def genre(text: str) -> str:
    """Give ``forum`` where people talk, else ``news``.

    >>> genre("Police seized 3 kg of heroin."), genre("idk, i took 30mg and felt nothing lol")
    ('news', 'forum')
    """
    return genre_of(fold(text[:_LOOKED_AT]).text)


def genre_of(folded: str) -> str:
    """Give the genre of a folded text, as :func:`genre` does."""
    words = folded[:_LOOKED_AT].split()
    return FORUM if sum(map(_WEIGHTS.get, words, repeat(0))) > 0 else NEWS
