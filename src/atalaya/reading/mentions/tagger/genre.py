"""Which model a text asks for: news and notices write otherwise than people in forums.

What the two call a drug differs ("dose", "pills" and "drug" count in the forum's labels, amounts
are labelled in news only), so one model is chosen for a whole text, by its words.
"""

from __future__ import annotations

import re

NEWS, FORUM = "news", "forum"
_LOOKED_AT = 4000  # characters: a genre shows early
# People speaking of themselves and to each other, and how they write.
_TALK = re.compile(
    r"\b(?:i|i['’]?(?:m|ve|d|ll)|me|my|u|ur|you|your|you['’]re|lol|lmao|dont|cant|idk|imo|gonna|wanna|"
    r"yeah|dude|guys|man|shit|fuck\w*|anyone|thanks|ya|bro|hey|haha|tbh)\b",
    re.IGNORECASE,
)
# Offices, courts and what they do.
_REPORT = re.compile(
    r"\b(?:police|officers?|customs|seiz\w+|arrest\w*|authorities|prosecut\w+|suspects?|court|charged|"
    r"officials?|ministry|agency|agents|said|according|federal|district|convicted|accused|reported|"
    r"investigat\w+|detained|traffick\w+|smuggl\w+|kilograms?|tonnes?)\b",
    re.IGNORECASE,
)
_QUIET = re.compile(r"(?:\A|[.!?]\s+)[a-z]|[.!?]{2,}|[:;]-?[)(DP]")


def genre(text: str) -> str:
    """Give ``forum`` where people talk, else ``news``.

    >>> genre("Police seized 3 kg of heroin."), genre("idk, i took 30mg and felt nothing lol")
    ('news', 'forum')
    """
    begin = text[:_LOOKED_AT]
    talk = len(_TALK.findall(begin)) + len(_QUIET.findall(begin))
    return FORUM if talk > 2 * len(_REPORT.findall(begin)) else NEWS
